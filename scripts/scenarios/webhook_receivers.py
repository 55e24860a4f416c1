"""Servers that receive webhooks, on the loopback: what they were sent, and what they answer."""

from __future__ import annotations

import base64
import json
import os
import ssl
import threading
from collections import defaultdict
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple

from standardwebhooks import Webhook

from infra.config.egress_policy import Outside, networks
from infra.config.retry_pauses import RetryPause
from infra.webhooks.http_client import Caller, LookUp
from infra.webhooks.worker import DeliveryContext, Pace, deliver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from infra.ledger import Ledger

LOOPBACK = "127.0.0.0/8, ::1/128"
SECONDS_TO_WAIT = 30.0
# Quick enough for a test; what it decides does not hang on the seconds.
RETRY = RetryPause(first=0.02, longest=0.1, growth=1.5)
QUICK = Pace(call=20.0, rest=0.0, retry=RETRY, most_attempts=5)


def a_secret() -> str:
    """Return a new secret."""
    return f"whsec_{base64.b64encode(os.urandom(32)).decode()}"


class Call(NamedTuple):
    """One call as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    def verified(self, secret: str) -> dict[str, Any]:
        """Return what it says; raises if it was not signed with the secret."""
        said: dict[str, Any] = Webhook(secret).verify(self.body, dict(self.headers))
        return said

    @property
    def position(self) -> int:
        """Return the position that it tells of, without verifying it."""
        return int(json.loads(self.body)["data"]["position"])


class Reply(NamedTuple):
    """What is answered: after the gate has opened, if there is one."""

    status: int = 204
    headers: Mapping[str, str] = {}
    gate: threading.Event | None = None


class Receiver(ThreadingHTTPServer):
    """A server that keeps what it is sent, and answers each path as told."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        """Listen on a free port."""
        super().__init__((host, 0), Answering)
        self.scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.arrived = threading.Condition()
        self.calls: defaultdict[str, list[Call]] = defaultdict(list)
        self.replies: dict[str, list[Reply]] = {}
        self.under_way: defaultdict[str, int] = defaultdict(int)
        self.most_at_once: defaultdict[str, int] = defaultdict(int)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return an address of this server."""
        return f"{self.scheme}://{host}:{self.server_port}{path}"

    def reply(self, path: str, *replies: Reply) -> None:
        """Answer a path so, one after another; the last one for ever."""
        self.replies[path] = list(replies)

    def take(self, call: Call) -> Reply:
        """Keep a call, and choose what to answer."""
        with self.arrived:
            self.calls[call.path].append(call)
            self.under_way[call.path] += 1
            at_once = max(self.most_at_once[call.path], self.under_way[call.path])
            self.most_at_once[call.path] = at_once
            waiting = self.replies.get(call.path, [Reply()])
            chosen = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            self.arrived.notify_all()
        return chosen

    def over(self, path: str) -> None:
        """Note that a call is being answered."""
        with self.arrived:
            self.under_way[path] -= 1

    def wait_for(self, path: str, number: int = 1) -> list[Call]:
        """Wait until a path was called that often; return its calls. Raises TimeoutError."""
        with self.arrived:
            if not self.arrived.wait_for(lambda: len(self.calls[path]) >= number, SECONDS_TO_WAIT):
                raise TimeoutError(f"{path} was called {len(self.calls[path])} times, not {number}")
            return list(self.calls[path])

    def wait_for_position(self, path: str, position: int) -> list[Call]:
        """Wait until a path was told of a position or a later one; return its calls.

        Raises TimeoutError.
        """
        with self.arrived:
            calls = self.calls[path]
            if not self.arrived.wait_for(lambda: told(calls) >= position, SECONDS_TO_WAIT):
                raise TimeoutError(f"{path} was told of {told(calls)}, not of {position}")
            return list(calls)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that has hung up: some tests kill it."""


def told(calls: list[Call]) -> int:
    """Return the position that was told last, 0 if none was."""
    return calls[-1].position if calls else 0


class Answering(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: Receiver

    def do_POST(self) -> None:
        """Take a call, and answer it when it is time."""
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            # Its sender was killed in the middle of it.
            return
        reply = self.server.take(Call(self.path, dict(self.headers.items()), body))
        if reply.gate is not None:
            reply.gate.wait(60)
        self.server.over(self.path)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def do_GET(self) -> None:
        """Note that a redirect was followed."""
        self.server.take(Call(f"GET {self.path}", {}, b""))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Be silent."""


@contextmanager
def receiving(tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Receiver]:
    """Run a receiver while the block runs."""
    receiver = Receiver(tls, host)
    thread = threading.Thread(target=receiver.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        thread.join()
        receiver.server_close()


@contextmanager
def delivering(
    ledger: Ledger,
    pace: Pace = QUICK,
    *,
    allow: str = LOOPBACK,
    look_up: LookUp | None = None,
) -> Iterator[None]:
    """Deliver while the block runs."""
    caller = Caller(Outside(networks(allow)), seconds=pace.call, look_up=look_up)
    means = DeliveryContext(ledger.database.app_url, ledger.vault, caller, "440300", pace)
    stop = threading.Event()
    thread = threading.Thread(target=deliver, args=(means, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
