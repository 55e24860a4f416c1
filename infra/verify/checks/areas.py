"""The check that parts add up: all money, by fund, programme, district and year, in every place.

It folds the log once more by its own rules: what is undone counts where it was done. The accounts
by area, the figures of the city and of each district, the statements of funds, the registers and
the pay runs are held against that fold.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from domain import decode
from domain.benefits.relief_case_events import ReliefOverpaid
from domain.kernel.accounts import parse
from domain.kernel.reversals import Reversal
from domain.payments.payment_events import PaymentOverpaid
from domain.payments.recoveries import RecoveryEstablished
from infra.verify.check import CheckContext, Findings, QueryCheck
from infra.verify.checks.fund_pages import FundSums, compare_funds
from infra.verify.checks.money_figures import FigureSums, Spending, compare_figures
from infra.verify.checks.register_totals import RegisterSums, compare_registers
from infra.verify.checks.run_sums import RunSums, add_to_run, compare_runs
from projections.accounts import balances
from projections.core import view
from projections.core.view import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.kernel.aggregate import Event

SENTENCE = (
    "For every figure of money, programme, district and year, the city is its districts and what"
    " is tied to none; the year's page, the funds' statements, the turnover, the registers' totals"
    " and the accounts say the same, and each pay run's numbers are its payments as they stand."
)
VIEWS = ("journal", "balances", "facts", "registers", "payments")
LOG = """SELECT notification_id, topic, state FROM ledger.events
    WHERE notification_id <= %s ORDER BY notification_id"""
# The first event of a subject tells where it is.
FIRST = """SELECT topic, state FROM ledger.events
    WHERE originator_id = %s COLLATE "C" AND originator_version = 1"""
FOLLOWED = ("payment", "grant", "relief")


Sums = Counter[Spending]


def ask(asked: CheckContext) -> Findings:
    """Fold what was spent, and ask the views for the same."""
    found = Findings()
    reached = view.position(asked.connection, *VIEWS)
    moment = Moment(reached)
    log = folded(asked, reached)
    found.examined = len(log.spent)
    compare_accounts(asked, found, log.spent, moment)
    compare_runs(asked, found, log.runs, moment)
    compare_funds(asked, found, log.funds, moment)
    compare_registers(asked, found, log.registers, moment)
    compare_figures(asked, found, log.figures, moment)
    return found


@dataclass
class LogSums:
    """What the log says, folded once for all that is held against it."""

    spent: Sums = field(default_factory=Sums)
    runs: RunSums = field(default_factory=RunSums)
    funds: FundSums = field(default_factory=FundSums)
    registers: RegisterSums = field(default_factory=RegisterSums)
    figures: FigureSums = field(default_factory=FigureSums)


def folded(asked: CheckContext, reached: int) -> LogSums:
    """Sum what the log says."""
    log = LogSums()
    for position, topic, state in asked.rows("log", LOG, (reached,)):
        event = decode(topic, state)
        for spending, fen in spent_by(asked, event):
            log.spent[spending] += fen
            log.figures.spend(spending, fen)
        log.figures.add(position, event)
        log.funds.add(event)
        log.registers.add(event)
        add_to_run(log.runs, event)
    return log


def spent_by(asked: CheckContext, event: Event) -> Iterator[tuple[Spending, int]]:
    """Give what an event adds to what was spent."""
    booked = event.act.booked
    if isinstance(event, PaymentOverpaid | ReliefOverpaid):
        # A recovery takes from each payment what the payment's own event says.
        paid: Any = first(asked, event.originator_id)
        fund = paid.fund.partition(":")[2]
        yield Spending(fund, paid.programme, paid.area or "", booked), -event.amount
        return
    if isinstance(event, RecoveryEstablished):
        return
    for line in event.postings():
        account = parse(line.account)
        if account.class_ == "spent" and line.unit == "fen":
            area = area_of(asked, event)
            yield Spending(account.fund, account.programme, area, booked), line.value


def area_of(asked: CheckContext, event: Event) -> str:
    """Return where money counts: where its event says, else where its subject is."""
    told = event.event() if isinstance(event, Reversal) else event
    named = getattr(told, "area", None)
    # What a fund receives back counts where what gives it back was.
    subject = getattr(told, "cause", "") or event.originator_id
    if named is None and subject.partition(":")[0] in FOLLOWED:
        named = getattr(first(asked, subject), "area", None)
    return named or ""


def first(asked: CheckContext, subject: str) -> Event:
    """Return the first event of a subject."""
    ((topic, state),) = asked.connection.execute(FIRST, (subject,), binary=True).fetchall()
    return decode(topic, state)


def compare_accounts(asked: CheckContext, found: Findings, sums: Sums, moment: Moment) -> None:
    """Hold the accounts by area against the fold."""
    lines = balances.CELLS.by_place(moment)
    rows = asked.connection.execute(
        f"""SELECT fund, programme, area, booked, sum(value) FROM ({lines.sql}) lines
            JOIN views.{balances.CELLS.series.table} s ON s.id = series
            JOIN views.{balances.CELLS.places.table} p ON p.id = place
            WHERE class = 'spent' AND unit = 'fen' GROUP BY 1, 2, 3, 4""".encode(),
        lines.given,
    )
    shown = Sums({Spending(*row[:4]): row[4] for row in rows})
    for each in sorted({*shown, *sums}):
        if shown[each] != sums[each]:
            detail = f"{each.programme} in {each.area or 'no area'} on {each.booked}:"
            detail += f" {shown[each]} fen by area, the log {sums[each]}"
            found.breach([], f"fund:{each.fund}", detail)


QUESTION = QueryCheck("totals-agree", SENTENCE, ask)
