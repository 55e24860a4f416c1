"""Sends a synthetic year through the door that `mingzhang send` uses, with the projector beside.

Each array of the year is one letter: all or nothing, under one key. Sent again, nothing happens
twice, so that a load that was cut off goes on where it stopped.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from api.cli.serve import projector_beside
from api.commands.request import trusted
from domain.kernel.refusals import AlreadyExists
from projections.core import event_log
from scripts.golden.kernel.commands import IfMissing
from scripts.golden.kernel.emptying import empty
from scripts.golden.year import commands
from scripts.plan2012 import year as plan

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from infra.ledger import OpenLedger
    from scripts.golden.kernel.commands import Order, Receipt


class Load(NamedTuple):
    """A year that can be loaded: what tells it from a seed and a scale, and its first day."""

    commands: Callable[[int, float], Generator[list[Order], list[Receipt], None]]
    begins: date


LOADS: dict[str, Load] = {
    "golden-2007": Load(commands, date(2007, 1, 1)),
    "plan-2012": Load(plan.commands, date(2012, 1, 1)),
}
SECONDS_BETWEEN_LOOKS = 0.05
BEHIND = "SELECT count(*) FROM views.positions WHERE position < %s AND stopped IS NULL"


@dataclass
class Tally:
    """How far a load has come."""

    arrays: int = 0
    commands: int = 0
    events: int = 0
    started: float = field(default_factory=time.monotonic)


def load_into(
    ledger: OpenLedger,
    what: str,
    *,
    seed: int,
    scale: float,
    file: Path | None = None,
    fresh: bool = False,
) -> dict[str, Any]:
    """Load a year; return how much was sent, and how long it and the views took."""
    if fresh:
        empty(ledger)
    with ExitStack() as stack:
        stack.enter_context(projector_beside())
        writing = stack.enter_context(file.open("wb")) if file else None
        progress = stack.enter_context(progress_bar())
        progress.add_task(what, total=1.0, day="", events=0)
        sending = Sending(ledger, what, f"{what}:{seed}:{scale:g}", writing)
        tally = sending.send_all(LOADS[what].commands(seed, scale), progress)
        loaded = time.monotonic()
        position = head(ledger)
        progress.console.print("waiting for the views ...")
        wait_for_views(ledger, position)
    return {
        "commands": tally.commands,
        "events": tally.events,
        "position": position,
        "seconds": round(loaded - tally.started, 2),
        "projected_after": round(time.monotonic() - loaded, 2),
    }


def progress_bar() -> Progress:
    """Show the day of the year that is being told, on stderr."""
    return Progress(
        TextColumn("{task.description} {task.fields[day]}"),
        BarColumn(),
        TextColumn("{task.fields[events]:,} events"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


class Sending(NamedTuple):
    """Sends one year: through whose door, under which keys, and where it is written too."""

    ledger: OpenLedger
    what: str
    key: str
    writing: BinaryIO | None

    def send_all(
        self, year: Generator[list[Order], list[Receipt], None], progress: Progress
    ) -> Tally:
        """Send a year array by array; each answer goes back to whoever tells it."""
        tally = Tally()
        array = next(year)
        while True:
            answers = self.send(array, f"{self.key}:{tally.arrays}")
            tally.arrays += 1
            tally.commands += len(answers)
            day = array[-1]["act"]["on"]
            tally.events = max([tally.events, *(n for a in answers for n in a["positions"])])
            done = told(day, LOADS[self.what].begins)
            progress.update(progress.task_ids[0], completed=done, day=day, events=tally.events)
            try:
                array = year.send(answers)
            except StopIteration:
                progress.update(progress.task_ids[0], completed=1.0)
                return tally

    def send(self, array: list[Order], key: str) -> list[Receipt]:
        """Send an array; nothing if it is left out because what it opens is there."""
        try:
            answers = self.ledger.execute(trusted(array, key))
        except AlreadyExists:
            if not isinstance(array, IfMissing):
                raise
            return []
        if self.writing:
            write(self.writing, array, key)
        return answers


def told(day: str, begins: date) -> float:
    """Return how much of the year is told on a day."""
    return min(1.0, max(0.0, (date.fromisoformat(day) - begins).days / 365))


def write(file: BinaryIO, array: list[dict[str, Any]], key: str) -> None:
    """Write what is sent: one command a line, each under a key of its own."""
    lines = ({**one, "key": f"{key}:{n}"} for n, one in enumerate(array))
    file.writelines(msgspec.json.encode(line) + b"\n" for line in lines)


def head(ledger: OpenLedger) -> int:
    """Return the last position of the log."""
    with ledger.connection() as connection:
        return event_log.head(connection).position


def wait_for_views(ledger: OpenLedger, position: int) -> None:
    """Wait until every view has reached a position."""
    while True:
        with ledger.connection() as connection:
            row = connection.execute(BEHIND, (position,)).fetchone()
        if row == (0,):
            return
        time.sleep(SECONDS_BETWEEN_LOOKS)
