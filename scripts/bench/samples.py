"""What a process holds in memory while a log grows under it, sampled with how far it is."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, NamedTuple, Self

import psutil

from scripts.bench.memory import MIB

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS_BETWEEN_LOOKS = 0.2


class Sample(NamedTuple):
    """How far a process was at an instant, and what it held."""

    seconds: float
    events: int
    mb: float


class Samples:
    """Notes every fifth of a second how far a process is, and what it holds."""

    def __init__(self, pid: int, reached: Callable[[], int]) -> None:
        """Watch a process that runs; `reached` tells how many events it has done."""
        self.taken: list[Sample] = []
        self._process = psutil.Process(pid)
        self._reached = reached
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop watching."""
        self._done.set()
        self._thread.join()

    def wait_for(self, events: int) -> None:
        """Wait until so many events are done; a program that is gone before has failed."""
        while self._reached() < events:
            if not self._thread.is_alive():
                raise RuntimeError(f"it ended after {self._reached():,} of {events:,} events")
            time.sleep(SECONDS_BETWEEN_LOOKS)
        time.sleep(2 * SECONDS_BETWEEN_LOOKS)

    def _watch(self) -> None:
        while not self._done.wait(SECONDS_BETWEEN_LOOKS):
            try:
                held = self._process.memory_info().rss / MIB
            except psutil.NoSuchProcess:
                return
            if not held:
                # It has ended, and its parent has not looked yet.
                return
            self.taken.append(Sample(time.perf_counter(), self._reached(), held))

    def most_mb(self, after: int, until: int) -> float:
        """Return the most that was held between two numbers of events."""
        return max(each.mb for each in self.taken if after <= each.events <= until)

    def seconds_between(self, after: int, until: int) -> float:
        """Return how long the way from one number of events to another took."""
        return self._when(until) - self._when(after)

    def _when(self, events: int) -> float:
        """Estimate when a number of events was reached: between two samples, by their line."""
        earlier = self.taken[0]
        for later in self.taken:
            if later.events >= events:
                gone = max(1, later.events - earlier.events)
                part = (events - earlier.events) / gone
                return earlier.seconds + part * (later.seconds - earlier.seconds)
            earlier = later
        raise RuntimeError(f"{events:,} events were never reached")
