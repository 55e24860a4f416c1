"""Imports as jobs: kept, carried out here or behind, taken up again after a stop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast
from uuid import UUID, uuid4

import msgspec

from api.http.problems import NotFound, Unreadable
from api.http.work_behind import behind
from api.http.wrong_parts import WrongPart
from api.imports.annotated_copy import annotated
from api.imports.import_kinds import KINDS
from api.imports.import_run import ImportResult, ImportRun
from api.imports.sheet_heads import head_of
from infra.commands.command import Sender
from infra.office import imports
from infra.office.imports import ImportedTable, SentTable
from infra.sheets.sheet_reader import SheetForm, read_sheet
from infra.sheets.unreadable_sheet import UnreadableSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.imports.import_kinds import ImportKind
    from infra.ledger import Ledger
    from infra.sheets.sheet_reader import ReadSheet

# A longer table is carried out behind the answer.
MOST_AT_ONCE = 5_000
DECODE = msgspec.json.Decoder(ImportResult).decode


class TableFile(NamedTuple):
    """The bytes of a table, and whether they are XLSX or CSV."""

    content: bytes
    form: SheetForm


def opened(file: TableFile) -> ReadSheet:
    """Read a file; `Unreadable` says why it cannot be."""
    try:
        return read_sheet(file.content, file.form)
    except UnreadableSheet as wrong:
        raise Unreadable(WrongPart("/file", wrong.sentence)) from None


def take_in(
    ledger: Ledger, kind: ImportKind, file: TableFile, who: Sender, *, dry_run: bool
) -> UUID:
    """Keep a table, and carry it out: at once, or behind the answer where it is long."""
    with opened(file) as sheet:
        head_of(kind, next(sheet.rows(), None))
        rows = sum(1 for _ in sheet.rows()) - 1
    roles = None if who.roles is None else sorted(who.roles)
    sent = SentTable(uuid4(), who.by, roles, kind.name, file.form, dry_run, rows)
    with ledger.connection() as connection:
        imports.keep(connection, ledger.vault, sent, file.content)
    if rows > MOST_AT_ONCE:
        begin(ledger, sent.id)
    else:
        carry_out(ledger, sent.id)
    return sent.id


def begin(ledger: Ledger, identifier: UUID) -> None:
    """Carry an import out behind."""
    behind(partial(carry_out, ledger, identifier), "import")


def take_up(ledger: Ledger) -> None:
    """Go on with what a stop cut off, one after another."""
    with ledger.connection() as connection:
        waiting = imports.open_imports(connection)
    for identifier in waiting:
        carry_out(ledger, identifier)


def carry_out(ledger: Ledger, identifier: UUID) -> None:
    """Carry an import out, unless another process does, and keep what became of it."""
    with imports.taken(ledger.database.app_url, identifier) as is_ours:
        with ledger.connection() as connection:
            table = imports.find(connection, identifier)
            if not is_ours or table is None or table.state == "done":
                return
            content = imports.file_of(connection, ledger.vault, identifier)
        made = result_of_rows(ledger, table, content)
        with ledger.connection() as connection:
            imports.end(connection, ledger.vault, identifier, msgspec.json.encode(made).decode())


def result_of_rows(ledger: Ledger, table: ImportedTable, content: bytes) -> ImportResult:
    """Carry out the rows of a table, and note how far it is."""

    def progress(rows: int) -> None:
        with ledger.connection() as connection:
            imports.go_on(connection, table.id, rows)

    sender = Sender(table.person, None if table.roles is None else frozenset(table.roles))
    run = ImportRun(ledger, KINDS[table.kind], sender, dry_run=table.dry_run)
    with opened(TableFile(content, cast("SheetForm", table.form))) as sheet:
        return run.run(sheet, progress)


def table_of(ledger: Ledger, key: str, person: str) -> ImportedTable:
    """Return somebody's own import; `NotFound` for another's, and after a week."""
    try:
        identifier = UUID(key)
    except ValueError:
        raise NotFound from None
    with ledger.connection() as connection:
        found = imports.find(connection, identifier)
    if found is None or found.person != person:
        raise NotFound("there is no import {key} of yours: it is kept for a week", key=key[:40])
    return found


def result_of(ledger: Ledger, identifier: UUID) -> ImportResult | None:
    """Return what became of an import; None while it is under way."""
    with ledger.connection() as connection:
        kept = imports.result_of(connection, ledger.vault, identifier)
    return None if kept is None else DECODE(kept)


def file_of_table(ledger: Ledger, identifier: UUID) -> bytes:
    """Return the bytes of a table that was sent."""
    with ledger.connection() as connection:
        return imports.file_of(connection, ledger.vault, identifier)


def copy_of(
    ledger: Ledger, table: ImportedTable, made: ImportResult, language: str
) -> Iterator[bytes]:
    """Write the annotated copy of a table that is done."""
    content = file_of_table(ledger, table.id)
    with opened(TableFile(content, cast("SheetForm", table.form))) as sheet:
        yield from annotated(sheet.rows(), made.problems, language)
