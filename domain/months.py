"""Benefit months (YYYY-MM), as texts that sort as they follow each other."""

from __future__ import annotations

from datetime import date


def month_of(day: date) -> str:
    """Return the month in which a day lies."""
    return f"{day.year:04d}-{day.month:02d}"


def moved(month: str, by: int) -> str:
    """Return the month so many months later, or before if negative."""
    year, nth = divmod(int(month[:4]) * 12 + int(month[5:7]) - 1 + by, 12)
    return f"{year:04d}-{nth + 1:02d}"
