"""The public record of an event: ONE object, made here by an allow-list, and nowhere else.

What the stream sends, what a page shows and what a proof proves are its bytes. A topic that no
list names shows nothing but a commitment, which binds the whole stored event.

Never shown: a person, a household, who holds an entitlement, who sent a command, its key, and money
to persons: a payment, a relief case, a recovery, a run's counts and sums, or the fund's own events
for them. A run of few lines is not there at all. What the record says depends on the event alone.
Free words (authority, reason) are shown only where an act is about no person.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from domain.bodies.facility_events import SECRET
from domain.funds.donation_events import DonationPledged, DonationReceived
from domain.funds.fund_events import FundRecovered, FundsCommitted, FundsUncommitted
from domain.kernel import event_fields
from domain.kernel.accounts import parse
from domain.kernel.disclosure import Public
from domain.kernel.money import MoneyEvent
from domain.kernel.reversals import Reversal
from domain.payments.pay_run_events import PayRunDrawnUp, PayRunReleased
from projections.disclosure.allow_list import OPEN, PARTLY_SHOWN
from projections.disclosure.small_counts import COUNTS, THRESHOLD, words_shown

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

Words: TypeAlias = dict[str, Any]
MAY_BE_PERSONS = (FundsCommitted, FundsUncommitted, FundRecovered, Reversal)
OF_RUNS = (PayRunDrawnUp, PayRunReleased)
# Whose money is money to persons.
PERSONAL = frozenset(
    {"entitlement", "household", "pay-run", "payment", "person", "recovery", "relief"}
)
# Among these are refuges.
FACILITIES = "facility."
GIFTS = (DonationPledged, DonationReceived)
ANONYMOUS = "匿名"
PSEUDONYM = re.compile(r"person:[A-Za-z0-9.:_-]*")


class PublicData(msgspec.Struct, gc=False):
    """What the public sees of an event."""

    on: date
    what: Words | msgspec.Struct
    reverses: int | None
    version: int | UnsetType = UNSET
    authority: str | UnsetType = UNSET
    booked: date | UnsetType = UNSET
    commitment: str | UnsetType = UNSET
    postings: tuple[Posting, ...] | UnsetType = UNSET
    reason: str | UnsetType = UNSET


def public_data(event: Event) -> PublicData | None:
    """Return what the public sees of an event, its commitment still to be set; None if nothing."""
    kind = type(event)
    planned = plan(kind)
    if planned is None or (planned.perhaps_none and is_secret(event)):
        return None
    act = event.act
    said = PublicData(
        act.on,
        words_of(event, planned),
        event.of if isinstance(event, Reversal) else None,
    )
    if planned.tells_version:
        said.version = event.originator_version
    if planned.is_money or act.booked != act.on:
        said.booked = act.booked
    if planned.seen.reasons:
        said.authority, said.reason = act.authority, act.reason
    said.postings = event.postings()
    return said


class Plan(NamedTuple):
    """What the public sees of a class of events; `perhaps_none` of some, as each must be asked.

    The parts have a shape where nothing in them is ever hidden.
    """

    seen: Public
    parts: tuple[event_fields.FieldPlan, ...]
    shape: event_fields.Shape | None
    is_money: bool
    perhaps_none: bool
    tells_version: bool


@cache
def plan(kind: type[Event]) -> Plan | None:
    """Plan what the public sees of a class of events; None if nothing."""
    return plan_of(kind, OPEN[kind.TOPIC]) if kind.TOPIC in OPEN else None


def plan_of(kind: type[Event], seen: Public) -> Plan:
    """Plan how a class of events is said."""
    known = {part.name: part for part in event_fields.plan(kind)}
    parts = tuple(known[name] for name in seen.fields if name in known)
    hides = issubclass(kind, GIFTS) or not COUNTS.isdisjoint(part.name for part in parts)
    return Plan(
        seen,
        parts,
        None if hides else event_fields.shape_of(kind, parts),
        is_money=issubclass(kind, MoneyEvent),
        perhaps_none=kind.TOPIC.startswith(FACILITIES)
        or issubclass(kind, (*MAY_BE_PERSONS, *OF_RUNS)),
        tells_version=kind.TOPIC.partition(".")[0] not in PARTLY_SHOWN,
    )


def words_of(event: Event, planned: Plan) -> Words | msgspec.Struct:
    """Say what the public may read of an event's own fields."""
    if planned.shape is not None:
        return event_fields.spoken(event, planned.shape)
    return named(event, words_shown(event_fields.said(event, planned.parts)))


def commitment(salt: bytes, state: bytes) -> str:
    """Bind a stored event without telling anything of it: it cannot be guessed from this."""
    return b2a_base64(sha256(salt + state).digest(), newline=False).decode()


def is_secret(event: Event) -> bool:
    """Tell whether nobody is to know what this is: money to persons, a small run, or a refuge."""
    if isinstance(event, Reversal):
        return is_secret(event.event())
    if isinstance(event, PayRunDrawnUp):
        return event.count < THRESHOLD or 0 < event.holders < THRESHOLD
    if isinstance(event, PayRunReleased):
        few = event.paid + event.held_lines < THRESHOLD
        return event.holders < THRESHOLD if event.holders else few
    if event.TOPIC.startswith(FACILITIES):
        return getattr(event, "kind", "") == SECRET
    return may_be_one_persons(event)


def may_be_one_persons(event: Event) -> bool:
    """Tell whether a fund's event moves money to persons, or undoes such a one."""
    if isinstance(event, Reversal):
        return may_be_one_persons(event.event())
    return not PERSONAL.isdisjoint(payers_of(event))


def payers_of(event: Event) -> tuple[str, ...]:
    """Return the kinds of things that a fund's event moves money for, or because of."""
    match event:
        case FundsCommitted():
            return kind_of(event.to), kind_of(event.cause)
        case FundsUncommitted():
            return kind_of(event.of), kind_of(event.cause)
        case FundRecovered():
            return kind_of(parse(event.source).detail), kind_of(event.cause)
    return ()


def kind_of(subject: str) -> str:
    """Return what kind of thing an id names."""
    return subject.partition(":")[0]


def named(event: Event, words: Words) -> Words:
    """Say who gave: a body that wants to be named. A person's name is not in the ledger."""
    if not isinstance(event, GIFTS):
        return words
    if isinstance(event, DonationPledged) or event.donor is None or not event.name_shown:
        return words | {"donor": ANONYMOUS}
    return words | {"donor": event.donor} if kind_of(event.donor) == "organisation" else words


def without_persons(said: Any) -> Any:
    """Put 匿名 in place of a pseudonym, should one have got into a text or an account."""
    if isinstance(said, str):
        return PSEUDONYM.sub(ANONYMOUS, said)
    if isinstance(said, dict):
        return {without_persons(name): without_persons(value) for name, value in said.items()}
    if isinstance(said, list):
        return [without_persons(value) for value in said]
    return said
