"""Signing in by one click, as one of five people: in a demonstration, and nowhere else.

The address that `mingzhang demo` prints carries a key made from a key file of the data folder, so
that nobody is let in who only guesses it. Whether the ledger is a demonstration's is asked anew at
each request: nothing that is switched on here stays on in a ledger that holds anything else.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from api.desk.form_body import fields_of
from api.desk.layout import answer
from api.desk.sign_in import begin
from api.http import browser_session
from api.http.auth import held
from api.http.problems import Problem
from api.http.state import ledger_of
from api.http.tokens import TOKEN_KEY
from infra.commands.command import Sender
from infra.office.demonstration import is_demonstration
from infra.office.sessions import SignIn

if TYPE_CHECKING:
    from starlette.responses import Response

    from infra.ledger import Ledger

PATH = "/desk/demonstration"
# The golden year's officers who take a month through the office; each holds one role.
PEOPLE = (
    "clerk-city",
    "reviewer-city",
    "approver-schemes",
    "treasurer-payments",
    "auditor-city",
)
router = APIRouter(tags=["desk"], include_in_schema=False)


class NotADemonstration(Problem):
    """Signing in by one click is for demonstrations alone."""

    CODE, STATUS, ZH, EN = "not-a-demonstration", 403, "不是演示账库", "Not a demonstration"
    SAYS = "only a demonstration signs people in by one click: sign in by a token"


class AnotherKey(Problem):
    """The address is not the one that the demonstration printed."""

    CODE, STATUS, ZH, EN = "another-key", 403, "地址不符", "Not the address that was printed"
    SAYS = "open the address that `mingzhang demo` prints when it serves"


def key_of(ledger: Ledger) -> str:
    """Return the key in the address: who does not have the data folder cannot make it."""
    return hmac.digest(ledger.secret(TOKEN_KEY), b"mingzhang demonstration", "sha256").hex()[:32]


def address(ledger: Ledger, url: str) -> str:
    """Return the address that signs people in."""
    return f"{url}{PATH}?key={key_of(ledger)}"


def require(request: Request, key: str) -> Ledger:
    """Return the ledger if it is a demonstration's and the key is right."""
    ledger = ledger_of(request)
    with ledger.connection() as connection:
        if not is_demonstration(connection):
            raise NotADemonstration
    if not hmac.compare_digest(key_of(ledger).encode(), key.encode()):
        raise AnotherKey
    return ledger


@router.get(PATH, summary="The five people of a demonstration, each with a button.")
def people_page(request: Request, key: str = "") -> Response:
    """Show who can be signed in, with the roles that the ledger grants now."""
    ledger = require(request, key)
    people = [(name, sorted(held(ledger, Sender(name)))) for name in PEOPLE]
    content = {"people": [(name, roles) for name, roles in people if roles], "key": key}
    return answer(request, "demonstration.html", content, None)


@router.post(PATH, summary="Sign one of them in.")
async def sign_in(request: Request) -> Response:
    """Begin a session for the person whose button was pressed."""
    browser_session.require_own_site(request)
    fields = await fields_of(request)
    return await run_in_threadpool(as_person, request, fields)


def as_person(request: Request, fields: dict[str, str]) -> Response:
    """Begin the session; another name than the five is none that a demonstration signs in."""
    require(request, fields.get("key", ""))
    person = fields.get("person", "")
    if person not in PEOPLE:
        raise AnotherKey
    return begin(request, SignIn(person, None, "demonstration"), fields.get("next", ""))
