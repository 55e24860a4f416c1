"""Closed periods, as whoever sends meets them: alone, in an array, in lines, and in bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from api.commands.parsing import read_command
from domain.kernel.refusals import (
    AlreadyExists,
    Malformed,
    PeriodClosed,
    Refused,
    SecondPersonNeeded,
    WrongState,
)
from infra.commands.command import CommandRequest, Sender
from infra.config.settings import Settings
from infra.ledger import open_ledger
from scripts.scenarios.office import (
    OPERATOR,
    SECOND_TREASURER,
    TREASURER,
    Office,
    Receipt,
    an_order,
    fen,
    new_key,
    staffed,
)
from scripts.scenarios.stories import FUND, a_fund, commit
from tests.fund_stages import stages

YEAR, PERIOD, CLOSING_DAY = "2007-12-31", "period:2007", "2008-01-31"
IN_IT, BACK_DATED = {"booked": YEAR}, {"on": YEAR, "booked": "2008-02-01"}


@pytest.fixture
def office(ledger_settings: Settings) -> Iterator[Office]:
    with open_ledger(ledger_settings) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=10_000)
        yield office


def soft_close(office: Office, by: str = TREASURER, **more: Any) -> Receipt:
    return office.send(
        "period.soft-close", PERIOD, by=by, on=CLOSING_DAY, **({"through": YEAR} | more)
    )


def close(office: Office, by: str = SECOND_TREASURER, **more: Any) -> Receipt:
    return office.send("period.close", PERIOD, by=by, on=CLOSING_DAY, **({"through": YEAR} | more))


def promises(number: int, **act: str) -> list[dict[str, Any]]:
    what: dict[str, Any] = {
        "amount": fen(1),
        "earmark": "general",
        "to": "grant:g",
        "purpose": "aid-poor",
    }
    on = act.pop("on", YEAR)
    return [an_order("fund.commit", FUND, on=on, act=act, **what) for _ in range(number)]


def send(office: Office, orders: list[dict[str, Any]], by: str = TREASURER) -> list[Receipt]:
    request = CommandRequest([read_command(o) for o in orders], new_key(), Sender(by), listed=True)
    return office.ledger.execute(request)


def test_closing_takes_two_treasurers(office: Office) -> None:
    with pytest.raises(SecondPersonNeeded):
        close(office)
    soft_close(office)
    with pytest.raises(SecondPersonNeeded):
        close(office, by=TREASURER)
    with pytest.raises(SecondPersonNeeded):
        close(office, through="2008-01-01")
    close(office)
    with pytest.raises(AlreadyExists):
        close(office)


def test_what_is_soft_closed_is_opened_again_by_another(office: Office) -> None:
    reopen = ("period.reopen", PERIOD)
    soft_close(office)
    with pytest.raises(PeriodClosed):
        commit(office, 1, act=IN_IT)
    with pytest.raises(SecondPersonNeeded):
        office.send(*reopen, by=TREASURER)
    office.agreed(*reopen, by=SECOND_TREASURER, second=TREASURER)
    commit(office, 1, act=IN_IT)


def test_closed_books_are_soft_closed_again_for_a_reason(office: Office) -> None:
    soft_close(office)
    close(office)
    late = commit(office, 1, act=BACK_DATED)

    def reopen(by: str, reason: str = "漏记", **what: str) -> Receipt:
        act = {"reason": reason} if reason else {}
        said: dict[str, Any] = {"through": YEAR} | what
        return office.agreed("period.reopen", PERIOD, by=by, second=SECOND_TREASURER,
                             on=CLOSING_DAY, act=act, **said)  # fmt: skip

    with pytest.raises(SecondPersonNeeded):
        reopen(SECOND_TREASURER)
    with pytest.raises(Malformed):
        reopen(TREASURER, reason="")
    with pytest.raises(WrongState):
        reopen(TREASURER, through="2007-11-30")
    reopen(TREASURER)
    because = IN_IT | {"reason": "漏记"}
    with pytest.raises(PeriodClosed):
        commit(office, 1, by=SECOND_TREASURER, act=IN_IT)
    with pytest.raises(SecondPersonNeeded):
        commit(office, 1, act=because)
    commit(office, 1, by=SECOND_TREASURER, act=because)
    send(office, promises(300, **because), by=SECOND_TREASURER)
    close(office)
    with pytest.raises(PeriodClosed):
        commit(office, 1, by=SECOND_TREASURER, act=because)
    booked = Counter(e.act.booked.isoformat() for e in office.events(FUND) if e.act.reason)
    assert booked == {YEAR: 301}
    (kept,) = [e for e in office.events(FUND) if e.act.key == late["key"]]
    assert kept.act.booked.isoformat() == BACK_DATED["booked"]


def test_of_two_who_open_closed_books_at_once_one_does(office: Office) -> None:
    soft_close(office)
    close(office)
    office.send("role.grant", "role:treasurer-3", by=OPERATOR, on=CLOSING_DAY,
                who="treasurer-3", role="treasurer")  # fmt: skip
    because: dict[str, Any] = {"act": {"reason": "漏记"}, "through": YEAR, "on": CLOSING_DAY}
    proposals = [
        office.send("period.reopen", PERIOD, by=by, **because)["proposed"]
        for by in (TREASURER, "treasurer-3")
    ]
    orders = [an_order("proposal.confirm", each, on=CLOSING_DAY) for each in proposals]
    requests = [
        CommandRequest([read_command(order)], new_key(), Sender(SECOND_TREASURER))
        for order in orders
    ]
    outcomes = office.ledger.executor.execute(requests)
    assert sorted(isinstance(each, Refused) for each in outcomes) == [False, True]


def test_a_soft_closed_period_asks_for_a_reason_and_a_second_person(office: Office) -> None:
    soft_close(office)
    reason = IN_IT | {"reason": "更正"}
    with pytest.raises(PeriodClosed):
        commit(office, 1, by=SECOND_TREASURER, act=IN_IT)
    with pytest.raises(SecondPersonNeeded):
        commit(office, 1, act=reason)
    commit(office, 1, by=SECOND_TREASURER, act=reason)
    send(office, promises(2, **reason), by=SECOND_TREASURER)
    with pytest.raises(PeriodClosed):
        send(office, promises(1, **reason) + promises(1), by=SECOND_TREASURER)
    assert stages(office).committed == 3


@pytest.mark.parametrize("number", [1, 2, 300])
def test_a_closed_period_takes_nothing_alone_in_arrays_and_in_bulk(
    office: Office, number: int
) -> None:
    soft_close(office)
    close(office)
    held = office.positions()
    for act in ({}, {"reason": "更正"}, {"on": "2006-05-01"}):
        with pytest.raises(PeriodClosed):
            send(office, promises(number, **act), by=SECOND_TREASURER)
    later = promises(number, **BACK_DATED)
    with pytest.raises(PeriodClosed):
        send(office, [*later, *promises(1)])
    assert office.positions() == held
    send(office, later)
    assert stages(office).committed == number


def test_of_lines_those_of_a_closed_period_are_refused(office: Office) -> None:
    soft_close(office)
    close(office)
    lines = [*promises(2), *promises(2, **BACK_DATED), *promises(1)]
    requests = [CommandRequest([read_command(o)], new_key(), Sender(TREASURER)) for o in lines]
    outcomes = office.ledger.executor.execute(requests)
    codes = [o.CODE if isinstance(o, Refused) else "taken" for o in outcomes]
    assert codes == ["period-closed", "period-closed", "taken", "taken", "period-closed"]


def test_an_array_that_closes_a_period_keeps_to_it(office: Office) -> None:
    soft = an_order("period.soft-close", PERIOD, on="2008-01-31", through=YEAR)
    with pytest.raises(PeriodClosed):
        send(office, [soft, *promises(1)])
    soft_close(office, by=SECOND_TREASURER)
    closing = an_order("period.close", PERIOD, on="2008-01-31", through=YEAR)
    reason = {"reason": "更正"}
    with pytest.raises(PeriodClosed):
        send(office, [closing, *promises(1, **reason)])
    send(office, [*promises(1, **reason), closing, *promises(1, **BACK_DATED)])
    assert stages(office).committed == 2


def test_a_period_closed_at_another_door_is_closed_here(office: Office) -> None:
    commit(office, 1, act=IN_IT)
    with open_ledger(office.ledger.settings) as other:
        soft_close(Office(other))
        close(Office(other))
    with pytest.raises(PeriodClosed):
        commit(office, 1, act=IN_IT)
