"""The addresses of people: a look for them, and one's whole file. Each look is an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.auth import Who, only_for
from api.people.people_file import FILE, FileAnswer, open_papers
from api.people.people_search import PURPOSES, VIEWS, PeopleFound, look, question
from api.queries import parameters
from api.queries.formats import Column, Row, columns
from api.queries.openapi_answers import answers
from api.queries.openapi_parameters import parameters as described
from api.queries.parameters import RequestContext, wrong
from api.queries.resource import Address, Query, ShortList
from api.queries.respond import respond
from api.queries.snapshot import reach
from infra.commands.command import Sender
from projections.disclosure.clearance import CLOSE, OfficeReader

Close = Annotated[OfficeReader, Depends(only_for(CLOSE))]
FOUND = columns(
    "id kind name state found_by former id_number_ends account_ends households merged area members"
)


class FoundPeople(ShortList):
    """Whom a look has found."""

    def __init__(self, query: Query, *, looked: PeopleFound) -> None:
        """Answer with what was found."""
        super().__init__(query)
        self.looked = looked

    def columns(self) -> Sequence[Column]:
        """Return what is shown of each."""
        return FOUND

    def listed(self) -> Sequence[Row]:
        """Return whom the look has found."""
        return self.looked.rows

    def extra(self) -> Mapping[str, Any]:
        """Say whether there are more than are shown."""
        return {"more": self.looked.more}


class NowAddress(Address):
    """An address that answers as things stand now: no moment is asked for."""

    def taken(self) -> dict[str, parameters.Reader]:
        """Return the parameters that stand once."""
        return {"min_position": parameters.position, **self.single}


PEOPLE = NowAddress(
    path="/people",
    summary="People found by a name, an ID number, an account or an id, whole; each look is an"
    " event.",
    resource=partial(FoundPeople, looked=PeopleFound((), more=False)),
    views=VIEWS,
    listed=False,
    single={"q": question, "purpose": parameters.one_of(*PURPOSES)},
    roles=CLOSE,
)

router = APIRouter(tags=["office"])


@router.get(
    "/v1/people",
    name="office/people",
    summary=PEOPLE.summary,
    response_model=None,
    response_class=Response,
    openapi_extra={"parameters": described(PEOPLE), "responses": answers(PEOPLE, "office")},
)
async def find_people(request: Request, who: Who, reader: Close) -> Response:
    """Look for people; the look is an event before anything is shown."""
    context = PEOPLE.read(request, "office", reader=reader)
    require_asked(context)
    await reach(context, PEOPLE.views)
    return await run_in_threadpool(found_people, context, who)


def found_people(context: RequestContext, who: Sender) -> Response:
    """Look, then answer with who was found."""
    asked = context.single
    looked = look(context.ledger, who, asked["q"], asked["purpose"])
    return respond(context, replace(PEOPLE, resource=partial(FoundPeople, looked=looked)))


@router.get(
    "/v1/people/{key}/file",
    name="office/people/{key}/file",
    summary=FILE.summary,
    response_model=None,
    response_class=Response,
    openapi_extra={"parameters": described(FILE), "responses": answers(FILE, "office")},
)
async def person_file(request: Request, key: str, who: Who, reader: Close) -> Response:
    """Give a whole file; with names where a purpose is given, which is an event."""
    context = FILE.read(request, "office", reader=reader)
    await reach(context, FILE.views)
    return await run_in_threadpool(whole_file, context, who, key)


def whole_file(context: RequestContext, who: Sender, key: str) -> Response:
    """Open the papers if a purpose is given, then answer with the file."""
    purpose = context.single.get("purpose")
    papers = open_papers(context.ledger, who, key, purpose) if purpose else {}
    return respond(context, replace(FILE, resource=partial(FileAnswer, papers=papers)))


def require_asked(context: RequestContext) -> None:
    """Refuse a look that does not say for whom, or what for."""
    if "q" not in context.single:
        raise wrong("/q", "say whom to look for: a name, an ID number, an account or an id, whole")
    if "purpose" not in context.single:
        raise wrong("/purpose", "say what for: one of {words}", words=PURPOSES)
