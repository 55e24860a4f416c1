"""Benefit months (YYYY-MM), as texts that sort as they follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date


def month_of(day: date) -> str:
    """Return the month in which a day lies."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """Return the day on which a month begins."""
    return date.fromisoformat(f"{month}-01")


def moved(month: str, by: int) -> str:
    """Return the month so many months later, or before if negative."""
    year, nth = divmod(int(month[:4]) * 12 + int(month[5:7]) - 1 + by, 12)
    return f"{year:04d}-{nth + 1:02d}"


def spanned(first: str, last: str) -> Iterator[str]:
    """Return the months from one to another, both included; none if the last comes first."""
    month = first
    while month <= last:
        yield month
        month = moved(month, 1)
