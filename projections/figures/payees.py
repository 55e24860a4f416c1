"""Whom the lines of money to persons are for, as far as the log says it without naming anybody.

A pay run pays everybody once, so the payments of its chunks are as many persons of one turn. All
other lines are few: their own events say what they complete or undo, or whom they help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from domain import decode
from domain.benefits.relief_case_events import ReliefPaid
from domain.benefits.relief_cases import ReliefCase
from domain.funds.fund_events import FundRecovered
from domain.kernel.accounts import parse
from domain.kernel.reversals import Reversal
from domain.payments.arrears_runs import KIND as ARREARS
from domain.payments.pay_run_events import PayRunChunkReleased
from domain.payments.payment_events import PaymentMade, PaymentReissued, PaymentReturned
from domain.payments.payments import Payment, payment_prefix
from projections.core import event_log
from projections.disclosure.persons_behind import Payee
from projections.disclosure.public_record import kind_of
from projections.disclosure.run_money import PAID, REISSUED, RETURNED, WRITTEN_BACK
from projections.disclosure.suppression import RunShare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from psycopg import Connection

    from domain.kernel.aggregate import Event

CHUNK = msgspec.json.Decoder(PayRunChunkReleased)
(RELEASED,) = event_log.stored_names(PayRunChunkReleased)
CHUNKS = f"""SELECT originator_id, notification_id, state
    FROM {event_log.rows_of_kind("pay-run")} e
    WHERE topic = %s AND notification_id <= %s ORDER BY 2"""
(MADE,) = event_log.stored_names(PaymentMade)
# What moves a payment that was made before.
MOVED = (PaymentReturned, PaymentReissued, FundRecovered)
# Persons whom relief helps are known by name, whatever the case.
RELIEF = "relief"


class ReleasedChunk(NamedTuple):
    """Where the payments of a chunk lie in the log, the turn that they are of, and the run."""

    first: int
    last: int
    turn: str
    run: str


class NamedLine(NamedTuple):
    """Whom a single line is for, and of which number of a run it is a part, if of any."""

    payee: Payee
    share: RunShare | None


def released_chunks(connection: Connection[Any], position: int) -> Sequence[ReleasedChunk]:
    """Return the chunks that pay runs have released up to a position, but for those of arrears.

    What arrears pay is of many months of the same persons, so each line says whom it is for.
    """
    found = []
    rows = connection.execute(CHUNKS, (RELEASED, position), binary=True)
    for run, last, state in rows:
        chunk = CHUNK.decode(state)
        if chunk.kind:
            continue
        # A chunk's payments stand right before its event.
        turn = payment_prefix(chunk.scheme, chunk.month)
        found.append(ReleasedChunk(last - chunk.paid, last, turn, run))
    return found


def named_lines(connection: Connection[Any], positions: Iterable[int]) -> dict[int, NamedLine]:
    """Return whom single lines are for, each by a name that stands for one person."""
    rows = event_log.at_each(connection, sorted(positions))
    events = {row.position: undone(decode(row.topic, row.state)) for row in rows}
    helped = {
        event.originator_id: event.person
        for event in events.values()
        if isinstance(event, ReliefPaid)
    }
    firsts = completed(connection, events.values())
    return {
        position: NamedLine(payee_of(event, helped, firsts), share_of(event))
        for position, event in events.items()
    }


def completed(connection: Connection[Any], events: Iterable[Event]) -> Mapping[str, str]:
    """Return which payment those complete or correct that events undo or pay out again."""
    moved = {each.cause if isinstance(each, FundRecovered) else each.originator_id
             for each in events if isinstance(each, MOVED)}  # fmt: skip
    page = event_log.page(
        connection, after=0, until=2**62, limit=None, topics=[MADE],
        subjects=sorted(each for each in moved if kind_of(each) == Payment.KIND),
    )  # fmt: skip
    made = (decode(each.topic, each.state) for each in page)
    return {
        each.originator_id: each.completes or each.redirects
        for each in made
        if isinstance(each, PaymentMade) and (each.completes or each.redirects)
    }


def share_of(event: Event) -> RunShare | None:
    """Return of which number of a run an event is a part; what a chunk paid is not asked."""
    match event:
        case PaymentMade() if event.kind == ARREARS:
            return RunShare(event.run, PAID)
        case PaymentReturned():
            return RunShare(event.run, RETURNED)
        case PaymentReissued():
            return RunShare(event.run, REISSUED)
        case FundRecovered() if kind_of(event.cause) == Payment.KIND:
            return RunShare(parse(event.source).detail, WRITTEN_BACK)
    return None


def undone(event: Event) -> Event:
    """Return the event itself, or what it reverses."""
    return event.event() if isinstance(event, Reversal) else event


def payee_of(event: Event, helped: Mapping[str, str], firsts: Mapping[str, str]) -> Payee:
    """Return whom an event is for: the person of a case, else what it completes or undoes.

    What is paid beside the first payment of a turn is for those who had that one already, and what
    comes back of it is theirs too: made and undone, nobody stands behind it.
    """
    subject = event.originator_id
    if kind_of(subject) == ReliefCase.KIND:
        return Payee(RELIEF, helped.get(subject, subject))
    if isinstance(event, FundRecovered):
        subject = event.cause
    if kind_of(subject) != Payment.KIND:
        return Payee(subject, subject)
    turn = f"{subject.rpartition(':')[0]}:"
    said = event.completes or event.redirects if isinstance(event, PaymentMade) else ""
    if first := said or firsts.get(subject, ""):
        return Payee(f"{turn}again", first)
    return Payee(turn, subject)
