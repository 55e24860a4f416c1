"""The check of arrears: each run is drawn again, and paid nobody more than the rules gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.kernel.aggregate import stored_name
from domain.kernel.months import spanned
from domain.payments.arrears import due_to
from domain.payments.arrears_lines import draw_arrears
from domain.payments.paid_months import paid_months
from domain.payments.payment_events import FIRST, PaymentMade
from domain.payments.payments import payment_prefix
from domain.payments.recoveries import RecoveryEstablished
from infra.verify.check import CheckContext, Findings, QueryCheck
from infra.verify.checks.pay_runs import runs
from projections.decision_views import payments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.payments.arrears_lines import ArrearsLine, DrawnArrears
    from infra.verify.checks.pay_runs import Run

SENTENCE = (
    "Drawn again from the log at its position, every arrears run has the digest and the sums that"
    " were approved; it paid each of its lines once, to the fen, or held it back, asked back no"
    " more than was too much, and left nobody more for a month than the rules gave as known then."
)
MADE, ESTABLISHED = stored_name(PaymentMade), stored_name(RecoveryEstablished)
PAYMENT = msgspec.json.Decoder(PaymentMade)
OF_ARREARS = f"""
    SELECT notification_id, state FROM ledger.events
    WHERE topic = '{MADE}' AND notification_id <= %s
      AND position('"kind":"arrears"'::bytea IN state) > 0
    ORDER BY notification_id"""
ASKED = f"""
    SELECT originator_id, notification_id,
           (convert_from(state, 'UTF8')::json ->> 'amount')::bigint FROM ledger.events
    WHERE topic = '{ESTABLISHED}' AND originator_id = ANY (%s COLLATE "C")
      AND notification_id <= %s"""


class PaidArrear(NamedTuple):
    """A payment of an arrears run, and where it stands."""

    position: int
    payment: PaymentMade


def arrears_once(asked: CheckContext) -> Findings:
    """Draw every arrears run again, and hold it against what it paid."""
    found = Findings()
    paid: dict[str, list[PaidArrear]] = {}
    for position, state in asked.connection.execute(OF_ARREARS, (asked.head,), binary=True):
        made = PAYMENT.decode(state)
        paid.setdefault(made.run, []).append(PaidArrear(position, made))
    for run in runs(asked):
        if run.drawn_up.kind:
            of_run = paid.pop(run.drawn_up.originator_id, [])
            found.examined += len(of_run)
            check_run(asked, found, run, of_run)
    for of_nothing in paid.values():
        for position, made in of_nothing:
            found.breach([position], made.originator_id, f"{made.run} pays no arrears")
    return found


def check_run(asked: CheckContext, found: Findings, run: Run, paid: Sequence[PaidArrear]) -> None:
    """Hold what was drawn up against the log at its position, and what was paid against that."""
    said = run.drawn_up
    months = list(spanned(said.from_, said.month))
    drawn = draw_arrears(asked.unit, said.scheme, months, said.roll_at)
    again = (drawn.digest, drawn.total, drawn.to_recover, drawn.holders)
    if again != (said.digest, said.total, said.to_recover, said.holders):
        detail = f"{drawn.total} fen to pay and {drawn.to_recover} to recover at {said.roll_at}"
        found.breach([run.position], said.originator_id, f"{detail}; {said.total} was drawn up")
        return
    check_lines(found, run, drawn, paid)
    check_recoveries(asked, found, run, drawn)
    for month in dict.fromkeys(each.payment.month for each in paid):
        of_month = {each.payment.originator_id: each for each in paid
                    if each.payment.month == month}  # fmt: skip
        check_month(asked, found, run, of_month)


def check_lines(found: Findings, run: Run, drawn: DrawnArrears, paid: Sequence[PaidArrear]) -> None:
    """Hold each payment against its line; each line is paid, or held back."""
    lines = {each.payment: each for each in drawn.payments}
    held = {each.payment: each.amount for chunk in run.chunks for each in chunk.held_back}
    for position, made in paid:
        line = lines.pop(made.originator_id, None)
        if line is None or made.originator_id in held:
            how = "held back, too" if line else "it is no line of its run"
            found.breach([position], made.originator_id, f"{made.amount} fen; {how}")
        elif (made.amount, made.persons, made.completes) != (
            line.amount, line.counted, line.completes,
        ):  # fmt: skip
            detail = f"{made.amount} fen; its line has {line.amount}"
            found.breach([run.position, position], made.originator_id, detail)
    if run.released:
        for name, line in lines.items():
            if held.get(name) != line.amount:
                found.breach([run.position], name, "neither paid nor held back")


def check_recoveries(asked: CheckContext, found: Findings, run: Run, drawn: DrawnArrears) -> None:
    """Hold each recovery against the line that it is for; none asks more."""
    names = [name for chunk in run.chunks for name in chunk.recoveries]
    most: Mapping[str, ArrearsLine] = {
        each.payment.partition(":")[2]: each for each in drawn.recoveries
    }
    for name, position, amount in asked.connection.execute(ASKED, (names, asked.head)):
        line = most.get(name.partition(":")[2].rpartition(":")[0])
        if line is None or amount != -line.amount:
            detail = f"{amount} fen asked back; the run has {-line.amount if line else 0}"
            found.breach([run.position, position], name, detail)


def check_month(
    asked: CheckContext, found: Findings, run: Run, paid: Mapping[str, PaidArrear]
) -> None:
    """Look for whoever had more for a month, right after the run paid, than the rules gave."""
    scheme, month = run.drawn_up.scheme, next(iter(paid.values())).payment.month
    after = max(each.position for each in paid.values())
    known = asked.unit.rolls.holders(scheme, after)
    due = due_to(asked.unit.rolls.roll(scheme, month, after).lines, known)
    ids = list(known)
    holders = dict(zip(asked.unit.payments.tags(scheme, ids, month, FIRST), ids, strict=True))
    events = payments.of_month(asked.connection, scheme, month, at=after, as_of=None)
    stands = paid_months(events)
    prefix = payment_prefix(scheme, month)
    for name, (position, made) in paid.items():
        tag = (made.completes or name).removeprefix(prefix)
        who = known.get(holders.get(tag, ""), "")
        line = due.get(who)
        gives = line.amount if line and not line.stopped else 0
        if stands[tag].kept > gives:
            detail = f"{stands[tag].kept} fen for {month}; the rules gave {gives}"
            found.breach([run.position, position], name, detail)


QUESTION = QueryCheck("arrears-once", SENTENCE, arrears_once)
