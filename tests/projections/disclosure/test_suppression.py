"""What is published of money to persons: no combination of it rests on fewer than five lines."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.disclosure import small_counts
from projections.disclosure.persons_behind import Payee
from projections.disclosure.suppression import (
    PersonalSum,
    PublishedStep,
    PublishedSum,
    published,
)
from scripts.public_attack.linear import solve

if TYPE_CHECKING:
    from collections.abc import Sequence

YEAR = 2007
DISTRICTS = ["area:a", "area:b", "area:c", ""]
STEPS = [PublishedStep(month * 100, date(YEAR, month, 1)) for month in range(2, 13)]
LAST = PublishedStep(1300, date(YEAR + 2, 1, 1))


class Paid(NamedTuple):
    """A line, and whose it is."""

    line: PersonalSum
    person: int


def line(nth: int, month: int, district: str, step: int) -> PersonalSum:
    """Return one payment; its value is a bit of its own, so that sums tell what is in them."""
    behind = Counter({Payee(f"month-{month}"): 1})
    return PersonalSum(1, district, date(YEAR, month, 9), step, 1 << nth, behind)


@st.composite
def payments(draw: st.DrawFn) -> list[Paid]:
    """Draw a year of payments, some booked late, some of them beside a person's first of a month.

    The same few persons may be paid in every month.
    """
    drawn = draw(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 9)), max_size=60))
    found: list[Paid] = []
    paid: set[tuple[int, int]] = set()
    for nth, (month, person) in enumerate(drawn):
        step = min(month - 1 + draw(st.sampled_from([0, 0, 0, 1, 3])), len(STEPS))
        told = line(nth, month, draw(st.sampled_from(DISTRICTS)), step)
        if (month, person) in paid:
            again = Payee(f"month-{month}:again", str(person))
            told = told._replace(behind=Counter({again: 1}))
        paid.add((month, person))
        found.append(Paid(told, person))
    return found


def answers(lines: Sequence[PersonalSum]) -> list[int]:
    """Return every sum that a reader may be told, at every step: each tells its lines by bits."""
    found = []
    for last in range(len(STEPS) + 1):
        steps = [*STEPS, LAST][: last + 1]
        told = published([each for each in lines if each.step <= last], steps)
        found += [each.value for each in told]
    return found


def determined(paid: Sequence[Paid]) -> int:
    """Return of how many persons the answers tell, alone or among fewer than five."""
    return solve(answers([each.line for each in paid]), [each.person for each in paid]).determined


@given(payments())
def test_no_combination_of_what_is_published_rests_on_fewer_than_five(paid: list[Paid]) -> None:
    assert not determined(paid)


@given(payments())
def test_what_is_published_once_stays_in_what_is_published_later(paid: list[Paid]) -> None:
    told, lines = 0, [each.line for each in paid]
    for last in range(len(STEPS) + 1):
        now = published([each for each in lines if each.step <= last], [*STEPS, LAST][: last + 1])
        together = sum(each.value for each in now)
        assert together & told == told
        told = together


def test_the_attack_finds_lines_where_the_rule_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line(nth, 1 + nth % 4, DISTRICTS[nth % 3], nth % 4) for nth in range(13)]
    paid = [Paid(each, nth) for nth, each in enumerate(lines)]
    assert not determined(paid)
    monkeypatch.setattr(small_counts, "THRESHOLD", 1)
    assert determined(paid) == len(lines)


def test_months_and_districts_of_many_are_told_and_the_year_is_whole() -> None:
    lines = [
        line(10 * month + nth, month, "area:a" if nth < 5 else "area:b", month - 1)
        for month in range(1, 13)
        for nth in range(10)
    ]
    told = published(lines, [*STEPS, LAST])
    assert {(each.district, each.month.month) for each in told} == {
        (district, month) for district in ("area:a", "area:b") for month in range(1, 13)
    }
    assert sum(each.value for each in told) == sum(each.value for each in lines)


def test_a_district_of_few_takes_another_along() -> None:
    counts = {"area:a": 3, "area:b": 6, "area:c": 9}
    names = [name for name, many in counts.items() for _ in range(many)]
    lines = [line(nth, 1, name, 0) for nth, name in enumerate(names)]
    told = published(lines, [LAST])
    assert {each.district for each in told} == {"", "area:c"}


def test_a_month_of_few_waits_until_the_year_is_over() -> None:
    lines = [line(nth, 1 + nth // 3, "area:a", nth // 3) for nth in range(12)]
    helped = [each._replace(behind=Counter({Payee("relief", str(nth)): 1}))
              for nth, each in enumerate(lines)]  # fmt: skip
    assert published(helped, STEPS) == []
    (told,) = published(helped, [*STEPS, LAST])[:1]
    assert isinstance(told, PublishedSum)
    whole = sum(each.value for each in published(helped, [*STEPS, LAST]))
    assert whole == sum(each.value for each in lines)


def test_four_persons_who_are_paid_every_month_are_never_told_of() -> None:
    lines = [line(nth, 1 + nth // 4, "area:a", nth // 4) for nth in range(48)]
    assert published(lines, [*STEPS, LAST]) == []
    fifth = line(48, 3, "area:a", 2)
    (told,) = published([*lines, fifth], [*STEPS, LAST])
    assert told.value == (1 << 49) - 1


def test_five_payments_to_one_person_are_of_one_person() -> None:
    once = [line(nth, 1, "area:a", 0) for nth in range(4)]
    more = [
        line(nth, 1, "area:a", 0)._replace(behind=Counter({Payee("month-1:again", "p"): 1}))
        for nth in range(4, 16)
    ]
    assert published([*once, *more], [*STEPS, LAST]) == []


def test_a_correction_of_few_after_the_year_is_not_told() -> None:
    lines = [line(nth, 12, "area:a", 11) for nth in range(8)]
    undone = Counter({Payee("month-12", "p"): -1})
    late = PersonalSum(1, "area:a", date(YEAR, 12, 9), 12, -(1 << 9), undone)
    later = PublishedStep(1400, date(YEAR + 2, 1, 1))
    before = published(lines, [*STEPS, LAST])
    assert published([*lines, late], [*STEPS, LAST, later]) == before
