"""The office's calendar day, read in one place. Nothing that is computed rests on it."""

from __future__ import annotations

from datetime import date


def today() -> date:
    """Return the day on which something is asked or granted."""
    return date.today()  # noqa: DTZ011 - a calendar day of the office, not an instant
