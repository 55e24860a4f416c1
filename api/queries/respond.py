"""How a query is answered: pinned to a moment, asked of its resource, written in its format."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from api.http.caching import FOR_EVER, edition, matches
from api.http.negotiation import MEDIA
from api.queries import formats, parameters
from api.queries.cursor import CURSOR_KEY, Cursor, fingerprint, read_cursor, write_cursor
from api.queries.downloads import Download, admit
from api.queries.formats import Row, Total
from api.queries.parameters import RequestContext
from api.queries.resource import Address, Query, Resource
from api.queries.sheet_words import SheetWords
from api.queries.snapshot import Pinned, pin, snapshot
from api.queries.spreadsheet import as_xlsx
from projections.core.event_log import Reading

LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
# What narrows an answer and names nobody.
NAMING = frozenset({"area", "area_exact", "as_of", "boundaries", "from", "period", "to"})
UNNAMED = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class PinnedQuery:
    """A query that was pinned to its moment, with what its answer says of itself."""

    context: RequestContext
    query: Query
    pinned: Pinned
    cursor: Cursor | None
    headers: dict[str, str]

    def is_known(self) -> bool:
        """Tell whether the reader has the bytes of the answer already."""
        return matches(self.context.if_none_match, self.headers.get("ETag", ""))


@contextmanager
def pinned_query(context: RequestContext, address: Address) -> Iterator[PinnedQuery]:
    """Pin a query to its cursor's position, to the one asked for, or to where the views are."""
    with snapshot(context.ledger) as connection:
        cursor = read_cursor(context) if address.listed else None
        pinned = pin(connection, context, views=address.views, cursor=cursor)
        yield PinnedQuery(
            context=context,
            query=query_of(context, connection, pinned, cursor=cursor),
            pinned=pinned,
            cursor=cursor,
            headers=headers_of(context, pinned),
        )


def respond(context: RequestContext, address: Address) -> Response:
    """Answer a request in its format."""
    with ExitStack() as kept:
        if context.form != "json":
            admit(kept)
        begun = kept.enter_context(pinned_query(context, address))
        if begun.is_known():
            return Response(status_code=304, headers=begun.headers)
        resource = address.resource(begun.query)
        if context.form != "json":
            return download(resource, begun, kept)
        whole = resource.whole()
        if whole is not None:
            return as_json({**begun.pinned.echo(), **formats.ready(whole)}, begun.headers)
        page = page_of(resource, begun)
    headers = begun.headers
    if page.following:
        headers = headers | {"Link": link(context, page.following)}
    return as_json(page.body() | begun.pinned.echo(), headers)


def as_json(body: object, headers: dict[str, str]) -> Response:
    """Answer in JSON."""
    return Response(formats.as_json(body), media_type=MEDIA["json"], headers=headers)


def query_of(
    context: RequestContext, connection: Reading, pinned: Pinned, *, cursor: Cursor | None
) -> Query:
    """Turn a request into what a resource is asked; a page looks one row beyond its end."""
    limit = context.single.get("limit", parameters.PER_PAGE)
    return Query(
        connection=connection,
        moment=pinned.moment,
        known_at=pinned.echo()["known_at"],
        zone=context.zone,
        language=context.language,
        origin=context.ledger.identity.origin,
        key=context.key,
        single=context.single,
        where=context.where,
        vault=context.ledger.vault,
        person_counts=context.ledger.person_counts,
        drawings=context.ledger.drawings,
        after=cursor.behind if cursor else None,
        limit=limit + 1 if context.form in {"json", "html"} else None,
        reader=context.reader,
    )


@dataclass(frozen=True)
class ListPage:
    """One page of a list; `following` is the cursor of the next."""

    rows: list[Row]
    totals: tuple[Total, ...]
    extra: dict[str, Any]
    following: str | None

    def body(self) -> dict[str, Any]:
        """Return it as the contract's lists are."""
        totals = [total.said() for total in self.totals]
        return {**self.extra, "rows": self.rows, "totals": totals, "next": self.following}


def page_of(resource: Resource, begun: PinnedQuery) -> ListPage:
    """Take one page of an answer; its cursor carries what was said of the whole to the next."""
    limit = (begun.query.limit or parameters.MOST_PER_PAGE + 1) - 1
    waiting = iter(resource.rows())
    rows = list(islice(waiting, limit))
    if begun.cursor is not None:
        totals = tuple(Total(*total) for total in begun.cursor.totals)
        extra = begun.cursor.more
    else:
        totals, extra = tuple(resource.totals()), dict(resource.extra())
    following = None
    if next(waiting, None) is not None:
        name, position = fingerprint(begun.context), begun.pinned.place.position
        behind, is_named = resource.key_of(rows[-1]), begun.pinned.is_named
        cursor = Cursor(name, position, behind, totals, extra, is_named)
        following = write_cursor(begun.context.ledger.secret(CURSOR_KEY), cursor)
    return ListPage([formats.ready(row) for row in rows], totals, extra, following)


def link(context: RequestContext, following: str) -> str:
    """Name the next page."""
    kept = [(k, v) for k, v in context.pairs if k not in ("after", "known_at")]
    query = urlencode([*kept, ("after", following)])
    return f'<{context.address}?{query}>; rel="next"'


def download(resource: Resource, begun: PinnedQuery, kept: ExitStack) -> Response:
    """Write all rows, whatever their number, while they are read."""
    form, totals = begun.context.form, resource.totals()
    rows = (formats.ready(row) for row in resource.rows())
    if form == "csv":
        pieces = formats.as_csv(resource.columns(), rows)
    elif form == "xlsx":
        at = begun.pinned.place.time or LONG_AGO
        words = SheetWords(begun.context.words, begun.context.language)
        pieces = as_xlsx(resource.columns(), rows, totals=totals, at=at, words=words)
    else:
        pieces = formats.as_lines(rows)
    headers = begun.headers | {
        "Mingzhang-Totals": formats.totals_json(totals),
        "Content-Disposition": f'inline; filename="{file_name(begun.context)}"',
    }
    return Download(pieces, kept.pop_all(), headers=headers, media=MEDIA[form])


def file_name(context: RequestContext) -> str:
    """Name a file by what it is about: its address, and the days and area that were asked for."""
    asked = [value for name, value in sorted(context.pairs) if name in NAMING and value]
    path = context.path.removeprefix("/open").removeprefix("/v1")
    name = "-".join([*path.split("/")[1:], *asked])
    return f"{UNNAMED.sub('-', name)[:LONGEST_NAME]}.{context.form}"


def headers_of(context: RequestContext, pinned: Pinned) -> dict[str, str]:
    """Return what every answer says of itself: its position, and how long it may be kept."""
    headers = {
        "Mingzhang-Position": str(pinned.place.position),
        "Vary": "Accept, Accept-Language",
        "Cache-Control": "private, no-store",
    }
    if context.zone == "open":
        is_named = context.known_position is not None
        headers["Cache-Control"] = FOR_EVER if is_named else "public, no-cache"
        headers["ETag"] = etag(context, pinned)
        headers["Access-Control-Allow-Origin"] = "*"
    return headers


def etag(context: RequestContext, pinned: Pinned) -> str:
    """Name the bytes of an answer: events never change, so question and position decide them."""
    position = pinned.place.position
    ledger = str(context.ledger.identity.ledger)
    parts = (edition(), ledger, context.path, context.form, context.language, position)
    query = sorted(context.pairs)
    return f'"{hashlib.sha256(repr((parts, query)).encode()).hexdigest()[:32]}"'
