"""A release goes chunk by chunk: others come in between, rules hold for each, nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from api.commands.parsing import read_command
from domain.kernel.refusals import KeyReused, PeriodClosed, WrongState
from domain.payments import pay_runs
from domain.payments.pay_run_events import PayRunReleased
from domain.payments.payment_events import FIRST
from infra.commands.command import CommandRequest, Sender
from infra.commands.ports import StoredRolls
from scripts.scenarios.office import (
    CLERK,
    DAY,
    MONTH,
    SECOND_TREASURER,
    TREASURER,
    Office,
    an_order,
    staffed,
)
from scripts.scenarios.stories import (
    RUN,
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    commit,
    entitled,
    payments_of,
    release,
    stop,
)
from tests.fund_stages import Stages, stages
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future

    from infra.ledger import Ledger
    from scripts.scenarios.office import Receipt

LINES, CHUNK, HOLDING = 3000, 150, 100_000


@pytest.fixture
def office(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(pay_runs, "CHUNK", CHUNK)
    office = staffed(Office(ledger))
    a_fund(office, holding=HOLDING)
    a_scheme(office, rate=10)
    entitled(office, LINES)
    approved(office)
    return office


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    """Give a thread that does one thing while the test does another."""
    with ThreadPoolExecutor(1) as thread:
        yield thread


def begun(office: Office, paying: Future[Receipt]) -> None:
    """Wait until the first chunk is stored."""
    wait_until(lambda: paying.done() or any(office.events("payment:")))
    assert not paying.done()


def close(office: Office, command: str, *, by: str) -> Receipt:
    """Close March, softly or for good."""
    return office.send(command, "period:2007-03", by=by, on="2007-04-02", through="2007-03-31")


def test_single_commands_get_in_between_the_chunks_of_a_release(
    office: Office, aside: ThreadPoolExecutor
) -> None:
    paying = aside.submit(release, office)
    begun(office, paying)
    commitments = [commit(office, 1)["positions"][0] for _ in range(3)]
    last = paying.result()["positions"][-1]
    assert max(commitments) < last
    assert office.positions() == list(range(1, len(office.positions()) + 1))
    assert stages(office) == Stages(HOLDING - 10 * LINES - 3, 3, 10 * LINES, 0)


def test_a_release_goes_on_into_a_soft_closed_period_with_a_reason_and_a_second_person(
    office: Office, aside: ThreadPoolExecutor
) -> None:
    act = {"reason": "年底发放"}
    paying = aside.submit(release, office, by=SECOND_TREASURER, act=act)
    begun(office, paying)
    closed = close(office, "period.soft-close", by=TREASURER)["positions"][0]
    assert paying.result()["positions"][-1] > closed
    assert len(set(payments_of(office))) == LINES
    assert stages(office).committed == 0


def assess(office: Office, entitlement: str) -> None:
    """Find that the conditions are not met."""
    office.send("entitlement.assess", entitlement, by=CLERK, eligible=False)


def merge_in_vain(office: Office, entitlement: str) -> None:
    """Try to merge somebody meanwhile, and stop the claim."""
    office.send("person.register", "person:again", by=CLERK)
    with pytest.raises(WrongState) as refused:
        office.send("person.merge", "person:again", by=CLERK, into="person:aid-000000")
    assert refused.value.rule == "run-releasing"
    stop(office, entitlement)


@pytest.mark.parametrize("act", [stop, assess, merge_in_vain])
def test_nobody_is_paid_who_is_stopped_after_the_stops_were_read(
    office: Office, monkeypatch: pytest.MonkeyPatch, act: Callable[[Office, str], None]
) -> None:
    """The gate sees a stop that came between the reading of a chunk's stops and the chunk."""
    names = [f"aid-{n:06d}" for n in range(LINES)]
    with office.ledger.connection() as connection:
        holders = [f"person:{name}" for name in names]
        tags = office.ledger.vault.tags(connection, SCHEME, holders, (MONTH, FIRST))
    in_fourth_chunk = sorted(zip(tags, names, strict=True))[3 * CHUNK][1]
    reading = StoredRolls.stops_since
    readings = count(1)

    def read_then_stop(rolls: StoredRolls, *asked: Any) -> Mapping[str, str]:
        found = reading(rolls, *asked)
        if next(readings) == 4:
            act(office, f"entitlement:{in_fourth_chunk}")
        return found

    monkeypatch.setattr(StoredRolls, "stops_since", read_then_stop)
    release(office)
    released = [e for e in office.events(RUN) if isinstance(e, PayRunReleased)]
    assert [(e.paid, e.held_lines) for e in released] == [(LINES - 1, 1)]


def test_a_dry_run_of_a_release_pays_nothing_and_leaves_nothing_behind(office: Office) -> None:
    order = read_command(an_order("pay-run.release", RUN, on=DAY))
    request = CommandRequest([order], "dry", Sender(TREASURER))
    before = office.positions()
    [receipt] = office.ledger.execute(request, dry_run=True)
    assert (receipt["positions"], receipt["recorded_at"]) == ([], None)
    assert office.positions() == before
    release(office)
    assert len(set(payments_of(office))) == LINES


def test_a_receipt_of_a_release_names_the_runs_own_events_and_is_given_again(
    office: Office,
) -> None:
    receipt = release(office, key="pay")
    topics = [event["topic"] for event in receipt["events"]]
    assert topics == ["pay-run.chunk-released"] * (LINES // CHUNK) + ["pay-run.released"]
    assert [event["version"] for event in receipt["events"]] == list(range(4, 4 + len(topics)))
    where = dict(office.rows("SELECT notification_id, originator_id FROM ledger.events"))
    assert {where[position] for position in receipt["positions"]} == {RUN}
    assert release(office, key="pay") == receipt | {"replayed": True}


def test_a_key_that_has_begun_a_release_is_not_taken_for_another(
    office: Office, aside: ThreadPoolExecutor
) -> None:
    paying = aside.submit(release, office, key="pay")
    begun(office, paying)
    close(office, "period.soft-close", by=TREASURER)
    close(office, "period.close", by=SECOND_TREASURER)
    assert isinstance(paying.exception(), PeriodClosed)
    with pytest.raises(KeyReused):
        release(office, key="pay", act={"booked": "2007-04-03"})
    release(office, act={"booked": "2007-04-03"})
    assert len(set(payments_of(office))) == LINES
