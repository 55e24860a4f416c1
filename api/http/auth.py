"""Who sends a request to the office zone: by the bearer token, or reads by a browser's session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.http import browser_session, tokens
from api.http.problems import TokenMissing
from api.http.state import ledger_of
from domain.kernel.refusals import RoleMissing
from domain.office.roles import Role, role_of
from infra.commands.command import Sender
from projections.core import event_log
from projections.disclosure.clearance import OfficeReader

if TYPE_CHECKING:
    from infra.ledger import Ledger
    from infra.office.sessions import BrowserSession

# Who owns the data folder grants the first roles, and reads on the command line.
OWNER = "owner:local"
LOCAL = {
    "operator:local": frozenset({"operator"}),
    OWNER: frozenset({"auditor", "subscriber"}),
}


def sender(request: Request) -> Sender:
    """Return who sends, with the roles that his token carries."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TokenMissing("send the header Authorization: Bearer <token>; see `mingzhang token`")
    claim = tokens.read(ledger_of(request).secret(tokens.TOKEN_KEY), token.strip())
    return Sender(claim.by, frozenset(claim.roles))


async def known(request: Request) -> Sender:
    """Do the same without a thread: there is nothing to wait for, but where a session reads."""
    if "authorization" not in request.headers and browser_session.may_read(request):
        return await run_in_threadpool(by_session, request) or sender(request)
    return sender(request)


def by_session(request: Request) -> Sender | None:
    """Return who is signed in in the browser that sends the request, if anybody is."""
    session = browser_session.find(request)
    if session is None:
        return None
    who = sender_of(session)
    browser_session.require_roles(request, session, held(ledger_of(request), who))
    return who


def sender_of(session: BrowserSession) -> Sender:
    """Return who is signed in by a session."""
    return Sender(session.person, None if session.roles is None else frozenset(session.roles))


Who = Annotated[Sender, Depends(known)]


def held(ledger: Ledger, sender: Sender) -> frozenset[str]:
    """Return the roles that the sender's token carries and the ledger still grants."""
    role = Role(role_of(sender.by))
    with ledger.connection() as connection:
        for event in event_log.of_subject(connection, role.id):
            role.replay(event)
    granted = role.roles | LOCAL.get(sender.by, frozenset())
    return granted if sender.roles is None else granted & sender.roles


def reader(request: Request, who: Who) -> OfficeReader:
    """Return who reads, with the roles held now: one that was withdrawn counts no more."""
    return OfficeReader(who.by, held(ledger_of(request), who))


OfficeReading = Annotated[OfficeReader, Depends(reader)]


def only_for(roles: frozenset[str]) -> Callable[..., OfficeReader]:
    """Make a dependency that lets in who holds one of these roles."""

    def allowed(reading: OfficeReading) -> OfficeReader:
        if not reading.roles & roles:
            raise RoleMissing(reading.by, "this is open to the roles {roles}", roles=sorted(roles))
        return reading

    return allowed
