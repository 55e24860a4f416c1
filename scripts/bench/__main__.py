"""`python -m scripts.bench`: measure, print the table, keep it."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from infra.postgres.database import open_database
from infra.processes.interpreter_tuning import collect_seldom
from scripts.bench import machine
from scripts.bench.contents import ALL, MEASUREMENTS
from scripts.bench.ledgers import Bench
from scripts.bench.outcomes import Outcome

HISTORY = Path(__file__).with_name("history")


def bench(
    only: Annotated[
        list[str] | None, typer.Option(help=f"One of {', '.join(ALL)}; repeatable.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Smaller and fewer rounds.")] = False,  # noqa: FBT002 - a flag
    long: Annotated[bool, typer.Option("--long", help="Millions of events too.")] = False,  # noqa: FBT002 - a flag
    folder: Annotated[
        Path | None, typer.Option(help="Keep the ledgers here, for the next run to use.")
    ] = None,
) -> None:
    """Measure each path beside its limit; only a whole run is kept in the history."""
    for name in only or ():
        if name not in ALL:
            raise typer.BadParameter(f"{name}: there is {', '.join(ALL)}")
    collect_seldom()
    names = only or [*(ALL if long else MEASUREMENTS)]
    with scratch(folder) as place:
        outcomes, facts = measured(Bench(place, quick=quick, long=long), names)
    show(outcomes, facts)
    if not only and not quick:
        keep(outcomes, facts)


@contextmanager
def scratch(named: Path | None) -> Iterator[Path]:
    """Give a folder that is gone afterwards, or the one that is to be kept."""
    folder = (named or Path(tempfile.mkdtemp(prefix="mingzhang-bench-"))).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        if named is None:
            shutil.rmtree(folder, ignore_errors=True)


def measured(bench: Bench, names: Sequence[str]) -> tuple[list[Outcome], dict[str, Any]]:
    """Measure one after another; tell what was found, and on what machine."""
    console = Console(stderr=True)
    with open_database(bench.settings("commands")) as database:
        facts = machine.facts(database.owner_url, bench.folder)
    taken: dict[str, float] = {}
    outcomes: list[Outcome] = []
    for name in names:
        console.print(f"measuring {name} ...")
        # What was written before is on the disk before anything waits for it.
        os.sync()
        begun = time.perf_counter()
        try:
            outcomes += ALL[name](bench)
        except BaseException:
            # What was measured before is not lost because a later row failed.
            show(outcomes, facts)
            raise
        taken[name] = round(time.perf_counter() - begun, 1)
    return outcomes, {**facts, "seconds": taken}


def show(outcomes: list[Outcome], facts: dict[str, Any]) -> None:
    """Print the table."""
    table = Table("path", "against", *map(right, ("ours", "limit", "ratio", "goal")), "met", "aim")
    for one in outcomes:
        sign = "≥" if one.at_least else "≤"
        aim = "" if one.aim is None else f"{sign} {one.aim:g} {yes(one.meets(one.aim))}"
        table.add_row(
            one.path,
            one.against,
            f"{figure(one.ours)} {one.unit}",
            f"{figure(one.limit)} {one.unit}",
            f"{one.ratio:.2f}",
            f"{sign} {one.goal:g}",
            yes(one.meets(one.goal)),
            aim,
        )
        for name, value in one.notes.items():
            table.add_row(f"  {name}", "", str(value))
    console = Console(width=150)
    console.print(table)
    console.print_json(msgspec.json.encode(facts).decode())


def right(title: str) -> Any:
    """Make a column of numbers."""
    from rich.table import Column  # noqa: PLC0415 - beside its only use

    return Column(title, justify="right", no_wrap=True)


def figure(value: float) -> str:
    """Write a number so that it can be read at a glance."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits


def yes(met: bool) -> str:  # noqa: FBT001 - it is the question itself
    """Say whether a goal is met."""
    return "yes" if met else "NO"


def keep(outcomes: list[Outcome], facts: dict[str, Any]) -> None:
    """Write the table and the machine's facts into the history."""
    now = datetime.now(UTC)
    content = {
        "at": now.isoformat(timespec="seconds"),
        "machine": facts,
        "outcomes": [one.kept() for one in outcomes],
    }
    HISTORY.mkdir(exist_ok=True)
    place = HISTORY / f"{now:%Y-%m-%dT%H%M}.json"
    text = msgspec.json.format(msgspec.json.encode(content), indent=2)
    place.write_bytes(text + b"\n")


if __name__ == "__main__":
    typer.run(bench)
