"""Months that one person was paid twice (重复发放): under two ids, which were merged afterwards.

A month is told while both payments are out and no recovery asks for either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from domain import decode
from domain.payments.payment_events import FIRST
from domain.payments.payments import payment_prefix
from projections import registers
from projections.casework.household_aid import still_paid
from projections.core import event_log
from projections.core.view import SCHEMA
from projections.decision_views import merged_persons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from psycopg import Connection

    from domain.benefits.merged_persons import TwicePaid
    from domain.benefits.person_events import PersonMerged
    from projections.casework.household_aid import Tag
    from projections.core.view import Moment, Row

PAID_TWICE = "paid-twice"
MERGED_AT = f"""SELECT position FROM {SCHEMA}.roll_merges WHERE position <= %s ORDER BY position"""


class ClaimPaidTwice(NamedTuple):
    """A claim of a merged id of which months were paid beside another claim, and its payments."""

    person: str
    since: date
    claim: Row
    other: str
    payments: tuple[Row, ...]


class PaidTwiceQuery(NamedTuple):
    """One question: of which moment, on which day."""

    connection: Connection[Any]
    moment: Moment
    tag: Tag

    def found(self, day: date) -> Iterator[ClaimPaidTwice]:
        """Give the claims that were paid beside another one of the same person."""
        merges = self.merges(day)
        same = merged_persons.same(self.connection, self.moment.position)
        twice = [(merge, each) for merge in merges for each in merge.twice]
        names = [name for _, each in twice for name in (each.entitlement, each.other)]
        claims = {str(row["id"]): row for row in self.rows("entitlements", names)}
        for merge, each in twice:
            claim, other = claims[each.entitlement], claims[each.other]
            if payments := self.both_out(each, claim, other):
                person = same.get(merge.into, merge.into)
                yield ClaimPaidTwice(person, merge.act.on, claim, each.other, tuple(payments))

    def merges(self, day: date) -> list[PersonMerged]:
        """Return the merges that are known, up to a day."""
        at = [row[0] for row in self.connection.execute(MERGED_AT, (self.moment.position,))]
        stored = event_log.at_each(self.connection, at) if at else ()
        events: list[Any] = [decode(row.topic, row.state) for row in stored]
        return [event for event in events if event.act.on <= day]

    def both_out(self, twice: TwicePaid, claim: Row, other: Row) -> list[Row]:
        """Return the payments of a claim for months of which the other's payment is out, too."""
        pairs = {
            month: [self.payment(twice.scheme, str(row["holder"]), month) for row in (claim, other)]
            for month in twice.months
        }
        names = [name for pair in pairs.values() for name in pair]
        paid = {str(row["id"]): row for row in self.rows("payments", names)}
        asked = {
            payment
            for row in registers.rows(
                self.connection, "recoveries", self.moment, where={"payments": names}
            )
            for payment in row["payments"]
        }
        stands = {
            name for name, row in paid.items() if name not in asked and still_paid(row, "payment")
        }
        return [paid[pair[0]] for pair in pairs.values() if stands.issuperset(pair)]

    def payment(self, scheme: str, holder: str, month: str) -> str:
        """Name the payment of a holder for a month."""
        return payment_prefix(scheme, month) + self.tag(scheme, (holder, month, FIRST))

    def rows(self, collection: str, names: Sequence[str]) -> Iterable[Row]:
        """Return rows of a register by their ids."""
        if not names:
            return ()
        where = {"id": names}
        return registers.rows(self.connection, collection, self.moment, where=where)
