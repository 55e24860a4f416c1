"""A question keeps the database for 30 s at most, and no longer than its reader waits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx
import psycopg
import pytest
from starlette.responses import Response
from starlette.routing import Route

from api.app import build
from api.http import read_limit
from api.queries import snapshot as snapshots
from api.queries.snapshot import snapshot
from tests.api.conftest import code_of, served
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from starlette.requests import Request

    from infra.ledger import Ledger

SLOW = "/open/v1/slow"
ASLEEP = """SELECT count(*) FROM pg_stat_activity
    WHERE state = 'active' AND query LIKE 'SELECT pg_sleep(20)%'"""
SOON_SECONDS = 10


def slow_app(ledger: Ledger) -> FastAPI:
    """Return the app with one more address, whose question takes 20 seconds."""

    def slow(_: Request) -> Response:
        with snapshot(ledger) as connection:
            connection.execute("SELECT pg_sleep(20)")
        return Response()

    app = build(ledger)
    app.router.routes.append(Route(SLOW, slow))
    return app


@pytest.fixture
def web(server_ledger: Ledger) -> Iterator[httpx.Client]:
    with served(server_ledger, slow_app(server_ledger)) as client:
        yield client


def asleep(ledger: Ledger) -> int:
    """Count the slow questions that the database is asked just now."""
    with ledger.connection() as connection:
        [[count]] = connection.execute(ASLEEP).fetchall()
    return int(count)


def test_a_question_that_takes_too_long_is_told_what_to_narrow(
    web: httpx.Client, server_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_limit, "SECONDS_TO_READ", 0.3)
    begun = time.monotonic()
    answer = web.get(SLOW, headers={"Accept-Language": "en"})
    assert code_of(answer) == (504, "too-slow")
    assert "a shorter time" in answer.json()["detail"]
    wait_until(lambda: asleep(server_ledger) == 0)
    assert time.monotonic() - begun < SOON_SECONDS


def test_the_database_itself_keeps_the_limit(
    web: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = snapshots.BEGIN.replace(b"statement_timeout = 30000", b"statement_timeout = 200")
    assert begin != snapshots.BEGIN
    monkeypatch.setattr(snapshots, "BEGIN", begin)
    assert code_of(web.get(SLOW)) == (504, "too-slow")


def test_what_nobody_waits_for_is_cancelled(web: httpx.Client, server_ledger: Ledger) -> None:
    begun = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        web.get(SLOW, timeout=0.5)
    wait_until(lambda: asleep(server_ledger) == 0)
    assert time.monotonic() - begun < SOON_SECONDS
    # The connection is not given to the next question with a cancellation under way.
    assert [web.get("/open/v1/events").status_code for _ in range(20)] == [200] * 20


def test_an_answer_sent_whole_keeps_its_connection(
    web: httpx.Client, server_ledger: Ledger
) -> None:
    web.get("/open/v1/events.jsonl")
    before = server_ledger.pool.get_stats().get("connections_num", 0)
    for after in range(7):
        assert web.get(f"/open/v1/events.jsonl?after={after}").status_code == 200
    assert server_ledger.pool.get_stats().get("connections_num", 0) == before


def test_a_question_whose_reader_left_before_it_began_is_not_asked(server_ledger: Ledger) -> None:
    running = read_limit.RunningRead()
    running.stop()
    with (
        server_ledger.connection() as connection,
        pytest.raises(psycopg.errors.QueryCanceled),
        running.on(connection),
    ):
        connection.execute("SELECT 1")
