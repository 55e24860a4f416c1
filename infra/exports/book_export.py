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
from typing import TYPE_CHECKING, Any

from infra.exports.plain_text import BeancountLedger, HledgerJournal, PlainTextLedger
from projections.accounts import journal_queries
from projections.accounts.journal_queries import JournalFilter
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from projections.core.event_log import Reading
    from projections.core.view import Moment

PLAIN_TEXT: dict[str, Callable[[], PlainTextLedger]] = {
    each.NAME: each for each in (HledgerJournal, BeancountLedger)
}
FORMATS = ("journal-csv", *PLAIN_TEXT)
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
        """Write the file of a format; return the manifest."""
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
        else:
            file = put(folder / "journal.csv", csv_lines(self.rows()))
        return manifest | {"files": [file | {"rows": self.counted}]}

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


def invert(names: dict[str, str]) -> dict[str, str]:
    """Return, by how something is spelt in the file, what it is in the books."""
    return {spelt: name for name, spelt in names.items()}


def current_umask() -> int:
    """Return the process's mask of modes."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
