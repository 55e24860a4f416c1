"""The feed: every event in order of position, in full for the office, in part for the public.

As pages of JSON, as JSON Lines up to the head, or as server-sent events that go on (api/live.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from api import asking, forms
from api.answers import FOR_EVER
from api.asking import Asked, Zone
from api.described import described
from api.forms import Form
from api.live import Follower, Live
from api.moments import snapshot
from api.office import only_for, sender, wiring_of
from api.problems import NotFound
from api.reading import PREFIXES
from api.wiring import Wiring
from domain import matching
from infra import log
from projections.cloud_event import Line, record, written

READERS = frozenset({"subscriber", "auditor"})
MOST = 5000
# One look at the log passes over so many positions, found or not.
WINDOW = 100_000
OFFERED: tuple[Form, ...] = ("json", "jsonl")
RESUME = "Last-Event-ID"
SINGLE = {
    "after": asking.between(0, asking.MOST_POSITION),
    "limit": asking.between(1, MOST),
    "until": asking.position,
    "topic": asking.text,
    "subject": asking.text,
}

TEXT = {"schema": {"type": "string"}}
PAGE = {
    "type": "object",
    "properties": {
        "rows": {"type": "array", "items": {"type": "object"}},
        "next": {"type": "integer"},
        "head": {"type": "integer"},
    },
    "required": ["rows", "next", "head"],
}
# By hand: what the framework would say of streams is not yet OpenAPI 3.1.
DESCRIBED: dict[str, Any] = {
    "parameters": [
        *described(SINGLE),
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
                forms.MEDIA["json"]: {"schema": PAGE},
                forms.MEDIA["jsonl"]: TEXT,
                forms.MEDIA["sse"]: TEXT,
            },
        },
        "204": {"description": "The live stream has passed `until`: there is no more to come."},
    },
}


class Looked(NamedTuple):
    """What one look at the log found, and the last position that it passed."""

    records: list[dict[str, Any]]
    reached: int


@dataclass(frozen=True)
class Feed:
    """What a reader of the feed wants."""

    zone: Zone
    jurisdiction: str
    after: int
    until: int | None
    topics: tuple[str, ...] | None
    subject: str | None

    def look(self, wiring: Wiring, after: int, until: int, limit: int) -> Looked:
        """Look at the log behind a position, up to another or to so many events."""
        with snapshot(wiring) as connection:
            found = log.page(
                connection,
                after=after,
                until=until,
                limit=limit,
                topics=self.topics,
                subject=self.subject,
            )
            lines = list(found)
        records = (record(line, self.jurisdiction, self.zone) for line in lines)
        # In public a person's events carry no subject, and are not found by it either.
        kept = [r for r in records if self.subject is None or r.get("subject") == self.subject]
        return Looked(kept, lines[-1].position if len(lines) == limit else until)

    def glance(self, wiring: Wiring, after: int, limit: int) -> Looked:
        """Look at the next part of the log behind a position, if there is one."""
        end = self.end(wiring)
        if end <= after:
            return Looked([], after)
        return self.look(wiring, after, min(end, after + WINDOW), limit)

    def end(self, wiring: Wiring) -> int:
        """Return the last position of the log, or the one where the reader wants to stop."""
        with snapshot(wiring) as connection:
            head = log.head(connection).position
        return head if self.until is None else min(self.until, head)


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
        asked = asking.read(
            request, zone=zone, single=SINGLE, filters={}, offered=(*OFFERED, "sse")
        )
        wiring = wiring_of(request)
        feed = feed_of(wiring, asked)
        if asked.form == "sse":
            return live(request, wiring, resumed(request, feed))
        return lines(wiring, feed) if asked.form == "jsonl" else page(wiring, feed, asked)

    return events


def single(zone: Zone) -> Callable[[Request], Response]:
    """Make the route of one event."""

    def event(request: Request) -> Response:
        """Return the event at a position."""
        asking.read(request, zone=zone, single={}, filters={}, offered=OFFERED)
        wiring = wiring_of(request)
        line = stored(wiring, request.path_params["position"])
        body = written(record(line, wiring.settings.jurisdiction, zone))
        return Response(body, media_type=forms.MEDIA["json"], headers=lasting(zone))

    return event


def stored(wiring: Wiring, named: str) -> Line:
    """Return the event at a position that an address names."""
    position = asking.checked("position", named, asking.position)
    with snapshot(wiring) as connection:
        line = log.one(connection, position)
    if line is None:
        raise NotFound(f"the log has not reached position {position}")
    return line


def feed_of(wiring: Wiring, asked: Asked) -> Feed:
    """Read what is wanted."""
    single = asked.single
    topic = single.get("topic")
    return Feed(
        zone=asked.zone,
        jurisdiction=wiring.settings.jurisdiction,
        after=single.get("after", 0),
        until=single.get("until"),
        topics=None if topic is None else matching(topic),
        subject=single.get("subject"),
    )


def page(wiring: Wiring, feed: Feed, asked: Asked) -> Response:
    """Answer with one page; `next` is the last position looked at."""
    limit = asked.single.get("limit", asking.PER_PAGE)
    end = feed.end(wiring)
    until = max(min(end, feed.after + WINDOW), feed.after)
    found = feed.look(wiring, feed.after, until, limit)
    body = {"rows": found.records, "next": found.reached, "head": end}
    headers = {"Mingzhang-Position": str(end)} | open_to_all(feed.zone)
    return Response(written(body), media_type=forms.MEDIA["json"], headers=headers)


def lines(wiring: Wiring, feed: Feed) -> Response:
    """Answer with one event a line, up to where the log ends now."""
    end = feed.end(wiring)

    def pieces() -> Iterator[bytes]:
        after = feed.after
        while after < end:
            found = feed.look(wiring, after, min(after + MOST, end), MOST)
            yield b"".join(written(each) + b"\n" for each in found.records)
            after = found.reached

    headers = {"Mingzhang-Position": str(end)} | open_to_all(feed.zone)
    return StreamingResponse(pieces(), media_type=forms.MEDIA["jsonl"], headers=headers)


def resumed(request: Request, feed: Feed) -> Feed:
    """Go on behind the last event that the reader has, if he says so."""
    last = request.headers.get(RESUME)
    return replace(feed, after=asking.checked(RESUME, last, SINGLE["after"])) if last else feed


def live(request: Request, wiring: Wiring, feed: Feed) -> Response:
    """Answer with every event as it comes; a reader who has all he wanted need not come back."""
    end = feed.end(wiring)
    if feed.until is not None and RESUME in request.headers and feed.after >= feed.until:
        return Response(status_code=204, headers=open_to_all(feed.zone))
    admit = None if feed.zone == "open" else lambda: only_for(READERS)(request, sender(request))
    follower = Follower(feed, wiring, request.app.state.tail, admit)
    return Live(follower, {"Mingzhang-Position": str(end)} | open_to_all(feed.zone))


def open_to_all(zone: Zone) -> dict[str, str]:
    """Return how long a part of the feed may be kept: the office's by nobody."""
    if zone == "office":
        return {"Cache-Control": "private, no-store"}
    return {
        "Cache-Control": "public, no-cache",
        "Access-Control-Allow-Origin": "*",
        "Vary": "Accept",
    }


def lasting(zone: Zone) -> dict[str, str]:
    """Return how long one event may be kept: it never changes."""
    return open_to_all(zone) | ({"Cache-Control": FOR_EVER} if zone == "open" else {})
