"""`mingzhang figures`: the figures of a period, one figure, or all held against a report."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.in_process_client import Local, catch_up
from api.cli.output import OK, REFUSED, USAGE, Json, complain, say, store
from api.cli.query import AsOf, Form, KnownAt, form_of, give, parameters
from projections.core.view import Moment
from projections.figures.reconciliation import against as held_against

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.ledger import Ledger

COLUMNS = frozenset(
    {"id", "period", "value", "unit", "qualifier", "printed", "print_rule", "scales"}
)
LEAST, MOST = Decimal("0.01"), Decimal(10)


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(figures)


def figures(
    figure: Annotated[str | None, typer.Argument(help="One figure's id: dibao.spend.")] = None,
    period: Annotated[str | None, typer.Option(help="2007, 2007-08, ..2007-12-31.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    against: Annotated[Path | None, typer.Option(help="A report's figures, as CSV.")] = None,
    scale: Annotated[float, typer.Option(help="The scale that the year was loaded at.")] = 1.0,
    form: Form = None,
    as_json: Json = False,
) -> int:
    """Print figures; with --against, exit 1 if any differs from the report."""
    asked = parameters(period=period, as_of=as_of, known_at=known_at)
    if against is None:
        path = "/v1/figures" + (f"/{figure}" if figure else "")
        return give(path, asked, form_of(form, as_json=as_json, listed=figure is None))
    report = [row for row in read(against) if figure in (None, row["id"])]
    if not LEAST <= Decimal(str(scale)) <= MOST:
        return complain(f"--scale {scale}: from {LEAST} to {MOST}", USAGE)
    if not report:
        return complain(f"{against} has no row {figure}", USAGE)
    with store() as ledger:
        catch_up(ledger)
        moment = moment_of(ledger, asked)
        return hold(ledger, report, moment, scale=Decimal(str(scale)), as_json=as_json)


def read(file: Path) -> list[dict[str, str]]:
    """Read a report's file, or say what is wrong with it."""
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}", param_hint="--against")
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    missing = COLUMNS - set(rows[0]) if rows else COLUMNS
    if missing:
        raise typer.BadParameter(
            f"{file} lacks the columns {', '.join(sorted(missing))}", param_hint="--against"
        )
    return rows


def moment_of(ledger: Ledger, asked: dict[str, list[str]]) -> Moment:
    """Pin the moment as every reading does: its answer echoes it."""
    _, body = Local(ledger).whole("/v1/figures.json", {**asked, "limit": ["1"]})
    day = asked.get("as_of")
    return Moment(body["known_at"]["position"], date.fromisoformat(day[0]) if day else None)


def hold(
    ledger: Ledger,
    report: list[dict[str, str]],
    moment: Moment,
    *,
    scale: Decimal,
    as_json: bool,
) -> int:
    """Print each figure with what the report says, and tell whether all agree."""
    equal = True
    for row in compared(ledger, report, moment, scale):
        equal = equal and row["equal"]
        mark = "ok  " if row["equal"] else "DIFF"
        line = f"{mark} {row['id']:<28} {row.get('printed')}  (report: {row['expected']})"
        say(row if as_json else line, as_json=as_json)
    return OK if equal else REFUSED


def compared(
    ledger: Ledger, report: list[dict[str, str]], moment: Moment, scale: Decimal
) -> Iterator[dict[str, Any]]:
    """Ask the figures of a report's rows in one snapshot."""
    from api.queries.snapshot import snapshot  # noqa: PLC0415 - with the web's parameters

    with snapshot(ledger) as connection:
        yield from held_against(connection, report, moment, scale=scale)
