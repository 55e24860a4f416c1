"""The public record of an event: ONE object, made here by an allow-list, and nowhere else.

What the stream sends, what a page shows and what a proof proves are its bytes. A topic that no
list names shows nothing but a commitment, which binds the whole stored event.

Never shown: a person, a household, who holds an entitlement, who sent a command, its key, and money
that may be one person's: a payment, a relief case, a recovery, or the fund's own events for them.
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
from projections.disclosure.allow_list import ONE_PERSON, OPEN
from projections.disclosure.small_counts import COUNTS, words_shown

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

Words: TypeAlias = dict[str, Any]
MAY_BE_ONE_PERSONS = (FundsCommitted, FundsUncommitted, FundRecovered, Reversal)
PERSONAL = frozenset({"entitlement", "household", "payment", "person", "recovery", "relief"})
# From these accounts comes what one payment or one debtor gave back.
OF_PERSONS = frozenset({"owed", "returned"})
# Among these are refuges.
FACILITIES = "facility."
GIFTS = (DonationPledged, DonationReceived)
ANONYMOUS = "匿名"
PSEUDONYM = re.compile(r"person:[A-Za-z0-9.:_-]*")


class PublicData(msgspec.Struct, gc=False):
    """What the public sees of an event."""

    on: date
    version: int
    what: Words | msgspec.Struct
    reverses: int | None
    authority: str | UnsetType = UNSET
    booked: date | UnsetType = UNSET
    commitment: str | UnsetType = UNSET
    postings: tuple[Posting, ...] | UnsetType = UNSET
    reason: str | UnsetType = UNSET


def public_data(event: Event) -> PublicData | None:
    """Return what the public sees of an event, its commitment still to be set; None if nothing."""
    kind = type(event)
    planned = plan(kind)
    if planned is None or (planned.perhaps_less and is_secret(event)):
        return None
    if planned.perhaps_less and may_be_one_persons(event):
        planned = plan_of_one_person(kind)
    act = event.act
    said = PublicData(
        act.on,
        event.originator_version,
        words_of(event, planned),
        event.of if isinstance(event, Reversal) else None,
    )
    if planned.is_money or act.booked != act.on:
        said.booked = act.booked
    if planned.seen.reasons:
        said.authority, said.reason = act.authority, act.reason
    if planned.seen.postings:
        said.postings = event.postings()
    return said


class Plan(NamedTuple):
    """What the public sees of a class of events; `perhaps_less` of some, as each must be asked.

    The parts have a shape where nothing in them is ever hidden.
    """

    seen: Public
    parts: tuple[event_fields.FieldPlan, ...]
    shape: event_fields.Shape | None
    is_money: bool
    perhaps_less: bool


@cache
def plan(kind: type[Event]) -> Plan | None:
    """Plan what the public sees of a class of events; None if nothing."""
    return plan_of(kind, OPEN[kind.TOPIC]) if kind.TOPIC in OPEN else None


@cache
def plan_of_one_person(kind: type[Event]) -> Plan:
    """Plan what it sees of those that may move one person's money."""
    return plan_of(kind, ONE_PERSON)


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
        perhaps_less=kind.TOPIC.startswith(FACILITIES) or issubclass(kind, MAY_BE_ONE_PERSONS),
    )


def words_of(event: Event, planned: Plan) -> Words | msgspec.Struct:
    """Say what the public may read of an event's own fields."""
    if planned.shape is not None:
        return event_fields.spoken(event, planned.shape)
    return named(event, words_shown(event_fields.said(event, planned.parts)))


def commitment(salt: bytes, state: bytes) -> str:
    """Bind a stored event without telling anything of it: it cannot be guessed from this."""
    return b2a_base64(sha256(salt + state).digest(), newline=False).decode()


def may_be_one_persons(event: Event) -> bool:
    """Tell whether a fund's event moves what may be one person's money."""
    if not isinstance(event, MAY_BE_ONE_PERSONS):
        return False
    match event:
        case FundsCommitted():
            return kind_of(event.to) in PERSONAL or kind_of(event.cause) in PERSONAL
        case FundsUncommitted():
            # A run frees what it held back, perhaps a single line.
            return kind_of(event.of) in PERSONAL or kind_of(event.cause) == "pay-run"
        case FundRecovered():
            return parse(event.source).class_ in OF_PERSONS
    return may_be_one_persons(event.event())


def is_secret(event: Event) -> bool:
    """Tell whether this is about a refuge: where one lies, and that it is there, nobody is told."""
    return event.TOPIC.startswith(FACILITIES) and getattr(event, "kind", "") == SECRET


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
