"""A server of ours as its users start it: a process of its own on a real port."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from api.http import tokens
from api.http.auth import OWNER
from infra.config.settings import Settings
from scripts.bench.memory import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message
    from pathlib import Path

SECONDS_TO_STOP = 20


class Served(NamedTuple):
    """A server that answers, and what its processes hold in memory."""

    place: str
    watch: Watch
    pid: int

    def connect(self) -> HTTPConnection:
        """Open a connection that is kept."""
        return HTTPConnection(self.place, timeout=60)


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Served]:
    """Serve a data folder while the block runs."""
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--port", "0", "--json", *options],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            said = child.stdout.readline() if child.stdout else b""
            if not said:
                raise RuntimeError(f"the server ended with {child.wait()}")
            with Watch(child.pid) as watch:
                place = urlsplit(msgspec.json.decode(said)["url"]).netloc
                yield Served(place, watch, child.pid)
        finally:
            child.terminate()
            child.wait(SECONDS_TO_STOP)


def told(folder: Path, *arguments: str) -> Any:
    """Run a command of ours on a data folder, and return what it says."""
    ran = subprocess.run(
        [sys.executable, "-m", "api.cli", *arguments, "--json"],
        env=environment(folder),
        capture_output=True,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(f"{arguments[0]} ended with {ran.returncode}: {ran.stderr.decode()}")
    return msgspec.json.decode(ran.stdout)


def environment(folder: Path) -> dict[str, str]:
    """Point a program of ours to a data folder, away from any other store."""
    ours = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "KAFKA_BOOTSTRAP"}}
    return {**ours, "MINGZHANG_DATA": str(folder)}


def auditor(folder: Path) -> dict[str, str]:
    """Return the header of the folder's owner, who may read all; no event grants him that."""
    secret = Settings(data_folder=folder, database_url=None).secret(tokens.TOKEN_KEY)
    token, _ = tokens.issue(secret, by=OWNER, roles=("auditor",), ttl=timedelta(hours=4))
    return {"Authorization": f"Bearer {token}"}


class Answered(NamedTuple):
    """An answer, and how long it took to arrive whole."""

    seconds: float
    headers: Message
    content: bytes


def seconds_to(
    connection: HTTPConnection,
    path: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> float:
    """Return how long an answer takes to arrive whole."""
    return asked(connection, path, headers, body=body).seconds


def asked(
    connection: HTTPConnection,
    path: str,
    headers: Mapping[str, str] | None = None,
    *,
    body: bytes | None = None,
) -> Answered:
    """Ask and wait for the whole answer; any but a good one is an error."""
    begun = time.perf_counter()
    connection.request("POST" if body else "GET", path, body=body, headers=dict(headers or {}))
    answer = connection.getresponse()
    content = answer.read()
    taken = time.perf_counter() - begun
    if answer.status not in {200, 201}:
        raise RuntimeError(f"{path}: {answer.status} {content[:500].decode()}")
    return Answered(taken, answer.headers, content)


def position_of(connection: HTTPConnection) -> int:
    """Return the head of the log, as an answer tells it."""
    return int(asked(connection, "/open/v1/funds").headers["Mingzhang-Position"])
