"""The calendar day of the jurisdiction's zone, read in one place."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from infra.config.settings import Settings


@cache
def zone() -> ZoneInfo:
    """Return the zone whose days are those of the books; a ledger is bound to it at its making."""
    return ZoneInfo(Settings().zone)


def today() -> date:
    """Return the day on which something is asked, granted or recorded."""
    return datetime.now(zone()).date()


def day_of(instant: datetime) -> date:
    """Return the day of an instant."""
    return instant.astimezone(zone()).date()


def in_zone(instant: datetime) -> datetime:
    """Return an instant with its offset; without one it is a time of the zone."""
    return instant if instant.tzinfo else instant.replace(tzinfo=zone())


def end_of(day: date) -> datetime:
    """Return the last microsecond of a day."""
    return datetime.combine(day, time.max, zone())
