"""The order of days (时序): what happens to a thing does not lie before what led to it."""

from __future__ import annotations

from datetime import date

from domain.kernel.aggregate import Act
from domain.kernel.refusals import BeforeItsCause, WrongState


def require_not_before(subject: str, act: Act, since: date) -> None:
    """Refuse an act dated before the one that it follows."""
    if act.on < since:
        raise WrongState(subject, "out-of-order", since=since)


def require_cause(subject: str, act: Act, cause: Act | None) -> None:
    """Refuse an act on money that takes effect, or is booked, before the one that it acts on."""
    if cause is None:
        return
    if act.on < cause.on:
        raise BeforeItsCause(subject, since=cause.on)
    if act.booked < cause.booked:
        raise BeforeItsCause(subject, since=cause.booked)
