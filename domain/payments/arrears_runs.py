"""Arrears runs (补差批次): a run that pays once what is still due for past months.

It goes the way of every run; what was too much becomes a recovery when it is released. A line is
paid only while that leaves the holder no more than the rules give as known then: what another run,
a supplement or a later stop has changed since is held back, and a next arrears run sees it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.benefits.affected_months import pay_turn
from domain.kernel.great_sums import require_whole
from domain.kernel.months import first_day, spanned
from domain.kernel.refusals import Malformed, NotYet, PaidTwice, RollChanged
from domain.payments.arrears import MOST_MONTHS, due_to
from domain.payments.arrears_lines import (
    NO_LONGER_DUE,
    ArrearsLine,
    DrawnArrears,
    by_month,
    draw_arrears,
    terms_of,
)
from domain.payments.paid_months import PaidMonth
from domain.payments.pay_run_events import HeldBack, PayRunChunkReleased, PayRunDrawnUp
from domain.payments.pay_run_lines import PAID_BEFORE, answer
from domain.payments.payment_events import PaymentMade, PaymentSupplemented
from domain.payments.payments import Payment
from domain.payments.recoveries import Recovery, RecoveryEstablished, asked_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.benefits.rolls import RollLine
    from domain.benefits.schemes import Scheme
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit
    from domain.payments.pay_runs import PayRun

KIND = "arrears"
# So many lines are saved in one transaction: each is several events.
CHUNK = 1_000


class DueNow(NamedTuple):
    """What the roll of a month gives as known now, by holder, and the ids in use."""

    lines: Mapping[str, RollLine]
    known: Mapping[str, str]
    stops: Mapping[str, str]

    def due(self, holder: str) -> int:
        """Return what a holder is due, in fen."""
        line = self.lines.get(self.known.get(holder, holder))
        return line.amount if line and not line.stopped else 0

    def why_not(self, holder: str) -> str:
        """Say why a holder is due nothing, nothing where that is not said."""
        line = self.lines.get(self.known.get(holder, holder))
        return self.stops.get(holder, "") or (line.stopped if line else "")


@dataclass
class ArrearsChunk:
    """What became of some lines: events that follow one another in the log, by their kinds."""

    act: Act
    run: PayRun
    month: str
    paid: list[tuple[ArrearsLine, Payment]] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    recoveries: list[str] = field(default_factory=list)
    recovered: int = 0


def months_of(
    run: str, act: Act, *, from_: str | None, to: str | None, month: str | None
) -> list[str]:
    """Return the months that an arrears run is for; refuse none, too many, or those to come."""
    first, last = from_ or month, to or month
    if first is None or last is None:
        raise Malformed(run, "arrears are for the months `from` to `to`", "/what/from")
    if last < first:
        raise Malformed(run, "must not be before `from`", "/what/to")
    if first_day(last) > act.on:
        raise NotYet(run, "{month} has not begun on {day}", month=last, day=act.on)
    months = list(spanned(first, last))
    if len(months) > MOST_MONTHS:
        raise Malformed(run, "at most {most} months at once", "/what/to", most=str(MOST_MONTHS))
    return months


def draw_up(
    run: PayRun,
    act: Act,
    unit: Unit,
    *,
    scheme: Scheme,
    payer: Mapping[str, Any],
    months: Sequence[str],
) -> dict[str, Any]:
    """Draw the lines up as the rolls stand now."""
    drawn = drawn_now(run.id, unit, scheme.id, months)
    run.record(
        PayRunDrawnUp,
        act,
        scheme=scheme.id,
        programme=scheme.programme,
        purpose=scheme.purpose,
        **payer,
        month=months[-1],
        kind=KIND,
        from_=months[0],
        **sums_of(drawn),
    )
    return answer_of(drawn)


def sums_of(drawn: DrawnArrears) -> dict[str, Any]:
    """Return what the event of a drawing-up says of its lines."""
    as_drawn = drawn.as_drawn()
    return {
        "roll_at": drawn.at,
        "count": len(as_drawn.lines),
        "persons": as_drawn.persons,
        "total": drawn.total,
        "digest": drawn.digest,
        "held_back": as_drawn.held_back,
        "holders": drawn.holders,
        "to_recover": drawn.to_recover,
    }


def answer_of(drawn: DrawnArrears) -> dict[str, Any]:
    """Return what the receipt of a drawing-up adds."""
    to_recover = {"value": drawn.to_recover, "unit": "fen"}
    return {**answer(drawn.as_drawn()), "to_recover": to_recover}


def drawn_now(run: str, unit: Unit, scheme: str, months: Sequence[str]) -> DrawnArrears:
    """Draw the lines, while nobody else pays these months; `PaidTwice` where there are none."""
    for month in months:
        unit.locks.take(pay_turn(scheme, month))
    drawn = draw_arrears(unit, scheme, months)
    if not drawn.lines:
        raise PaidTwice(
            run, "what is due from {first} to {last} is paid", first=months[0], last=months[-1]
        )
    require_whole(run, drawn.total)
    return drawn


def release(run: PayRun, act: Act, unit: Unit) -> Iterator[None]:
    """Pay and ask back line by line, month by month, in chunks."""
    months = list(spanned(run.from_, run.month))
    for month in months:
        unit.locks.take(pay_turn(run.scheme, month))
    drawn = draw_arrears(unit, run.scheme, months, run.roll_at)
    if drawn.digest != run.digest:
        raise RollChanged(
            run.id,
            "the roll at position {position} is not what was drawn up: draw it up anew",
            position=str(run.roll_at),
        )
    while run.released_lines < len(drawn.lines):
        first = run.released_lines
        last = by_month(drawn.lines, first, CHUNK)
        release_chunk(run, act, unit, drawn.lines[first:last])
        if run.released_lines < len(drawn.lines):
            yield


def release_chunk(run: PayRun, act: Act, unit: Unit, lines: Sequence[ArrearsLine]) -> None:
    """Decide on lines of one month; the payments stand together right before the chunk."""
    chunk = ArrearsChunk(act, run, lines[0].month)
    now = due_now(unit, run.scheme, chunk.month)
    for line in lines:
        if line.amount < 0:
            recover(chunk, unit, line, now)
        else:
            pay(chunk, unit, line, now)
    for line, payment in chunk.paid:
        payment.record(PaymentMade, act, **said_of(line, run))
    paid = [line for line, _ in chunk.paid]
    first = run.released_lines
    run.record(
        PayRunChunkReleased,
        act,
        scheme=run.scheme,
        month=chunk.month,
        from_line=first,
        to_line=first + len(lines),
        paid=len(paid),
        persons=sum(line.counted for line in paid),
        amount=sum(line.amount for line in paid),
        held_back=tuple(chunk.held_back),
        guards=tuple(guard for line in paid for guard in line.guards),
        kind=KIND,
        recoveries=tuple(chunk.recoveries),
        recovered=chunk.recovered,
    )


def due_now(unit: Unit, scheme: str, month: str) -> DueNow:
    """Return what the rules give for a month, as known now."""
    stops = unit.rolls.stops_since(scheme, month)
    known = unit.rolls.holders(scheme)
    return DueNow(due_to(unit.rolls.roll(scheme, month).lines, known), known, stops)


def pay(chunk: ArrearsChunk, unit: Unit, line: ArrearsLine, now: DueNow) -> None:
    """Take a line down to be paid, or hold it back."""
    holder = line.line.holder
    months = paid_now(unit, line.firsts)
    kept = sum(each.kept for each in months)
    why = ""
    if line.amount + kept > now.due(holder):
        was_paid = kept > line.due - line.amount
        why = now.why_not(holder) or (PAID_BEFORE if was_paid else NO_LONGER_DUE)
    payment = unit.find(Payment, line.payment)
    if payment.version or not is_next(unit, line):
        why = why or PAID_BEFORE
    if why:
        chunk.held_back.append(HeldBack(line.payment, line.amount, why))
        return
    if line.completes:
        unit[Payment, line.completes].record(
            PaymentSupplemented,
            chunk.act,
            run=chunk.run.id,
            payment=line.payment,
            fund=chunk.run.fund,
            earmark=chunk.run.earmark,
            amount=line.amount,
            reason=KIND,
        )
    chunk.paid.append((line, payment))


def is_next(unit: Unit, line: ArrearsLine) -> bool:
    """Tell whether the payment is still the next to complete the first one of its month."""
    if not line.completes:
        return True
    first = unit[Payment, line.completes]
    return first.supplement_id(unit, first.supplements + 1) == line.payment


def recover(chunk: ArrearsChunk, unit: Unit, line: ArrearsLine, now: DueNow) -> None:
    """Ask back what was too much, unless that is not so any more."""
    asked = -line.amount
    months = paid_now(unit, line.firsts)
    kept = sum(each.kept for each in months)
    if kept - asked < now.due(line.line.holder) or sum(each.out for each in months) < asked:
        return
    payments = [unit[Payment, name] for each in months for name in each.payments]
    debt = new_debt(unit, line)
    parts = asked_back(payments, chunk.act, recovery=debt.id, amount=asked)
    debt.record(
        RecoveryEstablished,
        chunk.act,
        payments=tuple(each.id for each in payments),
        amount=asked,
        reason=now.why_not(line.line.holder) or KIND,
        parts=parts,
    )
    chunk.recoveries.append(debt.id)
    chunk.recovered += asked


def new_debt(unit: Unit, line: ArrearsLine) -> Recovery:
    """Return a new one; the version of the first payment stays if a supplement is asked for."""
    name = f"recovery:{line.payment.partition(':')[2]}:a"
    numbers = count(unit[Payment, line.completes].version)
    debts = (unit.find(Recovery, f"{name}{number}") for number in numbers)
    return next(debt for debt in debts if not debt.version)


def paid_now(unit: Unit, firsts: Sequence[str]) -> list[PaidMonth]:
    """Return what stands of a month's payments, this unit's changes included."""
    known = [unit[Payment, name] for name in firsts]
    return [PaidMonth.of([each, *each.supplemented(unit)]) for each in known]


def said_of(line: ArrearsLine, run: PayRun) -> dict[str, object]:
    """Return what a payment says of its line; one that completes another counts nobody again."""
    return {
        "run": run.id,
        "scheme": run.scheme,
        "programme": run.programme,
        "fund": run.fund,
        "earmark": run.earmark,
        "month": line.month,
        "completes": line.completes,
        "kind": KIND,
        **asdict(terms_of(line)),
    }
