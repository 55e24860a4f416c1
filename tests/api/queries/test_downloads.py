"""Long answers: a few at once, and each gives back what it took, however it ends."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from api.http.problems import StoreUnavailable
from api.queries.downloads import MOST_AT_ONCE, admit, guarded, under_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client

    from scripts.scenarios.office import Office


def free() -> int:
    """Count the places that are free."""
    taken = 0
    while under_way.acquire(blocking=False):
        taken += 1
    for _ in range(taken):
        under_way.release()
    return taken


def test_only_so_many_downloads_are_under_way_and_pages_go_on(web: Client) -> None:
    # Nobody has asked for this one, so it is not at hand.
    path = "/open/v1/funds.csv?as_of=2031-05-07"
    with ExitStack() as kept:
        for _ in range(MOST_AT_ONCE):
            admit(kept)
        with pytest.raises(StoreUnavailable):
            admit(kept)
        answer = web.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "store-unavailable")
        assert answer.headers["retry-after"]
        assert web.get("/open/v1/funds").status_code == 200
    assert web.get(path).status_code == 200


def test_a_reader_that_leaves_gives_its_place_and_its_connection_back(
    office: Office, web: Client
) -> None:
    for _ in range(MOST_AT_ONCE + 5):
        with web.stream("GET", "/open/v1/balances.csv"):
            pass
    answer = web.get("/open/v1/funds.csv?title=%FF")
    assert answer.status_code == 200
    deadline = time.monotonic() + 10
    while free() < MOST_AT_ONCE and time.monotonic() < deadline:
        time.sleep(0.01)
    assert free() == MOST_AT_ONCE
    stats = office.ledger.pool.get_stats()
    assert stats["pool_available"] == stats["pool_size"]


def test_what_breaks_in_the_middle_closes_what_it_kept() -> None:
    def breaks() -> Iterator[bytes]:
        yield b"1"
        raise ZeroDivisionError

    closed: list[str] = []
    kept = ExitStack()
    kept.callback(closed.append, "closed")
    pieces = guarded(breaks(), kept)
    assert next(pieces) == b"1"
    assert closed == []
    with pytest.raises(ZeroDivisionError):
        next(pieces)
    assert closed == ["closed"]
