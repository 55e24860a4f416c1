"""The live feed: every event once, in order, whoever stalls, leaves, or falls over."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn

from api.app import build
from api.feed import sse
from api.http import tokens
from api.http.state import state_of
from infra.embedded.server import EmbeddedPostgres
from infra.eventlog import tail
from infra.ledger import Ledger, open_ledger
from scripts.scenarios.office import EVE, OPERATOR, TREASURER, Office, an_order, fen, staffed
from scripts.scenarios.stories import FUND, a_fund, receive
from tests.api.conftest import code_of, served
from tests.api.feed.live_reader import LIVE, followed, frames, to
from tests.api.feed.test_routes import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings


@pytest.fixture
def desk(wiring_of_its_own: Ledger) -> Office:
    """Give a small ledger of this test's own."""
    office = staffed(Office(wiring_of_its_own))
    a_fund(office, holding=1000)
    return office


@pytest.fixture
def wiring_of_its_own(settings: Settings) -> Iterator[Ledger]:
    """Give the parts of a ledger of this test's own."""
    with open_ledger(settings) as parts:
        yield parts


@pytest.mark.parametrize("path", ["/v1/events", "/open/v1/events"])
def test_the_live_feed_holds_what_the_lines_hold(
    path: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    lines = whole(web, path, as_("subscriber"))
    with followed(web, path, **as_("subscriber")) as stream:
        read = to(len(lines), stream)
    assert [each.record for each in read] == lines
    assert [each.id for each in read] == [int(line["sequence"]) for line in lines]
    assert all(each.record["type"] == f"{each.event}.v1" for each in read)


def test_what_happens_is_told_at_once_to_each_as_he_asked(desk: Office) -> None:
    head = desk.positions()[-1]
    with (
        served(desk.ledger) as web,
        followed(web, f"/open/v1/events?after={head}") as everything,
        followed(web, f"/open/v1/events?topic=fund.receive*&after={head}") as receipts,
        followed(web, f"/open/v1/events?subject={FUND}&after={head}") as funds,
        followed(web, f"/open/v1/events?until={head + 2}") as first,
    ):
        granted(desk, "bo")
        begun = time.monotonic()
        receive(desk, FUND, 10)
        now = desk.positions()[-1]
        read = to(now, everything)
        assert time.monotonic() - begun < 5
        assert [each.id for each in read] == list(range(head + 1, now + 1))
        assert [each.event for each in to(now, receipts)] == ["fund.received"]
        assert [each.record["subject"] for each in to(now, funds)] == [FUND]
        assert [each.id for each in first] == list(range(1, head + 3))
        again = web.get(
            f"/open/v1/events?until={head + 2}", headers=LIVE | {"Last-Event-ID": str(head + 2)}
        )
        assert again.status_code == 204


def test_who_falls_behind_what_is_kept_at_hand_misses_nothing(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tail, "MOST_EVENTS", 3)
    monkeypatch.setattr(tail, "PAGE", 2)
    head = desk.positions()[-1]
    said: dict[str, Any] = {"amount": fen(1), "earmark": "general", "document": "拨款单"}
    order = an_order("fund.receive", FUND, on=EVE, source="fiscal", **said) | {"by": TREASURER}
    with served(desk.ledger) as web, followed(web, f"/open/v1/events?after={head}") as stream:
        receive(desk, FUND, 1)
        seen = [each.id for each in to(head + 1, stream)]
        desk.send_all([order] * 60)
        seen += [each.id for each in to(head + 61, stream)]
    assert seen == list(range(head + 1, head + 62))


def test_who_comes_back_goes_on_behind_his_last_event(web: Client, office: Office) -> None:
    head = office.positions()[-1]
    with followed(web, "/open/v1/events") as stream:
        seen = [next(stream).id for _ in range(7)]
    with followed(web, "/open/v1/events?after=2", **{"Last-Event-ID": "7"}) as stream:
        seen += [each.id for each in to(head, stream)]
    assert seen == office.positions()


@pytest.mark.parametrize("last", ["x", "-1", "1e3"])
def test_a_last_event_that_is_none_is_refused(last: str, web: Client) -> None:
    answer = web.get("/open/v1/events", headers=LIVE | {"Last-Event-ID": last})
    assert code_of(answer) == (422, "malformed")


def test_the_full_feed_is_followed_with_a_role_only(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    assert code_of(web.get("/v1/events", headers=LIVE)) == (401, "token-missing")
    refused = web.get("/v1/events", headers=LIVE | as_("treasurer"))
    assert code_of(refused) == (403, "role-missing")


def test_a_look_at_the_headers_ends(web: Client) -> None:
    answer = web.head("/open/v1/events", headers=LIVE)
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_comments_tell_that_nothing_has_broken(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "SECONDS_BETWEEN_COMMENTS", 0.1)
    headers = LIVE | {"Last-Event-ID": str(10**6)}
    with web.stream("GET", "/open/v1/events", headers=headers) as answer:
        lines = answer.iter_lines()
        assert [next(lines) for _ in range(6)] == [":", ""] * 3


def test_who_loses_his_role_is_sent_home(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "SECONDS_BETWEEN_CHECKS", 0.2)
    monkeypatch.setattr(sse, "SECONDS_BETWEEN_COMMENTS", 0.2)
    granted(desk, "bo")
    token = {"Authorization": a_token(desk.ledger, "bo")}
    with served(desk.ledger) as web, followed(web, "/v1/events", **token) as stream:
        to(desk.positions()[-1], stream)
        desk.send("role.withdraw", "role:bo", by=OPERATOR, who="bo", role="subscriber")
        assert len(list(stream)) <= 1


def test_a_reader_who_stalls_is_cut_off_and_loses_nothing(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "SECONDS_TO_TAKE", 0.5)
    for _ in range(300):
        receive(desk, FUND, 1)
    head = desk.positions()[-1]
    with (
        narrow(desk.ledger) as (followed_by, port),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as web,
    ):
        with followed(web, "/open/v1/events") as others:
            assert [each.id for each in to(head, others)] == desk.positions()
            taken = stalled(port, until=lambda: followed_by.cut_off == 1)
            receive(desk, FUND, 1)
            assert [each.id for each in to(head + 1, others)] == [head + 1]
        seen = [each.id for each in frames(iter(taken.decode().splitlines()))]
        assert 0 < len(seen) < head
        with followed(web, "/open/v1/events", **{"Last-Event-ID": str(seen[-1])}) as stream:
            seen += [each.id for each in to(head + 1, stream)]
        assert seen == desk.positions()
        assert followed_by.readers == 0 or wait_for(lambda: followed_by.readers == 0)


def test_readers_go_on_when_the_database_comes_back(desk: Office) -> None:
    head = desk.positions()[-1]
    with served(desk.ledger) as web, followed(web, f"/open/v1/events?after={head}") as stream:
        receive(desk, FUND, 1)
        assert [each.id for each in to(head + 1, stream)] == [head + 1]
        for _ in range(2):
            EmbeddedPostgres(desk.ledger.settings).stop("immediate")
            assert desk.ledger.database.restart_if_dead()
            wait_for(lambda: answers(desk))
            receive(desk, FUND, 1)
        seen = [each.id for each in to(head + 3, stream)]
    assert seen == [head + 2, head + 3]


def granted(desk: Office, who: str) -> None:
    """Let somebody follow the full feed."""
    desk.send("role.grant", f"role:{who}", by=OPERATOR, who=who, role="subscriber")


def answers(desk: Office) -> bool:
    """Tell whether the database answers again."""
    try:
        return bool(desk.positions())
    except Exception:  # noqa: BLE001 - whatever it is, it does not answer
        return False


def a_token(ledger: Ledger, who: str) -> str:
    """Issue a token."""
    token, _ = tokens.issue(
        ledger.secret("token-key"), by=who, roles=("subscriber",), ttl=timedelta(hours=1)
    )
    return f"Bearer {token}"


def wait_for(happened: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until something has happened."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)
    return True


def stalled(port: int, *, until: Callable[[], bool]) -> bytes:
    """Ask for the live feed, take nothing for a while, then take what has been sent."""
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect(("127.0.0.1", port))
        reader.sendall(
            b"GET /open/v1/events HTTP/1.0\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"
        )
        wait_for(until)
        taken = bytearray()
        while piece := reader.recv(65536):
            taken += piece
    return bytes(taken).partition(b"\r\n\r\n")[2]


@contextmanager
def narrow(ledger: Ledger) -> Iterator[tuple[Any, int]]:
    """Serve with small buffers in the network, so that a reader who stalls is felt soon."""
    app = build(ledger)
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            wait_for(lambda: server.started)
            yield state_of(app).tail, listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
