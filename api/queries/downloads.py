"""Long answers: written while they are read, in flat memory, and never for ever."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain
from threading import BoundedSemaphore

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Send

from api.http.problems import StoreUnavailable

# Each keeps a connection for as long as its reader takes; the rest is for everybody else.
MOST_AT_ONCE = 10
# Who takes no piece for so long has gone.
SECONDS_FOR_A_PIECE = 60

# More effort would make a stream slower than its readers, and save a few hundredths more.
QUICKLY = 1
GZIP = 16 + zlib.MAX_WBITS

under_way = BoundedSemaphore(MOST_AT_ONCE)


class Download(StreamingResponse):
    """Sends pieces as they are made; `kept` is closed when the last is sent, or the reader gone."""

    def __init__(
        self, pieces: Iterator[bytes], kept: ExitStack, *, headers: Mapping[str, str], media: str
    ) -> None:
        """Make the first piece, so that what goes wrong at once is still told as a problem."""
        self.pieces = guarded(pieces, kept)
        first = next(self.pieces, b"")
        super().__init__(chain([first], self.pieces), headers=headers, media_type=media)

    async def stream_response(self, send: Send) -> None:
        """Send the pieces; give up a reader that takes none."""

        async def patient(message: object) -> None:
            async with asyncio.timeout(SECONDS_FOR_A_PIECE):
                await send(message)  # type: ignore[arg-type]

        try:
            await super().stream_response(patient)
        finally:
            await run_in_threadpool(self.pieces.close)


def guarded(pieces: Iterator[bytes], kept: ExitStack) -> Generator[bytes, None, None]:
    """Give the pieces, and give back what they need, however it ends."""
    with kept:
        yield from pieces


def gzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Compress pieces so that each can be read as soon as it has come."""
    squeeze = zlib.compressobj(QUICKLY, zlib.DEFLATED, GZIP)
    for piece in pieces:
        yield squeeze.compress(piece) + squeeze.flush(zlib.Z_SYNC_FLUSH)
    yield squeeze.flush()


def admit(kept: ExitStack) -> None:
    """Take one of the few places for long answers, or ask to come again."""
    if not under_way.acquire(blocking=False):
        raise StoreUnavailable("too many downloads are under way: ask again in a moment")
    kept.callback(under_way.release)
