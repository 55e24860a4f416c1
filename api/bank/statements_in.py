"""A statement's file on its way into the ledger: checked line by line, and taken in once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.bank.return_file import require_rows
from api.bank.statement_file import StatedRow, read_statement, sum_in_yuan
from api.commands.parsing import read_command, unreadable
from api.http.problems import Unreadable
from api.http.wrong_parts import WrongPart
from domain.kernel.days import calendar_day
from domain.kernel.months import month_of
from domain.kernel.refusals import AlreadyTold
from domain.kernel.sentences import InvalidValue
from infra.commands.command import CommandRequest
from infra.config.clock import today

if TYPE_CHECKING:
    from api.bank.return_file import RowProblem
    from infra.commands.command import Sender
    from infra.ledger import Ledger

# What an address says of a statement beside its file.
SAID = ("account", "from", "to", "opening", "closing")


@dataclass(frozen=True)
class StatementFile:
    """A file of a statement: its digest, its lines, and what is wrong with them."""

    subject: str
    what: Mapping[str, Any]
    digest: str
    rows: Sequence[StatedRow]
    problems: Sequence[RowProblem]

    @property
    def key(self) -> str:
        """Return the key under which it is taken in, whoever sends it."""
        return f"bank-statement-{self.digest[:48]}"

    def command(self) -> dict[str, Any]:
        """Return what it says as a command."""
        return {
            "command": "bank-statement.record",
            "subject": self.subject,
            "act": {
                "on": today().isoformat(),
                "evidence": [{"name": "bank statement file", "sha256": self.digest}],
            },
            "what": {**self.what, "lines": [line_of(row) for row in self.rows]},
        }


def line_of(row: StatedRow) -> dict[str, Any]:
    """Write a line."""
    said = {"counterparty": row.counterparty, "reference": row.reference}
    return {
        "day": row.day.isoformat(),
        "direction": "in" if row.amount > 0 else "out",
        "amount": {"value": abs(row.amount), "unit": "fen"},
    } | {name: text for name, text in said.items() if text}


def read_file(said: Mapping[str, str], content: bytes) -> StatementFile:
    """Read a file and what the address says of it; raise where the whole is no statement."""
    missing = [name for name in SAID if name not in said]
    if missing:
        raise unreadable(f"/{missing[0]}", "this field is required")
    opening, closing = fen_in("opening", said), fen_in("closing", said)
    first = day_in("from", said)
    day_in("to", said)
    rows, problems = read_statement(content, opening)
    what = {
        "account": said["account"],
        "from": said["from"],
        "to": said["to"],
        "opening": {"value": opening, "unit": "fen"},
        "closing": {"value": closing, "unit": "fen"},
    }
    subject = f"bank-statement:{said['account'].partition(':')[2]}:{month_of(first)}"
    return StatementFile(subject, what, hashlib.sha256(content).hexdigest(), rows, problems)


def fen_in(name: str, said: Mapping[str, str]) -> int:
    """Read a sum in 元 of the address."""
    try:
        return sum_in_yuan(said[name])
    except InvalidValue as error:
        raise Unreadable(WrongPart(f"/{name}", error.sentence)) from None


def day_in(name: str, said: Mapping[str, str]) -> Any:
    """Read a day of the address."""
    try:
        return calendar_day(said[name])
    except InvalidValue as error:
        raise Unreadable(WrongPart(f"/{name}", error.sentence)) from None


def take_statement(
    ledger: Ledger, file: StatementFile, sender: Sender, *, dry_run: bool
) -> list[dict[str, Any]]:
    """Keep a statement, once; return the receipts. A dry run stores nothing."""
    if file.problems and dry_run:
        return []
    require_rows(file.problems)
    request = CommandRequest([read_command(file.command())], file.key, sender)
    made = ledger.execute(request, dry_run=dry_run)
    if any(receipt["replayed"] for receipt in made):
        raise AlreadyTold(
            file.subject,
            "{first} has taken this very file in: its digest begins with {digest}",
            first=file.subject,
            digest=file.digest[:16],
        )
    return made
