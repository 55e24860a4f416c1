"""What pay runs drew up, kept at hand for the releases that follow.

A drawing is a pure function of the log up to a position, so that it never gets old: a release that
finds none draws it again. It saves a release the third of its time, while the process that drew up
lives on.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from domain.payments.pay_run_lines import Drawn

# About half a KB each.
MOST_LINES = 200_000


class DrawnRuns(Protocol):
    """Keeps what was drawn up, or does not."""

    def keep(self, name: str, drawn: Drawn) -> None:
        """Keep a drawing under a name that stands for all of its content."""

    def take(self, name: str) -> Drawn | None:
        """Give a drawing away: it is released once. None: draw it again."""


class NoDrawnRuns:
    """Keeps nothing: every release draws again."""

    def keep(self, name: str, drawn: Drawn) -> None:
        """Let it go."""

    def take(self, name: str) -> None:
        """Return None."""


class PayRunCache:
    """Drawings by a name that stands for all of their content; the oldest ones go first."""

    def __init__(self, most_lines: int = MOST_LINES) -> None:
        """Start empty, and never hold more lines than these."""
        self._most_lines = most_lines
        self._lines = 0
        self._kept: OrderedDict[str, Drawn] = OrderedDict()
        self._guard = threading.Lock()

    def keep(self, name: str, drawn: Drawn) -> None:
        """Keep a drawing, unless it is larger than all that may be kept."""
        with self._guard:
            self._forget(name)
            if len(drawn.lines) > self._most_lines:
                return
            self._kept[name] = drawn
            self._lines += len(drawn.lines)
            while self._lines > self._most_lines:
                self._forget(next(iter(self._kept)))

    def take(self, name: str) -> Drawn | None:
        """Give a drawing away: it is released once."""
        with self._guard:
            return self._forget(name)

    def _forget(self, name: str) -> Drawn | None:
        drawn = self._kept.pop(name, None)
        self._lines -= len(drawn.lines) if drawn else 0
        return drawn
