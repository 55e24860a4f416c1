"""Callers who wait at the same time share one append, and each has an outcome of his own."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from psycopg.errors import AdminShutdown, DeadlockDetected, SerializationFailure

from api.commands.parsing import read_command
from domain.kernel.refusals import InsufficientFund, Refused
from infra.commands.command import (
    CommandRequest,
    Receipts,
    Sender,
    Undecided,
    receipts_or_raise,
)
from infra.commands.command_batch import TogetherExecution
from infra.commands.group_commit import GroupCommitExecutor
from infra.ledger import Ledger, open_ledger
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    TREASURER,
    Office,
    Receipt,
    an_order,
    fen,
    new_key,
    staffed,
)
from scripts.scenarios.stories import AREA, FUND, a_fund, commit, receive
from tests.fund_stages import Stages, stages
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Sequence

HOLDING = 100


@pytest.fixture
def office(ledger: Ledger) -> Office:
    office = staffed(Office(ledger))
    a_fund(office, holding=HOLDING)
    return office


def group_commit(office: Office) -> GroupCommitExecutor:
    executor = office.ledger.executor
    assert isinstance(executor, GroupCommitExecutor)
    return executor


def all_at_once(office: Office, amounts: Sequence[int]) -> list[Receipt | Refused]:
    """Let one caller for each amount wait until all are there, then let them go."""

    def call(amount: int) -> Receipt | Refused:
        try:
            return commit(office, amount)
        except Refused as refused:
            return refused

    executor = group_commit(office)
    with ThreadPoolExecutor(len(amounts)) as callers:
        with executor._access.turn:
            outcomes = [callers.submit(call, amount) for amount in amounts]
            # The writer holds the first one and waits for its turn.
            wait_until(lambda: executor._queue.qsize() == len(amounts) - 1)
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


def test_a_fault_in_a_group_leaves_each_command_to_be_decided_by_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as spoilt:
        spoilt.setattr(TogetherExecution, "run", broken)
        commit(office, 1)
    assert "ZeroDivisionError" in caplog.text
    commit(office, 2)
    assert stages(office).committed == 3


@pytest.mark.parametrize("lost", [AdminShutdown, DeadlockDetected, SerializationFailure])
def test_what_a_group_has_lost_each_command_decides_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, lost: type[Exception]
) -> None:
    def ended(*_: object, **__: object) -> None:
        raise lost

    with monkeypatch.context() as spoilt:
        spoilt.setattr(TogetherExecution, "run", ended)
        commit(office, 1)
    assert stages(office).committed == 1


def test_what_a_refused_neighbour_had_begun_is_neither_stored_nor_checked(office: Office) -> None:
    """An award promises its first share before the second one is refused."""
    a_fund(office, "fund:y", holding=10)
    office.send("area.open", AREA, by=APPROVER, on=EVE, title="全市", level="city")
    aim: dict[str, Any] = {"title": "养老院", "programme": "building", "purpose": "aid-poor"}
    office.send("project.open", "project:p", by=CLERK, **aim)
    asked: dict[str, Any] = {
        "body": "organisation:home",
        "project": "project:p",
        "area": AREA,
        "amount": fen(40),
    }
    office.send("grant.apply", "grant:g", by=CLERK, **aim, **asked)
    shares = [{"fund": fund, "earmark": "general", "amount": fen(20)} for fund in (FUND, "fund:y")]
    award = an_order("grant.award", "grant:g", on=DAY, shares=shares)
    neighbour = a_commitment("fund:y")
    outcomes = group_commit(office)._decided([a_request(award, APPROVER), neighbour])
    assert isinstance(outcomes[0], Undecided)
    assert isinstance(outcomes[0].cause, InsufficientFund)
    assert isinstance(outcomes[1], Receipts)
    assert stages(office) == Stages(HOLDING, 0, 0, 0)
    assert stages(office, "fund:y") == Stages(9, 1, 0, 0)


def test_callers_in_threads_and_in_an_event_loop_share_one_writer(office: Office) -> None:
    each, callers = 15, 3
    receive(office, FUND, each * callers * 2)
    executor = office.ledger.executor

    def in_a_thread(_: int) -> list[Receipt]:
        return [commit(office, 1) for _ in range(each)]

    async def in_the_loop() -> list[Receipt]:
        return [
            receipts_or_raise(await executor.execute_async(a_commitment()))[0] for _ in range(each)
        ]

    async def all_in_the_loop() -> list[list[Receipt]]:
        return await asyncio.gather(*(in_the_loop() for _ in range(callers)))

    with ThreadPoolExecutor(callers) as threads:
        sent = [threads.submit(in_a_thread, nth) for nth in range(callers)]
        lists = asyncio.run(all_in_the_loop()) + [each.result() for each in sent]
    assert len({receipt["positions"][0] for found in lists for receipt in found}) == 90
    assert stages(office) == Stages(HOLDING, 90, 0, 0)


def a_commitment(fund: str = FUND) -> CommandRequest:
    what: dict[str, Any] = {
        "amount": fen(1),
        "earmark": "general",
        "to": "contract:c",
        "purpose": "aid-poor",
    }
    return a_request(an_order("fund.commit", fund, on=DAY, **what), TREASURER)


def a_request(order: dict[str, Any], by: str) -> CommandRequest:
    return CommandRequest([read_command(order)], new_key(), Sender(by))


def test_a_closed_executor_has_carried_out_all_and_starts_again_when_asked(office: Office) -> None:
    outcomes = all_at_once(office, [1, 2, 3])
    office.ledger.executor.close()
    assert len(receipts(outcomes)) == 3
    commit(office, 4)
    assert stages(office).committed == 10


def test_who_comes_while_it_is_being_closed_is_answered_too(office: Office) -> None:
    executor, over = group_commit(office), threading.Event()

    def close() -> None:
        while not over.is_set():
            executor.close()

    async def send() -> None:
        for _ in range(HOLDING):
            outcome = await asyncio.wait_for(executor.execute_async(a_commitment()), 10)
            assert isinstance(outcome, Receipts)

    closing = threading.Thread(target=close)
    closing.start()
    try:
        asyncio.run(send())
    finally:
        over.set()
        closing.join()
    assert stages(office).committed == HOLDING
