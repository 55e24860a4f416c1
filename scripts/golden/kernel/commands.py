"""A command as the door takes it, and the few words that all commands share."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, TypeAlias

Order: TypeAlias = dict[str, Any]
Receipt: TypeAlias = dict[str, Any]


class IfMissing(list[Order]):
    """An array that is left out if what it opens is there already."""


YEAR = 2007
EVE = date(2006, 12, 31)
BUREAU = "organisation:civil-affairs-bureau"
FEDERATION = "organisation:charity-federation"


def order(
    command: str,
    subject: str,
    what: dict[str, Any],
    *,
    by: str,
    on: date,
    booked: date | None = None,
    authority: str = "",
    reason: str = "",
    evidence: str = "",
) -> Order:
    """Write one command; `booked` only where it differs from the day it takes effect.

    `evidence` names a document, which is bound by the digest of its name: there is no file.
    """
    act: dict[str, Any] = {"on": on.isoformat()}
    if booked is not None:
        act["booked"] = booked.isoformat()
    if authority:
        act["authority"] = authority
    if reason:
        act["reason"] = reason
    if evidence:
        digest = hashlib.sha256(evidence.encode()).hexdigest()
        act["evidence"] = [{"name": evidence, "sha256": digest}]
    return {"command": command, "subject": subject, "by": by, "act": act, "what": what}


def fen(amount: int) -> dict[str, Any]:
    """Write money."""
    return {"value": amount, "unit": "fen"}


def first_of(month: int) -> str:
    """Return the first day of a month of the year; month 13 is the next January."""
    return f"{YEAR + (month - 1) // 12}-{(month - 1) % 12 + 1:02}-01"


def benefit(month: int) -> str:
    """Name a benefit month of the year."""
    return f"{YEAR}-{month:02}"


def on_day(month: int, day: int) -> date:
    """Return a day of the year."""
    return date(YEAR, month, day)
