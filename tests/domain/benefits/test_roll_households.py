"""Whom two households have counts in one line of a month, and the rest of both is paid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.roll_inputs import MemberRow
from domain.benefits.rolls import draw_roll
from tests.domain.benefits.test_rolls import inputs, row

TWO_HOMES = (
    MemberRow("household:1", "person:1", "2006-03", at=3),
    MemberRow("household:1", "person:3", "2006-03", at=3),
    MemberRow("household:2", "person:1", "2006-01", at=1),
    MemberRow("household:2", "person:2", "2006-04", at=4),
)


@pytest.mark.parametrize(
    ("stop", "counted"),
    [
        ("", {"household:1": ("person:3",), "household:2": ("person:1", "person:2")}),
        ("2007-01", {"household:1": ("person:1", "person:3"), "household:2": ()}),
    ],
)
def test_whom_two_households_have_counts_with_the_first_that_is_paid(
    stop: str, counted: dict[str, tuple[str, ...]]
) -> None:
    homes = (row("1", holder="household:1"), row("2", holder="household:2", stop=stop))
    what = inputs(*homes, members=TWO_HOMES, formula="top-up")
    lines = draw_roll(what, "2007-01")

    paid = {line.holder: line.members if line.amount else () for line in lines}
    assert paid == counted
    assert all(line.amount == 300 * len(counted[line.holder]) for line in lines)


def test_a_household_of_which_all_are_paid_elsewhere_is_held_back() -> None:
    members = (*TWO_HOMES[:1], *TWO_HOMES[2:])
    homes = [row(name, holder=f"household:{name}") for name in ("1", "2")]
    lines = draw_roll(inputs(*homes, members=members), "2007-01")

    assert [line.stopped for line in lines] == ["paid-elsewhere", ""]


@given(st.permutations(range(4)), st.data())
def test_nobody_counts_in_two_lines_whatever_the_order(
    order: list[int], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.sampled_from(TWO_HOMES), max_size=4))
    homes = [row(name, holder=f"household:{name}") for name in ("1", "2")]
    given_rows = [TWO_HOMES[place] for place in order] + rows
    lines = draw_roll(inputs(*homes, members=given_rows, formula="top-up"), "2007-01")
    expected = draw_roll(inputs(*homes, members=TWO_HOMES, formula="top-up"), "2007-01")

    counted = [person for line in lines if line.amount for person in line.members]
    assert len(counted) == len(set(counted)) == 3
    assert lines == expected
