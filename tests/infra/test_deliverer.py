"""Receivers are told of news: at least once, in order, one call at a time, signed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from standardwebhooks import WebhookVerificationError

from api.wiring import Wiring, wired
from infra.settings import Settings
from infra.unavailable import Unavailable
from tests.infra.receivers import (
    LOOPBACK,
    QUICK,
    Call,
    Receiver,
    Reply,
    a_secret,
    an_authority,
    delivering,
    receiving,
)
from tests.journeys import EVE, OPERATOR, Office, a_fund, receive, staffed, wait_until

HOOK = "webhook:finance"


@pytest.fixture
def office(ledger: Settings) -> Iterator[Office]:
    """Give an office whose operator lets webhooks call the loopback."""
    with wired(ledger.model_copy(update={"webhook_allow": LOOPBACK})) as wiring:
        office = staffed(Office(wiring))
        a_fund(office)
        yield office


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with receiving() as server:
        yield server


def add(office: Office, url: str, hook: str = HOOK, **more: Any) -> str:
    """Add a webhook, and return its secret."""
    secret = a_secret()
    what = {"url": url, "zone": "public", "sealed": {"secret": secret}} | more
    office.send("webhook.add", hook, by=OPERATOR, on=EVE, **what)
    return secret


def rotate(office: Office, secret: str, *, overlap_hours: int) -> None:
    """Rotate the secret."""
    what: dict[str, Any] = {"sealed": {"secret": secret}, "overlap_hours": overlap_hours}
    office.send("webhook.rotate", HOOK, by=OPERATOR, on=EVE, **what)


def news(office: Office) -> int:
    """Let something happen, and return its position."""
    return int(receive(office, "fund:x", 1)["positions"][-1])


def noted(office: Office, hook: str = HOOK) -> dict[str, Any]:
    """Return what is noted of a webhook."""
    rows = office.rows("SELECT to_jsonb(w) FROM delivery.webhooks w WHERE subject = %(s)s", s=hook)
    return dict(rows[0][0]) if rows else {}


def letters(office: Office, hook: str = HOOK) -> list[tuple[Any, ...]]:
    """Return the dead letters of a webhook."""
    return office.rows(
        "SELECT position, attempts, answer FROM delivery.dead_letters WHERE subject = %(s)s"
        " ORDER BY died_at",
        s=hook,
    )


def positions(calls: list[Call]) -> list[int]:
    """Return the positions that were told, in the order of the calls."""
    return [call.position for call in calls]


def path_of(request: pytest.FixtureRequest) -> str:
    """Return a path that is this test's own."""
    return f"/{request.node.name}"


@pytest.fixture
def path(request: pytest.FixtureRequest) -> str:
    return path_of(request)


def test_news_is_told_and_signed_as_the_standard_says(
    office: Office, receiver: Receiver, path: str
) -> None:
    secret = add(office, receiver.url(path))
    with delivering(office.wiring):
        (first, *_) = receiver.wait_for(path)
        position = news(office)
        *_, call = receiver.wait_for_position(path, position)
    row = office.rows(
        "SELECT recorded_at FROM ledger.events WHERE notification_id = %(p)s", p=position
    )
    assert call.verified(secret) == {
        "type": "ledger.news",
        "timestamp": row[0][0].isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "data": {
            "source": "/440300",
            "webhook": HOOK,
            "position": position,
            "zone": "public",
            "feed": "/open/v1/events",
        },
    }
    assert call.headers["Content-Type"] == "application/json"
    assert call.headers["webhook-id"] != first.headers["webhook-id"]
    assert first.position < position
    with pytest.raises(WebhookVerificationError):
        call.verified(a_secret())


def test_by_https_with_an_authority_of_ones_own(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust = an_authority(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(trust.authority))
    with receiving(trust.server) as server:
        secret = add(office, server.url("/tls", "localhost"), zone="full")
        with delivering(office.wiring):
            (call, *_) = server.wait_for("/tls")
    assert call.verified(secret)["data"]["feed"] == "/v1/events"


def test_what_fails_is_told_again_until_it_is_taken(
    office: Office, receiver: Receiver, path: str
) -> None:
    receiver.reply(path, Reply(500), Reply(503), Reply(302, {"Location": "/else"}), Reply())
    secret = add(office, receiver.url(path))
    with delivering(office.wiring):
        calls = receiver.wait_for(path, 4)
        wait_until(lambda: noted(office)["attempts"] == 0)
    assert len({call.headers["webhook-id"] for call in calls}) == 1
    assert len({call.body for call in calls}) == 1
    assert all(call.verified(secret) for call in calls)
    assert not receiver.calls["/else"]
    assert (noted(office)["calls"], noted(office)["failures"]) == (4, 3)
    assert letters(office) == []


def test_what_is_never_taken_becomes_a_dead_letter_and_is_told_when_that_is_asked_for(
    office: Office, receiver: Receiver, path: str
) -> None:
    receiver.reply(path, *[Reply(500)] * QUICK.most_attempts, Reply())
    add(office, receiver.url(path))
    with delivering(office.wiring):
        calls = receiver.wait_for(path, QUICK.most_attempts)
        wait_until(lambda: noted(office)["ended"] == "dead")
        assert letters(office) == [(calls[0].position, QUICK.most_attempts, "HTTP 500")]
        before = news(office)
        office.send("webhook.resume", HOOK, by=OPERATOR, on=EVE)
        *_, last = receiver.wait_for(path, QUICK.most_attempts + 1)
        wait_until(lambda: noted(office)["position"] > before)
    assert len(receiver.calls[path]) == QUICK.most_attempts + 1
    assert last.position > before
    assert noted(office)["ended"] is None


def test_who_is_gone_is_called_no_more(office: Office, receiver: Receiver, path: str) -> None:
    receiver.reply(path, Reply(410))
    add(office, receiver.url(path))
    other = f"{path}/other"
    add(office, receiver.url(other), "webhook:other")
    with delivering(office.wiring):
        wait_until(lambda: noted(office).get("ended") == "gone")
        receiver.wait_for_position(other, news(office))
    assert len(receiver.calls[path]) == 1
    assert [row[1:] for row in letters(office)] == [(1, "HTTP 410")]


def test_only_the_newest_letters_are_kept(office: Office, receiver: Receiver, path: str) -> None:
    receiver.reply(path, Reply(410))
    add(office, receiver.url(path))
    with delivering(office.wiring):
        for times in range(1, 25):
            wait_until(lambda n=times: len(receiver.calls[path]) == n)  # type: ignore[misc]
            wait_until(lambda: noted(office).get("ended") == "gone")
            office.send("webhook.resume", HOOK, by=OPERATOR, on=EVE)
    assert 20 <= len(letters(office)) <= 21


def test_for_some_hours_after_a_rotation_both_secrets_sign(
    office: Office, receiver: Receiver, path: str
) -> None:
    old, new = add(office, receiver.url(path)), a_secret()
    with delivering(office.wiring):
        receiver.wait_for(path)
        rotate(office, new, overlap_hours=1)
        *_, call = receiver.wait_for_position(path, news(office))
        assert call.verified(old) == call.verified(new)
        assert len(call.headers["webhook-signature"].split()) == 2
        newest = a_secret()
        rotate(office, newest, overlap_hours=0)
        *_, call = receiver.wait_for_position(path, news(office))
    assert call.verified(newest)
    for forgotten in (old, new):
        with pytest.raises(WebhookVerificationError):
            call.verified(forgotten)


def test_after_the_overlap_the_old_secret_signs_no_more(
    office: Office, receiver: Receiver, path: str
) -> None:
    """An hour passes: the rotation's instant, which only the owner could change, is set back."""
    old, new = add(office, receiver.url(path)), a_secret()
    rotate(office, new, overlap_hours=1)
    with psycopg.connect(office.wiring.database.owner_url) as owner:
        owner.execute("UPDATE ledger.events SET recorded_at = recorded_at - interval '61 minutes'")
    with delivering(office.wiring):
        (call, *_) = receiver.wait_for(path)
    assert call.verified(new)
    with pytest.raises(WebhookVerificationError):
        call.verified(old)


def test_who_is_removed_is_called_no_more_and_his_secrets_are_gone(
    office: Office, receiver: Receiver, path: str
) -> None:
    add(office, receiver.url(path))
    other = f"{path}/other"
    add(office, receiver.url(other), "webhook:other")
    with delivering(office.wiring):
        receiver.wait_for(path)
        office.send("webhook.remove", HOOK, by=OPERATOR, on=EVE)
        wait_until(lambda: noted(office) == {})
        before = len(receiver.calls[path])
        receiver.wait_for_position(other, news(office))
        assert len(receiver.calls[path]) == before
        secret = add(office, receiver.url(path))
        *_, call = receiver.wait_for(path, before + 1)
    assert call.verified(secret)
    assert office.rows("SELECT * FROM vault.read('webhook:finance#1')") == [(None, None)]


def test_a_removal_ends_a_call_that_is_under_way(
    office: Office, receiver: Receiver, path: str
) -> None:
    gate = threading.Event()
    receiver.reply(path, Reply(gate=gate))
    add(office, receiver.url(path))
    with delivering(office.wiring):
        receiver.wait_for(path)
        office.send("webhook.remove", HOOK, by=OPERATOR, on=EVE)
        wait_until(lambda: noted(office) == {})
    gate.set()
    assert len(receiver.calls[path]) == 1


def test_news_that_comes_during_a_call_is_folded_into_the_next_one(
    office: Office, receiver: Receiver, path: str
) -> None:
    gate = threading.Event()
    receiver.reply(path, Reply(gate=gate), Reply())
    add(office, receiver.url(path))
    with delivering(office.wiring):
        receiver.wait_for(path)
        last = [news(office) for _ in range(50)][-1]
        other = f"{path}/other"
        add(office, receiver.url(other), "webhook:other")
        receiver.wait_for_position(other, last)
        gate.set()
        calls = receiver.wait_for_position(path, last)
    assert len(calls) == 2
    assert receiver.most_at_once[path] == 1


def test_a_slow_receiver_holds_up_nobody_else(
    office: Office, receiver: Receiver, path: str
) -> None:
    gate = threading.Event()
    slow = [f"{path}/slow/{nth}" for nth in range(40)]
    for nth, each in enumerate(slow):
        receiver.reply(each, Reply(gate=gate))
        add(office, receiver.url(each), f"webhook:slow-{nth}")
    quick = f"{path}/quick"
    add(office, receiver.url(quick))
    with delivering(office.wiring):
        for each in slow:
            receiver.wait_for(each)
        for _ in range(5):
            receiver.wait_for_position(quick, news(office))
        assert all(len(receiver.calls[each]) == 1 for each in slow)
        gate.set()


def test_only_news_of_the_topic_is_told(office: Office, receiver: Receiver, path: str) -> None:
    secret = add(office, receiver.url(path), topic="fund.opened")
    other = f"{path}/other"
    add(office, receiver.url(other), "webhook:other")
    with delivering(office.wiring):
        receiver.wait_for_position(other, news(office))
        assert not receiver.calls[path]
        a_fund(office, "fund:y")
        opened = office.positions()[-1]
        (call, *_) = receiver.wait_for_position(path, opened)
        receiver.wait_for_position(other, news(office))
    said = call.verified(secret)["data"]
    assert (said["position"], said["feed"]) == (opened, "/open/v1/events?topic=fund.opened")
    assert len(receiver.calls[path]) == 1


def test_thirty_two_at_once_each_hear_of_all_news_in_order(
    office: Office, receiver: Receiver, path: str
) -> None:
    paths = [f"{path}/{nth}" for nth in range(32)]
    for nth, each in enumerate(paths):
        receiver.reply(each, *[Reply(500)] * (nth % 3), Reply())
        add(office, receiver.url(each), f"webhook:{nth}")
    with delivering(office.wiring):
        last = [news(office) for _ in range(200)][-1]
        for each in paths:
            calls = receiver.wait_for_position(each, last)
            assert positions(calls) == sorted(positions(calls))
            assert receiver.most_at_once[each] == 1


def test_where_the_address_leads_inside_nobody_is_called_and_it_is_said_why(
    office: Office, receiver: Receiver, path: str
) -> None:
    add(office, receiver.url(path, "localhost"))
    with delivering(office.wiring, allow="192.0.2.0/24"):
        wait_until(lambda: noted(office).get("ended") == "dead")
    assert "lies inside" in noted(office)["answer"]
    assert not receiver.calls[path]


def test_without_its_secret_nobody_is_called(office: Office, receiver: Receiver, path: str) -> None:
    add(office, receiver.url(path))
    with psycopg.connect(office.wiring.database.owner_url) as owner:
        owner.execute("UPDATE vault.sealed SET content = '\\x00'")
    with delivering(office.wiring):
        wait_until(lambda: noted(office).get("ended") == "dead")
    assert "vault" in noted(office)["answer"]
    assert not receiver.calls[path]


def test_one_delivers_at_a_time_and_another_takes_his_place(
    office: Office, receiver: Receiver, path: str
) -> None:
    add(office, receiver.url(path))
    with delivering(office.wiring):
        receiver.wait_for(path)
        with delivering(office.wiring):
            for _ in range(5):
                receiver.wait_for_position(path, news(office))
            assert receiver.most_at_once[path] == 1
            wait_until(lambda: noted(office)["calling"] is None)
    with delivering(office.wiring):
        calls = receiver.wait_for_position(path, news(office))
    assert positions(calls) == sorted(set(positions(calls)))


def test_a_session_that_is_ended_begins_anew(office: Office, receiver: Receiver, path: str) -> None:
    add(office, receiver.url(path))
    with delivering(office.wiring, replace(QUICK, call=0.2)):
        receiver.wait_for(path)
        for _ in range(3):
            with psycopg.connect(office.wiring.database.owner_url) as owner:
                owner.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE usename = 'mingzhang_app' AND datname = current_database()"
                )
            receiver.wait_for_position(path, news_at_last(office))
    told = positions(receiver.calls[path])
    assert told == sorted(told)


def news_at_last(office: Office) -> int:
    """Let something happen, also where connections of the pool have just been ended."""
    while True:
        with suppress(psycopg.OperationalError, Unavailable):
            return news(office)


def test_killed_at_any_point_it_loses_nothing_and_never_goes_back(
    office: Office, receiver: Receiver, path: str
) -> None:
    """Killed before, during and after calls; some answers come too late for who has asked."""
    paths = [f"{path}/{nth}" for nth in range(4)]
    for nth, each in enumerate(paths):
        add(office, receiver.url(each), f"webhook:{nth}")
    for round_ in range(8):
        gate = threading.Event()
        receiver.reply(paths[0], Reply(gate=gate))
        child = deliverer_of(office.wiring)
        seen = len(receiver.calls[paths[round_ % 4]])
        news(office)
        receiver.wait_for(paths[round_ % 4], seen + 1)
        child.send_signal(signal.SIGKILL)
        child.wait()
        gate.set()
    receiver.reply(paths[0], Reply())
    last = news(office)
    child = deliverer_of(office.wiring)
    for each in paths:
        told = positions(receiver.wait_for_position(each, last))
        assert told == sorted(told)
    child.send_signal(signal.SIGTERM)
    child.wait()


def deliverer_of(wiring: Wiring) -> subprocess.Popen[bytes]:
    """Start a process that delivers, as quickly as tests do."""
    settings = wiring.settings
    env = {
        "MINGZHANG_DATA": str(settings.data_folder),
        "DATABASE_URL": str(settings.database_url),
        "MINGZHANG_WEBHOOK_ALLOW": LOOPBACK,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.infra.deliverer_process"], env={**os.environ, **env}
    )
