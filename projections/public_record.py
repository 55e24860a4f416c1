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

from domain import wording
from domain.accounts import parse
from domain.donation_events import DonationPledged, DonationReceived
from domain.facility_events import SECRET
from domain.fund_events import FundRecovered, FundsCommitted, FundsUncommitted
from domain.money import MoneyEvent
from domain.reversals import Reversal

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel import Event
    from domain.money import Posting

Words: TypeAlias = dict[str, Any]


class Shown(NamedTuple):
    """What the public sees of a topic: these of its words; whether its reasons; its postings."""

    fields: tuple[str, ...]
    reasons: bool = True
    postings: bool = True


def shown(fields: str = "", **more: bool) -> Shown:
    """List the fields of a topic."""
    return Shown(tuple(fields.split()), **more)


def withheld(fields: str = "") -> Shown:
    """List the fields of a topic that may be about one person."""
    return shown(fields, reasons=False, postings=False)


REVERSED = shown("of original_topic")
OPEN: dict[str, Shown] = {
    "area.opened": shown("title level parent code"),
    "area.moved": shown("title level parent code"),
    "area.closed": shown(),
    "campaign.filed": shown("title permit fund starts ends goal"),
    "campaign.started": shown(),
    "campaign.ended": shown(),
    "contract.signed": shown("body project programme purpose fund earmark amount posts from until"),
    "contract.month-confirmed": shown("month units outcomes programme"),
    "contract.paid": shown("month amount fund earmark programme"),
    "contract.evaluated": shown("grade"),
    "contract.ended": shown("released"),
    "contract.reversed": REVERSED,
    # A donated service is told in free words, which may name its donor: they stay inside.
    # The number of a receipt opens its page: only who holds the receipt knows it.
    "donation.pledged": shown("fund earmark amount goods campaign", reasons=False),
    "donation.received": shown(
        "fund earmark amount goods campaign name_shown keeper", reasons=False
    ),
    "donation.receipted": shown(reasons=False),
    "donation.refunded": shown("fund earmark amount ungathered remaining state", reasons=False),
    "donation.reversed": shown("of original_topic", reasons=False),
    "entry.opened": shown("register title area links"),
    "entry.brought-in": shown("register title area links"),
    "entry.changed": shown("title area links"),
    "entry.ended": shown(),
    "facility.planned": shown("title kind body area beds"),
    "facility.opened": shown("title kind body area beds"),
    "facility.brought-in": shown("title kind body area beds"),
    "facility.resized": shown("kind beds"),
    "facility.closed": shown("kind"),
    "fund.opened": shown("title kind basis keeper purposes"),
    "fund.brought-in": shown("amount earmark as_stated_in"),
    "fund.received": shown("amount earmark source document class"),
    "fund.allotted": shown("amount earmark source document class"),
    "fund.gathered": shown("amount earmark through"),
    "fund.committed": shown("amount earmark to purpose class"),
    "fund.uncommitted": shown("amount earmark of"),
    "fund.recovered": shown("amount earmark source"),
    "fund.refunded": shown("amount earmark cause", reasons=False),
    "fund.sale-received": shown("amount earmark cause"),
    "fund.sale-returned": shown("amount earmark cause"),
    "fund.carried-over": shown("from_earmark to_earmark amount"),
    "fund.surrendered": shown("amount earmark to"),
    "fund.transferred": shown("amount earmark to_fund to_earmark purpose"),
    "fund.transfer-received": shown("amount earmark from_fund from_earmark purpose"),
    "fund.purpose-changed": shown("purposes consent"),
    "fund.reversed": REVERSED,
    "goods.issued": shown("fund earmark programme goods"),
    "goods.sold": shown("fund earmark goods amount"),
    "goods.valued": shown("amount method source of fund"),
    "goods.reversed": REVERSED,
    "grant.applied": shown("body project programme purpose title area amount"),
    "grant.awarded": shown("shares awarded round body project programme area"),
    "grant.paid": shown("fund earmark amount instalment"),
    "grant.accounted": shown("amount shares programme"),
    "grant.given-back": shown("amount shares"),
    "grant.closed": shown("shares"),
    "grant.reversed": REVERSED,
    "honour.conferred": shown("award level recipient"),
    "honour.withdrawn": shown("award level recipient"),
    "lottery.sales-reported": shown("day amount"),
    "lottery.extracted": shown("month amount"),
    "lottery.remitted": shown("month amount"),
    "lottery.reversed": REVERSED,
    "organisation.registered": shown("title kind activity area credit_code body"),
    "organisation.recorded": shown("title kind activity area credit_code body"),
    "organisation.brought-in": shown("title kind activity area credit_code body"),
    "organisation.changed": shown("title kind activity area credit_code body"),
    "organisation.report-filed": shown("year"),
    "organisation.deregistered": shown(),
    "organisation.revoked": shown(),
    # The digest of the lines stays inside: of a short run they could be guessed from it.
    "pay-run.drawn-up": shown(
        "scheme programme purpose month fund earmark roll_at count persons total held_back"
    ),
    "pay-run.reviewed": shown(),
    "pay-run.approved": shown(),
    "pay-run.chunk-released": shown("scheme month"),
    "pay-run.released": shown("paid paid_persons paid_amount held_lines"),
    "pay-run.settled": shown("returned_lines returned_amount"),
    # What links two payments of one person stays inside: what a recovery names, and
    # payment.overpaid as a whole, since those of one recovery stand side by side in the log.
    "payment.made": withheld("run scheme programme fund earmark month"),
    "payment.returned": withheld("run programme fund earmark"),
    "payment.reissued": withheld("run programme fund earmark"),
    "payment.written-back": withheld("run programme fund earmark"),
    "payment.supplemented": withheld("run"),
    "period.soft-closed": shown("through"),
    "period.closed": shown("through"),
    "period.reopened": shown("through"),
    "project.opened": shown("title programme purpose"),
    "recovery.established": withheld(),
    "recovery.received": withheld(),
    "recovery.written-off": withheld(),
    "relief.applied": withheld("fund earmark programme purpose"),
    "relief.decided": withheld(),
    "relief.paid": withheld("fund earmark programme"),
    "rule.enacted": shown("rule amount from"),
    "rule.reversed": REVERSED,
    "scheme.adopted": shown(
        "title programme purpose per pays formula excludes follows after_death_months rates"
    ),
    "scheme.rate-set": shown("programme area tier from amount"),
    "statement.recorded": shown("figure keeper value qualifier scope period source published_on"),
    "statement.reversed": REVERSED,
    "tally.reported": shown("measure count base qualifier area from to"),
    "tally.reversed": REVERSED,
}
# Said of one person's money, whatever the list of its topic allows.
ONE_PERSON = withheld("earmark to of purpose class original_topic")
MAY_BE_ONE_PERSONS = (FundsCommitted, FundsUncommitted, FundRecovered, Reversal)
PERSONAL = frozenset({"entitlement", "household", "payment", "person", "recovery", "relief"})
# From these accounts comes what one payment or one debtor gave back.
OF_PERSONS = frozenset({"owed", "returned"})
# Where one lies, nobody is told.
REFUGES = "facility."
GIFTS = (DonationPledged, DonationReceived)
ANONYMOUS = "匿名"
# Counts of people below this are not shown.
FEW = 5
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

    seen: Shown
    parts: tuple[wording.Part, ...]
    shape: wording.Shape | None
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


def plan_of(kind: type[Event], seen: Shown) -> Plan:
    """Plan how a class of events is said."""
    known = {part.name: part for part in wording.plan(kind)}
    parts = tuple(known[name] for name in seen.fields if name in known)
    hides = issubclass(kind, GIFTS) or not COUNTS.isdisjoint(part.name for part in parts)
    return Plan(
        seen,
        parts,
        None if hides else wording.shape_of(kind, parts),
        is_money=issubclass(kind, MoneyEvent),
        perhaps_less=kind.TOPIC.startswith(REFUGES) or issubclass(kind, MAY_BE_ONE_PERSONS),
    )


def words_of(event: Event, planned: Plan) -> Words | msgspec.Struct:
    """Say what the public may read of an event's own fields."""
    if planned.shape is not None:
        return wording.spoken(event, planned.shape)
    return named(event, few(wording.said(event, planned.parts)))


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
    return event.TOPIC.startswith(REFUGES) and getattr(event, "kind", "") == SECRET


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


def few(words: Words) -> Words:
    """Leave out counts of one to four people, and the money that so few were paid."""
    if COUNTS.isdisjoint(words):
        return words
    words = {
        name: suppressed(value) if name in OF_PEOPLE else value for name, value in words.items()
    }
    hidden = {name for name in LINES if is_few(words.get(name))}
    hidden |= {lines for persons, lines in COVERS.items() if "suppressed" in words.get(persons, ())}
    hidden |= {money for money, behind in RESTS_ON.items() if hidden & behind}
    return {name: said for name, said in words.items() if name not in hidden}


def suppressed(said: Any) -> Any:
    """Put nothing in place of a quantity of one to four people, also among others by name."""
    if not isinstance(said, dict):
        return said
    if "unit" not in said:
        return {name: suppressed(value) for name, value in said.items()}
    if said["unit"] in PEOPLE and is_few(said["value"]):
        return {"value": None, "unit": said["unit"], "suppressed": True}
    return said


def is_few(count: Any) -> bool:
    """Tell whether so few people can be told apart."""
    return isinstance(count, int) and 0 < count < FEW


PEOPLE = frozenset({"person", "person-time", "person-month", "household", "couple"})
# What counts people; a rule or a published statement that names a number of them does not.
OF_PEOPLE = frozenset({"persons", "paid_persons", "count", "base", "outcomes"})
LINES = ("count", "held_back", "paid", "held_lines", "returned_lines")
# Persons, and the number of lines that would tell of them.
COVERS = {"persons": "count", "paid_persons": "paid"}
# What was paid or came back, and the counts that it can be told from; a run's total is public.
RESTS_ON = {
    "paid_amount": frozenset({"paid", "held_lines"}),
    "returned_amount": frozenset({"returned_lines"}),
}
COUNTS = OF_PEOPLE.union(LINES)


def without_persons(said: Any) -> Any:
    """Put 匿名 in place of a pseudonym, should one have got into a text or an account."""
    if isinstance(said, str):
        return PSEUDONYM.sub(ANONYMOUS, said)
    if isinstance(said, dict):
        return {without_persons(name): without_persons(value) for name, value in said.items()}
    if isinstance(said, list):
        return [without_persons(value) for value in said]
    return said
