"""A year in small on a real PostgreSQL: what everybody sends, and what the books then hold."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from domain.kernel.money import MoneyEvent
from domain.kernel.refusals import (
    AlreadyReversed,
    MakerIsChecker,
    PeriodClosed,
    PurposeNotAllowed,
    SecondPersonNeeded,
)
from domain.payments import pay_runs
from domain.payments.pay_run_events import PayRunChunkReleased
from infra.projector.projector import Projector
from projections.accounts import balances as balances_view
from projections.core.view import Moment
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    OPERATOR,
    REVIEWER,
    SECOND_TREASURER,
    TREASURER,
    Office,
    fen,
    staffed,
)
from scripts.scenarios.stories import (
    FUND,
    RUN,
    a_fund,
    a_scheme,
    approved,
    commit,
    draw_up,
    entitled,
    payments_of,
    receive,
    release,
    settle,
    stop,
)
from tests.fund_stages import Stages, balances, stages
from tests.waiting import wait_until

if TYPE_CHECKING:
    from infra.ledger import Ledger

DECEMBER_RUN = "pay-run:aid:2007-12"


@pytest.fixture
def office(ledger: Ledger) -> Office:
    return staffed(Office(ledger))


def a_paid_run(office: Office, *, holding: int = 100) -> list[str]:
    """Pay six persons 10 fen each; return the payments."""
    a_fund(office, holding=holding)
    a_scheme(office, rate=10)
    entitled(office, 6)
    approved(office)
    release(office)
    return payments_of(office)


def close_year(office: Office) -> None:
    """Close 2007 as two treasurers do in January."""
    for command, by in (("period.soft-close", TREASURER), ("period.close", SECOND_TREASURER)):
        office.send(command, "period:2007", by=by, on="2008-01-20", through="2007-12-31")


def viewed_balances(office: Office) -> dict[str, int]:
    """Ask the balances view, brought up to the head."""
    with psycopg.connect(office.ledger.database.app_url, autocommit=True) as connection:
        head = Projector(connection, [balances_view.Balances]).catch_up()
        with connection.transaction():
            rows = balances_view.rows(connection, Moment(head), balances_view.BalanceFilter())
            return {row["account"]: row["value"] for row in rows if row["value"]}


def test_money_is_received_committed_paid_and_returned_and_all_of_it_is_accounted_for(
    office: Office,
) -> None:
    payments = a_paid_run(office)
    settle(office, RUN, payments[0])
    assert stages(office) == Stages(available=40, committed=0, spent=50, returned=10)
    assert viewed_balances(office) == {k: v for k, v in balances(office).items() if v}


def test_what_came_back_and_is_written_back_is_free_again(office: Office) -> None:
    payments = a_paid_run(office)
    settle(office, RUN, payments[0])
    office.send("payment.write-back", payments[0], by=TREASURER)
    assert stages(office) == Stages(available=50, committed=0, spent=50, returned=0)
    assert viewed_balances(office) == {k: v for k, v in balances(office).items() if v}


def test_an_approved_run_has_its_total_promised_before_a_yuan_is_paid(office: Office) -> None:
    a_fund(office, holding=100)
    a_scheme(office, rate=10)
    entitled(office, 6)
    approved(office)
    assert stages(office) == Stages(available=40, committed=60, spent=0, returned=0)


def test_a_stop_between_draw_up_and_release_holds_the_line_back_and_settling_frees_it(
    office: Office,
) -> None:
    a_fund(office, holding=100)
    a_scheme(office, rate=10)
    entitlements = entitled(office, 6)
    approved(office)
    stop(office, entitlements[2])
    release(office)
    assert len(payments_of(office)) == 5
    chunk = next(e for e in office.events(RUN) if isinstance(e, PayRunChunkReleased))
    assert [line.reason for line in chunk.held_back] == ["stopped"]
    assert stages(office) == Stages(available=40, committed=10, spent=50, returned=0)
    settle(office)
    assert stages(office) == Stages(available=50, committed=0, spent=50, returned=0)


def test_a_closed_year_takes_what_is_learnt_of_it_later_but_books_it_in_the_open_one(
    office: Office,
) -> None:
    a_fund(office, holding=100)
    close_year(office)
    what: dict[str, Any] = {
        "amount": fen(7),
        "earmark": "general",
        "source": "fiscal",
        "document": "补记",
    }
    december, february = "2007-12-15", "2008-02-01"
    act = {"booked": february}
    office.send("fund.receive", FUND, by=TREASURER, on=december, act=act, **what)
    for booked in (december, "2007-12-31"):
        with pytest.raises(PeriodClosed):
            office.send(
                "fund.receive",
                FUND,
                by=SECOND_TREASURER,
                on=february,
                act={"booked": booked, "reason": "补记"},
                **what,
            )
    assert stages(office).available == 107


def test_a_soft_closed_year_is_entered_only_with_a_reason_and_by_a_second_person(
    office: Office,
) -> None:
    a_fund(office, holding=100)
    office.send(
        "period.soft-close",
        "period:2007",
        by=TREASURER,
        on="2008-01-20",
        through="2007-12-31",
    )
    with pytest.raises(PeriodClosed):
        commit(office, 1)
    reason = {"reason": "漏记"}
    with pytest.raises(SecondPersonNeeded):
        commit(office, 1, act=reason)
    commit(office, 1, act=reason, by=SECOND_TREASURER)
    assert stages(office).committed == 1


def test_a_release_that_runs_while_the_year_is_closed_pays_nothing_into_it_afterwards(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pay_runs, "CHUNK", 250)
    a_fund(office, holding=100_000)
    a_scheme(office, rate=10)
    entitled(office, 5000)
    total = approved(office, DECEMBER_RUN, on="2007-12-20")["total"]["value"]
    with ThreadPoolExecutor(1) as pool:
        paying = pool.submit(release, office, DECEMBER_RUN, on="2007-12-28")
        wait_until(lambda: any(office.events("payment:")))
        close_year(office)
        with pytest.raises(PeriodClosed):
            paying.result()
    log = list(office.events())
    closed_at = next(n for n, event in enumerate(log) if event.TOPIC == "period.closed")
    late = [e for e in log[closed_at:] if isinstance(e, MoneyEvent) and e.act.on.year == 2007]
    assert late == []
    assert 0 < stages(office).spent < total

    release(office, DECEMBER_RUN, on="2007-12-28", act={"booked": "2008-02-01"})
    assert len(set(payments_of(office, DECEMBER_RUN))) == 5000
    assert stages(office) == Stages(100_000 - total, 0, total, 0)


def test_an_event_is_reversed_once(office: Office) -> None:
    a_fund(office, holding=100)
    wrong = receive(office, FUND, 9)["positions"][0]
    office.send("event.reverse", FUND, by=APPROVER, of=wrong)
    assert stages(office).available == 100
    with pytest.raises(AlreadyReversed):
        office.send("event.reverse", FUND, by=APPROVER, of=wrong)
    assert stages(office).available == 100


def change_role(office: Office, old: str | None, new: str) -> None:
    """Let the clerk change to another duty beside the clerk's."""
    if old is not None:
        office.send("role.withdraw", f"role:{CLERK}", by=OPERATOR, who=CLERK, role=old)
    office.send("role.grant", f"role:{CLERK}", by=OPERATOR, who=CLERK, role=new)


def test_nobody_approves_what_he_drew_up_or_reviewed(office: Office) -> None:
    a_fund(office, holding=100)
    a_scheme(office, rate=10)
    entitled(office, 6)
    change_role(office, None, "reviewer")
    digest = draw_up(office)["digest"]
    with pytest.raises(MakerIsChecker):
        office.send("pay-run.review", RUN, by=CLERK, digest=digest)
    office.send("pay-run.review", RUN, by=REVIEWER, digest=digest)
    change_role(office, "reviewer", "approver")
    with pytest.raises(MakerIsChecker):
        office.send("pay-run.approve", RUN, by=CLERK, digest=digest)
    assert stages(office).committed == 0


def test_money_is_not_promised_to_a_purpose_that_the_fund_does_not_have(office: Office) -> None:
    a_fund(office, holding=100, purposes=("aid-elderly",))
    before = office.positions()
    with pytest.raises(PurposeNotAllowed):
        commit(office, 10)
    assert office.positions() == before
