"""Calendar days as they are written, and which of them the books can hold."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from domain.kernel.sentences import InvalidValue

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


# The days of a book come again and again.
@lru_cache(maxsize=4096)
def calendar_day(text: str) -> date:
    """Read YYYY-MM-DD from 1900 to 2199; raise `InvalidValue` for anything else."""
    if not DAY.fullmatch(text):
        raise InvalidValue("a day is written YYYY-MM-DD")
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("there is no day {day}", day=text) from None
    return within_books(found)


def within_books(day: date) -> date:
    """Return the day; raise `InvalidValue` if it lies before 1900 or after 2199."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidValue("a day lies between {first} and {last}", first=FIRST_DAY, last=LAST_DAY)
    return day
