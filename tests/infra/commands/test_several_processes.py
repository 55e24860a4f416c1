"""Several processes stand at one ledger: none knows what the others hold in memory."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

from domain.kernel.refusals import Refused
from infra.config.settings import Settings
from infra.ledger import open_ledger
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, commit, receive
from tests.fund_stages import Stages, stages

PROCESSES, CALLERS, HELD = 4, 8, 20


def commits(settings: Settings, process: int) -> list[str]:
    """Open a door in a process of its own and let its callers go; return what each was told."""
    with open_ledger(settings) as ledger, ThreadPoolExecutor(CALLERS) as pool:
        office = Office(ledger)
        return list(pool.map(lambda n: told(office, f"{process}-{n}"), range(CALLERS)))


def told(office: Office, key: str) -> str:
    try:
        commit(office, 1, key=key, to=f"grant:{key}")
    except Refused as refused:
        return refused.CODE
    return "committed"


def test_a_fund_lets_exactly_so_many_commit_from_four_processes(ledger_settings: Settings) -> None:
    with open_ledger(ledger_settings) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=HELD)
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
            called = [pool.submit(commits, ledger_settings, n) for n in range(PROCESSES)]
            outcomes = Counter(outcome for one in called for outcome in one.result())
        refused = PROCESSES * CALLERS - HELD
        assert outcomes == {"committed": HELD, "insufficient-fund": refused}
        assert stages(office) == Stages(available=0, committed=HELD, spent=0, returned=0)
        assert office.positions() == list(range(1, len(office.positions()) + 1))


def test_an_array_is_not_starved_by_single_commands_at_another_door(
    ledger_settings: Settings,
) -> None:
    """It takes longer to decide and loses every race, until it decides behind the gate."""
    with open_ledger(ledger_settings) as ledger, open_ledger(ledger_settings) as other:
        office, busy = staffed(Office(ledger)), Office(other)
        a_fund(office, holding=10**6)
        with ThreadPoolExecutor(1) as pool:
            going = [True]

            def keep_the_fund_busy() -> int:
                turns = 0
                while going:
                    receive(busy, "fund:x", 1)
                    turns += 1
                return turns

            busy_with_it = pool.submit(keep_the_fund_busy)
            try:
                office.send_all(_promises(2000))
            finally:
                going.clear()
            assert busy_with_it.result() > 0
        assert stages(office).committed == 2000


def _promises(number: int) -> list[dict[str, object]]:
    what: dict[str, object] = {
        "amount": {"value": 1, "unit": "fen"},
        "earmark": "general",
        "to": "grant:g",
        "purpose": "aid-poor",
    }
    order: dict[str, object] = {
        "command": "fund.commit",
        "subject": "fund:x",
        "act": {"on": "2007-03-15"},
    }
    return [order | {"what": what, "by": "treasurer-1"}] * number
