"""What programs keep in memory, sampled while they run. PostgreSQL is its own affair."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import psutil

if TYPE_CHECKING:
    from types import TracebackType

SECONDS_BETWEEN_LOOKS = 0.2
MIB = 2**20


class Watch:
    """Notes the most that a process and its Python children have held; by what each runs."""

    def __init__(self, pid: int) -> None:
        """Watch a process that runs."""
        self.most_mb: dict[str, float] = {}
        self._process = psutil.Process(pid)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop watching."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(SECONDS_BETWEEN_LOOKS):
            with suppress(psutil.NoSuchProcess):
                for process in (self._process, *self._process.children(recursive=True)):
                    self._look(process)

    def _look(self, process: psutil.Process) -> None:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            part = part_of(process.cmdline())
            if part:
                held = process.memory_info().rss / MIB
                self.most_mb[part] = max(held, self.most_mb.get(part, 0.0))


def part_of(words: list[str]) -> str:
    """Name the part of Mingzhang that a command line runs; nothing for other programs."""
    if "infra.parts" in words:
        return words[words.index("infra.parts") + 1]
    if "api.cli" not in words:
        return ""
    after = words[words.index("api.cli") + 1 :]
    return "projector" if "projector" in after else after[0]
