"""How soon Python's threads may change."""

from __future__ import annotations

import sys
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

# Whoever has news from a database or a broker waits so long for who computes, instead of 5 ms.
SECONDS = 0.0002


class Prompt:
    """While at least one is open, threads change promptly: one waits for answers, one computes."""

    _guard = Lock()
    _open = 0
    _usual = sys.getswitchinterval()

    def __enter__(self) -> None:
        """Begin."""
        with self._guard:
            if not Prompt._open:
                Prompt._usual = sys.getswitchinterval()
                sys.setswitchinterval(SECONDS)
            Prompt._open += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave it as it was, if no other is open."""
        with self._guard:
            Prompt._open -= 1
            if not Prompt._open:
                sys.setswitchinterval(Prompt._usual)
