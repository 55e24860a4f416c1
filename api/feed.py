"""The feed: every event in order of position, in full for the office, in part for the public."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from api import asking, forms
from api.answers import FOR_EVER
from api.asking import Asked, Zone
from api.described import described
from api.forms import Form
from api.moments import snapshot
from api.office import only_for, wiring_of
from api.problems import NotFound
from api.reading import PREFIXES
from api.wiring import Wiring
from domain import EVENTS
from infra import log
from projections.cloud_event import Line, record, written

READERS = frozenset({"subscriber", "auditor"})
MOST = 5000
# One look at the log passes over so many positions, found or not.
WINDOW = 100_000
OFFERED: tuple[Form, ...] = ("json", "jsonl")
SINGLE = {
    "after": asking.between(0, asking.MOST_POSITION),
    "limit": asking.between(1, MOST),
    "until": asking.position,
    "topic": asking.text,
    "subject": asking.text,
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
            openapi_extra={"parameters": described(SINGLE if path == "/events" else ())},
        )
    return router


def pages(zone: Zone) -> Callable[[Request], Response]:
    """Make the route of a zone's feed."""

    def events(request: Request) -> Response:
        """Every event after a position, as a page of JSON or as JSON Lines up to the head."""
        asked = asking.read(request, zone=zone, single=SINGLE, filters={}, offered=OFFERED)
        wiring = wiring_of(request)
        feed = feed_of(wiring, asked)
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


def matching(glob: str) -> tuple[str, ...]:
    """Return the stored topics that a glob names, with its version or without."""
    return tuple(
        name
        for name, kind in EVENTS.items()
        if fnmatchcase(kind.TOPIC, glob) or fnmatchcase(name, glob)
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


def open_to_all(zone: Zone) -> dict[str, str]:
    """Return how long a part of the feed may be kept: the office's by nobody."""
    if zone == "office":
        return {"Cache-Control": "private, no-store"}
    return {"Cache-Control": "public, no-cache", "Access-Control-Allow-Origin": "*"}


def lasting(zone: Zone) -> dict[str, str]:
    """Return how long one event may be kept: it never changes."""
    return open_to_all(zone) | ({"Cache-Control": FOR_EVER} if zone == "open" else {})
