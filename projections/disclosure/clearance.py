"""Clearance (查阅范围): what a reader of the office is shown of persons, row by row.

Clerks, reviewers, approvers, treasurers and auditors see persons, households and lines whole. The
other roles are shown the public form of an event or a row that is about persons, the sums of such
postings, and neither a refuge nor a donor who is not to be named. What is about nobody is whole for
all of them. Every reading address of the office asks here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import msgspec

from domain import decode
from domain.bodies.facilities import Facility
from domain.bodies.facility_events import SECRET
from domain.funds.donations import Donation
from domain.funds.fund_events import FundsCommitted
from domain.kernel import event_fields
from domain.kernel.reversals import Reversal
from domain.office.proposals import Proposal
from domain.office.roles import RoleName
from domain.payments.pay_runs import PayRun
from domain.registers.registrations import Registration
from projections.disclosure.allow_list import LISTS, OPEN
from projections.disclosure.cloud_event import Origin, record
from projections.disclosure.public_record import (
    ANONYMOUS,
    is_secret,
    kind_of,
    payers_of,
)
from projections.disclosure.small_counts import COUNTS, THRESHOLD, words_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from domain.kernel.aggregate import Event
    from projections.core.event_log import StoredEvent

Row = dict[str, Any]

# Who may read the collections: every role but that of the feed's subscribers.
READERS = frozenset(get_args(RoleName)) - {"subscriber"}
# Who may see persons, households and single lines.
CLOSE = frozenset({"clerk", "reviewer", "approver", "treasurer", "auditor"})
# The kinds of subjects that are about one person or one household.
OF_PERSONS = frozenset(
    {
        "entitlement",
        "household",
        "payment",
        "person",
        "placement",
        "recovery",
        "relief",
        "veteran",
        "worker",
    }
)
NAMED = re.compile(rf"\b(?:{'|'.join(sorted(OF_PERSONS))}):[A-Za-z0-9][A-Za-z0-9.:_-]*")
STORED = re.compile(NAMED.pattern.encode())
# Kinds whose events are in their public form, but for what is proposed of roles and periods.
IN_PUBLIC_FORM = OF_PERSONS | {Proposal.KIND, Registration.KIND}
OF_OFFICE = tuple(f"{kind}.proposed." for kind in ("period", "role"))
# Kinds of which some rows are not there.
PARTLY_WITHHELD = frozenset({Facility.KIND})
# Those of which the public is not told of some: refuges, and runs of few lines.
PARTLY_SECRET = frozenset({Facility.KIND, PayRun.KIND})
FREE_WORDS = frozenset({"authority", "reason"})
# What every public row says first; its other columns are what its events state to be public.
ENVELOPE = frozenset({"id", "state", "version", "position", "opened_on", "area", "reversed_by"})
# Words written by hand where a person may be named, and the numbers that few people follow from.
BY_HAND: Mapping[str, frozenset[str]] = {
    PayRun.KIND: frozenset({"reason", "bank_ref"}),
    Proposal.KIND: frozenset({"reason"}),
    Registration.KIND: frozenset({"reason"}),
}


class OfficeReader(NamedTuple):
    """Who reads in the office: the name, and the roles that the ledger grants it now."""

    by: str
    roles: frozenset[str]

    @property
    def sees_persons(self) -> bool:
        """Tell whether persons, households and lines are shown."""
        return not CLOSE.isdisjoint(self.roles)


# Who stands outside: the public, whose zone has an allow-list of its own.
NOBODY = OfficeReader("", frozenset())


def shown_event(line: StoredEvent, origin: Origin, reader: OfficeReader) -> Row:
    """Return the record of an event as a reader has it: whole, or as the public has it."""
    if reader.sees_persons or not is_about_persons(line):
        return record(line, origin, "office")
    shown: Row = unnamed(record(line, origin, "open"))
    # Whoever wrote these may have named somebody.
    shown["data"] |= dict.fromkeys(FREE_WORDS & shown["data"].keys(), "")
    return shown


def is_about_persons(line: StoredEvent) -> bool:
    """Tell whether an event names a person, or may be one person's; or cannot be read."""
    is_hidden = kind_of(line.subject) in IN_PUBLIC_FORM and not line.topic.startswith(OF_OFFICE)
    if is_hidden or STORED.search(line.state):
        return True
    try:
        event = decode(line.topic, line.state)
    except (KeyError, msgspec.DecodeError):
        return True
    return (
        may_be_of_persons(type(event))
        or moves_money_of_persons(event)
        or is_secret(event)
        # The tags of a household's members.
        or bool(getattr(event, "guards", ()))
        or tells_of_few(event)
    )


def moves_money_of_persons(event: Event) -> bool:
    """Tell whether a fund's event moves what may be one person's money.

    What a run is promised is its total; what it frees or gets back may be a single line's.
    """
    if isinstance(event, Reversal):
        return moves_money_of_persons(event.event())
    payers = payers_of(event)
    if not OF_PERSONS.isdisjoint(payers):
        return True
    return PayRun.KIND in payers and not isinstance(event, FundsCommitted)


@cache
def may_be_of_persons(kind: type[Event]) -> bool:
    """Tell whether a class of events may be one person's: the public is not told its reasons."""
    seen = OPEN.get(kind.TOPIC)
    by_hand = BY_HAND.get(kind.TOPIC.partition(".")[0], frozenset())
    return (seen is not None and not seen.reasons) or not by_hand.isdisjoint(
        part.name for part in event_fields.plan(kind)
    )


def tells_of_few(event: Event) -> bool:
    """Tell whether the lines of a pay run that an event counts are few."""
    parts = event_fields.plan(type(event))
    if not event.TOPIC.startswith(f"{PayRun.KIND}.") or COUNTS.isdisjoint(p.name for p in parts):
        return False
    words = event_fields.said(event, parts)
    return words_shown(words) != words


def shown_row(row: Row, reader: OfficeReader) -> Row | None:
    """Return what a reader is shown of a subject's row; None where it is not there for him."""
    if reader.sees_persons:
        return row
    kind = kind_of(str(row["id"]))
    if kind in OF_PERSONS or is_refuge(row):
        return None
    if kind == Proposal.KIND and kind_of(str(row.get("subject", ""))) in OF_PERSONS:
        return None
    if kind == Donation.KIND and not (row.get("donor") and donor(row) == row["donor"]):
        row = {name: said for name, said in row.items() if name in ENVELOPE | LISTS["donations"]}
        row["donor"] = ANONYMOUS
    if kind == PayRun.KIND:
        row = words_shown(row)
    by_hand = BY_HAND.get(kind, frozenset())
    return {name: unnamed(said) for name, said in row.items() if name not in by_hand}


def is_refuge(row: Mapping[str, Any]) -> bool:
    """Tell whether the row is a refuge, which nobody is to find."""
    return kind_of(str(row["id"])) == Facility.KIND and row.get("kind") == SECRET


def is_withheld(row: Mapping[str, Any]) -> bool:
    """Tell whether the public is not told that this is there: a refuge, or a run of few lines.

    The feed has no event of such a run, so a row of it would say that somebody is in it.
    """
    return is_refuge(row) or (kind_of(str(row["id"])) == PayRun.KIND and is_run_of_few(row))


def is_run_of_few(row: Mapping[str, Any]) -> bool:
    """Tell whether a run was drawn up for fewer than five; of none, too."""
    count = row.get("count")
    return not isinstance(count, int) or min(count, row.get("holders") or count) < THRESHOLD


def donor(row: Mapping[str, Any]) -> str:
    """Return a body that let itself be named; the names of persons lie in the vault."""
    name = str(row.get("donor") or "")
    return name if row.get("name_shown") and kind_of(name) == "organisation" else ANONYMOUS


def unnamed(said: Any) -> Any:
    """Put 匿名 in place of every id of a person, a household or what is theirs."""
    if isinstance(said, str):
        return NAMED.sub(ANONYMOUS, said)
    if isinstance(said, dict):
        return {unnamed(name): unnamed(value) for name, value in said.items()}
    if isinstance(said, (list, tuple)):
        return [unnamed(value) for value in said]
    return said


def without_subjects(rows: Iterable[Row]) -> Iterator[Row]:
    """Leave the subject out of rows about a person."""
    for row in rows:
        hidden = kind_of(row["subject"] or "") in OF_PERSONS
        yield {**row, "subject": None} if hidden else row


def hidden_filters(kind: str) -> frozenset[str]:
    """Return the fields of a kind by which only those may ask who see persons."""
    hidden = BY_HAND.get(kind, frozenset())
    if kind == Donation.KIND:
        return hidden | {"donor", "name_shown", "number", "service", "remaining"}
    return hidden | COUNTS if kind == PayRun.KIND else hidden


def names_persons(words: Sequence[str]) -> bool:
    """Tell whether some words name a person, a household or what is theirs."""
    return any(NAMED.search(word) for word in words)
