"""The plan of 2012: every target is stated and begun, alone or beside another year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from api.commands.request import trusted
from domain.kernel.refusals import AlreadyExists
from infra.commands.command import Receipts
from infra.projector.projector import Projector
from projections import figures
from projections.core.view import Moment
from scripts.golden.kernel.commands import IfMissing
from scripts.golden.office import officers
from scripts.golden.registers import areas
from scripts.plan2012.targets import TARGETS
from scripts.plan2012.year import commands

if TYPE_CHECKING:
    from infra.ledger import Ledger

PLAN = figures.FigureFilter(period=figures.period("2012"))
SEED = 5


def load(ledger: Ledger, scale: float = 1.0) -> int:
    """Send the plan through the door; return how many commands were taken."""
    year = commands(SEED, scale)
    array, sent = next(year), 0
    for nth in range(1000):
        try:
            answers = ledger.execute(trusted(array, f"plan-2012:{nth}"))
        except AlreadyExists:
            assert isinstance(array, IfMissing)
            answers = Receipts()
        sent += len(answers)
        try:
            array = year.send(answers)
        except StopIteration:
            break
    return sent


def targets_of(ledger: Ledger) -> tuple[int, list[dict[str, Any]]]:
    """Bring the views to the head; return its position, and the targets of the year."""
    with psycopg.connect(ledger.database.app_url, autocommit=True) as connection:
        head = Projector(connection).catch_up()
        return head, figures.targets(connection, Moment(head), PLAN)


def test_every_target_of_the_plan_is_begun(ledger: Ledger) -> None:
    load(ledger)
    head, targets = targets_of(ledger)
    assert head >= 1000
    assert {row["figure"] for row in targets} == {figure for figure, *_ in TARGETS}
    for row in targets:
        assert float(row["progress"]["value"]) > 0, row["figure"]


def test_sent_again_the_plan_changes_nothing(ledger: Ledger) -> None:
    load(ledger, 0.1)
    head, before = targets_of(ledger)
    load(ledger, 0.1)
    assert targets_of(ledger) == (head, before)


def test_the_plan_stands_beside_what_another_year_has_opened(ledger: Ledger) -> None:
    ledger.execute(trusted([*officers.granted()], "another-1"))
    ledger.execute(trusted([*areas.opened()], "another-2"))
    alone = len(list(areas.opened()))
    assert load(ledger) > 0
    head, targets = targets_of(ledger)
    assert head > alone
    assert all(float(row["progress"]["value"]) > 0 for row in targets)


@pytest.mark.parametrize("scale", [0.01, 1.0, 2.0])
def test_a_seed_and_a_scale_give_the_same_commands_for_ever(scale: float) -> None:
    def told() -> list[dict[str, Any]]:
        year = commands(SEED, scale)
        answer = [{"digest": "0" * 64, "positions": []}]
        found = [*next(year)]
        while True:
            try:
                found += year.send(answer)
            except StopIteration:
                return found

    first = told()
    assert first == told()
    opened = [(one["command"], one["subject"]) for one in first]
    assert {one["by"] for one in first if one["command"] == "statement.record"} == {"clerk-2012"}
    assert opened.count(("pay-run.release", "pay-run:funeral-basic:2012-03")) == 1
