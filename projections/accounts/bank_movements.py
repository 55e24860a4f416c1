"""Bank movements (银行收付): what moves the cash of funds, which the bank must have seen.

Their sum is what the funds have in the bank by the books; what went between two funds of one
account, and what a fund held before the ledger began, is no line of a statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from domain import EVENTS
from domain.kernel.money import MoneyEvent
from domain.kernel.reversals import Reversal
from domain.payments.cash_movements import FundMovement, fund_movements
from domain.payments.pay_run_events import PayRunChunkReleased, PayRunDrawnUp
from projections.core.copy_writer import plain
from projections.core.view import SCHEMA, Table, View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from psycopg import Connection

    from projections.core.copy_writer import CopyWriter
    from projections.core.view import Recorded

MONEY = {kind.TOPIC for kind in EVENTS.values() if issubclass(kind, MoneyEvent)}
# By which word of an event the bank may know it.
REFERENCES = ("document", "bank_ref", "number")
# As long as the reference of a run's payment file is.
REFERENCE_SIGNS = 32
RUNS = "SELECT run, fund, reference FROM bank_runs WHERE run = ANY (%s)"
ENTER_RUN = "INSERT INTO bank_runs (run, fund, reference) VALUES (%s, %s, %s)"
COLUMNS = "position, fund, booked, amount, other, subject, topic, reference, reverses"
OF_FUNDS = f"""SELECT {COLUMNS} FROM {SCHEMA}.bank_movements
    WHERE fund = ANY (%s) AND booked <= %s AND position <= %s ORDER BY position, fund"""


class BankMovement(NamedTuple):
    """Fen that an event moves in or out (negative) of a fund's cash.

    `other` is where it came from or went to beyond the funds, `reference` what the bank may know it
    by; `reverses` is the position that it takes back, else 0.
    """

    position: int
    fund: str
    booked: date
    amount: int
    other: str
    subject: str
    topic: str
    reference: str
    reverses: int


class BankMovements(View):
    """Rows of movements; the chunk of a run stands for its payments."""

    NAME = "bank"
    TOPICS = tuple(sorted(MONEY | {PayRunDrawnUp.TOPIC, PayRunChunkReleased.TOPIC}))
    TABLES = (
        Table(
            "bank_movements",
            """position bigint NOT NULL, fund text COLLATE "C" NOT NULL, booked date NOT NULL,
            amount bigint NOT NULL, other text COLLATE "C" NOT NULL,
            subject text COLLATE "C" NOT NULL, topic text COLLATE "C" NOT NULL,
            reference text NOT NULL, reverses bigint NOT NULL, PRIMARY KEY (position, fund)""",
            ("(fund, booked)",),
            """SELECT count(*), md5(string_agg(m::text, E'\\n' ORDER BY position, fund))
            FROM bank_movements m""",
            says={
                "": "What the books say that the bank must have seen: one row an event and fund.",
                "position": "The position of the event; of a run's payments, that of their chunk.",
                "fund": "The fund whose cash it moves.",
                "booked": "The day on which it counts.",
                "amount": "What came in, in fen; negative what went out.",
                "other": "Where it came from, or went to, beyond all funds.",
                "subject": "Whose event it is.",
                "topic": "Its topic, without version.",
                "reference": "What the bank may know it by: a document, a number, a run's digest.",
                "reverses": "The position of the event that it takes back, else 0.",
            },
        ),
        Table(
            "bank_runs",
            """run text COLLATE "C" PRIMARY KEY, fund text COLLATE "C" NOT NULL,
            reference text NOT NULL""",
            (),
            """SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY run)) FROM bank_runs r""",
            says={
                "": "Pay runs, with the fund that pays them.",
                "run": "The run.",
                "fund": "The fund.",
                "reference": "The first signs of its digest, by which its payment file is known.",
            },
        ),
    )

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Write a row for each fund whose cash an event moves."""
        drawn = {
            one.event.originator_id: (one.event.fund, one.event.digest[:REFERENCE_SIGNS])
            for one in page
            if isinstance(one.event, PayRunDrawnUp)
        }
        chunks = [one.event for one in page if isinstance(one.event, PayRunChunkReleased)]
        runs = drawn | self.runs(writer, {each.originator_id for each in chunks} - drawn.keys())
        writer.copy(
            f"bank_movements ({COLUMNS})",
            (row(one, moved, runs) for one in page for moved in moves(one, runs)),
        )
        if drawn:
            writer.settled().executemany(
                ENTER_RUN, [(run, *of_run) for run, of_run in drawn.items()]
            )

    def runs(self, writer: CopyWriter, names: set[str]) -> dict[str, tuple[str, str]]:
        """Return fund and reference of runs of earlier pages."""
        if not names:
            return {}
        found = writer.settled().execute(RUNS, (sorted(names),)).fetchall()
        return {run: (fund, reference) for run, fund, reference in found}


def moves(one: Recorded, runs: dict[str, tuple[str, str]]) -> list[FundMovement]:
    """Return what an event moves, by fund."""
    event = one.event
    if isinstance(event, PayRunChunkReleased):
        fund, _ = runs[event.originator_id]
        return [FundMovement(fund, -event.amount)] if event.amount else []
    return fund_movements(event, one.lines) if one.lines else []


def row(one: Recorded, moved: FundMovement, runs: dict[str, tuple[str, str]]) -> str:
    """Write a row as `copy` takes it."""
    event: Any = one.event
    if isinstance(event, PayRunChunkReleased):
        reference = runs[event.originator_id][1]
    else:
        reference = next((str(getattr(event, name, "") or "") for name in REFERENCES
                          if getattr(event, name, "")), "")  # fmt: skip
    reverses = event.of if isinstance(event, Reversal) else 0
    cells = (
        one.position,
        plain(moved.fund),
        event.act.booked,
        moved.amount,
        plain(moved.other),
        plain(event.originator_id),
        one.topic,
        plain(reference),
        reverses,
    )
    return "\t".join(map(str, cells)) + "\n"


def movements(
    connection: Connection[Any], funds: Sequence[str], *, through: date, position: int
) -> list[BankMovement]:
    """Return what moved the cash of funds up to a booked day and a position."""
    rows = connection.execute(OF_FUNDS, (list(funds), through, position))
    return [BankMovement(*each) for each in rows]
