"""What is told: at least once, in order, again until it is taken, only what was asked for."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from standardwebhooks import WebhookVerificationError

from scripts.scenarios.office import EVE, OPERATOR, Office
from scripts.scenarios.stories import a_fund
from scripts.scenarios.webhook_receivers import (
    QUICK,
    Receiver,
    Reply,
    a_secret,
    delivering,
    receiving,
)
from tests.infra.webhooks.authority import an_authority
from tests.infra.webhooks.webhook_stories import HOOK, add, letters, news, noted, positions
from tests.waiting import wait_until


def test_news_is_told_and_signed_as_the_standard_says(
    office: Office, receiver: Receiver, path: str
) -> None:
    secret = add(office, receiver.url(path))
    with delivering(office.ledger):
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
        with delivering(office.ledger):
            (call, *_) = server.wait_for("/tls")
    assert call.verified(secret)["data"]["feed"] == "/v1/events"


def test_what_fails_is_told_again_until_it_is_taken(
    office: Office, receiver: Receiver, path: str
) -> None:
    receiver.reply(path, Reply(500), Reply(503), Reply(302, {"Location": "/else"}), Reply())
    secret = add(office, receiver.url(path))
    with delivering(office.ledger):
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
    with delivering(office.ledger):
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
    with delivering(office.ledger):
        wait_until(lambda: noted(office).get("ended") == "gone")
        receiver.wait_for_position(other, news(office))
    assert len(receiver.calls[path]) == 1
    assert [row[1:] for row in letters(office)] == [(1, "HTTP 410")]


def test_only_the_newest_letters_are_kept(office: Office, receiver: Receiver, path: str) -> None:
    receiver.reply(path, Reply(410))
    add(office, receiver.url(path))
    with delivering(office.ledger):
        for times in range(1, 25):
            wait_until(lambda n=times: len(receiver.calls[path]) == n)  # type: ignore[misc]
            wait_until(lambda: noted(office).get("ended") == "gone")
            office.send("webhook.resume", HOOK, by=OPERATOR, on=EVE)
    assert 20 <= len(letters(office)) <= 21


def test_news_that_comes_during_a_call_is_folded_into_the_next_one(
    office: Office, receiver: Receiver, path: str
) -> None:
    gate = threading.Event()
    receiver.reply(path, Reply(gate=gate), Reply())
    add(office, receiver.url(path))
    with delivering(office.ledger):
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
    with delivering(office.ledger):
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
    with delivering(office.ledger):
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
    with delivering(office.ledger):
        last = [news(office) for _ in range(200)][-1]
        for each in paths:
            calls = receiver.wait_for_position(each, last)
            assert positions(calls) == sorted(positions(calls))
            assert receiver.most_at_once[each] == 1
