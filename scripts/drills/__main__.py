"""`python -m scripts.drills`: break releases many times; exit 1 if a line was not paid once."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.payments.pay_runs import CHUNK
from infra.config.settings import Settings
from infra.ledger import open_ledger
from scripts.drills.broken_releases import (
    APPENDING,
    COPYING,
    Trial,
    after,
    breaches,
    cut_off,
    killed,
    while_running,
)
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled, release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scripts.drills.broken_releases import Moment
    from scripts.scenarios.office import Receipt

    Break = Callable[..., Receipt | None]


class Drills:
    """An office whose releases are broken, each in a month of its own."""

    def __init__(self, office: Office, lines: int, chance: Random) -> None:
        """Entitle so many persons, and see how long a release takes that nobody breaks."""
        self.office = office
        self.chance = chance
        self.broken = 0
        self.runs = (f"pay-run:aid:{2007 + n // 12}-{n % 12 + 1:02d}" for n in count())
        staffed(office)
        a_fund(office, holding=10**15)
        a_scheme(office, rate=100)
        entitled(office, lines)
        run = next(self.runs)
        approved(office, run)
        begun = time.monotonic()
        release(office, run)
        self.seconds = time.monotonic() - begun
        print(f"{lines} lines are released in {self.seconds:.1f} s when nobody breaks it")

    def moment(self, nth: int) -> tuple[str, Moment]:
        """Choose a moment: any, while a chunk is copied, or while one is appended."""
        match nth % 5:
            case 3:
                return "inside a COPY", while_running(self.office, COPYING)
            case 4:
                return "inside append()", while_running(self.office, APPENDING)
            case _:
                seconds = self.chance.uniform(0, 1.1 * self.seconds)
                return f"after {seconds:.2f} s", after(seconds)

    def repeat(self, times: int, what: str, break_: Break) -> None:
        """Break so many releases, send each again under its key or another, and check it."""
        for nth in range(times):
            run = next(self.runs)
            drawn = approved(self.office, run)
            trial = Trial(self.office, run, key=f"first-{run}", chunk=CHUNK)
            when, moment = self.moment(nth)
            key = trial.key if nth % 2 else f"second-{run}"
            break_(trial, moment, key=key)
            self.report(f"{what} {when}, sent again under {key}", run, drawn)

    def race(self, times: int) -> None:
        """Let two processes release one run at once, under one key or two."""
        for nth in range(times):
            run = next(self.runs)
            drawn = approved(self.office, run)
            keys = (f"first-{run}", f"second-{run}" if nth % 2 else f"first-{run}")
            both = [Trial(self.office, run, key=key, chunk=CHUNK) for key in keys]
            for trial in both:
                trial.go()
            for trial in both:
                trial.answer()
            self.report(f"two at once under {' and '.join(keys)}", run, drawn)

    def report(self, what: str, run: str, drawn: Receipt) -> None:
        """Say whether each line was paid once, and in all what was approved."""
        found = breaches(self.office, run, drawn)
        self.broken += bool(found)
        print(f"{what}: {'; '.join(found) or 'each line paid once'}", flush=True)


@contextmanager
def an_office(**more: Any) -> Iterator[Office]:
    """Give an office with a database of its own, for as long as the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="mingzhang-drills-"))
    folder.chmod(0o711)
    try:
        settings = Settings(data_folder=folder / "data", database_url=None, **more)
        with open_ledger(settings) as ledger:
            yield Office(ledger)
    finally:
        shutil.rmtree(folder)


def main(
    lines: Annotated[int, typer.Option(help="Lines of each run.")] = 30_000,
    kills: Annotated[int, typer.Option(help="Processes killed.")] = 25,
    cuts: Annotated[int, typer.Option(help="Stops of PostgreSQL.")] = 10,
    races: Annotated[int, typer.Option(help="Pairs that run at once.")] = 6,
    seed: Annotated[int, typer.Option(help="For the moments.")] = 1,
) -> None:
    """Break releases of pay runs, send them again, and check what was paid."""
    # Pools tell of every connection that is broken here.
    logging.disable(logging.WARNING)
    with an_office() as office:
        drills = Drills(office, lines, Random(seed))
        drills.repeat(kills, "killed", killed)
        drills.repeat(cuts, "database cut off", cut_off)
        drills.race(races)
    print(f"{kills + cuts + races} drills, {drills.broken} breaches")
    raise typer.Exit(int(drills.broken > 0))


if __name__ == "__main__":
    typer.run(main)
