"""How a question becomes an answer: pinned to a moment, asked of its views, written in its form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.http.caching import FOR_EVER, edition, unchanged
from api.http.language import Language
from api.http.negotiation import MEDIA, Form
from api.queries import formats, parameters
from api.queries.cursor import CURSOR_KEY, Cursor, fingerprint, read_cursor, write_cursor
from api.queries.downloads import Download, admit
from api.queries.formats import Column, Row, Total
from api.queries.parameters import Asked
from api.queries.snapshot import Pinned, pin, snapshot
from infra.ledger import OpenLedger
from infra.vault import Vault
from projections.core.event_log import Reading
from projections.core.view import Moment
from projections.disclosure import Zone
from projections.figures import PersonCounts

FORMS: tuple[Form, ...] = ("json", "csv", "xlsx", "jsonl")
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a view is asked: at which moment, about what, how much of it."""

    moment: Moment
    known_at: Mapping[str, Any]
    zone: Zone
    language: Language
    jurisdiction: str
    key: str
    single: Mapping[str, Any]
    where: Mapping[str, tuple[str, ...]]
    vault: Vault
    person_counts: PersonCounts
    after: tuple[Any, ...] | None = None
    limit: int | None = None


class Answer(NamedTuple):
    """Rows in order, and what is said of the whole; `whole` is the JSON of what is no list."""

    rows: Iterable[Row]
    columns: Sequence[Column]
    totals: Callable[[], Sequence[Total]] = tuple
    more: Callable[[], dict[str, Any]] = dict
    whole: Mapping[str, Any] | None = None
    key_of: Callable[[Row], tuple[Any, ...]] = lambda _row: ()


def short(rows: Sequence[Row], columns: Sequence[Column], question: Question) -> Answer:
    """Answer with a list that is short enough to be asked for whole, each page anew."""
    behind = question.after[0] if question.after else 0
    nth = {str(row["id"]): number for number, row in enumerate(rows, start=1)}
    return Answer(rows=rows[behind:], columns=columns, key_of=lambda row: (nth[str(row["id"])],))


Ask: TypeAlias = Callable[[Reading, Question], Answer]


@dataclass(frozen=True, kw_only=True)
class Source:
    """An address that can be read: what it takes, which views it asks, and who may ask."""

    path: str
    says: str
    ask: Ask
    views: tuple[str, ...] = ()
    listed: bool = True
    single: Mapping[str, parameters.Reader] = field(default_factory=dict)
    filters: Mapping[str, parameters.Reader] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()

    def read(self, request: Request, zone: Zone, offered: tuple[Form, ...] = FORMS) -> Asked:
        """Read the parameters that this address takes."""
        single = {**parameters.TIMES, **self.single, **(parameters.PAGING if self.listed else {})}
        return parameters.read(
            request, zone=zone, single=single, filters=self.filters, offered=offered
        )


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A question that was pinned to its moment, with what its answer says of itself."""

    question: Question
    pinned: Pinned
    cursor: Cursor | None
    name: str
    headers: dict[str, str]


def opened(
    ledger: OpenLedger, request: Request, source: Source, *, asked: Asked, connection: Reading
) -> Opened:
    """Pin a question to the position of its cursor, to the one asked for, or to where views are."""
    name = fingerprint(request.url.path, asked)
    cursor = read_cursor(ledger.secret(CURSOR_KEY), asked, name) if source.listed else None
    pinned = pin(connection, asked, views=source.views, cursor=cursor)
    return Opened(
        question=question_of(ledger, request, asked, begun=(pinned, cursor)),
        pinned=pinned,
        cursor=cursor,
        name=name,
        headers=headers_of(request, asked, pinned),
    )


def give(ledger: OpenLedger, request: Request, source: Source, asked: Asked) -> Response:
    """Answer a question in its form."""
    with ExitStack() as kept:
        if asked.form != "json":
            admit(kept)
        connection = kept.enter_context(snapshot(ledger))
        begun = opened(ledger, request, source, asked=asked, connection=connection)
        if unchanged(request, begun.headers.get("ETag", "")):
            return Response(status_code=304, headers=begun.headers)
        answer = source.ask(connection, begun.question)
        if asked.form != "json":
            return download(asked.form, answer, begun, kept)
        if answer.whole is not None:
            return as_json({**begun.pinned.echo(), **formats.ready(answer.whole)}, begun.headers)
        sheet = sheet_of(ledger, answer, begun)
    headers = begun.headers
    if sheet.following:
        headers = headers | {"Link": link(request, sheet.following)}
    return as_json(sheet.body() | begun.pinned.echo(), headers)


def as_json(body: object, headers: dict[str, str]) -> Response:
    """Answer in JSON."""
    return Response(formats.as_json(body), media_type=MEDIA["json"], headers=headers)


def question_of(
    ledger: OpenLedger, request: Request, asked: Asked, *, begun: tuple[Pinned, Cursor | None]
) -> Question:
    """Turn what was asked into what a view is asked; a page looks one row beyond its end."""
    pinned, cursor = begun
    limit = asked.single.get("limit", parameters.PER_PAGE)
    return Question(
        moment=pinned.moment,
        known_at=pinned.echo()["known_at"],
        zone=asked.zone,
        language=asked.language,
        jurisdiction=ledger.settings.jurisdiction,
        key=request.path_params.get("key", ""),
        single=asked.single,
        where=asked.where,
        vault=ledger.vault,
        person_counts=ledger.person_counts,
        after=cursor.behind if cursor else None,
        limit=limit + 1 if asked.form in {"json", "html"} else None,
    )


@dataclass(frozen=True)
class Sheet:
    """One page of a list; `following` is the cursor of the next."""

    rows: list[Row]
    totals: tuple[Total, ...]
    more: dict[str, Any]
    following: str | None

    def body(self) -> dict[str, Any]:
        """Return it as the contract's lists are."""
        totals = [total._asdict() for total in self.totals]
        return {**self.more, "rows": self.rows, "totals": totals, "next": self.following}


def sheet_of(ledger: OpenLedger, answer: Answer, begun: Opened) -> Sheet:
    """Take one page of an answer; its cursor carries what was said of the whole to the next."""
    limit = (begun.question.limit or parameters.MOST_PER_PAGE + 1) - 1
    waiting = iter(answer.rows)
    rows = list(islice(waiting, limit))
    if begun.cursor is not None:
        totals = tuple(Total(*total) for total in begun.cursor.totals)
        more = begun.cursor.more
    else:
        totals, more = tuple(answer.totals()), answer.more()
    following = None
    if next(waiting, None) is not None:
        position = begun.pinned.place.position
        cursor = Cursor(begun.name, position, answer.key_of(rows[-1]), totals, more)
        following = write_cursor(ledger.secret(CURSOR_KEY), cursor)
    return Sheet([formats.ready(row) for row in rows], totals, more, following)


def link(request: Request, following: str) -> str:
    """Name the next page."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in ("after", "known_at")]
    query = urlencode([*kept, ("after", following)])
    return f'<{request.scope["state"]["address"]}?{query}>; rel="next"'


def download(form: Form, answer: Answer, begun: Opened, kept: ExitStack) -> Response:
    """Write all rows, whatever their number, while they are read."""
    totals = answer.totals()
    rows = (formats.ready(row) for row in answer.rows)
    if form == "csv":
        pieces = formats.as_csv(answer.columns, rows)
    elif form == "xlsx":
        at = begun.pinned.place.time or LONG_AGO
        pieces = formats.as_xlsx(answer.columns, rows, totals=totals, at=at)
    else:
        pieces = formats.as_lines(rows)
    headers = begun.headers | {"Mingzhang-Totals": formats.totals_json(totals)}
    return Download(pieces, kept.pop_all(), headers=headers, media=MEDIA[form])


def headers_of(request: Request, asked: Asked, pinned: Pinned) -> dict[str, str]:
    """Return what every answer says of itself: its position, and how long it may be kept."""
    headers = {
        "Mingzhang-Position": str(pinned.place.position),
        "Vary": "Accept, Accept-Language",
        "Cache-Control": "private, no-store",
    }
    if asked.zone == "open":
        named = isinstance(asked.single.get("known_at"), int)
        headers["Cache-Control"] = FOR_EVER if named else "public, no-cache"
        headers["ETag"] = etag(request, asked, pinned)
        headers["Access-Control-Allow-Origin"] = "*"
    return headers


def etag(request: Request, asked: Asked, pinned: Pinned) -> str:
    """Name the bytes of an answer: events never change, so question and position decide them."""
    parts = (edition(), request.url.path, asked.form, asked.language, pinned.place.position)
    query = sorted(request.query_params.multi_items())
    return f'"{hashlib.sha256(repr((parts, query)).encode()).hexdigest()[:32]}"'
