"""What runs tell of their money: beside all else that is published, it rests on no fewer than five.

Each line has a bit of its own, so that sums tell what is in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from projections.disclosure import run_money
from projections.disclosure.run_money import (
    MOVED,
    PAID,
    REISSUED,
    RETURNED,
    WRITTEN_BACK,
    movements_told,
    told_shares,
)
from projections.disclosure.suppression import RunShare
from scripts.public_attack.linear import solve
from tests.projections.disclosure.test_suppression import LAST, STEPS, Paid, answers, line, payments

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from projections.disclosure.suppression import PersonalSum


@st.composite
def paid_by_runs(draw: st.DrawFn) -> list[Paid]:
    """Draw a year of payments; most are of one of two runs of their month, some of its returns."""
    found = []
    for each in draw(payments()):
        run = f"run-{each.line.booked.month}-{draw(st.integers(1, 2))}"
        name = draw(st.sampled_from([PAID, PAID, PAID, RETURNED, None]))
        share = RunShare(run, name) if name else None
        found.append(each._replace(line=each.line._replace(share=share)))
    return found


def told_of_runs(lines: Sequence[PersonalSum]) -> list[int]:
    """Return every number of a run that a reader may be told, at every step."""
    return [
        share.value()
        for last in range(len(STEPS) + 1)
        for share in told_shares(
            [each for each in lines if each.step <= last], [*STEPS, LAST][: last + 1]
        ).values()
        if share
    ]


def determined(paid: Sequence[Paid]) -> int:
    lines = [each.line for each in paid]
    said = [*answers(lines), *told_of_runs(lines)]
    return solve(said, [each.person for each in paid]).determined


@settings(deadline=None)
@given(paid_by_runs())
def test_no_combination_of_runs_and_months_rests_on_fewer_than_five(paid: list[Paid]) -> None:
    assert not determined(paid)


def a_month(runs: Sequence[tuple[str, str, int]]) -> list[Paid]:
    """Return the lines of a month: so many of a district and a run, those of none first."""
    found: list[Paid] = []
    for run, district, many in runs:
        share = RunShare(run, PAID) if run else None
        for _ in range(many):
            nth = len(found)
            found.append(Paid(line(nth, 3, district, 2)._replace(share=share), nth))
    return found


def names(paid: Sequence[Paid]) -> set[str]:
    told = told_shares([each.line for each in paid], [*STEPS, LAST])
    return {share.run for share, number in told.items() if number}


def test_a_run_beside_few_others_of_its_month_tells_nothing() -> None:
    assert names(a_month([("a", "area:a", 9)])) == {"a"}
    assert names(a_month([("a", "area:a", 9), ("", "area:a", 3)])) == set()
    assert names(a_month([("a", "area:a", 9), ("", "area:a", 5)])) == {"a"}
    # Six are enough for the city, and the district is told of: there three are too few.
    assert names(a_month([("a", "area:a", 9), ("b", "area:a", 3), ("b", "area:b", 6)])) == set()


def test_the_smaller_of_two_runs_goes_with_the_few() -> None:
    mixed = a_month([("a", "area:a", 9), ("b", "area:a", 6), ("", "area:a", 2)])
    assert names(mixed) == {"a"}


def test_with_the_rule_off_single_payments_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    paid = a_month([("a", "area:a", 9), ("", "area:a", 1)])
    assert not determined(paid)
    monkeypatch.setattr(run_money, "THRESHOLD", 1)
    assert determined(paid) == 1


def test_what_came_back_is_told_beside_what_became_of_it_if_all_groups_are_of_five() -> None:
    def moved(returned: int, reissued: int, written_back: int) -> set[str]:
        sets = {
            RETURNED: frozenset(map(str, range(returned))),
            REISSUED: frozenset(map(str, range(reissued))),
            WRITTEN_BACK: frozenset(map(str, range(reissued, reissued + written_back))),
        }
        return movements_told(100, sets)

    assert moved(0, 0, 0) == moved(20, 10, 5) == set(MOVED)
    assert moved(4, 0, 0) == {REISSUED, WRITTEN_BACK}
    assert moved(7, 5, 0) == {RETURNED, WRITTEN_BACK}
    assert moved(97, 0, 0) == {REISSUED, WRITTEN_BACK}
