"""Which days a figure counts: a year, a month, from a day to a day, or from the beginning."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from domain.kernel.days import FIRST_DAY, within_books
from domain.kernel.sentences import InvalidValue

YEAR = re.compile(r"[0-9]{4}")
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
DAYS = re.compile(rf"({DAY})?\.\.({DAY})")


class Span(Enum):
    """Which lines count: those of the period (a flow), or all up to its end (a stock)."""

    PERIOD = auto()
    TO_DATE = auto()


class FigurePeriod(NamedTuple):
    """A period as it is written, its first day (None: from the beginning) and its last."""

    text: str
    since: date | None
    until: date

    def over(self, span: Span) -> FigurePeriod:
        """Return the period itself, or all that lies up to its end."""
        if span is Span.PERIOD:
            return self
        return FigurePeriod(f"..{self.until}", None, self.until)

    def before(self) -> str | None:
        """Write the year before, None if the period is no year, or the first there can be."""
        if not YEAR.fullmatch(self.text) or self.until.year == FIRST_DAY.year:
            return None
        return f"{self.until.year - 1:04d}"


def period(text: str) -> FigurePeriod:
    """Read `2007`, `2007-08`, `2007-01-01..2007-06-30` or `..2007-12-31`; else `InvalidValue`."""
    found = written(text)
    within_books(found.since or found.until)
    within_books(found.until)
    return found


def written(text: str) -> FigurePeriod:
    """Read a period of any days; `ValueError` where there are none such."""
    if YEAR.fullmatch(text):
        return FigurePeriod(text, date(int(text), 1, 1), date(int(text), 12, 31))
    if found := MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        return FigurePeriod(
            text, date(year, month, 1), date(year, month, monthrange(year, month)[1])
        )
    if found := DAYS.fullmatch(text):
        since = date.fromisoformat(found[1]) if found[1] else None
        until = date.fromisoformat(found[2])
        if since is None or since <= until:
            return FigurePeriod(text, since, until)
    raise InvalidValue(
        "{period} is no period: write 2007, 2007-08 or ..2007-12-31", period=repr(text)
    )
