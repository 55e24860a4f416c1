"""What single commands wait while a pay run streams: one process, one door, one fund."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING

from scripts.bench.outcomes import percentile
from scripts.scenarios.office import Office
from scripts.scenarios.stories import approved, commit, release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CALLERS = 16
SECONDS_BETWEEN = 0.01
SECONDS_ALONE = 2.0


def notes(office: Office, runs: Iterable[str]) -> dict[str, float | str]:
    """Tell how long single commands take alone, and while each of these runs is released."""
    alone = waits(office, lasts(SECONDS_ALONE))
    during: list[float] = []
    for run in runs:
        approved(office, run)
        during += while_released(office, run)
    return {
        "single commands meanwhile": len(during),
        "slowest hundredth of them, ms": round(percentile(during, 0.99) * 1000, 1),
        "half of them within, ms": round(percentile(during, 0.5) * 1000, 1),
        "slowest hundredth with nothing beside them, ms": round(percentile(alone, 0.99) * 1000, 1),
    }


def while_released(office: Office, run: str) -> list[float]:
    """Return what single commands wait from the run's release command to its receipt."""
    with ThreadPoolExecutor(1) as beside:
        streaming = beside.submit(release, office, run)
        found = waits(office, lambda: not streaming.done())
        streaming.result()
    return found


def lasts(seconds: float) -> Callable[[], bool]:
    """Hold for so long."""
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() < until


def waits(office: Office, goes_on: Callable[[], bool]) -> list[float]:
    """Send a command at each instant while something goes on; return seconds since the instants."""
    begun = time.perf_counter()

    def call(caller: int) -> list[float]:
        found: list[float] = []
        for nth in count(caller, CALLERS):
            due = begun + nth * SECONDS_BETWEEN
            time.sleep(max(0.0, due - time.perf_counter()))
            if not goes_on():
                return found
            commit(office, 1)
            found.append(time.perf_counter() - due)
        return found

    with ThreadPoolExecutor(CALLERS) as callers:
        return [each for found in callers.map(call, range(CALLERS)) for each in found]
