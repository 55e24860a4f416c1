"""The check that nobody is paid after a stop, by what was known when each payment was made.

It does not ask the roll: it goes from every stop, suspension and death that is stored to the
payments that should not have followed it, found by their keyed names.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from domain import decode
from domain.kernel.aggregate import stored_name
from domain.payments.pay_run_events import PayRunDrawnUp
from domain.payments.payment_events import (
    FIRST,
    PaymentMade,
    PaymentReissued,
    PaymentReturned,
    PaymentSupplemented,
    PaymentWrittenBack,
)
from domain.payments.payments import payment_prefix
from infra.verify.check import Findings, LogAtHead, QueryCheck
from infra.verify.checks.claim_history import END, Why
from infra.verify.checks.claims import Claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from domain.kernel.aggregate import Event

SENTENCE = (
    "Nothing was paid, reissued or supplemented for a month that a stop, a suspension or a death"
    " had taken away (a death: after the months that its scheme still pays), if that stood in the"
    " ledger before; nor to a household one of whose members was known by then to have died before"
    " the month, unless the run was drawn up without them. (overpaid: what was paid before the stop"
    " became known; it is to be recovered and is no breach.)"
)
PAYMENTS = """
    SELECT notification_id, topic, state FROM ledger.events
    WHERE originator_id = ANY (%s COLLATE "C") AND notification_id <= %s
    ORDER BY originator_id, originator_version"""
RUNS = f"""
    SELECT topic, state FROM ledger.events
    WHERE topic = '{stored_name(PayRunDrawnUp)}' AND notification_id <= %s
    ORDER BY notification_id"""
# By these, money goes out on a payment's stream.
GOES_OUT = (PaymentMade, PaymentReissued, PaymentSupplemented)
CAME_BACK = (PaymentReturned, PaymentWrittenBack)
BATCH = 1000


class MonthDue(NamedTuple):
    """A payment that may have been made to a holder whom something has stopped."""

    scheme: str
    holder: str
    month: str


def ask(asked: LogAtHead, found: Findings | None = None) -> Findings:
    """Follow every stop to the payments behind it; take down what it finds, perhaps in `found`."""
    found = found or Findings()
    claims = Claims(asked)
    roll_at, months = runs_of(asked)
    wanted = {name_of(asked, due): due for due in suspects(claims, months)}
    names = list(wanted)
    found.examined = len(names)
    for start in range(0, len(names), BATCH):
        rows = asked.connection.execute(
            PAYMENTS, (names[start : start + BATCH], asked.head), binary=True
        )
        events = ((position, decode(topic, state)) for position, topic, state in rows)
        events = (each for each in events if asked.until is None or counts(each[1], asked.until))
        for subject, history in groupby(events, key=lambda row: row[1].originator_id):
            look(found, SuspectPayment(claims, wanted[subject], roll_at), list(history))
    return found


def counts(event: Event, until: date) -> bool:
    """Tell whether what an event moved is booked by a day."""
    return event.act.booked <= until


def runs_of(asked: LogAtHead) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Return where the roll of each run was drawn, and for which months a scheme has runs."""
    roll_at: dict[str, int] = {}
    months: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for topic, state in asked.connection.execute(RUNS, (asked.head,), binary=True):
        run = decode(topic, state)
        if isinstance(run, PayRunDrawnUp):
            roll_at[run.originator_id] = run.roll_at
            months[run.scheme][run.month] = None
    return roll_at, {scheme: list(named) for scheme, named in months.items()}


def suspects(claims: Claims, months: dict[str, list[str]]) -> Iterator[MonthDue]:
    """Return, for the months that were paid, what is not due by all that is known now."""
    for scheme, holder in claims.touched():
        for month in months.get(scheme, ()):
            if claims.why_not(scheme, holder, month) is not None:
                yield MonthDue(scheme, holder, month)


def name_of(asked: LogAtHead, due: MonthDue) -> str:
    """Return the name that a payment of a holder for a month has."""
    tag = asked.tag(due.scheme, due.holder, due.month, FIRST)
    return payment_prefix(due.scheme, due.month) + tag


class SuspectPayment(NamedTuple):
    """A payment to look at: what was known of its holder, and where rolls were drawn."""

    claims: Claims
    due: MonthDue
    roll_at: Mapping[str, int]

    def why_not(self, event: Event, at: int = END) -> Why | None:
        """Say why money that went out by an event was not due, as known at a position."""
        # A supplement may be what is due to those whom a member's death has left.
        drawn = END
        if isinstance(event, PaymentMade | PaymentReissued):
            drawn = self.roll_at.get(event.run, at)
        return self.claims.why_not(*self.due, at=at, drawn_at=drawn)


def look(found: Findings, payment: SuspectPayment, history: Sequence[tuple[int, Event]]) -> None:
    """Hold what went out against what was known just before, and what is still out against now."""
    out: tuple[int, Event] | None = None
    for position, event in history:
        if isinstance(event, CAME_BACK):
            out = out if event.paid else None
        elif isinstance(event, GOES_OUT):
            out = position, event
            known = payment.why_not(event, position - 1)
            if known is not None:
                detail = f"{event.TOPIC}: {known.why}"
                found.breach([known.position, position], event.originator_id, detail)
                return
    later = payment.why_not(out[1]) if out else None
    if out and later:
        subject = out[1].originator_id
        row = {"positions": [out[0], later.position], "subject": subject, "detail": later.why}
        found.note("overpaid", row)


QUESTION = QueryCheck("not-after-stop", SENTENCE, ask)
