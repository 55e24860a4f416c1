"""Early warnings: each by a rule in force on the day, else by the default that is stated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.early_warnings import (
    DEFAULTS,
    near_line,
    overdue,
    said,
    thresholds,
    years_before,
)
from domain.kernel.money import Stated
from domain.registers.rules import EnactedRule

RULE = "rule:warning-near-line"
DAY = date(2012, 4, 28)
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def enacted(value: str, since: date, position: int = 1, unit: str = "percent") -> EnactedRule:
    return EnactedRule(RULE, position, since, Stated(value, unit))


def test_without_a_rule_the_default_stands() -> None:
    assert thresholds([], DAY) == DEFAULTS
    assert {said(each)["basis"] for each in DEFAULTS} == {"default"}


def test_the_newest_rule_that_has_begun_stands() -> None:
    rules = [
        enacted("12", date(2011, 1, 1)),
        enacted("15", date(2012, 1, 1), 2),
        enacted("20", date(2012, 6, 1), 3),
    ]
    near, *rest = thresholds(rules, DAY)
    assert (near.amount.value, near.from_) == ("15", date(2012, 1, 1))
    assert tuple(rest) == DEFAULTS[1:]
    assert said(near)["basis"] == "rule"


def test_of_two_values_for_one_day_the_later_recorded_one_stands() -> None:
    rules = [enacted("12", DAY, 5), enacted("15", DAY, 9)]
    assert thresholds(rules, DAY)[0].amount.value == "15"


def test_a_rule_in_another_unit_is_not_the_warnings() -> None:
    assert thresholds([enacted("1", DAY, unit="fen")], DAY) == DEFAULTS


@pytest.mark.parametrize(
    ("income", "percent", "near"),
    [(900, "10", True), (899, "10", False), (1100, "10", True), (1101, "10", False),
     (1000, "0", True), (875, "12.5", True), (874, "12.5", False)],
)  # fmt: skip
def test_an_income_is_near_within_so_many_percent_above_or_below(
    income: int, percent: str, *, near: bool
) -> None:
    assert near_line(income, 1000, percent) is near


def test_a_check_is_overdue_after_its_day_and_not_on_it() -> None:
    assert not overdue(date(2011, 4, 28), DAY, 1)
    assert overdue(date(2011, 4, 27), DAY, 1)


@given(DAYS, st.integers(1, 20))
def test_so_many_years_before_a_day_is_the_same_day_or_the_last_of_its_month(
    day: date, years: int
) -> None:
    before = years_before(day, years)
    assert (before.year, before.month) == (day.year - years, day.month)
    assert before.day == day.day or (before + timedelta(days=1)).day == 1


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 100))
def test_what_is_near_by_few_percent_is_near_by_more(income: int, line: int, few: int) -> None:
    if near_line(income, line, str(few)):
        assert near_line(income, line, str(few + 1))
