"""One key has one effect and a fund its limit, whoever comes at the same time, by any door."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from domain.kernel.refusals import InsufficientFund, KeyReused, Refused, UnknownSubject
from infra.commands.retry import Attempt
from infra.ledger import open_ledger
from scripts.scenarios.office import DAY, TREASURER, Office, an_order, fen, staffed
from scripts.scenarios.stories import FUND, a_fund, commit, release
from tests.fund_stages import Stages, stages
from tests.infra.commands.test_group_commit import a_request, group_commit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings
    from infra.ledger import Ledger
    from scripts.scenarios.office import Receipt

CALLERS = 32


@pytest.fixture
def office(ledger: Ledger) -> Office:
    return staffed(Office(ledger))


def test_one_key_has_one_effect_and_one_receipt(office: Office) -> None:
    a_fund(office, holding=100)
    first = commit(office, 60, key="k-1")
    again = commit(office, 60, key="k-1")
    assert again == first | {"replayed": True}
    with pytest.raises(KeyReused):
        commit(office, 61, key="k-1")
    assert stages(office) == Stages(available=40, committed=60, spent=0, returned=0)


def test_one_key_sent_by_many_at_once_has_one_effect(ledger_settings: Settings) -> None:
    with offices(ledger_settings, 4) as doors:
        a_fund(doors[0], holding=100)
        receipts = at_once(lambda n: commit(doors[n % 4], 60, key="k-1"))
        assert {str(r["positions"]) for r in receipts if isinstance(r, dict)} == {"[8]"}
        assert sum(isinstance(r, dict) and not r["replayed"] for r in receipts) == 1
        assert len(receipts) == CALLERS
        assert stages(doors[0]).committed == 60


FAILING_COMMIT = """
    CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''no room''; END';
    CREATE CONSTRAINT TRIGGER failing AFTER INSERT ON ledger.events
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.fail()"""


def test_what_a_failed_commit_did_not_store_is_not_remembered(office: Office) -> None:
    """Behind the append lock the events are appended before their transaction ends."""
    a_fund(office, holding=100)
    ledger = office.ledger
    what: dict[str, Any] = {"earmark": "general", "to": "contract:care-line", "amount": fen(60)}
    order = an_order("fund.commit", FUND, on=DAY, purpose="aid-poor", **what)
    executor = group_commit(office)._fresh
    with psycopg.connect(ledger.database.owner_url, autocommit=True) as owner:
        owner.execute(FAILING_COMMIT)
        with pytest.raises(psycopg.errors.RaiseException, match="no room"):
            executor._at_once(
                a_request(order, TREASURER), Attempt(dry_run=False, locked=True, soft=False)
            )
        owner.execute("DROP TRIGGER failing ON ledger.events")

    receipt = commit(office, 60)

    assert receipt["version"] == len(list(office.events(FUND)))
    assert stages(office) == Stages(available=40, committed=60, spent=0, returned=0)


@pytest.mark.parametrize("doors", [1, 4])
def test_a_fund_that_holds_so_much_lets_exactly_so_many_commit(
    ledger_settings: Settings, doors: int
) -> None:
    """32 callers want 1 fen each of a fund that holds 20, at one door or at several."""
    with offices(ledger_settings, doors) as open_doors:
        office = open_doors[0]
        a_fund(office, holding=20)
        outcomes = at_once(
            lambda n: commit(open_doors[n % doors], 1, key=f"caller-{n}", to=f"grant:g-{n}")
        )
        refused = [o for o in outcomes if not isinstance(o, dict)]
        assert len(outcomes) - len(refused) == 20
        assert {type(o) for o in refused} == {InsufficientFund}
        assert stages(office) == Stages(available=0, committed=20, spent=0, returned=0)
        assert office.positions() == list(range(1, len(office.positions()) + 1))


def at_once(call: Callable[[int], Receipt]) -> list[Receipt | Refused]:
    """Let all callers go at the same moment; return each one's receipt or refusal."""
    start = threading.Barrier(CALLERS)

    def one(number: int) -> Receipt | Refused:
        start.wait()
        try:
            return call(number)
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(one, range(CALLERS)))


@contextmanager
def offices(ledger_settings: Settings, number: int) -> Iterator[list[Office]]:
    """Open several doors on one ledger, as several processes would."""
    with ExitStack() as stack:
        opened = [Office(stack.enter_context(open_ledger(ledger_settings))) for _ in range(number)]
        staffed(opened[0])
        yield opened


def test_positions_have_no_holes_whatever_was_refused(office: Office) -> None:
    a_fund(office, holding=100)
    for amount in (60, 60, 40, 1):
        with suppress(InsufficientFund):
            commit(office, amount)
    with pytest.raises(UnknownSubject):
        release(office)
    assert office.positions() == list(range(1, len(office.positions()) + 1))
