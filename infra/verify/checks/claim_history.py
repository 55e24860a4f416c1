"""One claim as its events have it: from when to when it is granted, and what came between."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, NamedTuple

from domain.kernel.months import month_of

END = 2**62
# Behind every position, the one that stands for the end included.
STANDS = END + 1


class Why(NamedTuple):
    """Why a month is not due, by which event, and whether that ended what was due before."""

    ends: bool
    position: int
    why: str


class ClaimChange(NamedTuple):
    """A stop, suspension or resumption from a month on, up to where it was withdrawn."""

    month: str
    position: int
    kind: str
    version: int
    withdrawn_at: int = STANDS

    def counts(self, month: str, at: int) -> bool:
        """Tell whether it counts for a month, as known at a position."""
        return self.position <= at < self.withdrawn_at and self.month <= month


class ClaimHistory:
    """One entitlement: from when it is granted, and what came between."""

    def __init__(self, scheme: str, holder: str) -> None:
        """Start not granted."""
        self.scheme = scheme
        self.holder = holder
        self.granted_at = END
        self.starts = ""
        self.ends = ""
        self.changes: list[ClaimChange] = []

    def grant(self, position: int, event: Any) -> None:
        """Set from when to when it is granted."""
        self.granted_at = position
        self.starts = month_of(event.from_)
        self.ends = month_of(event.until) if event.until else ""

    def why_not(self, month: str, at: int) -> Why | None:
        """Say why a month is not due as known at a position; None if it is."""
        if self.granted_at > at or self.starts > month or (self.ends and self.ends < month):
            return Why(ends=False, position=min(self.granted_at, at), why="it was not in force")
        known = [each for each in self.changes if each.counts(month, at)]
        for change in known:
            if change.kind == "stopped":
                return Why(ends=True, position=change.position, why=f"stopped from {change.month}")
        last = max(known, key=attrgetter("position"), default=None)
        if last is not None and last.kind == "suspended":
            return Why(ends=True, position=last.position, why=f"suspended from {last.month}")
        return None


def withdraw(changes: list[ClaimChange], position: int, version: int) -> None:
    """Let the stop or suspension of a version count no longer from a position on."""
    for nth, change in enumerate(changes):
        if change.version == version:
            changes[nth] = change._replace(withdrawn_at=position)
