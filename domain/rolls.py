"""The roll of a scheme (花名册): who is to be paid for a benefit month, how much, at a position."""

from __future__ import annotations

import msgspec


class RollLine(msgspec.Struct, frozen=True, gc=False):
    """One holder's line: what the scheme's rule gives this month.

    `persons` are the members covered (their ids, the holder's own for a person); `stopped` says
    why the line may not be paid (a stop, a suspension, a death, a conflict), empty if it may.
    """

    holder: str
    entitlement: str
    payee: str
    area: str
    tier: str
    amount: int
    members: tuple[str, ...]
    rate_from: str
    stopped: str = ""


class Roll(msgspec.Struct, frozen=True):
    """The lines of a scheme for a month, ordered by holder, as known at position `at`."""

    at: int
    lines: tuple[RollLine, ...]
