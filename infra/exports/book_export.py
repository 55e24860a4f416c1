"""`mingzhang export`: the journal as files for other programs, with a manifest.

A folder is whole or not there: files are written beside it and moved in place at the end.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from itertools import groupby
from operator import itemgetter
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, TypeAlias

from infra.exports import accounting_interface, book_workbook, grants_standard, public_events
from infra.exports.accounting_interface import AccountingInterface
from infra.exports.book_workbook import BookWorkbook
from infra.exports.grants_standard import GrantsStandard
from infra.exports.plain_text import BeancountLedger, HledgerJournal, PlainTextLedger
from infra.exports.public_events import public_lines
from projections.accounts import journal_queries
from projections.accounts.journal_queries import JournalFilter
from projections.core import event_log
from projections.disclosure.cloud_event import Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from projections.core.event_log import Place, Reading
    from projections.core.view import Moment

Files: TypeAlias = "list[dict[str, Any]]"
PLAIN_TEXT: dict[str, Callable[[], PlainTextLedger]] = {
    each.NAME: each for each in (HledgerJournal, BeancountLedger)
}
COLUMNS = (
    "position", "line", "booked", "on", "recorded_at", "voucher", "account", "value", "unit",
    "subject", "topic", "programme", "area", "class", "by",
)  # fmt: skip


class FolderTakenError(Exception):
    """The folder holds something already."""


class BookExport:
    """What is exported: of which moment and ledger."""

    def __init__(self, connection: Reading, moment: Moment, ledger: dict[str, Any]) -> None:
        """Export the books at a moment; `ledger` is what the manifest says of whose they are."""
        self.connection, self.moment, self.ledger = connection, moment, ledger
        self.counted = 0

    def write(self, form: str, folder: Path) -> dict[str, Any]:
        """Write a format into a folder, which must be empty or not there; return its manifest.

        Raise `FolderTakenError` if the folder holds something.
        """
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderTakenError(str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = type(folder)(mkdtemp(prefix=".export-", dir=folder.parent))
        try:
            manifest = self.fill(form, beside)
            text = json.dumps(manifest, ensure_ascii=False, indent=2, default=str)
            (beside / "manifest.json").write_text(text + "\n", encoding="utf-8")
            beside.chmod(0o755 & ~current_umask())
            if folder.exists():
                folder.rmdir()
            beside.rename(folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return manifest

    def fill(self, form: str, folder: Path) -> dict[str, Any]:
        """Write the files of a format; return the manifest."""
        place = event_log.place(self.connection, self.moment.position)
        manifest: dict[str, Any] = {
            "format": form,
            **self.ledger,
            "as_of": self.moment.as_of,
            "known_at": {"position": place.position, "time": place.time},
        }
        if form in PLAIN_TEXT:
            written = PLAIN_TEXT[form]()
            file = put(folder / written.FILE, written.lines(self.events()))
            manifest |= {"accounts": invert(written.accounts)}
            manifest |= {"commodities": invert(written.commodities)}
            return manifest | {"files": [file | {"rows": self.counted}]}
        return manifest | {"files": OTHERS[form](self, folder, place)}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give the postings in order."""
        self.counted = 0
        which = JournalFilter(to=self.moment.as_of)
        for row in journal_queries.rows(self.connection, self.moment, which):
            self.counted += 1
            yield row

    def events(self) -> Iterator[list[dict[str, Any]]]:
        """Give the postings of each event."""
        for _, rows in groupby(self.rows(), key=itemgetter("position")):
            yield list(rows)


def journal_csv(export: BookExport, folder: Path, _: Place) -> Files:
    """Write the journal as CSV."""
    file = put(folder / "journal.csv", csv_lines(export.rows()))
    return [file | {"rows": export.counted}]


def after_the_standard(export: BookExport, folder: Path, _: Place) -> Files:
    """Write the general ledger after GB/T 24589, and what it rests on."""
    written = AccountingInterface(export.ledger)
    ledger = put(folder / accounting_interface.LEDGER, written.vouchers(export.rows))
    archive = put(folder / accounting_interface.ARCHIVE, written.archive())
    return [ledger | {"rows": export.counted}, archive | {"rows": 0}]


def grants(export: BookExport, folder: Path, _: Place) -> Files:
    """Write the grants after the 360Giving standard."""
    written = GrantsStandard(export.connection, export.moment, export.ledger["jurisdiction"])
    file = put(folder / grants_standard.FILE, written.lines())
    return [file | {"rows": written.counted}]


def workbook(export: BookExport, folder: Path, place: Place) -> Files:
    """Write a year's books in one workbook."""
    path = folder / book_workbook.FILE
    written = BookWorkbook(path, place.time)
    written.write(export.rows, export.connection, export.moment)
    return [{"path": path.name, "sha256": digest_of(path), "rows": written.counted}]


def public(export: BookExport, folder: Path, place: Place) -> Files:
    """Write the public's events."""
    origin = Origin(export.ledger["jurisdiction"], export.ledger["ledger"])
    lines = public_lines(export.connection, export.moment, origin)
    return [put(folder / public_events.FILE, lines) | {"rows": place.position}]


OTHERS: dict[str, Callable[[BookExport, Path, Place], Files]] = {
    "journal-csv": journal_csv,
    "gbt24589": after_the_standard,
    "360giving": grants,
    "xlsx-books": workbook,
    "public": public,
}
FORMATS = ("journal-csv", *PLAIN_TEXT, *(name for name in OTHERS if name != "journal-csv"))


def csv_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Write the journal as CSV."""
    text = io.StringIO(newline="")
    write = csv.writer(text).writerow
    write(COLUMNS)
    for row in rows:
        write([row[name] for name in COLUMNS])
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def put(path: Path, lines: Iterable[str]) -> dict[str, Any]:
    """Write a file; return its name and digest."""
    digest = hashlib.sha256()
    with path.open("wb") as out:
        for line in lines:
            content = line.encode()
            digest.update(content)
            out.write(content)
    return {"path": path.name, "sha256": digest.hexdigest()}


def digest_of(path: Path) -> str:
    """Return the digest of a file that was written otherwise."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def invert(names: dict[str, str]) -> dict[str, str]:
    """Return, by how something is spelt in the file, what it is in the books."""
    return {spelt: name for name, spelt in names.items()}


def current_umask() -> int:
    """Return the process's mask of modes."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
