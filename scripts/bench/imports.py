"""A table of 10,000 rows carried out, beside the same commands as JSON Lines."""

from __future__ import annotations

import io
import time
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
import xlsxwriter

from api.cli.send import LINES_TOGETHER, carried_out
from api.imports.import_jobs import TableFile, opened
from api.imports.import_kinds import KINDS
from api.imports.import_run import ImportRun
from infra.commands.command import Sender
from scripts.bench.ledgers import Bench, new_key
from scripts.bench.outcomes import Outcome, by_turns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.ledger import Ledger

ROWS = 10_000
HEAD = ("编号", "日期", "姓名", "银行账号")
DAY = date(2007, 3, 1)


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare a table with JSON Lines: the same persons' registrations, by turns."""
    with bench.ledger() as ledger:
        ours, theirs = by_turns(
            bench.rounds, lambda: rate_of_table(ledger), lambda: rate_of_lines(ledger)
        )
    yield Outcome(
        name="import",
        path="10,000 rows of a workbook, each a command",
        ours=ours,
        limit=theirs,
        unit="/s",
        against="the same commands as JSON Lines",
        goal=0.5,
        at_least=True,
    )


def rate_of_table(ledger: Ledger) -> float:
    """Return rows a second, from the file's bytes to what became of each row."""
    file = TableFile(workbook(new_key()), "xlsx")
    begun = time.perf_counter()
    with opened(file) as sheet:
        run = ImportRun(ledger, KINDS["persons"], Sender("clerk"), dry_run=False)
        made = run.run(sheet)
    if made.accepted != ROWS:
        raise RuntimeError(f"{made.refused} rows were refused: {made.problems[:1]}")
    return ROWS / (time.perf_counter() - begun)


def workbook(name: str) -> bytes:
    """Write a table of persons, named after a key that no other round has."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet, day = book.add_worksheet("数据"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEAD)
    for row in range(1, ROWS + 1):
        sheet.write_string(row, 0, f"{name}-{row}".lower())
        sheet.write_datetime(row, 1, DAY, day)
        sheet.write_string(row, 2, f"甲{row}")
        sheet.write_string(row, 3, f"{row:016}")
    book.close()
    return file.getvalue()


def rate_of_lines(ledger: Ledger) -> float:
    """Return commands a second."""
    name = new_key()
    lines = (registration(f"{name}-{row}".lower(), row) for row in range(ROWS))
    file = io.BytesIO(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    begun, receipts = time.perf_counter(), 0
    for outcomes in carried_out(ledger, file, Sender("clerk"), LINES_TOGETHER, dry_run=False):
        receipts += sum(isinstance(outcome, list) for outcome in outcomes)
    if receipts != ROWS:
        raise RuntimeError(f"{ROWS - receipts} lines were refused")
    return ROWS / (time.perf_counter() - begun)


def registration(key: str, number: int) -> dict[str, Any]:
    """Write the command that a row becomes."""
    return {
        "command": "person.register",
        "subject": f"person:{key}",
        "key": key,
        "act": {"on": DAY.isoformat()},
        "what": {"sealed": {"name": f"甲{number}", "account": f"{number:016}"}},
    }
