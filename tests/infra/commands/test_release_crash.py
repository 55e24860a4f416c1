"""A release that dies at any moment and is sent again pays each line once.

`make drills` does the same with more lines, at many more moments.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from infra.ledger import open_ledger
from scripts.drills.broken_releases import (
    APPENDING,
    COPYING,
    Trial,
    after,
    breaches,
    cut_off,
    killed,
    once_begun,
    sent_again,
    while_running,
)
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled
from tests.fund_stages import Stages, stages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.config.settings import Settings
    from infra.ledger import Ledger

LINES, CHUNK, RATE = 2500, 250, 10
HOLDING = 1_000_000


@pytest.fixture
def office(ledger: Ledger) -> Office:
    return furnished(Office(ledger))


@pytest.fixture
def office_of_its_own(settings: Settings) -> Iterator[Office]:
    """Give an office whose PostgreSQL no other test uses: it will be cut off."""
    with open_ledger(settings) as ledger:
        yield furnished(Office(ledger))


def furnished(office: Office) -> Office:
    staffed(office)
    a_fund(office, holding=HOLDING)
    a_scheme(office, rate=RATE)
    entitled(office, LINES)
    return office


def runs(number: int) -> list[str]:
    return [f"pay-run:aid:2007-{month:02d}" for month in range(1, number + 1)]


def trial(office: Office, run: str) -> Trial:
    return Trial(office, run, key=f"first-{run}", chunk=CHUNK)


def test_a_release_killed_at_any_moment_and_sent_again_pays_each_line_once(office: Office) -> None:
    trials = [trial(office, run) for run in runs(4)]
    drawn = {run: approved(office, run) for run in runs(4)}
    moments = [
        while_running(office, COPYING),
        while_running(office, APPENDING),
        after(Random(1).uniform(0.02, 0.2)),
        after(Random(2).uniform(0.02, 0.2)),
    ]
    for n, (dying, moment) in enumerate(zip(trials, moments, strict=True)):
        key = dying.key if n % 2 else f"second-{dying.run}"
        receipt = killed(dying, moment, key=key)
        assert breaches(office, dying.run, drawn[dying.run]) == []
        assert receipt is None or receipt["key"] == key
    spent = 4 * LINES * RATE
    assert stages(office) == Stages(HOLDING - spent, 0, spent, 0)


@pytest.mark.parametrize("statement", [COPYING, APPENDING])
def test_a_release_whose_database_is_cut_off_and_sent_again_pays_each_line_once(
    office_of_its_own: Office, statement: str
) -> None:
    office, [run] = office_of_its_own, runs(1)
    dying = trial(office, run)
    drawn = approved(office, run)
    receipt = cut_off(dying, while_running(office, statement), key=dying.key)
    assert receipt
    assert receipt["events"][-1]["topic"] == "pay-run.released"
    assert breaches(office, run, drawn) == []


@pytest.mark.parametrize("keys", [("one", "one"), ("one", "two")])
def test_two_processes_that_release_one_run_at_once_pay_each_line_once(
    office: Office, keys: tuple[str, str]
) -> None:
    [run] = runs(1)
    both = [Trial(office, run, key=key, chunk=CHUNK) for key in keys]
    drawn = approved(office, run)
    for each in both:
        each.go()
    answers = [each.answer() or {} for each in both]
    assert breaches(office, run, drawn) == []
    assert sum(answer.get("replayed") is False for answer in answers) == 1
    if keys == ("one", "one"):
        assert {**answers[0], "replayed": None} == {**answers[1], "replayed": None}
    else:
        assert {"refused": "wrong-state"} in answers


def test_the_receipt_of_a_release_names_all_that_its_key_has_done_to_the_run(
    office: Office,
) -> None:
    [run] = runs(1)
    dying = trial(office, run)
    drawn = approved(office, run)
    receipt = killed(dying, once_begun(office, run), key=dying.key)
    assert receipt
    assert breaches(office, run, drawn) == []
    done = office.rows(
        """SELECT notification_id FROM ledger.events
        WHERE originator_id = %(run)s AND topic LIKE 'pay-run.%%released.v1'
        ORDER BY originator_version""",
        run=run,
    )
    assert receipt["positions"] == [position for (position,) in done]
    assert len(done) > 2
    assert sent_again(office, run, dying.key) == receipt | {"replayed": True}
