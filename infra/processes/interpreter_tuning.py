"""Interpreter settings of processes that compute all the time: projector, relay, rebuild, loader.

They hold for all threads of a process, so they are set once, where such a process begins, and never
in the API.
"""

from __future__ import annotations

import gc
import sys

# A thread that has news from the database waits so long for one that computes, instead of 5 ms.
SECONDS_TO_SWITCH = 0.0002
# New objects between two garbage collections, instead of 700: nearly all of a page live on.
OBJECTS_BETWEEN_COLLECTIONS = 100_000


def tune_interpreter() -> None:
    """Let threads change promptly, and garbage be looked for seldom, in this whole process."""
    sys.setswitchinterval(SECONDS_TO_SWITCH)
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
