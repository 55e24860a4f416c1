"""Each check of `mingzhang verify` holds on what the door let in, and finds what it did not."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import pytest

from domain.benefits.entitlement_events import EntitlementAssessed
from infra.verify.runner import CHECKS, NOT_BUILT
from scripts.scenarios.office import CLERK
from scripts.scenarios.stories import SCHEME
from tests.infra.verify.good_story import FAMILY
from tests.infra.verify.planted_breaches import PLANTS, a_stop
from tests.infra.verify.planted_store_breaches import event_of_a_later_program
from tests.infra.verify.spoilt_store import Store, an_act

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


BUILT = [name for name in CHECKS if name not in NOT_BUILT]
IN_2006 = date(2006, 1, 1)
_numbers = count(1)


def test_every_check_holds_on_what_came_through_the_door(store: Store) -> None:
    answers = store.verify()
    assert list(answers) == BUILT
    for name, answer in answers.items():
        assert answer["holds"], (answer["check"], answer["breaches"][:5])
        assert answer["examined"] > 0, name
        assert answer["breaches"] == []
        assert answer["sentence"].rstrip(")").endswith(".")


def test_a_check_that_is_not_built_gives_no_answer(store: Store) -> None:
    assert store.verify(*NOT_BUILT) == {}


@pytest.mark.parametrize(
    ("check", "plant"), PLANTS, ids=[f"{name}-{plant.__name__}" for name, plant in PLANTS]
)
def test_a_check_finds_what_the_door_did_not_let_in(
    store: Store, check: str, plant: Callable[[Store], Sequence[int]]
) -> None:
    positions = plant(store)
    answer = store.check(check)
    assert not answer["holds"]
    assert answer["breached"] >= len(answer["breaches"]) > 0
    named = [breach["positions"] for breach in answer["breaches"]]
    assert any(set(positions) <= set(each) for each in named), answer["breaches"]


def test_a_payment_before_the_stop_was_known_is_listed_and_breaks_no_rule(store: Store) -> None:
    before = {row["subject"] for row in store.check("not-after-stop")["overpaid"]}
    others = ["000000", "000001", "000002"]
    stops = [
        a_stop(store, f"entitlement:aid-{each}", f"person:aid-{each}", date(2007, 3, 1))
        for each in others
    ]
    store.append(*stops)
    answer = store.check("not-after-stop")
    paid = {
        f"payment:aid:2007-03:{store.tag(SCHEME, f'person:aid-{each}', '2007-03')}"
        for each in others
    }
    given_back = store.one(
        "SELECT originator_id FROM ledger.events WHERE topic = 'payment.written-back.v1'"
    )
    assert answer["holds"]
    assert {row["subject"] for row in answer["overpaid"]} - before == paid - {given_back}
    assert not before & paid


def test_another_key_of_tokens_is_told_and_breaks_no_rule(store: Store) -> None:
    """Who moves it away makes all tokens void; who exchanges it could make tokens."""
    assert "changed_keys" not in store.check("keys-known")
    store.token_key = bytes(32)
    answer = store.check("keys-known")
    assert answer["holds"]
    assert [row["key"] for row in answer["changed_keys"]] == ["token-key"]


def test_an_unknown_event_or_a_stopped_view_ends_no_other_check(store: Store) -> None:
    position = event_of_a_later_program(store)[0]
    store.spoil("UPDATE views.positions SET stopped = 'a poison' WHERE view = 'roll'")
    answers = store.verify()
    assert list(answers) == BUILT
    assert answers["dense-positions"]["holds"]
    assert answers["sums-zero"]["breaches"][0] == {
        "positions": [position],
        "subject": "",
        "detail": "this program knows no topic fund.painted.v1",
    }
    assert "the view roll has stopped" in str(answers["run-total"]["breaches"])


def test_a_past_day_below_zero_is_listed_and_breaks_no_rule(store: Store) -> None:
    early = store.promise(amount=1, act=an_act(booked=IN_2006))
    held = store.position("fund.received")
    store.spoil(
        "UPDATE ledger.events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        """ '"booked":"2006-01-01"', '"booked":"2006-02-01"'), 'UTF8')
        WHERE notification_id = %(held)s""",
        held=held,
    )
    store.append(early)
    answer = store.check("never-negative")
    assert answer["holds"]
    assert answer["negative_days"] == [
        {
            "account": "available:x:general",
            "from": "2006-01-01",
            "until": "2006-02-01",
            "value": -1,
            "unit": "fen",
        }
    ]


def test_an_assessment_after_the_grant_makes_nobody_its_maker(store: Store) -> None:
    again = store.made(
        EntitlementAssessed, FAMILY, an_act(CLERK), income=0, eligible=True, state="granted"
    )
    store.append(again)
    assert store.check("maker-not-checker")["holds"]
