"""`mingzhang export`: the books as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from api.cli.in_process_client import catch_up
from api.cli.output import OK, REFUSED, USAGE, Json, complain, language, say, store
from api.cli.query import AsOf, KnownAt
from api.http.translation import told
from domain.kernel.sentences import Sentence
from infra.exports.book_export import BookExport, FolderTakenError

Format = Annotated[
    Literal["journal-csv", "hledger", "beancount", "gbt24589", "360giving", "xlsx-books", "public"],
    typer.Argument(),
]
Out = Annotated[Path, typer.Option("--out", help="A folder that is empty or not there.")]


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(export)


def export(
    form: Format,
    out: Out,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> int:
    """Write the books for other programs, for auditors or for the public, with a manifest."""
    # No other command needs what reads the requests of the web.
    from api.http.problems import Unreadable  # noqa: PLC0415
    from api.queries.snapshot import moment_of, snapshot  # noqa: PLC0415

    with store() as ledger:
        catch_up(ledger)
        try:
            with snapshot(ledger) as connection:
                moment = moment_of(connection, as_of or None, known_at or None)
                identity = ledger.identity
                whose = {"ledger": str(identity.ledger), "jurisdiction": identity.jurisdiction}
                manifest = BookExport(connection, moment, whose).write(form, out)
        except Unreadable as error:
            wrong_parts = [told(each.sentence, language()) for each in error.wrong_parts]
            return complain("; ".join(wrong_parts), USAGE)
        except FolderTakenError as taken:
            said = Sentence("{folder} holds something: name an empty folder", folder=str(taken))
            return complain(told(said, language()), REFUSED)
    say({"files": manifest["files"]} if as_json else summary(manifest, out), as_json=as_json)
    return OK


def summary(manifest: dict[str, Any], out: Path) -> str:
    """Say what was written."""
    return "\n".join(f"{out / each['path']}  {each['rows']}" for each in manifest["files"])
