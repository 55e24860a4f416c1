"""The order of days (时序): what happens to a thing does not lie before what led to it."""

from __future__ import annotations

from datetime import date

from domain.kernel.aggregate import Act
from domain.kernel.refusals import WrongState


def require_not_before(subject: str, act: Act, since: date) -> None:
    """Refuse an act dated before the one that it follows."""
    if act.on < since:
        raise WrongState(subject, "out-of-order", since=since)
