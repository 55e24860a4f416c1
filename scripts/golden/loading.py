"""Sends a synthetic year by the executor that `mingzhang send` uses; a projector runs beside.

Each array of the year is one letter: all or nothing, under one key. Sent again, nothing happens
twice, so that a load that was cut off goes on where it stopped.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from api.commands.request import trusted
from domain.kernel.refusals import AlreadyExists, Refused
from infra.processes import load_progress
from infra.processes.load_progress import LoadProgress
from scripts.golden.kernel.commands import IfMissing
from scripts.golden.year import commands
from scripts.plan2012 import year as plan

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from pathlib import Path

    from infra.ledger import Ledger
    from scripts.golden.kernel.commands import Order, Receipt


class Load(NamedTuple):
    """A year that can be loaded: what tells it from a seed and a scale, and its first day."""

    commands: Callable[[int, float], Generator[list[Order], list[Receipt], None]]
    begins: date
    # How many events it has, by seed and scale, where that is known.
    totals: Mapping[tuple[int, float], int] = {}


LOADS: dict[str, Load] = {
    "golden-2007": Load(commands, date(2007, 1, 1), {(2007, 1.0): 687_285}),
    "plan-2012": Load(plan.commands, date(2012, 1, 1)),
}
SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_REPORTS = 0.05, 0.5
BEHIND = "SELECT count(*) FROM views.positions WHERE position < %s AND stopped IS NULL"


@dataclass
class Tally:
    """How far a load has come."""

    arrays: int = 0
    commands: int = 0
    events: int = 0
    started: float = field(default_factory=time.monotonic)


def load_into(
    ledger: Ledger, what: str, *, seed: int, scale: float, file: Path | None = None
) -> dict[str, Any]:
    """Load a year, and wait until a projector has brought every view to its end.

    Return how much was sent, and how long it and the views took, in seconds.
    """
    folder = ledger.settings.data_folder
    first, cut_off = begun(folder, what, seed, scale), LoadProgress.read(folder)
    with ExitStack() as stack:
        writing = stack.enter_context(file.open("wb")) if file else None
        progress = stack.enter_context(progress_bar())
        progress.add_task(what, total=1.0, day="", events=0)
        report = LoadReport(folder, first)
        sending = Sending(ledger, what, f"{what}:{seed}:{scale:g}", writing, report)
        with until_refused(folder, first, cut_off):
            tally = sending.send_all(LOADS[what].commands(seed, scale), progress)
        loaded, position = time.monotonic(), head(ledger)
        progress.console.print("waiting for the views ...")
        wait_for_views(ledger, position)
    finish(folder, first, cut_off)
    return {
        "commands": tally.commands,
        "events": tally.events,
        "position": position,
        "seconds": round(loaded - tally.started, 2),
        "projected_after": round(time.monotonic() - loaded, 2),
    }


def begun(folder: Path, what: str, seed: int, scale: float) -> LoadProgress:
    """Return how far an earlier load of the same year has come, or the beginning of it."""
    load = LOADS[what]
    new = LoadProgress(
        year=what,
        seed=seed,
        scale=scale,
        day=load.begins.isoformat(),
        total=load.totals.get((seed, scale)),
    )
    found = LoadProgress.read(folder)
    same = found is not None and (found.year, found.seed, found.scale) == (what, seed, scale)
    return found if found is not None and same else new


@contextmanager
def until_refused(
    folder: Path, first: LoadProgress, cut_off: LoadProgress | None
) -> Iterator[None]:
    """Tell no more of a load that is refused: it would be refused again, and does not go on."""
    try:
        yield
    except Refused:
        finish(folder, first, cut_off)
        raise


def finish(folder: Path, first: LoadProgress, cut_off: LoadProgress | None) -> None:
    """Tell of a finished load no more, but again of another one that was cut off before."""
    if cut_off is None or cut_off == first:
        load_progress.clear(folder)
    else:
        cut_off.write(folder)


class LoadReport:
    """Writes how far a load has come, twice a second at most."""

    def __init__(self, folder: Path, first: LoadProgress) -> None:
        """Begin with what an earlier load has reached."""
        self._folder = folder
        self._last = first
        self._due = 0.0
        first.write(folder)

    def tell(self, day: str, events: int) -> None:
        """Note a day and a position; what was told before is no news."""
        now = time.monotonic()
        if events <= self._last.events or now < self._due:
            return
        self._due = now + SECONDS_BETWEEN_REPORTS
        self._last = msgspec.structs.replace(self._last, day=day, events=events)
        self._last.write(self._folder)


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
    """Sends one year: by which ledger, under which keys, and where it is written and told too."""

    ledger: Ledger
    what: str
    key: str
    writing: BinaryIO | None
    report: LoadReport

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
            self.report.tell(day, tally.events)
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


def head(ledger: Ledger) -> int:
    """Return the last position of the log."""
    return ledger.recorder.max_notification_id() or 0


def wait_for_views(ledger: Ledger, position: int) -> None:
    """Wait until every view has reached a position."""
    while True:
        with ledger.connection() as connection:
            row = connection.execute(BEHIND, (position,)).fetchone()
        if row == (0,):
            return
        time.sleep(SECONDS_BETWEEN_LOOKS)
