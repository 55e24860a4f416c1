"""`python -m scripts.drills.connections`: what hostile connections cost those who read and pay.

Twenty readers ask a served ledger while pay runs are drawn up, approved and released, first alone,
then beside connections of one kind: idle ones, headers half sent, bodies that drip, more than there
are descriptors, live readers who take nothing, sessions that take the append lock in vain. It
proves that the slowest hundredth of the readers waits at most twice as long, and that nobody is
refused; it prints a table, and exits with 1 if not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import httpx
import typer

from api.http import tokens
from infra.config.settings import Settings
from infra.ledger import open_ledger
from infra.processes.listening_socket import allow_many_files
from scripts.drills.hostility import KINDS, Target
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled, release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.ledger import Ledger

READERS, LINES = 20, 1000
SECONDS_BETWEEN_QUESTIONS, SECONDS_BETWEEN_RUNS = 0.2, 0.5
SECONDS_TO_START = 60
ADDRESSES = ("/open/v1/funds", "/funds", "/open/v1/balances", "/open/v1/figures?period=2007", "/")
MONTHS = (f"{2007 + n // 12}-{n % 12 + 1:02d}" for n in count())
# At most so many times as slow; below so many seconds nobody notices.
MOST_TIMES, UNNOTICED_SECONDS = 2.0, 0.05


@dataclass
class Tally:
    """What the readers and the payer of one trial met."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    runs: list[float] = field(default_factory=list)

    def slowest(self, part: float) -> float:
        """Return within how many seconds a part of the questions was answered."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(part * len(self.seconds)))]


class Trial:
    """A served ledger whose readers and payer are measured."""

    def __init__(self, url: str, office: Office) -> None:
        """Begin with the first month."""
        self.url, self.office = url, office

    def measured(self, seconds: float) -> Tally:
        """Let readers ask and a month be paid for so many seconds."""
        tally, end = Tally(), time.monotonic() + seconds
        work = [partial(self.read, tally, end, n) for n in range(READERS)]
        threads = [threading.Thread(target=each) for each in (*work, partial(self.pay, tally, end))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return tally

    def read(self, tally: Tally, end: float, number: int) -> None:
        """Ask one address after the other."""
        with httpx.Client(base_url=self.url, timeout=60) as client:
            while time.monotonic() < end:
                number += 1
                begun = time.monotonic()
                try:
                    good = client.get(ADDRESSES[number % len(ADDRESSES)]).is_success
                except httpx.TransportError:
                    good = False
                tally.seconds.append(time.monotonic() - begun)
                tally.refused += not good
                time.sleep(SECONDS_BETWEEN_QUESTIONS)

    def pay(self, tally: Tally, end: float) -> None:
        """Pay one month after the other."""
        while time.monotonic() < end:
            run = f"pay-run:aid:{next(MONTHS)}"
            begun = time.monotonic()
            approved(self.office, run)
            release(self.office, run)
            tally.runs.append(time.monotonic() - begun)
            time.sleep(SECONDS_BETWEEN_RUNS)


@contextmanager
def serving(settings: Settings, files: int) -> Iterator[str]:
    """Serve a ledger in a process that may open so many files; give its URL."""
    command = f"ulimit -n {files} && exec {sys.executable} -m api.cli serve --port 0 --json"
    environment = {**os.environ, "MINGZHANG_DATA": str(settings.data_folder)}
    with subprocess.Popen(
        ["bash", "-c", command], env=environment, stdout=subprocess.PIPE
    ) as server:
        try:
            if server.stdout is None:
                raise RuntimeError("the server says nothing")
            yield str(json.loads(server.stdout.readline())["url"])
        finally:
            server.terminate()


@contextmanager
def beside(hostile: Callable[[Target], None], target: Target) -> Iterator[None]:
    """Let hostile connections do their work while the block runs."""
    thread = threading.Thread(target=hostile, args=(target,))
    thread.start()
    try:
        target.begun.wait(SECONDS_TO_START)
        yield
    finally:
        target.stop.set()
        thread.join()


def token_of(ledger: Ledger, role: str) -> str:
    """Sign a token for somebody who holds a role."""
    who = "downstream-1" if role == "subscriber" else f"{role}-1"
    secret, hours = ledger.secret("token-key"), timedelta(hours=2)
    token, _ = tokens.issue(secret, by=who, roles=(role,), ttl=hours)
    return token


def line(name: str, tally: Tally, alone: Tally) -> tuple[str, bool]:
    """Write one line of the table; tell whether it is as it should be."""
    slowest, before = tally.slowest(0.99), alone.slowest(0.99)
    good = slowest <= max(MOST_TIMES * before, UNNOTICED_SECONDS) and not tally.refused
    paid = max(tally.runs, default=0.0)
    said = f"{name:<12}{tally.slowest(0.5) * 1000:>8.0f}{slowest * 1000:>9.0f}"
    said += f"{slowest / before:>7.1f}{paid:>9.1f}{tally.refused:>9}  {'ok' if good else 'FAIL'}"
    return said, good


def main(
    seconds: Annotated[float, typer.Option(help="How long each trial lasts.")] = 15.0,
    kind: Annotated[list[str] | None, typer.Option(help="One kind; may be repeated.")] = None,
) -> None:
    """Measure each kind of hostile connection beside readers and a payer."""
    allow_many_files()
    good = True
    with tempfile.TemporaryDirectory(prefix="mingzhang-drill-") as folder:
        Path(folder).chmod(0o711)
        settings = Settings(data_folder=Path(folder) / "data", database_url=None)
        with open_ledger(settings) as ledger:
            office = staffed(Office(ledger))
            a_fund(office, holding=10**15)
            a_scheme(office, rate=100)
            entitled(office, LINES)
            print(f"{'':<12}{'median':>8}{'p99 ms':>9}{'times':>7}{'run s':>9}{'refused':>9}")
            for name in kind or KINDS:
                hostile, files = KINDS[name]
                with serving(settings, files) as url:
                    trial = Trial(url, office)
                    trial.measured(seconds / 3)
                    alone = trial.measured(seconds)
                    target = Target(url, ledger.database.app_url, token_of(ledger, "treasurer"))
                    with beside(hostile, target):
                        tally = trial.measured(seconds)
                said, as_wished = line(name, tally, alone)
                print(f"{said}  {target.said}", flush=True)
                good = good and as_wished
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    typer.run(main)
