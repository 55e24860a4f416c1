"""A table's rows carried out, each on its own and once, whatever file it comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from api.imports.import_kinds import ImportKind, RowNames
from api.imports.import_rows import (
    ROW_ERRORS,
    CellProblem,
    ImportRow,
    problem_at,
    problems_of,
    read_row,
    request_of_row,
    said_by,
)
from api.imports.sheet_heads import HeadColumn, head_of
from domain.kernel.refusals import AlreadyTold
from domain.kernel.sentences import Sentence
from infra.commands import receipts
from infra.commands.command import Receipts, Sender, Undecided
from infra.ledger import Ledger
from infra.postgres.identity import CONTENT
from infra.sheets.sheet_reader import ReadSheet

ROWS_TOGETHER = 500


@dataclass
class ImportResult:
    """What became of a table: rows read, accepted and refused, and why."""

    read: int = 0
    accepted: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """Return how many rows were refused."""
        return self.read - self.accepted


class ImportRun:
    """Carries out the rows of one table; a dry run decides and stores nothing."""

    def __init__(self, ledger: Ledger, kind: ImportKind, sender: Sender, *, dry_run: bool) -> None:
        """Know what is imported, and who sends it."""
        self._ledger, self._kind, self._sender = ledger, kind, sender
        self._dry_run = dry_run
        self._secret = ledger.settings.saved_secret(CONTENT)
        # The first row that said the same, and the first with an ID number.
        self._said: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._head: Sequence[HeadColumn] = ()
        self.result = ImportResult()

    def run(self, sheet: ReadSheet, progress: Callable[[int], None] | None = None) -> ImportResult:
        """Carry out all rows; `Unreadable` where the head is none. `progress` is told the rows."""
        rows = sheet.rows()
        self._head = head_of(self._kind, next(rows, None))
        while some := list(islice(rows, ROWS_TOGETHER)):
            self._together([read_row(self._head, row) for row in some])
            if progress is not None:
                progress(self.result.read)
        return self.result

    def _together(self, rows: Sequence[ImportRow]) -> None:
        """Carry out some rows, and keep what became of each."""
        self.result.read += len(rows)
        for row in rows:
            self._name(row)
        good = [row for row in rows if not row.problems]
        with self._ledger.connection() as connection:
            done = receipts.find(connection, [row.key for row in good])
            new = [row for row in good if row.id_hash and row.key not in done]
            known = self._ledger.vault.numbered(connection, [row.id_hash for row in new])
            for row in new:
                row.names = RowNames(row.names.key, row.names.number, known[row.id_hash])
        for row in good:
            if stored := done.get(row.key):
                self._accept(row, stored.receipts(replayed=True))
        self._execute([row for row in good if row.key not in done])
        self.result.problems += [problem for row in rows for problem in row.problems]

    def _name(self, row: ImportRow) -> None:
        """Name a row by what it says; the second that says the same is refused."""
        key = receipts.content_hash(self._secret, said_by(self._kind, row)).hex()
        number = row.values.get("id_number") or ""
        hashed = receipts.content_hash(self._secret, f"id number {number}".encode()).hex()
        row.names = RowNames(key, hashed if number else "")
        if row.problems:
            return
        first = self._said.setdefault(key, row.number)
        if number and first == row.number:
            row.id_hash = self._ledger.vault.number_of(number)
            first = self._numbers.setdefault(row.names.number, row.number)
        if first != row.number:
            told = Sentence("row {row} of this file has told it already", row=str(first))
            at = [each for each in self._head if number and each.column.field == "id_number"]
            place = at[0] if at else None
            row.problems.append(problem_at(row.number, place, AlreadyTold.CODE, told))

    def _execute(self, rows: Sequence[ImportRow]) -> None:
        requests = []
        for row in rows:
            try:
                requests.append((row, request_of_row(self._kind, row, self._sender)))
            except ROW_ERRORS as error:
                row.problems += problems_of(self._head, row, error)
        outcomes = self._ledger.executor.execute(
            [request for _, request in requests], dry_run=self._dry_run
        )
        for (row, _), outcome in zip(requests, outcomes, strict=True):
            if isinstance(outcome, Undecided):
                raise outcome.cause
            if isinstance(outcome, Receipts):
                self._accept(row, outcome)
            else:
                row.problems += problems_of(self._head, row, outcome)

    def _accept(self, row: ImportRow, made: Receipts) -> None:
        """Count a row that was carried out, or would be."""
        self.result.accepted += 1
        for name, value in row.values.items():
            if isinstance(value, dict):
                self.result.totals[name] = self.result.totals.get(name, 0) + value["value"]
        if not self._dry_run:
            last = made[-1]
            said = {name: last[name] for name in ("key", "subject", "replayed")}
            self.result.receipts.append({"row": row.number, **said})


def told_problems(problems: Sequence[CellProblem], language: str) -> Iterator[dict[str, Any]]:
    """Write problems in a language."""
    for each in problems:
        yield {
            "row": each.row,
            "column": each.column,
            "field": each.field,
            "code": each.code,
            "detail": each.zh if language == "zh" else each.en,
        }


def report(made: ImportResult, language: str) -> dict[str, Any]:
    """Say what became of a table."""
    return {
        "read": made.read,
        "accepted": made.accepted,
        "refused": made.refused,
        "totals": [
            {"field": name, "value": value, "unit": "fen"} for name, value in made.totals.items()
        ],
        "problems": [*told_problems(made.problems, language)],
        "receipts": made.receipts,
    }
