"""What the memory of the response cache keeps, and for how long."""

from __future__ import annotations

from typing import Any

import pytest

from api.http.response_cache import (
    MOST_BYTES,
    MOST_BYTES_EACH,
    CachedResponse,
    CacheKey,
    ResponseMemory,
    ResponseRecorder,
)
from infra.projector.progress import Progress

HERE = Progress(1, 10, "balances 10 0")


def test_memory_is_bounded_and_what_was_asked_longest_ago_goes_first() -> None:
    memory, each = ResponseMemory(), MOST_BYTES_EACH
    many = 2 * MOST_BYTES // each
    for nth in range(many):
        memory.keep(an_answer(each, nth))
        memory.find(asked(0), HERE)
        assert memory.answers.currsize <= MOST_BYTES
    assert memory.find(asked(0), HERE) is not None
    assert memory.find(asked(1), HERE) is None
    assert memory.find(asked(many - 1), HERE) is not None
    for nth in range(many):
        memory.find(asked(nth), HERE._replace(head=11))
    assert memory.answers.currsize == 0


def test_an_answer_of_another_ledger_or_moment_holds_no_more() -> None:
    moved, other = HERE._replace(views="balances 11 0"), HERE._replace(ledger=2)
    assert an_answer(1).holds(HERE)
    assert not an_answer(1).holds(moved)
    assert an_answer(1, for_ever=True).holds(moved)
    assert not an_answer(1, for_ever=True).holds(other)


async def taken(
    headers: dict[str, str], *pieces: bytes, cut: bool = False
) -> CachedResponse | None:
    """Send an answer in pieces, perhaps without its end."""
    sent: list[Any] = []
    memory = ResponseMemory()

    async def send(message: Any) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and not message["more_body"]:
            # Who has read the end may ask again before anything else is done here.
            kept.append(memory.answers.get(asked(0)))

    kept: list[CachedResponse | None] = []
    taking = ResponseRecorder(send, asked(0), HERE, memory, silent=False)
    lines = [(name.encode(), value.encode()) for name, value in headers.items()]
    await taking.sent({"type": "http.response.start", "status": 200, "headers": lines})
    for nth, piece in enumerate(pieces, start=1):
        more = cut or nth < len(pieces)
        await taking.sent({"type": "http.response.body", "body": piece, "more_body": more})
    assert b"".join(message.get("body", b"") for message in sent) == b"".join(pieces)
    return kept[0] if kept else memory.answers.get(asked(0))


@pytest.mark.anyio
async def test_only_what_is_whole_and_public_and_not_too_long_is_kept() -> None:
    public = {"cache-control": "public, no-cache", "etag": '"1"'}
    kept = await taken(public, b"a", b"b")
    assert kept is not None
    assert kept.body == b"ab"
    assert await taken(public, b"a", cut=True) is None
    assert await taken(public, b"a" * MOST_BYTES_EACH, b"b", b"c") is None
    assert await taken({"cache-control": "public, no-cache"}, b"a") is None
    assert await taken({**public, "cache-control": "private, no-store"}, b"a") is None


@pytest.fixture
def anyio_backend() -> str:
    """Run on asyncio, as the server does."""
    return "asyncio"


def asked(nth: int) -> CacheKey:
    """Ask something."""
    return CacheKey(f"/open/v1/funds/{nth}", b"", b"", "zh")


def an_answer(size: int, nth: int = 0, *, for_ever: bool = False) -> CachedResponse:
    """Make an answer of so many bytes."""
    return CachedResponse(asked(nth), ((b"etag", b'"1"'),), b'"1"', b"x" * size, HERE, for_ever)
