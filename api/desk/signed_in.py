"""Who is signed in at the desk, as every page asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.http import browser_session
from api.http.auth import held, sender_of
from api.http.browser_session import SignInNeeded
from api.http.state import ledger_of
from domain.kernel.refusals import RoleMissing
from infra.commands.command import Sender
from infra.office.sessions import BrowserSession
from projections.disclosure.clearance import OfficeReader


@dataclass(frozen=True)
class SignedIn:
    """A session, the roles that count now, and the token that its forms carry."""

    session: BrowserSession
    sender: Sender
    roles: frozenset[str]
    form_token: str

    @property
    def by(self) -> str:
        """Return the name."""
        return self.session.person

    @property
    def reader(self) -> OfficeReader:
        """Return who reads."""
        return OfficeReader(self.by, self.roles)


def known(request: Request, session: BrowserSession) -> SignedIn:
    """Return who is signed in by a session; `RolesWithdrawn` ends it where no role is left."""
    who = sender_of(session)
    roles = held(ledger_of(request), who)
    browser_session.require_roles(request, session, roles)
    token = browser_session.form_token(browser_session.value_of(request))
    request.state.signed_in = found = SignedIn(session, who, roles, token)
    return found


def who_asked(request: Request) -> SignedIn | None:
    """Return who was found to be signed in while the request was answered."""
    found: SignedIn | None = getattr(request.state, "signed_in", None)
    return found


def signed_in(request: Request) -> SignedIn:
    """Return who is signed in; `SignInNeeded` if nobody is."""
    session = browser_session.find(request)
    if session is None:
        raise SignInNeeded
    return known(request, session)


SignedInNow = Annotated[SignedIn, Depends(signed_in)]


def only_for(roles: frozenset[str]) -> Callable[..., SignedIn]:
    """Make a dependency that lets in who is signed in with one of these roles."""

    def allowed(who: SignedInNow) -> SignedIn:
        if not who.roles & roles:
            raise RoleMissing(who.by, "this is open to the roles {roles}", roles=sorted(roles))
        return who

    return allowed
