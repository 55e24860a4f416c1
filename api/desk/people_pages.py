"""People at the desk (查人): a look by a name, a number or an id, and one's whole file.

What is looked for comes by a form of the page, so that it stands in no address that a browser
keeps. An address that another site leads to looks for nobody: it fills the form in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.desk.form_body import fields_of
from api.desk.layout import answer
from api.desk.person_sections import sections
from api.desk.signed_in import SignedIn, only_for, signed_in
from api.http import browser_session
from api.http.language import spoken
from api.http.problems import Unreadable
from api.http.state import ledger_of
from api.http.translation import state_word, told
from api.pages.rendering import with_query
from api.people.people_file import FILE, FileAnswer, Papers, open_papers
from api.people.people_search import PURPOSES, PeopleFound, look, question
from api.queries.parameters import checked, one_of
from api.queries.respond import pinned_query
from api.queries.snapshot import reach
from projections.disclosure.clearance import CLOSE

if TYPE_CHECKING:
    from api.http.wrong_parts import WrongPart
    from api.queries.parameters import RequestContext

LookingNow = Annotated[SignedIn, Depends(only_for(CLOSE))]
READERS = {"q": question, "purpose": one_of(*PURPOSES)}
UNREADABLE = 422

router = APIRouter(tags=["desk"], include_in_schema=False)


class Asked(NamedTuple):
    """What the form of a look says, and what of it cannot be read."""

    said: Mapping[str, str]
    wrong: Mapping[str, WrongPart]


@router.get("/desk/people", summary="Look for people.")
async def people_page(request: Request, who: LookingNow) -> Response:
    """Show the form; an address of our own pages that says whom to look for looks."""
    said = {name: request.query_params.get(name, "") for name in READERS}
    if not said["q"] or not is_own(request):
        return found_page(request, who, Asked(said, {}), None)
    return await run_in_threadpool(looked_for, request, who, said)


@router.post("/desk/people", summary="Look for people, by the form of the page.")
async def look_for_people(request: Request) -> Response:
    """Look for whom the form says."""
    browser_session.require_own_site(request)
    typed = await fields_of(request)
    who = await run_in_threadpool(signed_in, request)
    browser_session.require_own_form(request, typed.get("csrf", ""))
    only_for(CLOSE)(who)
    said = {name: typed.get(name, "") for name in READERS}
    return await run_in_threadpool(looked_for, request, who, said)


def is_own(request: Request) -> bool:
    """Tell whether the browser says that no other site has led here."""
    return request.headers.get("sec-fetch-site") in browser_session.OWN_SITES


def looked_for(request: Request, who: SignedIn, said: Mapping[str, str]) -> Response:
    """Look, and show who was found; what cannot be read is shown beside its field."""
    asked = Asked(said, dict(wrong_in(said)))
    if asked.wrong:
        return found_page(request, who, asked, None)
    found = look(ledger_of(request), who.sender, question(said["q"]), said["purpose"])
    return found_page(request, who, asked, found)


def wrong_in(said: Mapping[str, str]) -> list[tuple[str, WrongPart]]:
    """Return what of a form cannot be read, by the field."""
    wrong: list[tuple[str, WrongPart]] = []
    for name, reader in READERS.items():
        try:
            checked(name, said[name], reader)
        except Unreadable as mistake:
            wrong.append((name, mistake.wrong_parts[0]))
    return wrong


def found_page(
    request: Request, who: SignedIn, asked: Asked, found: PeopleFound | None
) -> Response:
    """Show the form, and whom a look has found."""
    language = spoken(request)
    purpose = asked.said["purpose"]
    content: dict[str, Any] = {
        "section": "people",
        "asked": asked.said,
        "wrong": {name: told(part.sentence, language) for name, part in asked.wrong.items()},
        "purposes": PURPOSES,
        "state_of": partial(state_word, language=language),
        "found": found,
        "file": lambda row: with_query(f"/desk/people/{row['id']}", {"purpose": purpose}),
    }
    status = UNREADABLE if asked.wrong else 200
    return answer(request, "people.html", content, who, status=status)


@router.get("/desk/people/{key}", summary="A person's or a household's whole file.")
async def file_page(request: Request, key: str, who: LookingNow) -> Response:
    """Show a file; with names where a purpose is given."""
    context = FILE.read(request, "office", ("html",), reader=who.reader)
    await reach(context, FILE.views)
    return await run_in_threadpool(show_file, request, context, key, who)


def show_file(request: Request, context: RequestContext, key: str, who: SignedIn) -> Response:
    """Open the papers if a purpose is given, and show all that the ledger has."""
    purpose = context.single.get("purpose", "")
    papers: Papers = {}
    if purpose and is_own(request):
        papers = open_papers(context.ledger, who.sender, key, purpose)
    with pinned_query(context, FILE) as begun:
        resource = FileAnswer(begun.query, papers=papers)
        file = resource.whole()
    content = {
        "section": "people",
        "file": file,
        "sections": sections(file, context.language),
        "purposes": PURPOSES,
        "opened": bool(papers),
        "purpose": purpose,
        "known": begun.pinned.echo()["known_at"],
        "twins": partial(twin, key),
    }
    return answer(request, "person_file.html", content, who)


def twin(key: str, form: str) -> str:
    """Return the address beside the page, in a form; without names, for no purpose is given."""
    return f"/v1/people/{key}/file.{form}"
