"""The feed: every event in order of position, in full for the office, in part for the public.

As pages of JSON, as JSON Lines up to the head, or as server-sent events (api/feed/sse.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.documents.openapi import described
from api.feed.sse import Follower, Live
from api.http.auth import only_for, sender
from api.http.caching import FOR_EVER
from api.http.negotiation import MEDIA, Form, takes_gzip
from api.http.problems import NotFound
from api.http.state import ledger_of, state_of
from api.queries import parameters
from api.queries.downloads import Download, gzipped
from api.queries.parameters import Asked
from api.queries.resource import link
from api.queries.routes import PREFIXES
from api.queries.snapshot import snapshot
from domain import matching
from infra.ledger import OpenLedger
from projections.core import event_log
from projections.core.event_log import Reading, StoredEvent
from projections.disclosure import Zone
from projections.disclosure.cloud_event import text, told

READERS = frozenset({"subscriber", "auditor"})
MOST = 5000
# One look at the log passes over so many positions, found or not.
WINDOW = 100_000
# So many lines are one piece: what a reader who stalls keeps in memory.
LINES_AT_ONCE = 2000
OFFERED: tuple[Form, ...] = ("json", "jsonl")
RESUME = "Last-Event-ID"
SINGLE = {
    "after": parameters.between(0, parameters.MOST_POSITION),
    "limit": parameters.between(1, MOST),
    "until": parameters.position,
}
FILTERS = {"topic": parameters.text, "subject": parameters.text}

TEXT = {"schema": {"type": "string"}}
PAGE: dict[str, Any] = {
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


class Looked(NamedTuple):
    """What one look at the log found, each event with its text, and the last position passed."""

    events: list[tuple[StoredEvent, bytes]]
    reached: int


@dataclass(frozen=True)
class Feed:
    """What a reader of the feed wants."""

    zone: Zone
    jurisdiction: str
    after: int
    until: int | None
    limit: int
    topics: tuple[str, ...] | None
    subjects: tuple[str, ...] | None

    def look(self, ledger: OpenLedger, after: int, until: int, limit: int) -> Looked:
        """Look at the log behind a position, up to another or to so many events.

        Where it stops tells nothing of events that are not shown.
        """
        found: list[tuple[StoredEvent, bytes]] = []
        while after < until and len(found) < limit:
            wanted = limit - len(found)
            with snapshot(ledger) as connection:
                lines = self.lines(connection, after, until, limit=wanted)
            after = lines[-1].position if len(lines) == wanted else until
            found += self.shown(lines)
        return Looked(found, after)

    def lines(
        self, connection: Reading, after: int, until: int, *, limit: int
    ) -> list[StoredEvent]:
        """Read what the log holds of it."""
        asked = {"topics": self.topics, "subjects": self.subjects}
        return event_log.page(connection, after=after, until=until, limit=limit, **asked)

    def shown(self, lines: Iterable[StoredEvent]) -> Iterator[tuple[StoredEvent, bytes]]:
        """Write those events that are shown as what was asked for."""
        for line in lines:
            said = told(line, self.zone)
            if self.wants(line, said.subject):
                yield line, text(said, self.jurisdiction)

    def wants(self, line: StoredEvent, subject: str) -> bool:
        """Tell whether an event that is shown under a subject is about one of those asked for.

        In public a person's events carry no subject, and are not found by it either.
        """
        return self.subjects is None or (subject == line.subject and subject in self.subjects)

    def glance(self, ledger: OpenLedger, after: int, limit: int) -> Looked:
        """Look at the next part of the log behind a position, if there is one."""
        end = self.end(ledger)
        if end <= after:
            return Looked([], after)
        return self.look(ledger, after, min(end, after + WINDOW), limit)

    def end(self, ledger: OpenLedger) -> int:
        """Return the last position of the log, or the one where the reader wants to stop."""
        with snapshot(ledger) as connection:
            head = event_log.head(connection).position
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
        asked = parameters.read(
            request, zone=zone, single=SINGLE, filters=FILTERS, offered=(*OFFERED, "sse")
        )
        ledger = ledger_of(request)
        feed = feed_of(ledger, asked)
        if asked.form == "sse":
            return live(request, ledger, resumed(request, feed))
        give = lines if asked.form == "jsonl" else page
        return give(request, ledger, feed)

    return events


def single(zone: Zone) -> Callable[[Request], Response]:
    """Make the route of one event."""

    def event(request: Request) -> Response:
        """Return the event at a position."""
        asked = parameters.read(request, zone=zone, single={}, filters={}, offered=OFFERED)
        ledger = ledger_of(request)
        line = stored(ledger, request.path_params["position"])
        body = text(told(line, zone), ledger.settings.jurisdiction)
        body += b"\n" if asked.form == "jsonl" else b""
        return Response(body, media_type=MEDIA[asked.form], headers=lasting(zone))

    return event


def stored(ledger: OpenLedger, named: str) -> StoredEvent:
    """Return the event at a position that an address names."""
    position = parameters.checked("position", named, parameters.position)
    with snapshot(ledger) as connection:
        line = event_log.at(connection, position)
    if line is None:
        raise NotFound("the log has not reached position {position}", position=str(position))
    return line


def feed_of(ledger: OpenLedger, asked: Asked) -> Feed:
    """Read what is wanted."""
    single, where = asked.single, asked.where
    return Feed(
        zone=asked.zone,
        jurisdiction=ledger.settings.jurisdiction,
        after=single.get("after", 0),
        until=single.get("until"),
        limit=single.get("limit", parameters.PER_PAGE),
        topics=any_matching(where["topic"]) if "topic" in where else None,
        subjects=where.get("subject"),
    )


def any_matching(globs: Sequence[str]) -> tuple[str, ...]:
    """Return the stored topics that one of the globs names."""
    return tuple(dict.fromkeys(name for glob in globs for name in matching(glob)))


def page(request: Request, ledger: OpenLedger, feed: Feed) -> Response:
    """Answer with one page; `next` is the last position looked at, and never beyond `head`."""
    end = feed.end(ledger)
    found = feed.look(ledger, feed.after, min(end, feed.after + WINDOW), feed.limit)
    following = min(found.reached, end)
    rows = b",".join(made for _, made in found.events)
    body = b'{"head":%d,"next":%d,"rows":[%b]}' % (end, following, rows)
    headers = {"Mingzhang-Position": str(end)} | open_to_all(feed.zone)
    if following < end:
        headers["Link"] = link(request, str(following))
    return Response(body, media_type=MEDIA["json"], headers=headers)


def lines(request: Request, ledger: OpenLedger, feed: Feed) -> Response:
    """Answer with one event a line, up to where the log ends now."""
    end = feed.end(ledger)

    def pieces() -> Iterator[bytes]:
        after = feed.after
        while after < end:
            found = feed.look(ledger, after, min(after + WINDOW, end), LINES_AT_ONCE)
            yield b"".join(made + b"\n" for _, made in found.events)
            after = found.reached

    headers = {"Mingzhang-Position": str(end)} | open_to_all(feed.zone)
    made = iter(()) if request.scope["state"].get("silent") else pieces()
    if takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        made = gzipped(made)
    return Download(made, ExitStack(), headers=headers, media=MEDIA["jsonl"])


def resumed(request: Request, feed: Feed) -> Feed:
    """Go on behind the last event that the reader has, if he says so."""
    last = request.headers.get(RESUME)
    return replace(feed, after=parameters.checked(RESUME, last, SINGLE["after"])) if last else feed


def live(request: Request, ledger: OpenLedger, feed: Feed) -> Response:
    """Answer with every event as it comes; a reader who has all he wanted need not come back."""
    end = feed.end(ledger)
    if feed.until is not None and RESUME in request.headers and feed.after >= feed.until:
        return Response(status_code=204, headers=open_to_all(feed.zone))
    admit = None if feed.zone == "open" else lambda: only_for(READERS)(request, sender(request))
    follower = Follower(feed, ledger, state_of(request.app).tail, admit)
    return Live(follower, {"Mingzhang-Position": str(end)} | open_to_all(feed.zone))


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
