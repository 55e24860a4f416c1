"""Connections keep their limits: nobody who sends or takes nothing holds up the others."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import uvicorn

from api.http import connections
from api.http.connections import LimitedConnection, OpenConnections, server_config
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

HEAD = b"GET / HTTP/1.1\r\nhost: x\r\n"
LAST = b"connection: close\r\n\r\n"
START = {"type": "http.response.start", "status": 200, "headers": []}
SOON_SECONDS = 5


async def counting(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer how many bytes the body has; at `/endless` answer without end, for a moment."""
    if scope["path"] == "/endless":
        await send(START)
        async with asyncio.timeout(0.5):
            while True:
                piece = {"type": "http.response.body", "body": b"x" * 65536, "more_body": True}
                await send(piece)
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    await send(START)
    await send({"type": "http.response.body", "body": b"%d bytes" % size})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[uvicorn.Server]:
    """Serve with short times."""
    monkeypatch.setattr(connections, "SECONDS_FOR", {"header": 0.3, "body": 0.3})
    monkeypatch.setattr(connections, "SECONDS_BETWEEN_LOOKS", 0.1)
    monkeypatch.setattr(connections, "MOST_WAITING_OF_ONE", 20)
    config = server_config(counting, port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started)
    yield server
    server.should_exit = True
    thread.join()


def connected(server: uvicorn.Server) -> socket.socket:
    """Connect."""
    port = server.servers[0].sockets[0].getsockname()[1]
    found = socket.create_connection(("127.0.0.1", port))
    found.settimeout(SOON_SECONDS)
    return found


def answer(server: uvicorn.Server, sent: bytes) -> bytes:
    """Send bytes, and read until the server ends the connection."""
    with connected(server) as client:
        client.sendall(sent)
        pieces = []
        while piece := client.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)


@pytest.mark.parametrize(
    "line", [b"x: " + b"a" * 31_000, b"x: aaaa\r\n" * 1000 + b"y: b", b"cookie: " + b"c" * 20_000]
)
def test_a_header_of_32_kib_is_read(line: bytes, server: uvicorn.Server) -> None:
    assert answer(server, HEAD + line + b"\r\n" + LAST).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "sent",
    [
        HEAD + b"x: " + b"a" * 40_000 + b"\r\n" + LAST,
        HEAD + b"x: aaaaaaaaaa\r\n" * 4000 + LAST,
        b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nhost: x\r\n" + LAST,
        HEAD + b"x: " + b"a" * 40_000_000,
    ],
    ids=["one line", "many lines", "address", "without end"],
)
def test_a_longer_header_is_431(sent: bytes, server: uvicorn.Server) -> None:
    head, _, body = answer(server, sent).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 431 ")
    assert b"Content-Type: application/problem+json" in head
    assert json.loads(body)["code"] == "header-too-large"


def test_a_body_may_be_long_and_requests_follow_one_another(server: uvicorn.Server) -> None:
    size = 3_000_000
    post = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n" % size
    assert b"3000000 bytes" in answer(server, post + LAST + b"a" * size)
    with connected(server) as client:
        client.sendall(post + b"\r\n" + b"a" * size + HEAD + b"\r\n" + HEAD + LAST)
        said = b""
        while piece := client.recv(65536):
            said += piece
    assert said.count(b" 200 OK") == 3


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HT", HEAD, b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc"]
)
def test_what_is_begun_and_not_sent_on_is_ended(sent: bytes, server: uvicorn.Server) -> None:
    begun = time.monotonic()
    assert answer(server, sent) == b""
    assert 0.2 < time.monotonic() - begun < SOON_SECONDS


def test_a_header_that_drips_gets_no_more_time(server: uvicorn.Server) -> None:
    begun = time.monotonic()
    with connected(server) as client, suppress(OSError):
        client.sendall(HEAD + b"x: ")
        wait_until(lambda: len(server.server_state.connections) == 1)
        while server.server_state.connections:
            assert time.monotonic() - begun < SOON_SECONDS
            client.sendall(b"a")
            time.sleep(0.05)
    assert time.monotonic() - begun < SOON_SECONDS


def test_a_body_that_drips_is_ended_and_one_that_goes_on_is_not(server: uvicorn.Server) -> None:
    post = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 30000\r\n"
    for piece, pieces, said in ((b"a", 60, b""), (b"a" * 1500, 20, b"30000 bytes")):
        with connected(server) as client:
            client.sendall(post + LAST)
            with suppress(OSError):
                for _ in range(pieces):
                    client.sendall(piece)
                    time.sleep(0.05)
            answered = b""
            with suppress(ConnectionResetError):
                while more := client.recv(65536):
                    answered += more
        assert said in answered
        assert bool(answered) is bool(said)


def test_lines_behind_a_body_have_an_end(server: uvicorn.Server) -> None:
    chunked = b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n0\r\n"
    sent = 0
    with connected(server) as client, suppress(OSError):
        client.sendall(chunked)
        while sent < 100:
            client.sendall(b"x: " + b"a" * 8000 + b"\r\n")
            sent += 1
            time.sleep(0.01)
    assert sent < 100


@pytest.mark.parametrize("between", [b"", b"\r\n", b"\r\n\r\n"])
def test_a_connection_that_waits_after_an_answer_is_ended(
    between: bytes, server: uvicorn.Server
) -> None:
    server.config.timeout_keep_alive = 1
    with connected(server) as client:
        client.sendall(HEAD + b"\r\n")
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
        client.sendall(between)
        begun = time.monotonic()
        while client.recv(65536):
            pass
    assert time.monotonic() - begun < SOON_SECONDS


def test_a_reader_who_takes_nothing_is_ended_with_his_socket(server: uvicorn.Server) -> None:
    with connected(server) as client:
        client.sendall(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n")
        wait_until(lambda: len(server.server_state.connections) == 1)
        begun = time.monotonic()
        wait_until(lambda: not server.server_state.connections)
        assert time.monotonic() - begun < SOON_SECONDS


def test_of_those_who_wait_the_oldest_go(server: uvicorn.Server) -> None:
    first = connected(server)
    others = [connected(server) for _ in range(40)]
    assert first.recv(1) == b""
    with others[-1] as last:
        last.sendall(HEAD + LAST)
        assert last.recv(100).startswith(b"HTTP/1.1 200")
    for each in (first, *others):
        each.close()


class Silent(LimitedConnection):
    """A connection that is never made; it only counts."""

    def __init__(self, address: str, among: OpenConnections) -> None:
        """Come from an address."""
        self.address, self.among, self.ended = address, among, False

    def end(self) -> None:
        """Give the place back."""
        self.ended = True
        self.among.forget(self)


def test_descriptors_are_kept_and_no_address_takes_all() -> None:
    among = OpenConnections(files=1200)
    assert (among.kept, among.most, among.most_of_one) == (200, 1000, 750)
    greedy = [Silent("a", among) for _ in range(1300)]
    assert [among.admit(each) for each in greedy] == [True] * 750 + [False] * 550
    others = [Silent(str(n), among) for n in range(251)]
    assert [among.admit(each) for each in others] == [True] * 250 + [False]
    among.wait(greedy[0])
    assert among.admit(others[-1])
    assert greedy[0].ended
