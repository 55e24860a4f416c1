"""`python -m scripts.bench`: measure, print the table, keep it."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from infra.database import open_database
from scripts.bench import machine
from scripts.bench.contents import MEASUREMENTS
from scripts.bench.ledgers import Bench
from scripts.bench.outcomes import Outcome

HISTORY = Path(__file__).with_name("history")


def bench(
    only: Annotated[
        list[str] | None, typer.Option(help=f"One of {', '.join(MEASUREMENTS)}; repeatable.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Smaller and fewer rounds.")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Measure each path beside its limit; only a whole run is kept in the history."""
    for name in only or ():
        if name not in MEASUREMENTS:
            raise typer.BadParameter(f"{name}: there is {', '.join(MEASUREMENTS)}")
    folder = Path(tempfile.mkdtemp(prefix="mingzhang-bench-"))
    folder.chmod(0o711)
    console = Console(stderr=True)
    try:
        told = Bench(folder, quick=quick)
        with open_database(told.settings("commands")) as database:
            facts = machine.facts(database.owner_url, folder)
        outcomes: list[Outcome] = []
        for name in only or MEASUREMENTS:
            console.print(f"measuring {name} ...")
            outcomes += MEASUREMENTS[name](told)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    show(outcomes, facts)
    if not only and not quick:
        keep(outcomes, facts)


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
