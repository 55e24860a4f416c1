"""Keeps the processes of a served ledger running: started, restarted when they end, stopped."""

from __future__ import annotations

import logging
import os
import subprocess
import threading
import time
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from infra.config.retry_pauses import PROCESS_ENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LOG = logging.getLogger("mingzhang.supervisor")
PARENT = "MINGZHANG_PARENT"
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_TO_STOP = 10.0
# A process that ended sooner than this after its start waits longer for each further start.
SHORT_LIFE_SECONDS = 10.0
Command: TypeAlias = "Sequence[str]"


class SupervisedProcess:
    """One process that is started again whenever it ends."""

    def __init__(self, command: Command) -> None:
        """Start it."""
        self._command = command
        # How often in a row it ended soon after its start.
        self._failures = 0
        self._pause = 0.0
        self._due: float | None = None
        self._start(time.monotonic())

    def look(self, now: float) -> None:
        """Start it again if it has ended and its pause is over; `now` is monotonic, in seconds."""
        ended = self.process.poll()
        if ended is None:
            return
        if self._due is None:
            self._pause = self._next_pause(now - self._started)
            self._due = now + self._pause
            name = " ".join(self._command[1:])
            LOG.warning("%s ended with %d; restarted in %.1f s", name, ended, self._pause)
        if now >= self._due:
            self._start(now)

    def _start(self, now: float) -> None:
        self._started, self._due = now, None
        self.process = start(self._command)

    def _next_pause(self, lived: float) -> float:
        """Return how long to wait, in seconds, after a process that ran for so many."""
        if lived >= SHORT_LIFE_SECONDS:
            self._failures = 0
            return 0.0
        self._failures += 1
        return PROCESS_ENDED.seconds(self._failures)


@contextmanager
def supervised(commands: Sequence[Command], look: Callable[[], None]) -> Iterator[None]:
    """Keep the processes of some commands running while the block runs.

    `look` is called every half second too: it keeps running what is no child of this process.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_supervise, args=(commands, look, stop), name="supervisor")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _supervise(
    commands: Sequence[Command], look: Callable[[], None], stop: threading.Event
) -> None:
    processes = [SupervisedProcess(command) for command in commands]
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        look()
        for each in processes:
            each.look(time.monotonic())
    end([each.process for each in processes])


@contextmanager
def running(command: Command) -> Iterator[subprocess.Popen[bytes]]:
    """Run one process while the block runs; it is not restarted."""
    process = start(command)
    try:
        yield process
    finally:
        end([process])


def start(
    command: Command, environment: Mapping[str, str] = MappingProxyType({})
) -> subprocess.Popen[bytes]:
    """Start a process that stops when this one is gone, and that no Ctrl-C of a terminal reaches.

    It must call `stop_with_parent`. What is said of its environment goes before this one's.
    """
    return subprocess.Popen(
        command,
        env={**os.environ, **environment, PARENT: str(os.getpid())},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Stop processes together by SIGTERM, and by SIGKILL whatever is left after ten seconds."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def stop_with_parent(stop: Callable[[], object]) -> None:
    """Call `stop`, in a thread, once the process that started this one by `start` is gone."""
    parent = os.environ.get(PARENT)
    if parent:
        watch = threading.Thread(target=_wait_for_end_of, args=(int(parent), stop), daemon=True)
        watch.start()


def _wait_for_end_of(parent: int, stop: Callable[[], object]) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    stop()
