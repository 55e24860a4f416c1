"""Callers who wait at the same time share one append, and each has an outcome of his own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from api.commands.parsing import read_command
from domain.kernel.refusals import InsufficientFund, Refused
from infra.commands.command import CommandRequest, Sender
from infra.ledger import OpenLedger, open_ledger
from scripts.scenarios.office import (
    DAY,
    TREASURER,
    Office,
    Receipt,
    an_order,
    fen,
    new_key,
    staffed,
)
from scripts.scenarios.stories import FUND, a_fund, commit, receive
from tests.fund_stages import Stages, stages
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Sequence

HOLDING = 100


@pytest.fixture
def office(ledger: OpenLedger) -> Office:
    office = staffed(Office(ledger))
    a_fund(office, holding=HOLDING)
    return office


def all_at_once(office: Office, amounts: Sequence[int]) -> list[Receipt | Refused]:
    """Let one caller for each amount wait until all are there, then let them go."""

    def call(amount: int) -> Receipt | Refused:
        try:
            return commit(office, amount)
        except Refused as refused:
            return refused

    executor = office.ledger.executor
    with ThreadPoolExecutor(len(amounts)) as callers:
        with executor._turn:
            outcomes = [callers.submit(call, amount) for amount in amounts]
            wait_until(lambda: len(executor._group_commit._waiting) == len(amounts))
        return [outcome.result() for outcome in outcomes]


def receipts(outcomes: Sequence[Receipt | Refused]) -> list[Receipt]:
    return [outcome for outcome in outcomes if isinstance(outcome, dict)]


def test_who_waits_together_is_appended_together(office: Office) -> None:
    outcomes = all_at_once(office, [1, 2, 3, 4, 5])
    assert len({receipt["recorded_at"] for receipt in receipts(outcomes)}) == 1
    assert sorted(len(receipt["positions"]) for receipt in receipts(outcomes)) == [1] * 5
    assert stages(office) == Stages(HOLDING - 15, 15, 0, 0)


def test_a_refused_command_harms_no_neighbour(office: Office) -> None:
    outcomes = all_at_once(office, [30, 10**6, 20])
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [type(each) for each in refused] == [InsufficientFund]
    assert len(receipts(outcomes)) == 2
    assert stages(office) == Stages(HOLDING - 50, 50, 0, 0)


def test_together_they_never_promise_more_than_the_fund_holds(office: Office) -> None:
    outcomes = all_at_once(office, [30] * 8)
    assert len(receipts(outcomes)) == HOLDING // 30
    assert stages(office).available == HOLDING % 30


def test_what_another_process_wrote_meanwhile_is_seen_by_all(office: Office) -> None:
    commit(office, 1)
    with open_ledger(office.ledger.settings) as another:
        commit(Office(another), 40)
    outcomes = all_at_once(office, [20, 20, 20])
    assert len(receipts(outcomes)) == 2
    assert stages(office) == Stages(HOLDING - 81, 81, 0, 0)
    assert office.positions() == list(range(1, len(office.positions()) + 1))


def test_a_fault_in_one_command_leaves_the_others_to_be_decided_by_themselves(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as spoilt:
        spoilt.setattr(office.ledger.executor._group_commit, "_together", broken)
        with pytest.raises(ZeroDivisionError):
            commit(office, 1)
    commit(office, 2)
    assert stages(office).committed == 2


def test_callers_in_threads_and_in_an_event_loop_share_one_door(office: Office) -> None:
    each, callers = 15, 3
    receive(office, FUND, each * callers * 2)
    executor = office.ledger.executor

    def in_a_thread(_: int) -> list[Receipt]:
        return [commit(office, 1) for _ in range(each)]

    async def in_the_loop() -> list[Receipt]:
        return [(await executor.execute_async(a_commitment()))[0] for _ in range(each)]

    async def all_in_the_loop() -> list[list[Receipt]]:
        return await asyncio.gather(*(in_the_loop() for _ in range(callers)))

    with ThreadPoolExecutor(callers) as threads:
        sent = [threads.submit(in_a_thread, nth) for nth in range(callers)]
        lists = asyncio.run(all_in_the_loop()) + [each.result() for each in sent]
    assert len({receipt["positions"][0] for found in lists for receipt in found}) == 90
    assert stages(office) == Stages(HOLDING, 90, 0, 0)


def a_commitment() -> CommandRequest:
    what: dict[str, Any] = {
        "amount": fen(1),
        "earmark": "general",
        "to": "contract:c",
        "purpose": "aid-poor",
    }
    order = an_order("fund.commit", FUND, on=DAY, **what)
    return CommandRequest([read_command(order)], new_key(), Sender(TREASURER))


def test_who_leads_when_another_has_carried_out_all_that_waited_does_nothing(
    office: Office,
) -> None:
    group_commit = office.ledger.executor._group_commit
    commit(office, 1)
    before = office.positions()
    group_commit._carry_out_some()
    assert (office.positions(), group_commit._last_time) == (before, 1)
