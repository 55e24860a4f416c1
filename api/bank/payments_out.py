"""Payments on their way to the bank: a released run's file, made of the run and of the vault.

Who asks for it reads names and accounts: an event says so before anything is shown.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from api.bank.payment_file import LONGEST_NAME, PaymentFile, Transfer, account_in
from api.bank.returns import STAGES, message_id
from api.commands.parsing import read_command
from api.http.problems import Problem, ViewBehind
from domain.funds.funds import Fund
from domain.kernel.refusals import UnknownSubject, WrongState
from domain.payments.pay_runs import PayRun
from infra.commands.command import CommandRequest
from infra.config.clock import today
from projections.casework.paid_lines import RunNotRedrawnError, paid_lines, papers_of
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from infra.commands.command import Sender
    from infra.ledger import Ledger
    from projections.casework.paid_lines import PaidLine

READ = ("account", "name")
MOST_NAMED = 20


class AccountMissing(Problem):
    """A file for the bank has all payments of its run, or there is none."""

    CODE, STATUS, ZH, EN = "account-missing", 409, "缺少收款账号", "An account is missing"
    SAYS = (
        "payments that nobody has an account for, which a bank takes: {lines}; they are {payments}"
    )


class MadeFile(NamedTuple):
    """A file's content, what it is called, how many payments it has, and their sum in fen."""

    content: bytes
    name: str
    payments: int
    total: int
    digest: str


def make_file(ledger: Ledger, run: str, sender: Sender, *, is_xml: bool) -> MadeFile:
    """Make the file of a released run, note who reads it, and return it."""
    file = read_run(ledger, run)
    content = file.as_xml() if is_xml else file.as_csv()
    name = f"{run.replace(':', '-')}-{file.message[:16]}.{'xml' if is_xml else 'csv'}"
    digest = hashlib.sha256(content).hexdigest()
    note_read(ledger, sender, run=run, persons=len(file.transfers), digest=digest)
    return MadeFile(content, name, len(file.transfers), file.total, digest)


def read_run(ledger: Ledger, run: str) -> PaymentFile:
    """Read what a run has paid, to whom and when."""
    with ledger.connection() as connection:
        paying, day = PayRun(run), today()
        for event in event_log.of_subject(connection, run):
            paying.replay(event)
            day = event.act.on if event.TOPIC == "pay-run.released" else day
        if not paying.version:
            raise UnknownSubject(run)
        if paying.state not in STAGES:
            raise WrongState(run, "wrong-stage", state=paying.state, states=STAGES)
        lines = lines_of(ledger, connection, paying)
        papers = read_papers(ledger, connection, lines, day)
        payer = payer_of(connection, paying.fund)
    return PaymentFile(message_id(paying.digest), payer, day, paid_to(lines, papers))


def lines_of(ledger: Ledger, connection: Any, run: PayRun) -> list[PaidLine]:
    """Return what a run has paid."""

    def tags(scheme: str, holders: Iterable[str], parts: tuple[str, ...]) -> list[str]:
        return ledger.vault.tags(connection, scheme, holders, parts)

    try:
        return paid_lines(connection, run, tags, ledger.drawings)
    except RunNotRedrawnError:
        raise ViewBehind(
            "the roll is being grown anew: ask for the file of {run} in a while", run=run.id
        ) from None


def read_papers(
    ledger: Ledger, connection: Any, lines: Iterable[PaidLine], day: date
) -> dict[str, tuple[str, str]]:
    """Return name and account of all whom lines may pay, as the vault has them of a day."""
    persons = {person for line in lines for person in line.persons}
    names = papers_of(connection, persons, day)
    entries = {entry for pair in names.values() for entry in pair}
    sealed = ledger.vault.read_many(connection, entries)
    return {
        person: (sealed.get(name, {}).get("name", ""), sealed.get(account, {}).get("account", ""))
        for person, (name, account) in names.items()
    }


def payer_of(connection: Any, fund: str) -> str:
    """Return what the fund that pays is called."""
    paying = Fund(fund)
    for event in event_log.of_subject(connection, fund):
        paying.replay(event)
        title = getattr(event, "title", "")
        if title:
            return str(title)[:LONGEST_NAME]
    return fund


def paid_to(lines: Iterable[PaidLine], papers: Mapping[str, tuple[str, str]]) -> list[Transfer]:
    """Give each payment to the first who has a name and an account; refuse where nobody has."""
    transfers: list[Transfer] = []
    missing: list[str] = []
    for line in lines:
        found = next(filter(None, (receiver(papers, each) for each in line.persons)), None)
        if line.payee or found is None:
            missing.append(line.payment)
        else:
            transfers.append(Transfer(line.payment, line.tag, *found, line.amount))
    if missing:
        raise AccountMissing(lines=str(len(missing)), payments=missing[:MOST_NAMED])
    return transfers


def receiver(papers: Mapping[str, tuple[str, str]], person: str) -> tuple[str, str] | None:
    """Return the name and the account of a person who has both."""
    name, account = papers.get(person, ("", ""))
    taken = account_in(account)
    return (name[:LONGEST_NAME], taken) if name and taken else None


def note_read(ledger: Ledger, sender: Sender, *, run: str, persons: int, digest: str) -> None:
    """Record that somebody has read the accounts of a run, and in which file."""
    read = {
        "command": "vault.read",
        "subject": f"vault:{digest[:32]}",
        "act": {"on": today().isoformat()},
        "what": {
            "purpose": "payment",
            "of": run,
            "parts": [*READ],
            "persons": {"value": persons, "unit": "person"},
            "digest": digest,
        },
    }
    ledger.execute(CommandRequest([read_command(read)], str(uuid4()), sender))
