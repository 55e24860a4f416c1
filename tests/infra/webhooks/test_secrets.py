"""Who is called, and who signs: rotated, removed, inside, without a secret."""

from __future__ import annotations

import threading

import psycopg
import pytest
from standardwebhooks import WebhookVerificationError

from scripts.scenarios.office import EVE, OPERATOR, Office
from scripts.scenarios.webhook_receivers import Receiver, Reply, a_secret, delivering
from tests.infra.webhooks.webhook_stories import HOOK, add, news, noted, rotate
from tests.waiting import wait_until


def test_for_some_hours_after_a_rotation_both_secrets_sign(
    office: Office, receiver: Receiver, path: str
) -> None:
    old, new = add(office, receiver.url(path)), a_secret()
    with delivering(office.ledger):
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
    with psycopg.connect(office.ledger.database.owner_url) as owner:
        owner.execute("UPDATE ledger.events SET recorded_at = recorded_at - interval '61 minutes'")
    with delivering(office.ledger):
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
    with delivering(office.ledger):
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
    with delivering(office.ledger):
        receiver.wait_for(path)
        office.send("webhook.remove", HOOK, by=OPERATOR, on=EVE)
        wait_until(lambda: noted(office) == {})
    gate.set()
    assert len(receiver.calls[path]) == 1


def test_where_the_address_leads_inside_nobody_is_called_and_it_is_said_why(
    office: Office, receiver: Receiver, path: str
) -> None:
    add(office, receiver.url(path, "localhost"))
    with delivering(office.ledger, allow="192.0.2.0/24"):
        wait_until(lambda: noted(office).get("ended") == "dead")
    assert "lies inside" in noted(office)["answer"]
    assert not receiver.calls[path]


def test_without_its_secret_nobody_is_called(office: Office, receiver: Receiver, path: str) -> None:
    add(office, receiver.url(path))
    with psycopg.connect(office.ledger.database.owner_url) as owner:
        owner.execute("UPDATE vault.sealed SET content = '\\x00'")
    with delivering(office.ledger):
        wait_until(lambda: noted(office).get("ended") == "dead")
    assert "vault" in noted(office)["answer"]
    assert not receiver.calls[path]
