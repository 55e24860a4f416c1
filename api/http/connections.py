"""Connections with limits: of their header, their times, their number, and of who takes nothing.

A connection that sends a header, a body or nothing without end is ended; of one address too many
that wait, the oldest goes; some descriptors stay free for the database and for files.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec
import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.problems import MEDIA_TYPE, HeaderTooLarge, StoreUnavailable, describe, headers_of
from infra.processes.listening_socket import most_files

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from api.http.problems import Problem

Awaited: TypeAlias = Literal["header", "body"]

MOST_HEADER_BYTES = 32 * 1024
SECONDS_FOR: dict[Awaited, float] = {"header": 10.0, "body": 60.0}
# A body that brings so many bytes in its time gets the same time again: JSON Lines may come for
# hours, a byte a second may not.
LEAST_BODY_BYTES = 4096
# Who takes no bytes for so long is gone; at once where the answer was given up already.
SECONDS_TO_TAKE, SECONDS_BETWEEN_LOOKS = 60.0, 5.0
# Who is refused while sending reads the answer before the connection ends.
SECONDS_TO_LINGER = 1.0
# Connections of one address that wait for a header, or between two requests.
MOST_WAITING_OF_ONE = 512
LEAST_KEPT, KEPT_PART = 200, 8
END_OF_HEADER = b"\r\n\r\n"


class OpenConnections:
    """The connections of a server: how many there are of each address, and which of them wait."""

    def __init__(self, files: int) -> None:
        """Bound their number by how many files may be open at once."""
        self.kept = max(LEAST_KEPT, files // KEPT_PART)
        self.most = max(1, files - self.kept)
        self.most_of_one = max(1, self.most * 3 // 4)
        self._of: Counter[str] = Counter()
        self._waiting: dict[str, dict[LimitedConnection, None]] = {}

    def admit(self, new: LimitedConnection) -> bool:
        """Take one more, perhaps for the oldest that waits; tell whether there is a place."""
        if self._of[new.address] >= self.most_of_one:
            self._end_oldest(new.address)
        elif self._of.total() >= self.most:
            self._end_oldest(max(self._waiting, key=lambda a: len(self._waiting[a]), default=""))
        if self._of[new.address] >= self.most_of_one or self._of.total() >= self.most:
            return False
        self._of[new.address] += 1
        return True

    def forget(self, ended: LimitedConnection) -> None:
        """Count one less."""
        self.busy(ended)
        self._of[ended.address] -= 1
        if self._of[ended.address] <= 0:
            del self._of[ended.address]

    def wait(self, idle: LimitedConnection) -> None:
        """Note that a connection waits for a request."""
        waiting = self._waiting.setdefault(idle.address, {})
        waiting[idle] = None
        if len(waiting) > MOST_WAITING_OF_ONE:
            self._end_oldest(idle.address)

    def busy(self, called: LimitedConnection) -> None:
        """Note that a connection has a request."""
        waiting = self._waiting.get(called.address, {})
        waiting.pop(called, None)
        if not waiting:
            self._waiting.pop(called.address, None)

    def _end_oldest(self, address: str) -> None:
        oldest = next(iter(self._waiting.get(address, ())), None)
        if oldest is not None:
            oldest.end()


class LimitedConnection(HttpToolsProtocol):
    """A connection of the server that keeps the limits."""

    among: OpenConnections
    address = ""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Begin before anything was sent."""
        super().__init__(*given, **named)
        self._admitted = self._refused = self._head_open = False
        self._header_bytes = self._unparsed_bytes = self._body_bytes = 0
        self._last = b""
        self._awaited: Awaited | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None
        self._paused_at = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, if there is a place."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._admitted = self.among.admit(self)
        if not self._admitted:
            self._refuse(StoreUnavailable("too many connections are open: try again in a moment"))
            self.transport.close()
            return
        self.among.wait(self)
        self._await("header")

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        self._stop_timers()
        if self._admitted:
            self.among.forget(self)
            self._admitted = False
        super().connection_lost(exc)

    def end(self) -> None:
        """End the connection at once."""
        self._stop_timers()
        if self._admitted:
            self.among.forget(self)
            self._admitted = False
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read on, within the limits."""
        if self._refused:
            return
        too_long = self._unparsed_bytes + len(data) > MOST_HEADER_BYTES
        if too_long and not self._in_body() and END_OF_HEADER not in self._last + data:
            self._refuse(HeaderTooLarge())
            return
        self._last = data[-len(END_OF_HEADER) + 1 :]
        self._unparsed_bytes += len(data)
        super().data_received(data)
        if not self._refused and not self.transport.is_closing():
            self._await_what_is_open()

    def _in_body(self) -> bool:
        """Tell whether the rest of a body is to come."""
        cycle = None if self._head_open else self.cycle
        return cycle is not None and cycle.more_body and not cycle.response_complete

    def _await_what_is_open(self) -> None:
        if self._head_open:
            self._await("header")
        elif self.cycle is not None:
            self._rest()
            if self._in_body():
                self._await("body")
            elif self.cycle.response_complete:
                # What came begins no request, as an empty line: the next one has its time.
                self._await("header")

    def on_message_begin(self) -> None:
        """Begin a header."""
        super().on_message_begin()
        self._head_open = True
        self._header_bytes = self._unparsed_bytes = 0

    def on_url(self, url: bytes) -> None:
        """Count the address."""
        self._header_bytes += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a line of the header."""
        self._header_bytes += len(name) + len(value) + len(END_OF_HEADER)
        if self._head_open:
            super().on_header(name, value)
        elif self._header_bytes > MOST_HEADER_BYTES:
            # Lines behind a body, which nobody reads.
            self.end()

    def on_headers_complete(self) -> None:
        """Ask the app, unless the header is too long."""
        self._head_open, self._unparsed_bytes = False, 0
        if self._header_bytes > MOST_HEADER_BYTES:
            self._refuse(HeaderTooLarge())
            return
        self.among.busy(self)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body, unless it belongs to what was refused."""
        if not self._refused:
            self._body_bytes += len(body)
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request, unless it was refused."""
        if not self._refused:
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        has_next = bool(self.pipeline)
        super().on_response_complete()
        if self._admitted and not has_next and not self.transport.is_closing():
            self.among.wait(self)

    def pause_writing(self) -> None:
        """Watch whether the reader takes anything."""
        super().pause_writing()
        self._paused_at = self.loop.time()
        self._taking = self.loop.call_later(SECONDS_BETWEEN_LOOKS, self._look_at_reader)

    def resume_writing(self) -> None:
        """See that the reader has taken something."""
        super().resume_writing()
        if self._taking is not None:
            self._taking.cancel()

    def _look_at_reader(self) -> None:
        given_up = self.transport.is_closing()
        if given_up or self.loop.time() - self._paused_at >= SECONDS_TO_TAKE:
            self.end()
        else:
            self._taking = self.loop.call_later(SECONDS_BETWEEN_LOOKS, self._look_at_reader)

    def _await(self, what: Awaited) -> None:
        """End the connection unless it comes in time; more of a header gets no more time."""
        if self._awaited != what:
            self._rest()
            self._awaited, self._body_bytes = what, 0
            self._timer = self.loop.call_later(SECONDS_FOR[what], self._give_up)

    def _rest(self) -> None:
        self._awaited = None
        if self._timer is not None:
            self._timer.cancel()

    def _give_up(self) -> None:
        is_going_on = self.flow.read_paused or self._body_bytes >= LEAST_BODY_BYTES
        if self._awaited == "body" and is_going_on:
            # Where reading is paused it is the app that takes its time.
            self._awaited = None
            self._await("body")
        else:
            self.end()

    def _stop_timers(self) -> None:
        self._rest()
        if self._taking is not None:
            self._taking.cancel()

    def _refuse(self, problem: Problem) -> None:
        """Answer without the app, and read no more."""
        self._refused = True
        self._rest()
        body = msgspec.json.encode(describe(problem, instance="", language="zh"))
        headers = headers_of(problem, problem) | {
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.transport.write(STATUS_LINE[problem.STATUS] + lines.encode() + b"\r\n" + body)
        self._timer = self.loop.call_later(SECONDS_TO_LINGER, self.end)


def server_config(app: ASGIApp, **more: Any) -> uvicorn.Config:
    """Return how an app is served: with limits, and without what is not used."""
    among = OpenConnections(most_files())

    class Connection(LimitedConnection):
        """A connection of this server."""

    Connection.among = among
    # So many may be accepted before the first of them is counted.
    backlog = among.kept // 2
    return uvicorn.Config(app, http=Connection, ws="none", backlog=backlog, **more)
