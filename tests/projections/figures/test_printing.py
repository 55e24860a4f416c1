"""How figures are printed, and which periods there are."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from projections.figures.period import period
from projections.figures.printing import half_up, printed

REPORT = Path(__file__).parents[2] / "golden" / "figures-2007.csv"


def test_every_value_of_the_report_prints_as_it_does() -> None:
    with REPORT.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        counter = row["printed"].lstrip("近0123456789.万亿元%千").removeprefix("多")
        value: int | str = row["value"] if "." in row["value"] else int(row["value"])
        assert printed(value, row["print_rule"], counter) == row["printed"], row["id"]


@pytest.mark.parametrize(
    ("value", "rule", "shown"),
    [
        (23_450, "元:0", "235元"),
        (23_449, "元:0", "234元"),
        (-2_549, "元:0", "-25元"),
        (1599, "down:100", "1500多张"),
        (1600, "down:100", "1600多张"),
        (801, "up:100", "近900张"),
        (900, "up:100", "近900张"),
        (2_900_001, "up:万:10", "近300万张"),
        (1_499, "about:1000", "千张"),
        (2_500, "about:1000", "3千张"),
    ],
)
def test_rounding_is_half_up_and_steps_are_kept(value: int, rule: str, shown: str) -> None:
    assert printed(value, rule, "张") == shown


def test_half_up_writes_all_its_decimals() -> None:
    assert half_up(Fraction(1, 8), 2) == "0.13"
    assert half_up(Fraction(3), 2) == "3.00"
    assert half_up(Fraction(-1, 1000), 1) == "0.0"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2007", date(2007, 1, 1), date(2007, 12, 31)),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29)),
        ("..2007-12-31", None, date(2007, 12, 31)),
        ("2007-01-05..2007-01-05", date(2007, 1, 5), date(2007, 1, 5)),
    ],
)
def test_a_period_has_its_days(text: str, since: date | None, until: date) -> None:
    assert period(text) == (text, since, until)


@pytest.mark.parametrize(
    "text", ["", "07", "2007-13", "2007-02-30", "..", "2007-02-01..2007-01-01", "..2007-02-30"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|month|day"):
        period(text)
