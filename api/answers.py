"""How a question becomes an answer: pinned to a moment, asked of its views, written in its form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api import asking, forms
from api.asking import Asked, Cursor, Zone
from api.forms import Column, Form, Row, Total
from api.language import Language
from api.moments import Pinned, pin, snapshot
from api.wiring import Wiring
from infra.log import Reading
from projections.view import Moment

FORMS: tuple[Form, ...] = ("json", "csv", "xlsx", "jsonl")
FOR_EVER = "public, max-age=31536000, immutable"
IN_MEMORY = 1024 * 1024
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a view is asked: at which moment, about what, how much of it."""

    moment: Moment
    zone: Zone
    language: Language
    key: str
    single: Mapping[str, Any]
    where: Mapping[str, tuple[str, ...]]
    after: tuple[Any, ...] | None = None
    limit: int | None = None


class Answer(NamedTuple):
    """Rows in order, and what else the answer says; `whole` is the JSON of what is no list."""

    rows: Iterable[Row]
    columns: Sequence[Column]
    totals: Callable[[], Sequence[Total]] = tuple
    more: Mapping[str, Any] = {}
    whole: Mapping[str, Any] | None = None
    key_of: Callable[[Row], tuple[Any, ...]] = lambda _row: ()


Ask: TypeAlias = Callable[[Reading, Question], Answer]


@dataclass(frozen=True, kw_only=True)
class Source:
    """An address that can be read: what it takes, which views it asks, and who may ask."""

    path: str
    says: str
    ask: Ask
    views: tuple[str, ...] = ()
    listed: bool = True
    single: Mapping[str, asking.Reader] = field(default_factory=dict)
    filters: Mapping[str, asking.Reader] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()

    def read(self, request: Request, zone: Zone, offered: tuple[Form, ...] = FORMS) -> Asked:
        """Read the parameters that this address takes."""
        single = {**self.single, **asking.PAGING} if self.listed else self.single
        return asking.read(request, zone=zone, single=single, filters=self.filters, offered=offered)


@cache
def edition() -> str:
    """Return which edition of this program answers; another one may write other bytes."""
    return version("mingzhang")


def give(wiring: Wiring, request: Request, source: Source, asked: Asked) -> Response:
    """Answer a question in its form."""
    name = asking.fingerprint(request.url.path, asked)
    secret = wiring.secret("token-key")
    cursor = asking.read_cursor(secret, asked, name)
    with snapshot(wiring) as connection:
        pinned = pin(connection, asked, views=source.views, cursor=cursor)
        headers = headers_of(request, asked, pinned)
        if unchanged(request, headers):
            return Response(status_code=304, headers=headers)
        answer = source.ask(connection, question_of(request, asked, pinned, cursor))
        if asked.form != "json":
            return download(asked.form, answer, pinned, headers)
        if answer.whole is not None:
            body = {**answer.whole, **pinned.echo()}
            return Response(forms.as_json(body), media_type=forms.MEDIA["json"], headers=headers)
        listed = Listed(answer, asked, pinned, cursor=cursor, name=name)
        return listed.respond(request, secret, headers)


def question_of(request: Request, asked: Asked, pinned: Pinned, cursor: Cursor | None) -> Question:
    """Turn what was asked into what a view is asked; JSON looks one row beyond its page."""
    limit = asked.single.get("limit", asking.PER_PAGE)
    return Question(
        moment=pinned.moment,
        zone=asked.zone,
        language=asked.language,
        key=request.path_params.get("key", ""),
        single=asked.single,
        where=asked.where,
        after=cursor.behind if cursor else None,
        limit=limit + 1 if asked.form == "json" else None,
    )


@dataclass
class Listed:
    """One page of a list."""

    answer: Answer
    asked: Asked
    pinned: Pinned
    cursor: Cursor | None
    name: str

    def respond(self, request: Request, secret: bytes, headers: dict[str, str]) -> Response:
        """Write the page; its cursor carries the moment and the totals to the next."""
        limit = self.asked.single.get("limit", asking.PER_PAGE)
        waiting = iter(self.answer.rows)
        rows = [forms.ready(row) for row in islice(waiting, limit)]
        totals = self.totals()
        following = None
        if next(waiting, None) is not None:
            behind = self.answer.key_of(rows[-1])
            place = Cursor(self.name, self.pinned.place.position, behind, totals)
            following = asking.write_cursor(secret, place)
            headers = headers | {"Link": link(request, following)}
        body = {"rows": rows, "totals": [t._asdict() for t in totals], **self.answer.more}
        return Response(
            forms.as_json({**body, **self.pinned.echo(), "next": following}),
            media_type=forms.MEDIA["json"],
            headers=headers,
        )

    def totals(self) -> tuple[Total, ...]:
        """Return the totals of all pages, counted once."""
        if self.cursor is not None:
            return tuple(Total(*total) for total in self.cursor.totals)
        return tuple(self.answer.totals())


def link(request: Request, following: str) -> str:
    """Name the next page."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in ("after", "known_at")]
    query = urlencode([*kept, ("after", following)])
    return f'<{request.scope["state"]["address"]}?{query}>; rel="next"'


def download(form: Form, answer: Answer, pinned: Pinned, headers: dict[str, str]) -> Response:
    """Write all rows, whatever their number; a slow reader keeps a file waiting, not the store."""
    totals = answer.totals()
    rows = (forms.ready(row) for row in answer.rows)
    if form == "csv":
        pieces = forms.as_csv(answer.columns, rows)
    elif form == "xlsx":
        at = pinned.place.time or LONG_AGO
        pieces = forms.as_xlsx(answer.columns, rows, totals=totals, at=at)
    else:
        pieces = forms.as_lines(rows)
    size, stored = spooled(pieces)
    headers = headers | {
        "Mingzhang-Totals": forms.totals_json(totals),
        "Content-Length": str(size),
    }
    return StreamingResponse(stored, media_type=forms.MEDIA[form], headers=headers)


def spooled(pieces: Iterable[bytes]) -> tuple[int, Iterator[bytes]]:
    """Keep pieces in a file that vanishes when it was read."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when it was read
    for piece in pieces:
        file.write(piece)
    size = file.tell()
    file.seek(0)

    def read() -> Iterator[bytes]:
        with file:
            while piece := file.read(forms.CHUNK):
                yield piece

    return size, read()


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


def unchanged(request: Request, headers: Mapping[str, str]) -> bool:
    """Tell whether the reader has these bytes already."""
    known = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return "ETag" in headers and bool(tags & {headers["ETag"], "*"})


def public(source: Source, **changes: Any) -> Source:
    """Return a source as the public zone has it."""
    return replace(source, roles=frozenset(), **changes)
