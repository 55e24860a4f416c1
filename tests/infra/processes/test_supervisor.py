"""Processes beside the API are restarted when they end, and stop with their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from infra.config.retry_pauses import PROCESS_ENDED
from infra.processes import supervisor
from infra.processes.supervisor import SupervisedProcess, end, running, supervised
from tests.waiting import wait_until

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# Stops by `stop_with_parent`, as every part does.
PART = """
import threading
from infra.processes.supervisor import stop_with_parent
stop = threading.Event()
stop_with_parent(stop.set)
stop.wait()
"""
PARENT = f"""
import sys, time
from infra.processes.supervisor import start
print(start([sys.executable, "-c", {PART!r}]).pid, flush=True)
time.sleep(60)
"""


def children() -> list[psutil.Process]:
    """Return the children that sleep; one that is dead and not waited for has no command."""
    found = psutil.process_iter(["ppid", "cmdline"])
    return [p for p in found if p.info["ppid"] == os.getpid() and p.info["cmdline"] == SLEEP]


def test_a_process_that_is_killed_is_started_again_and_all_end_with_the_block() -> None:
    looked: list[int] = []
    with supervised([SLEEP], lambda: looked.append(1)):
        wait_until(lambda: len(children()) == 1)
        (first,) = children()
        first.kill()
        wait_until(lambda: [each.pid for each in children()] not in ([], [first.pid]))
        assert looked
    assert children() == []


def test_the_pause_doubles_for_a_process_that_ends_at_once_and_has_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steady = replace(PROCESS_ENDED, jitter=0.0)
    monkeypatch.setattr(supervisor, "PROCESS_ENDED", steady)
    process = SupervisedProcess([sys.executable, "-c", ""])
    pauses, now = [], 0.0
    for _ in range(9):
        process.process.wait()
        process.look(now)
        pauses.append(process._pause)
        process.look(now := now + process._pause)
    process.process.wait()
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]


def test_a_process_that_lived_long_is_started_again_at_once() -> None:
    process = SupervisedProcess(SLEEP)
    first = process.process
    first.kill()
    first.wait()
    process.look(process._started + supervisor.SHORT_LIFE_SECONDS)
    assert process.process is not first
    end([process.process])


def test_what_does_not_listen_to_sigterm_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "SECONDS_TO_STOP", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    with running([sys.executable, "-c", deaf]) as process:
        wait_until(lambda: is_ignored(process.pid, signal.SIGTERM))
    assert process.returncode == -signal.SIGKILL


def is_ignored(pid: int, number: signal.Signals) -> bool:
    """Tell whether a process ignores a signal, as Linux shows it."""
    status = Path(f"/proc/{pid}/status").read_text()
    mask = next(line.split()[1] for line in status.splitlines() if line.startswith("SigIgn"))
    return bool(int(mask, 16) >> (number - 1) & 1)


def test_a_part_stops_when_its_parent_is_killed() -> None:
    root = str(Path(supervisor.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
    ) as parent:
        assert parent.stdout is not None
        part = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    psutil.wait_procs([part], timeout=30)
    assert not part.is_running()
