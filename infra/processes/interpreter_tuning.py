"""How Python works while there is much to do: a long catch-up, a pay run of many chunks."""

from __future__ import annotations

import gc
import sys
from threading import Lock
from typing import NamedTuple

# Whoever has news from the database waits so long for who computes, instead of 5 ms.
SECONDS_TO_CHANGE = 0.0002
# Garbage is looked for among so many new objects, instead of 700: nearly all of a page live on.
OBJECTS = 100_000


class Usual(NamedTuple):
    """What is put back afterwards."""

    seconds_to_change: float
    objects: tuple[int, int, int]


class HardWork:
    """While at least one is open, threads change promptly and garbage is looked for seldom."""

    _guard = Lock()
    _open = 0
    _usual = Usual(sys.getswitchinterval(), gc.get_threshold())

    def __enter__(self) -> None:
        """Begin."""
        with self._guard:
            if not HardWork._open:
                HardWork._usual = Usual(sys.getswitchinterval(), gc.get_threshold())
                sys.setswitchinterval(SECONDS_TO_CHANGE)
                gc.set_threshold(OBJECTS)
            HardWork._open += 1

    def __exit__(self, *_: object) -> None:
        """Leave it as it was, if no other is open."""
        with self._guard:
            HardWork._open -= 1
            if not HardWork._open:
                sys.setswitchinterval(HardWork._usual.seconds_to_change)
                gc.set_threshold(*HardWork._usual.objects)
