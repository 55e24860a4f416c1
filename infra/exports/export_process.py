"""Makes one kept export in a process of its own: `python -m ... EXPORT`."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING
from uuid import UUID

from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.exports import kept_exports
from infra.exports.book_export import BookExport
from infra.ledger import open_ledger
from infra.processes.supervisor import stop_with_parent
from infra.processes.work_process import run_beside
from projections.core import view
from projections.core.view import Moment

if TYPE_CHECKING:
    from pathlib import Path

    from infra.exports.kept_exports import KeptExport
    from infra.ledger import Ledger

LOG = logging.getLogger("mingzhang.exports")
GONE = 1
MODULE = "infra.exports.export_process"
VIEWS = ("journal", "balances", "registers")
SECONDS_BETWEEN_LOOKS, SECONDS_TO_WAIT = 0.2, 600
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


def folder_of(settings: Settings, export: UUID) -> Path:
    """Return where the files of an export lie."""
    return settings.data_folder / "exports" / str(export)


def carry_out(ledger: Ledger, export: UUID) -> None:
    """Make an export, unless another process does, and keep its manifest."""
    with kept_exports.taken(ledger.database.app_url, export) as is_ours:
        with ledger.connection() as connection:
            asked = kept_exports.find(connection, export)
        if is_ours and asked is not None and asked.state == "waiting":
            manifest = written(ledger, asked)
            with ledger.connection() as connection:
                kept_exports.done(connection, export, manifest)


def written(ledger: Ledger, asked: KeptExport) -> dict[str, object]:
    """Write the files of an export, once the views have come as far; return the manifest."""
    folder = folder_of(ledger.settings, asked.id)
    # What was cut off between the files and their being kept is written anew.
    shutil.rmtree(folder, ignore_errors=True)
    identity = ledger.identity
    whose = {"ledger": str(identity.ledger), "jurisdiction": identity.jurisdiction}
    moment = Moment(asked.position, asked.as_of, is_named=True)
    until = time.monotonic() + SECONDS_TO_WAIT
    with ledger.connection() as connection:
        while view.position(connection, *VIEWS) < asked.position:
            if time.monotonic() > until:
                raise Unavailable("the views do not reach position {at}", at=str(asked.position))
            time.sleep(SECONDS_BETWEEN_LOOKS)
        with connection.transaction():
            connection.execute(SNAPSHOT)
            return BookExport(connection, moment, whose).write(asked.format, folder)


def file_of(ledger: Ledger, asked: KeptExport, name: str) -> Path | None:
    """Return a file of an export, written again if it is gone; None if it is none of its files.

    `Unavailable` while somebody else writes it.
    """
    if name != "manifest.json" and name not in {each["path"] for each in asked.files()}:
        return None
    path = folder_of(ledger.settings, asked.id) / name
    if not path.exists():
        with kept_exports.taken(ledger.database.app_url, asked.id) as is_ours:
            if is_ours and not path.exists():
                written(ledger, asked)
        if not path.exists():
            raise Unavailable("the files of this export are being written again: ask in a minute")
    return path


def clean(ledger: Ledger) -> None:
    """Remove the exports of more than a week ago."""
    with ledger.connection() as connection:
        for export in kept_exports.forget_old(connection):
            shutil.rmtree(folder_of(ledger.settings, export), ignore_errors=True)


def take_up(ledger: Ledger) -> None:
    """Go on with the exports that a stop cut off, one after another."""
    with ledger.connection() as connection:
        waiting = kept_exports.waiting(connection)
    for export in waiting:
        begin(ledger, export)


def begin(ledger: Ledger, export: UUID) -> None:
    """Make an export beside this process; one that ends by itself without files has failed."""
    code = run_beside(ledger.settings, MODULE, str(export))
    if code > 0:
        LOG.error("the export %s ended with %d", export, code)
        with kept_exports.taken(ledger.database.app_url, export) as is_ours:
            # Another process that has it goes on.
            if is_ours:
                with ledger.connection() as connection:
                    kept_exports.fail(connection, export)


def main(export: str) -> None:
    """Make an export of the ledger that the environment names."""
    stop_with_parent(lambda: os._exit(GONE))
    # The server, which knows this module too, is never tuned.
    from infra.processes.interpreter_tuning import tune_interpreter  # noqa: PLC0415 - as above

    tune_interpreter()
    with open_ledger(Settings(), watch=False) as ledger:
        carry_out(ledger, UUID(export))


if __name__ == "__main__":
    main(sys.argv[1])
