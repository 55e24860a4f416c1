"""Following the live feed as its readers do."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client

LIVE = {"Accept": "text/event-stream"}


class Frame(NamedTuple):
    """One server-sent event."""

    id: int
    event: str
    record: dict[str, Any]


def frames(lines: Iterator[str]) -> Iterator[Frame]:
    """Read server-sent events as their specification says."""
    said: dict[str, str] = {}
    for line in lines:
        if not line and "data" in said:
            yield Frame(int(said["id"]), said["event"], json.loads(said["data"]))
        if not line:
            said = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(": ")
            said[name] = value


@contextmanager
def followed(web: Client, path: str, **headers: str) -> Iterator[Iterator[Frame]]:
    """Follow a feed."""
    with web.stream("GET", path, headers=LIVE | headers) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield frames(answer.iter_lines())


def to(position: int, stream: Iterator[Frame]) -> list[Frame]:
    """Read up to a position."""
    read = []
    for each in stream:
        read.append(each)
        if each.id == position:
            break
    return read
