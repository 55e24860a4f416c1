"""The routes of the feed: every event by position, in full for the office, in part for the public.

As pages of JSON, as JSON Lines up to the head, or as server-sent events (api/feed/sse.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.feed.feed import FILTERS, SINGLE, WINDOW, Feed, feed_of
from api.feed.sse import Follower, LiveEvents
from api.http.auth import only_for, reader, sender
from api.http.caching import FOR_EVER
from api.http.negotiation import MEDIA, Form, takes_gzip
from api.http.problems import NotFound
from api.http.state import state_of
from api.queries import parameters
from api.queries.downloads import Download, gzipped
from api.queries.openapi_parameters import PREFIXES, described
from api.queries.parameters import RequestContext
from api.queries.respond import link
from api.queries.snapshot import snapshot
from infra.ledger import Ledger
from projections.core import event_log
from projections.core.event_log import StoredEvent
from projections.disclosure import Zone
from projections.disclosure.cloud_event import record_of, text

READERS = frozenset({"subscriber", "auditor"})
# So many lines are one piece: what a reader who stalls keeps in memory.
LINES_AT_ONCE = 2000
OFFERED: tuple[Form, ...] = ("json", "jsonl")
RESUME = "Last-Event-ID"
TEXT = {"schema": {"type": "string"}}
PAGE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "rows": {"type": "array", "items": {"type": "object"}},
        "next": {"type": "integer"},
        "head": {"type": "integer"},
        "more": {"type": "boolean"},
    },
    "required": ["rows", "next", "head", "more"],
}
# By hand: what the framework would say of streams is not yet OpenAPI 3.1.
DESCRIBED: dict[str, Any] = {
    "parameters": [
        *described(SINGLE, FILTERS),
        {
            "name": RESUME,
            "in": "header",
            "description": "Where a live stream goes on: the `id` of the last event received.",
            "schema": {"type": "string", "pattern": "^[0-9]{1,18}$"},
        },
    ],
    "responses": {
        "200": {
            "description": "A page of events (CloudEvents 1.0 in JSON); one event a line, up to the"
            " head; or a live stream that never ends: `id` is the position, `event` the topic,"
            " `data` the event, and a comment every 15 s tells that nothing has broken.",
            "content": {
                MEDIA["json"]: {"schema": PAGE},
                MEDIA["jsonl"]: TEXT,
                MEDIA["sse"]: TEXT,
            },
        },
        "204": {"description": "The live stream has passed `until`: there is no more to come."},
    },
}


def routes(zone: Zone) -> APIRouter:
    """Give a zone its feed."""
    router = APIRouter(prefix=PREFIXES[zone], tags=["feed"])
    who = [Depends(only_for(READERS))] if zone == "office" else []
    for path, route in (("/events", pages(zone)), ("/events/{position}", single(zone))):
        router.add_api_route(
            path,
            route,
            methods=["GET"],
            name=f"{zone}{path}",
            summary=str(route.__doc__),
            response_model=None,
            dependencies=who,
            openapi_extra=DESCRIBED if path == "/events" else {"parameters": described(())},
        )
    return router


def pages(zone: Zone) -> Callable[[Request], Response]:
    """Make the route of a zone's feed."""

    def events(request: Request) -> Response:
        """Every event after a position: as a page, as lines up to the head, or as it happens."""
        context = parameters.read(
            request, zone=zone, single=SINGLE, filters=FILTERS, offered=(*OFFERED, "sse")
        )
        feed = feed_of(context)
        if context.form == "sse":
            return live(request, context, resumed(request, feed))
        return lines(request, context, feed) if context.form == "jsonl" else page(context, feed)

    return events


def single(zone: Zone) -> Callable[[Request], Response]:
    """Make the route of one event."""

    def event(request: Request) -> Response:
        """Return the event at a position."""
        context = parameters.read(request, zone=zone, single={}, filters={}, offered=OFFERED)
        stored = stored_event(context.ledger, request.path_params["position"])
        body = text(record_of(stored, zone), context.ledger.identity.origin)
        body += b"\n" if context.form == "jsonl" else b""
        return Response(body, media_type=MEDIA[context.form], headers=lasting(zone))

    return event


def stored_event(ledger: Ledger, named: str) -> StoredEvent:
    """Return the event at a position that an address names."""
    position = parameters.checked("position", named, parameters.position)
    with snapshot(ledger) as connection:
        found = event_log.at(connection, position)
    if found is None:
        raise NotFound("the log has not reached position {position}", position=str(position))
    return found


def page(context: RequestContext, feed: Feed) -> Response:
    """Answer with one page; `next` is the last position looked at, and never beyond `head`.

    `more` says that the log goes on behind it.
    """
    end = feed.end(context.ledger)
    found = feed.search(context.ledger, end)
    following = min(found.reached, end)
    rows = b",".join(made for _, made in found.events)
    more = b"true" if following < end else b"false"
    body = b'{"head":%d,"more":%b,"next":%d,"rows":[%b]}' % (end, more, following, rows)
    headers = {"Mingzhang-Position": str(end)} | open_to_all(feed.zone)
    if following < end:
        headers["Link"] = link(context, str(following))
    return Response(body, media_type=MEDIA["json"], headers=headers)


def lines(request: Request, context: RequestContext, feed: Feed) -> Response:
    """Answer with one event a line, up to where the log ends now."""
    end = feed.end(context.ledger)

    def pieces() -> Iterator[bytes]:
        after = feed.after
        while after < end:
            found = feed.look(context.ledger, after, min(after + WINDOW, end), LINES_AT_ONCE)
            yield b"".join(made + b"\n" for _, made in found.events)
            after = found.reached

    headers = {"Mingzhang-Position": str(end)} | open_to_all(feed.zone)
    made = iter(()) if context.is_head else pieces()
    if takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        made = gzipped(made)
    return Download(made, ExitStack(), headers=headers, media=MEDIA["jsonl"])


def resumed(request: Request, feed: Feed) -> Feed:
    """Go on behind the last event that the reader has, if it says so."""
    last = request.headers.get(RESUME)
    return replace(feed, after=parameters.checked(RESUME, last, SINGLE["after"])) if last else feed


def live(request: Request, context: RequestContext, feed: Feed) -> Response:
    """Answer with every event as it comes; a reader who has all he wanted need not come back."""
    end = feed.end(context.ledger)
    if feed.until is not None and RESUME in request.headers and feed.after >= feed.until:
        return Response(status_code=204, headers=open_to_all(feed.zone))
    admit = (
        None if feed.zone == "open" else lambda: only_for(READERS)(reader(request, sender(request)))
    )
    follower = Follower(feed, context.ledger, state_of(request.app).tail, admit)
    return LiveEvents(follower, {"Mingzhang-Position": str(end)} | open_to_all(feed.zone))


def open_to_all(zone: Zone) -> dict[str, str]:
    """Return how long a part of the feed may be kept: the office's by nobody."""
    if zone == "office":
        return {"Cache-Control": "private, no-store"}
    return {
        "Cache-Control": "public, no-cache",
        "Access-Control-Allow-Origin": "*",
        "Vary": "Accept, Accept-Encoding",
    }


def lasting(zone: Zone) -> dict[str, str]:
    """Return how long one event may be kept: it never changes."""
    return open_to_all(zone) | ({"Cache-Control": FOR_EVER} if zone == "open" else {})
