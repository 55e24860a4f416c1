"""Hostile connections, kind by kind, each from an address that no honest reader has."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

FROM = "127.0.0.2"
PLENTY, MANY, MOST_FILES, CROWD_FILES, CROWD = 2000, 200, 8192, 1200, 1300
SECONDS_BETWEEN_DRIPS, SECONDS_OF_A_TURN = 1.0, 3.0


@dataclass
class Target:
    """Whom it is done to: the server, its database, a token that is good; and until when."""

    url: str
    app_url: str
    token: str
    begun: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)
    # What came of the connections.
    ends: Counter[str] = field(default_factory=Counter)

    @property
    def said(self) -> str:
        """Tell what came of them."""
        return ", ".join(f"{count} {end}" for end, count in sorted(self.ends.items()))


async def connection(target: Target, sent: bytes, *, drip: bytes = b"", take: bool = True) -> None:
    """Open one connection, send something, drip on, take what comes or not, until it is ended."""
    place = urlsplit(target.url)
    try:
        reader, writer = await asyncio.open_connection(
            place.hostname, place.port, local_addr=(FROM, 0), limit=2**16 if take else 2**10
        )
    except OSError:
        target.ends["not connected"] += 1
        return
    try:
        writer.write(sent)
        while not target.stop.is_set():
            writer.write(drip)
            with suppress(TimeoutError):
                wait = reader.read(2**16) if take else asyncio.sleep(3600, b"")
                answer = await asyncio.wait_for(wait, SECONDS_BETWEEN_DRIPS)
                if not answer:
                    target.ends["ended by the server"] += 1
                    return
                target.ends[f"answered {answer[9:12].decode(errors='replace')}"] += 1
        target.ends["open to the end"] += 1
    except OSError:
        target.ends["reset by the server"] += 1
    finally:
        writer.close()


def together(number: int, make: Callable[[Target], Awaitable[None]]) -> Callable[[Target], None]:
    """Open so many connections of a kind, a new one for each that has ended."""

    async def one(target: Target) -> None:
        while not target.stop.is_set():
            await make(target)
            await asyncio.sleep(SECONDS_BETWEEN_DRIPS)

    async def every(target: Target) -> None:
        tasks = [asyncio.create_task(one(target)) for _ in range(number)]
        await asyncio.sleep(2 * SECONDS_BETWEEN_DRIPS)
        target.begun.set()
        await asyncio.gather(*tasks)

    return lambda target: asyncio.run(every(target))


def begun(target: Target, line: str) -> bytes:
    """Write the beginning of a request."""
    return f"{line} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {target.token}\r\n".encode()


def idle(target: Target) -> Awaitable[None]:
    """Send nothing."""
    return connection(target, b"")


def half_sent(target: Target) -> Awaitable[None]:
    """Send half a header."""
    return connection(target, begun(target, "GET /open/v1/funds"))


def dripping(target: Target) -> Awaitable[None]:
    """Send a body, a byte a second."""
    header = b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
    return connection(target, begun(target, "POST /v1/commands") + header, drip=b" ")


def taking_nothing(target: Target) -> Awaitable[None]:
    """Follow the feed and take nothing of it."""
    header = b"Accept: text/event-stream\r\n\r\n"
    return connection(target, begun(target, "GET /open/v1/events?after=0") + header, take=False)


def taking_turns(target: Target) -> None:
    """Take the append lock in vain, in three sessions that come again when they are ended."""

    def one() -> None:
        while not target.stop.is_set():
            with suppress(psycopg.Error), psycopg.connect(target.app_url) as app:
                while not target.stop.is_set():
                    app.execute("SELECT ledger.take_turn()")
                    target.ends["turns"] += 1
                    target.stop.wait(SECONDS_OF_A_TURN)
                    app.rollback()

    sessions = [threading.Thread(target=one) for _ in range(3)]
    for session in sessions:
        session.start()
    target.begun.set()
    for session in sessions:
        session.join()


# Each kind: what it does, and how many files the server may open meanwhile.
KINDS: dict[str, tuple[Callable[[Target], None], int]] = {
    "idle": (together(PLENTY, idle), MOST_FILES),
    "half-sent": (together(PLENTY, half_sent), MOST_FILES),
    "dripping": (together(MANY, dripping), MOST_FILES),
    "crowd": (together(CROWD, idle), CROWD_FILES),
    "no takers": (together(MANY, taking_nothing), MOST_FILES),
    "lock": (taking_turns, MOST_FILES),
}
