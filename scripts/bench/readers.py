"""Many readers of the live feed in one process, who note what they were told and when.

`python -m scripts.bench.readers HOST:PORT READERS AFTER LAST` says `following` when all have an
answer, and what they heard when all have the last event, or when nothing has come for long.
"""

from __future__ import annotations

import asyncio
import sys
import time
from bisect import bisect_left
from collections import Counter
from datetime import datetime
from itertools import pairwise
from typing import Any

import msgspec
import uvloop
from httptools import HttpResponseParser

SECONDS_TO_FOLLOW, SECONDS_WITHOUT_NEWS = 60.0, 20.0
SECONDS_BETWEEN_LOOKS = 0.1
PATH = "/open/v1/events"
ASKED = "GET {path}?after={after} HTTP/1.1\r\nHost: {place}\r\nAccept: text/event-stream\r\n\r\n"
OK = 200


class Heard(msgspec.Struct, kw_only=True):
    """What all readers heard: how many have everything, what was wrong, how late events came.

    `late` counts events by the milliseconds from the moment the store took them to a reader.
    """

    complete: int
    wrong: list[str]
    late: dict[int, int]
    megabytes: float


class Stream:
    """The stream as whoever was first took it, event by event; the others must have its bytes."""

    def __init__(self, after: int) -> None:
        """Begin behind a position."""
        self.after = after
        self.text = bytearray()
        # Where each event ends, the position before the first at 0; when the store took each.
        self.ends = [0]
        self.times = [0.0]

    def extend(self, frames: bytes) -> None:
        """Take further events; ValueError says what is wrong with them."""
        for frame in frames.split(b"\n\n")[:-1]:
            name, _, data = frame.split(b"\n", 2)
            wanted = self.after + len(self.ends)
            if name != b"id: %d" % wanted:
                raise ValueError(f"{name.decode()} came where {wanted} was to come")
            told = msgspec.json.decode(data.removeprefix(b"data: "))
            self.text += frame + b"\n\n"
            self.ends.append(len(self.text))
            self.times.append(datetime.fromisoformat(told["time"]).timestamp())


class Reader(asyncio.Protocol):
    """One reader; he keeps nothing but where he is and what came when."""

    def __init__(self, stream: Stream, request: bytes) -> None:
        """Have heard nothing yet."""
        self.stream = stream
        self.request = request
        self.events = 0
        self.rest = b""
        self.answer = HttpResponseParser(self)
        self.answered = False
        self.wrong = ""
        self.came: list[tuple[float, int]] = []

    def connection_made(self, transport: Any) -> None:
        """Ask."""
        transport.write(self.request)

    def data_received(self, piece: bytes) -> None:
        """Take what comes."""
        self.answer.feed_data(piece)

    def on_headers_complete(self) -> None:
        """Note that there is an answer, and whether it is a good one."""
        self.answered = True
        status = self.answer.get_status_code()
        self.wrong = "" if status == OK else f"the answer is {status}"

    def on_body(self, text: bytes) -> None:
        """Take a piece of the stream; what is wrong once stays wrong."""
        if not self.wrong:
            try:
                self.hear(self.rest + text, time.time())
            except ValueError as wrong:
                self.wrong = str(wrong)

    def hear(self, text: bytes, now: float) -> None:
        """Compare whole events with the stream, and note when they came."""
        cut = text.rfind(b"\n\n") + 2 if b"\n\n" in text else 0
        whole, self.rest = text[:cut], text[cut:]
        if whole.startswith(b":") or b"\n:" in whole:
            whole = b"".join(f + b"\n\n" for f in whole.split(b"\n\n")[:-1] if f != b":")
        stream = self.stream
        begin = stream.ends[self.events]
        known = len(stream.text) - begin
        if stream.text[begin : begin + len(whole)] != whole[:known]:
            raise ValueError(f"other bytes behind {stream.after + self.events}")
        if known < len(whole):
            stream.extend(whole[known:])
        reached = bisect_left(stream.ends, begin + len(whole))
        if reached > self.events:
            self.events = reached
            self.came.append((now, reached))


def heard(readers: list[Reader], stream: Stream, last: int) -> Heard:
    """Say what all heard together."""
    late: Counter[int] = Counter()
    for reader in readers:
        for (_, before), (now, reached) in pairwise([(0.0, 0), *reader.came]):
            late.update(int((now - at) * 1000) for at in stream.times[before + 1 : reached + 1])
    return Heard(
        complete=sum(reader.events == last - stream.after for reader in readers),
        wrong=sorted({reader.wrong for reader in readers if reader.wrong}),
        late=dict(sorted(late.items())),
        megabytes=sum(stream.ends[reader.events] for reader in readers) / 2**20,
    )


async def follow(place: str, many: int, after: int, last: int) -> Heard:
    """Let so many readers follow until all have the last event."""
    stream = Stream(after)
    request = ASKED.format(path=PATH, after=after, place=place).encode()
    host, _, port = place.rpartition(":")
    loop = asyncio.get_running_loop()
    readers = [Reader(stream, request) for _ in range(many)]
    for reader in readers:
        await loop.create_connection(lambda mine=reader: mine, host, int(port))  # type: ignore[misc]
    async with asyncio.timeout(SECONDS_TO_FOLLOW):
        while not all(reader.answered for reader in readers):  # noqa: ASYNC110 - asked seldom
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
    print("following", flush=True)
    reached, patience = 0, time.monotonic() + SECONDS_WITHOUT_NEWS
    while min(reader.events for reader in readers) < last - after and time.monotonic() < patience:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        now = sum(reader.events for reader in readers)
        if now > reached:
            reached, patience = now, time.monotonic() + SECONDS_WITHOUT_NEWS
    return heard(readers, stream, last)


if __name__ == "__main__":
    place, *numbers = sys.argv[1:]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        said = runner.run(follow(place, *map(int, numbers)))
    print(msgspec.json.encode(said).decode(), flush=True)
