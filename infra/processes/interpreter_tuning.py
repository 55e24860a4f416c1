"""Interpreter settings, which hold for all threads of a process: set once, where it begins.

Projector, relay, rebuild and loader compute all the time: `tune_interpreter`. Whatever carries out
commands, the API too, makes many objects that live until they are saved: `collect_seldom`. Nothing
else changes them, least of all while the process is at work (docs/decisions/0039).
"""

from __future__ import annotations

import gc
import sys

# A thread that has news from the database waits so long for one that computes, instead of 5 ms.
SECONDS_TO_SWITCH = 0.0002
# New objects between two garbage collections, instead of 700: nearly all of a page live on.
OBJECTS_BETWEEN_COLLECTIONS = 100_000


def collect_seldom() -> None:
    """Let garbage be looked for seldom in this whole process."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def tune_interpreter() -> None:
    """Let threads change promptly, and garbage be looked for seldom, in this whole process."""
    sys.setswitchinterval(SECONDS_TO_SWITCH)
    collect_seldom()
