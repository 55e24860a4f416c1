"""Names that one unit of work holds alone, and what becomes of them when a session breaks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import psycopg
import pytest

from domain.benefits.affected_months import pay_turn
from domain.kernel.refusals import PeriodClosed
from infra.commands.named_locks import Busy, NamedLocks
from infra.commands.retry import when_free
from infra.commands.unit_of_work import UnitOfWork
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import SCHEME, a_fund, a_scheme, commit, draw_up, entitled
from tests.fund_stages import stages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.ledger import Ledger


@pytest.fixture
def sessions(ledger: Ledger) -> Iterator[list[psycopg.Connection]]:
    url = ledger.database.app_url
    opened = [psycopg.connect(url, autocommit=True) for _ in range(2)]
    yield opened
    for session in opened:
        session.close()


def unit_on(ledger: Ledger, session: psycopg.Connection) -> UnitOfWork:
    return UnitOfWork(session, ledger.aggregates, ledger.decisions, ledger.vault)


def test_a_name_is_held_by_one_unit_of_work_until_it_gives_it_back(
    sessions: list[psycopg.Connection],
) -> None:
    first, second = (NamedLocks(session) for session in sessions)
    first.take("pay-month:scheme:aid:2007-03")
    first.take("pay-month:scheme:aid:2007-03")
    with pytest.raises(Busy):
        second.take("pay-month:scheme:aid:2007-03")
    second.take("pay-month:scheme:aid:2007-04")
    first.give_back()
    second.take("pay-month:scheme:aid:2007-03")


def test_a_broken_session_gives_its_names_back_and_hides_no_first_error(
    ledger: Ledger, sessions: list[psycopg.Connection]
) -> None:
    breaking, other = sessions

    def break_off() -> None:
        with unit_on(ledger, breaking) as unit:
            unit.locks.take("pay-month:scheme:aid:2007-03")
            with psycopg.connect(ledger.database.owner_url) as owner:
                owner.execute("SELECT pg_terminate_backend(%s)", (breaking.info.backend_pid,))
            raise PeriodClosed("", "the first error")

    with pytest.raises(PeriodClosed):
        break_off()
    assert breaking.closed
    wait_for(NamedLocks(other), "pay-month:scheme:aid:2007-03")


def test_a_session_in_a_failed_transaction_is_ended_rather_than_kept_with_its_names(
    ledger: Ledger, sessions: list[psycopg.Connection]
) -> None:
    failing, other = sessions

    def fail() -> None:
        with failing.transaction(), unit_on(ledger, failing) as unit:
            unit.locks.take("received:fund:x:general")
            failing.execute("SELECT 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        fail()
    assert failing.closed
    wait_for(NamedLocks(other), "received:fund:x:general")


def wait_for(names: NamedLocks, name: str) -> None:
    """Take a name of a session that has just been ended: the server needs a moment for it."""
    when_free(lambda: names.take(name))


def test_who_waits_for_a_name_keeps_nobody_else_waiting(
    ledger: Ledger, sessions: list[psycopg.Connection]
) -> None:
    office = staffed(Office(ledger))
    a_fund(office, holding=100)
    a_scheme(office, rate=10)
    entitled(office, 2)
    elsewhere = NamedLocks(sessions[0])
    elsewhere.take(pay_turn(SCHEME, "2007-03"))
    waiting = threading.Thread(target=draw_up, args=(office,))
    waiting.start()
    for _ in range(5):
        commit(office, 1)
    assert stages(office).committed == 5
    assert waiting.is_alive()
    elsewhere.give_back()
    waiting.join(10)
    assert [event.TOPIC for event in office.events("pay-run:")] == ["pay-run.drawn-up"]
