"""A return file against its run: each line checked by the rules of payments, then all taken in.

Before its settlement the file settles the run, afterwards it returns payments one by one. A file
with one wrong line is refused whole; its digest is the key, so that it counts once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.bank.return_file import ReturnedRow, RowProblem, read_returns, require_rows
from api.bank.status_report import read_status_report
from api.commands.parsing import read_command
from api.http.problems import Unreadable
from api.http.wrong_parts import WrongPart
from domain.kernel.aggregate import Act, Event
from domain.kernel.refusals import (
    AlreadyTold,
    NotYet,
    Refused,
    UnknownSubject,
    WrongState,
)
from domain.kernel.sentences import Sentence
from domain.payments.pay_runs import PayRun
from domain.payments.payments import Payment, payment_prefix
from infra.commands import receipts
from infra.commands.command import CommandRequest, Sender
from infra.config.clock import today
from infra.ledger import Ledger
from projections.core import event_log

STAGES = ("released", "settled")


@dataclass(frozen=True)
class BankReturn:
    """A return file for one run: its digest (SHA-256), its lines, and what is wrong with them."""

    run: PayRun
    digest: str
    rows: Sequence[ReturnedRow]
    problems: Sequence[RowProblem]

    @property
    def settles(self) -> bool:
        """Tell whether the file settles the run."""
        return self.run.state == "released"

    @property
    def key(self) -> str:
        """Return the key under which the file is taken in, whoever sends it."""
        return f"bank-return-{self.digest[:48]}"

    def commands(self) -> list[dict[str, Any]]:
        """Return what the file says as commands: a settlement, or a return for each line."""
        evidence = [{"name": "bank return file", "sha256": self.digest}]
        if self.settles:
            on = max((each.day for each in self.rows), default=today())
            what = {"bank_ref": self.reference, "returned": [line_of(row) for row in self.rows]}
            act = {"on": on.isoformat(), "evidence": evidence}
            return [{"command": "pay-run.settle", "subject": self.run.id, "act": act, "what": what}]
        return [
            {
                "command": "payment.return",
                "subject": row.payment,
                "act": {"on": row.day.isoformat(), "evidence": evidence},
                "what": {"reason": row.reason, "bank_ref": row.reference} | amount_of(row),
            }
            for row in self.rows
        ]

    @property
    def reference(self) -> str:
        """Return the bank's reference of the whole: the one that all lines have, else the file."""
        found = {row.reference for row in self.rows}
        return found.pop() if len(found) == 1 else f"file {self.digest[:16]}"


def line_of(row: ReturnedRow) -> dict[str, Any]:
    """Write a line of a settlement."""
    said = {"payment": row.payment, "reason": row.reason, "bank_ref": row.reference}
    return said | {"day": row.day.isoformat()} | amount_of(row)


def amount_of(row: ReturnedRow) -> dict[str, Any]:
    """Write the part that came back, where it is not all."""
    return {} if row.amount is None else {"amount": {"value": row.amount, "unit": "fen"}}


def message_id(digest: str) -> str:
    """Return the id of a run's payment file: it stands for the lines that were approved."""
    return digest[:32]


def read_bank_return(ledger: Ledger, run: str, content: bytes, *, is_xml: bool) -> BankReturn:
    """Read a file for a run, and check each line; raise where the whole is none."""
    with ledger.connection() as connection:
        paying = PayRun(run)
        for event in event_log.of_subject(connection, run):
            paying.replay(event)
        if not paying.version:
            raise UnknownSubject(run)
        if paying.state not in STAGES:
            raise WrongState(run, "wrong-stage", state=paying.state, states=STAGES)
        if is_xml:
            rows, problems = read_status_report(content, message_id(paying.digest))
        else:
            rows, problems = read_returns(content)
        prefix = payment_prefix(paying.scheme, paying.month)
        rows = [row._replace(payment=full_id(row.payment, prefix)) for row in rows]
        known = payments_of(connection, {row.payment: 0 for row in rows})
    found = BankReturn(paying, hashlib.sha256(content).hexdigest(), rows, problems)
    wrong = [refusal for row in rows if (refusal := checked(found, known, row))]
    return BankReturn(
        paying, found.digest, rows, sorted([*problems, *wrong], key=lambda each: each.row)
    )


def full_id(payment: str, prefix: str) -> str:
    """Return a payment's whole id: in ISO 20022 its last part stands for it."""
    return payment if payment.startswith("payment:") else prefix + payment


def payments_of(connection: event_log.Reading, names: Mapping[str, int]) -> Mapping[str, Payment]:
    """Return payments as they stand, apart from any unit of work: what they record goes nowhere."""
    found: dict[str, Payment] = {}
    for name, event in event_log.of_subjects(connection, names) if names else ():
        payment = found.setdefault(name, Payment(name))
        payment.replay(event)
        payment.on_record = passed_over
    return found


def passed_over(event: Event) -> None:
    """Keep nothing of what is only tried."""


def checked(file: BankReturn, known: Mapping[str, Payment], row: ReturnedRow) -> RowProblem | None:
    """Let the payment take a line back, and say why it does not."""
    payment = known.get(row.payment)
    if payment is None:
        told = Sentence("there is no payment {payment}", payment=row.payment[:100])
        return RowProblem(row.row, "payment", "unknown-subject", told)
    if payment.run != file.run.id:
        told = WrongState("", "other-run", payment=payment.id, run=payment.run).sentence
        return RowProblem(row.row, "payment", "wrong-state", told)
    if row.day > today():
        return RowProblem(
            row.row, "day", NotYet.CODE, NotYet("", day=row.day, today=today()).sentence
        )
    act = Act(by="", on=row.day, booked=row.day)
    try:
        payment.come_back(act, reason=row.reason, bank_ref=row.reference, amount=row.amount)
    except Refused as refused:
        return RowProblem(row.row, "", refused.CODE, refused.sentence)
    return None


def take_in(
    ledger: Ledger, file: BankReturn, sender: Sender, *, dry_run: bool
) -> list[dict[str, Any]]:
    """Carry a file out, once; return the receipts. A dry run stores nothing."""
    require_new(ledger, file)
    if file.problems and dry_run:
        return []
    require_rows(file.problems)
    commands = [read_command(each) for each in file.commands()]
    if not commands:
        raise Unreadable(
            WrongPart("/file", Sentence("the run is settled and the file has no line"))
        )
    request = CommandRequest(commands, file.key, sender, listed=True)
    made = ledger.execute(request, dry_run=dry_run)
    if any(receipt["replayed"] for receipt in made):
        raise told_already(file)
    return made


def require_new(ledger: Ledger, file: BankReturn) -> None:
    """Refuse a file that was taken in."""
    with ledger.connection() as connection:
        if receipts.find(connection, [file.key]):
            raise told_already(file)


def told_already(file: BankReturn) -> AlreadyTold:
    """Say that a file counts once."""
    return AlreadyTold(
        file.run.id,
        "{first} has taken this very file in: its digest begins with {digest}",
        first=file.run.id,
        digest=file.digest[:16],
    )
