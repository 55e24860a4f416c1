"""`mingzhang import`: a table of rows in, tried or for good, and its annotated copy out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.output import OK, REFUSED, Json, language, say, store
from api.cli.send import sender

if TYPE_CHECKING:
    from api.imports.import_run import ImportResult
    from infra.commands.command import Sender
    from infra.ledger import Ledger
    from infra.sheets.sheet_reader import SheetForm


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command("import")(import_table)


def import_table(
    kind: Annotated[str, typer.Argument(help="persons, entitlements, donations, ...")],
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv file made from the template.")],
    token: Annotated[
        str, typer.Option("--token", envvar="MINGZHANG_TOKEN", help="A bearer token.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide, write nothing.")] = False,
    errors: Annotated[
        Path | None, typer.Option("--errors", help="Where to write the annotated copy (.xlsx).")
    ] = None,
    as_json: Json = False,
) -> int:
    """Carry out the rows of a table, each once; say what was refused, and at which cell."""
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}", param_hint="FILE")
    with store() as ledger:
        made = carried_out(ledger, kind, file, sender(ledger, token), errors, dry_run=dry_run)
    if as_json:
        say(report_of(made), as_json=True)
    else:
        show(made)
    return REFUSED if made.refused else OK


def carried_out(
    ledger: Ledger, kind: str, file: Path, who: Sender, errors: Path | None, *, dry_run: bool
) -> ImportResult:
    """Carry out a file's rows, and write the annotated copy where one is wanted."""
    # The command line's other commands need none of it, and should start soon.
    from api.imports.annotated_copy import annotated  # noqa: PLC0415
    from api.imports.import_jobs import TableFile, opened  # noqa: PLC0415
    from api.imports.import_kinds import KINDS  # noqa: PLC0415
    from api.imports.import_run import ImportRun  # noqa: PLC0415

    if kind not in KINDS:
        raise typer.BadParameter(f"there is {', '.join(KINDS)}", param_hint="KIND")
    form: SheetForm = "csv" if file.suffix.lower() == ".csv" else "xlsx"
    with opened(TableFile(file.read_bytes(), form)) as sheet:
        made = ImportRun(ledger, KINDS[kind], who, dry_run=dry_run).run(sheet)
        if errors is not None:
            with errors.open("wb") as out:
                out.writelines(annotated(sheet.rows(), made.problems, language()))
    return made


def report_of(made: ImportResult) -> dict[str, Any]:
    """Say what became of a table, as HTTP does."""
    from api.imports.import_run import report  # noqa: PLC0415 - only this command's

    return report(made, language())


def show(made: ImportResult) -> None:
    """Print the sums, then each refusal with its row and column."""
    say({"read": made.read, "accepted": made.accepted, "refused": made.refused}, as_json=False)
    for each in made.problems:
        told = each.zh if language() == "zh" else each.en
        typer.echo(f"{each.column}{each.row}: {each.code}: {told}")
