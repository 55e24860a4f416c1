"""The feed as it happens: server-sent events, for readers who may stall, leave and come back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import anyio
import psycopg
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.http.middleware import request_line
from api.http.negotiation import MEDIA
from api.http.problems import Problem, StoreUnavailable
from domain.kernel.refusals import Refused
from infra.config.errors import Unavailable
from projections.disclosure.cloud_event import record_of, text

if TYPE_CHECKING:
    from api.feed.feed import Feed
    from infra.eventlog.tail import BufferedEvent, Tail
    from infra.ledger import Ledger
    from projections.disclosure.cloud_event import CloudEventRecord

LOG = logging.getLogger("mingzhang.live")
MOST_READERS = 2000
COMMENT = b":\n\n"
SECONDS_BETWEEN_COMMENTS = 15.0
# Whether a reader still may read is asked anew so often.
SECONDS_BETWEEN_CHECKS = 60.0
# Who takes no piece for so long is cut off; he goes on behind the last event that he has.
SECONDS_TO_TAKE = 10.0
SECONDS_TO_TRY_AGAIN = 1.0
# A piece ends behind the event that fills it; one piece a reader is all that waits for him here.
PIECE = 48 * 1024
# So many events are read at once for a reader who is behind, and for so many readers at once.
OLDER = 50
# Readers who wait at one place get one piece; so many places are remembered.
MOST_SHARED = 32
older_at_once = anyio.CapacityLimiter(4)


class Piece(NamedTuple):
    """Some frames, and the last position looked at for them."""

    text: bytes
    reached: int


@dataclass(frozen=True)
class Follower:
    """Somebody who follows a feed."""

    feed: Feed
    ledger: Ledger
    tail: Tail
    # Raises what keeps him out by now.
    admit: Callable[[], object] | None

    async def pieces(self) -> AsyncIterator[bytes]:
        """Give what there is, then what comes; a comment tells that nothing has broken."""
        after, until = self.feed.after, self.feed.until
        now = asyncio.get_running_loop().time
        comment, check = now(), now() + SECONDS_BETWEEN_CHECKS
        while not self.tail.closed and (until is None or after < until):
            if now() >= comment:
                yield COMMENT
                comment = now() + SECONDS_BETWEEN_COMMENTS
            if now() >= check:
                if not await self.may_stay():
                    return
                check = now() + SECONDS_BETWEEN_CHECKS
            found = self.newest(after)
            patience = comment - now()
            if found is None:
                found, patience = await self.older(after), SECONDS_TO_TRY_AGAIN
            if found.text:
                yield found.text
            elif found.reached == after:
                await self.tail.news(patience)
            after = found.reached

    def newest(self, after: int) -> Piece | None:
        """Take from the ring what lies behind a position; None if it does not reach so far back."""
        feed, shared = self.feed, self.tail.shared
        place = (feed.zone, feed.topics, feed.subjects, feed.until, after)
        if place in shared:
            return cast("Piece", shared[place])
        held = self.tail.behind(after)
        if held is None:
            return None
        found = self.joined(held, after)
        if len(shared) < MOST_SHARED:
            shared[place] = found
        return found

    def joined(self, held: Sequence[BufferedEvent], after: int) -> Piece:
        """Join the frames of events that the reader asked for, up to a piece."""
        texts: list[bytes] = []
        size = 0
        for each in held:
            if size >= PIECE or after == self.feed.until:
                break
            after = each.line.position
            text = self.text_of(each)
            texts.append(text)
            size += len(text)
        return Piece(b"".join(texts), after)

    def text_of(self, newest: BufferedEvent) -> bytes:
        """Return an event's frame, made once for a zone; nothing if the reader does not want it."""
        feed, line = self.feed, newest.line
        if not feed.may_want(line):
            return b""
        if feed.zone not in newest.texts:
            said = record_of(line, feed.zone)
            newest.texts[feed.zone] = (said, frame(said, text(said, feed.origin)))
        said, made = newest.texts[feed.zone]
        return bytes(made) if feed.wants(said) else b""

    async def older(self, after: int) -> Piece:
        """Read a piece of the log itself; while the database is away there is none."""
        try:
            return await anyio.to_thread.run_sync(self.read, after, limiter=older_at_once)
        except (psycopg.OperationalError, Unavailable) as gone:
            LOG.warning("the database is away: %s", gone)
            return Piece(b"", after)

    def read(self, after: int) -> Piece:
        """Look at the log behind a position."""
        found = self.feed.glance(self.ledger, after, OLDER)
        return Piece(b"".join(starmap(frame, found.events)), found.reached)

    async def may_stay(self) -> bool:
        """Ask whether the reader's token and role still hold; not while nobody can tell."""
        try:
            if self.admit is not None:
                await anyio.to_thread.run_sync(self.admit)
        except (Problem, Refused):
            return False
        except (psycopg.OperationalError, Unavailable):
            pass
        return True


def frame(said: CloudEventRecord, made: bytes) -> bytes:
    """Write an event as a server-sent event."""
    topic = said.topic.rpartition(".v")[0]
    return b"id: %d\nevent: %b\ndata: %b\n\n" % (said.line.position, topic.encode(), made)


class LiveEvents(Response):
    """Sends a follower its pieces until it leaves, has all it wanted, or takes no more."""

    def __init__(self, follower: Follower, headers: Mapping[str, str]) -> None:
        """Begin when the server asks for it."""
        super().__init__(
            media_type=MEDIA["sse"], headers=dict(headers) | {"X-Accel-Buffering": "no"}
        )
        del self.headers["content-length"]
        self.follower = follower
        if follower.tail.readers >= MOST_READERS:
            raise StoreUnavailable("too many readers follow the feed: ask again later")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a reader."""
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        if request_line(scope).is_head:
            await send({"type": "http.response.body"})
            return
        tail = self.follower.tail
        tail.start()
        tail.readers += 1
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(left, receive, group.cancel_scope)
                await self.send_to(send)
                group.cancel_scope.cancel()
        finally:
            tail.readers -= 1

    async def send_to(self, send: Send) -> None:
        """Send piece after piece; who does not take one in time is cut off."""
        async for piece in self.follower.pieces():
            with anyio.move_on_after(SECONDS_TO_TAKE) as patience:
                await send(body(piece))
            if patience.cancelled_caught:
                self.follower.tail.cut_off += 1
                return
        await send({"type": "http.response.body"})


def body(piece: bytes) -> dict[str, Any]:
    """Return the message that sends a piece, and that more will follow."""
    return {"type": "http.response.body", "body": piece, "more_body": True}


async def left(receive: Receive, scope: anyio.CancelScope) -> None:
    """Stop a stream as soon as its reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
