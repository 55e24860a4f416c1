"""Amounts at the limits: the act by which a sum could outgrow its number is refused by name."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.problems import describe
from domain import EVENTS
from domain.funds.fund_events import FundReceived
from domain.kernel.great_sums import GREAT, MOST_IN_ALL, SumTooGreat, require_whole, weight
from domain.kernel.money import MOST
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, stored
from infra.projector.projector import Projector
from projections.core.view import BLOCK, stands
from projections.decision_views import great_acts
from projections.decision_views.great_acts import GreatActs
from scripts.scenarios.office import DAY, TREASURER, Office, fen, new_key, staffed
from scripts.scenarios.stories import FUND, a_fund
from tests.domain.any_event import any_of
from tests.infra.commands.test_races import at_once, offices
from tests.infra.verify.spoilt_store import an_act

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event
    from infra.config.settings import Settings
    from infra.ledger import Ledger
    from scripts.scenarios.office import Receipt

GOT: dict[str, Any] = {"earmark": "general", "source": "fiscal"}
ADDING = [kind for kind in EVENTS.values() if kind.TOPIC in GreatActs.TOPICS]
# So many of the greatest acts have room.
MANY = MOST_IN_ALL // MOST


@pytest.fixture
def office(ledger: Ledger) -> Office:
    return staffed(Office(ledger))


def receive(office: Office, amount: int) -> int:
    """Bring money in; return the position."""
    said: dict[str, Any] = {**GOT, "document": new_key(), "amount": fen(amount)}
    receipt = office.send("fund.receive", FUND, by=TREASURER, **said)
    return int(receipt["positions"][0])


def full(office: Office, *, but: int) -> None:
    """Put into the log as many of the greatest receipts as there is room for, but some."""
    a_fund(office)
    (last,) = {event.originator_version for event in list(office.events(FUND))[-1:]}
    events = [
        FundReceived(
            originator_id=FUND,
            originator_version=last + nth,
            act=an_act(),
            amount=MOST,
            document=str(nth),
            **GOT,
        )
        for nth in range(1, MANY - but + 1)
    ]
    with office.ledger.connection() as connection:
        append(connection, Batch([stored(event) for event in events]))


def test_the_1024th_of_the_greatest_acts_is_refused_by_name(office: Office) -> None:
    assert MANY == 1023
    full(office, but=2)
    for _ in range(2):
        receive(office, MOST)
    with pytest.raises(SumTooGreat) as caught:
        receive(office, MOST)
    problem = describe(caught.value, instance="/", language="en")
    assert (problem["status"], problem["code"]) == (409, "sum-too-great")
    assert problem["numbers"]["wanted"] == {"value": MOST, "unit": "fen"}
    # What is small goes on, and every view is at the head.
    receive(office, 10_000)
    with office.ledger.connection() as connection:
        Projector(connection).catch_up()
        assert not [each for each in stands(connection) if each.stopped]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_told_and_taken_back_stands_for_no_more_than_fits(
    office: Office, seed: int
) -> None:
    full(office, but=2)
    chance, model = Random(seed), list[tuple[int, int]]()
    before, told = (MANY - 2) * MOST, 0
    for _ in range(40):
        if model and chance.random() < 0.3:
            position, amount = model.pop(chance.randrange(len(model)))
            if before + told + amount <= MOST_IN_ALL:
                office.send("event.reverse", FUND, by="approver-1", of=position)
                told += amount
            continue
        amount = chance.choice([MOST, MOST - 1, MOST // 2, GREAT, GREAT - 1, 1])
        heavy = amount if amount >= GREAT else 0
        fits = not heavy or before + told + heavy <= MOST_IN_ALL
        try:
            position = receive(office, amount)
        except SumTooGreat:
            assert not fits
        else:
            assert fits
            told += heavy
            model.append((position, heavy))


def test_what_is_reversed_gives_its_room_back_two_blocks_later(office: Office) -> None:
    a_fund(office)
    first, second = receive(office, MOST), receive(office, GREAT)
    receive(office, GREAT - 1)
    office.send("event.reverse", FUND, by="approver-1", of=first)
    with office.ledger.connection() as connection:
        head = office.ledger.decisions.catch_up()
        assert great_acts.held(connection, head) == (GREAT, 2 * MOST + GREAT)
        assert great_acts.held(connection, second - 1 + 2 * BLOCK) == (GREAT, MOST + GREAT)
        assert great_acts.held(connection, head + 2 * BLOCK) == (GREAT, 0)


@pytest.mark.parametrize("doors", [1, 4])
def test_of_many_at_once_as_many_are_taken_as_fit(ledger_settings: Settings, doors: int) -> None:
    with offices(ledger_settings, doors) as opened:
        full(opened[0], but=2)

        def one(number: int) -> Receipt:
            said = {**GOT, "document": f"d-{number}", "amount": fen(MOST)}
            return opened[number % doors].send("fund.receive", FUND, by=TREASURER, **said)

        done = at_once(one)
        refused = [each for each in done if isinstance(each, SumTooGreat)]
        assert len(done) - len(refused) == 2


def test_an_array_is_taken_whole_or_not(office: Office) -> None:
    full(office, but=2)
    orders = [
        {
            "command": "fund.receive",
            "subject": FUND,
            "by": TREASURER,
            "act": {"on": DAY},
            "what": {**GOT, "document": new_key(), "amount": fen(MOST)},
        }
        for _ in range(3)
    ]
    before = office.positions()
    with pytest.raises(SumTooGreat):
        office.send_all(orders)
    assert office.positions() == before
    office.send_all(orders[:2])


@given(st.sampled_from(ADDING).flatmap(any_of))
def test_no_event_adds_more_to_a_sum_than_it_weighs(event: Event) -> None:
    by_account: dict[str, int] = {}
    for line in event.postings():
        by_account[line.account] = by_account.get(line.account, 0) + line.value
    sums = [*by_account.values(), sum(fact.value for fact in event.facts())]
    assert all(abs(each) <= weight(event) for each in sums)


def test_a_run_of_more_than_fits_is_not_drawn_up() -> None:
    require_whole("pay-run:x", MOST_IN_ALL)
    with pytest.raises(SumTooGreat):
        require_whole("pay-run:x", MOST_IN_ALL + 1)
