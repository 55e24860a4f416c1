"""All the aid that a household and its members get, side by side (一口集中、分口到户).

Entitlements with what they give in a month, those that follow from them, relief, placements, and
the payments of it all, those after a stop marked. A stay in a refuge is told nowhere, not here.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from domain.benefits.rolls import draw_roll
from domain.bodies.facility_events import SECRET
from domain.kernel.months import month_of, spanned
from domain.payments.payment_events import FIRST
from domain.payments.payments import payment_prefix
from projections import registers
from projections.casework.claims_to_decide import by_entitlement, claims_to_decide
from projections.core.view import SCHEMA
from projections.decision_views import held_claims, merged_persons, roll_queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from psycopg import Connection

    from domain.benefits.roll_inputs import RollInputs
    from domain.benefits.rolls import RollLine
    from projections.casework.claims_to_decide import ClaimToDecide
    from projections.core.view import Moment, Row

    # Given a scheme and (holder, month, number): the last part of a payment's id.
    Tag: TypeAlias = Callable[[str, tuple[str, ...]], str]

FOLLOWERS = f"""SELECT scheme, follows FROM {SCHEMA}.roll_schemes
    WHERE follows = ANY (%s) AND position <= %s ORDER BY scheme"""
PAID = {"payment": frozenset({"made", "reissued"}), "relief": frozenset({"paid", "reissued"})}
SAID = {
    "entitlement": "scheme programme payee area tier units from until income facts_digest reason",
    "relief": "fund programme area amount paid",
    "placement": "placement area facility",
    "payment": "scheme programme fund area tier month amount paid completes",
    "recovery": "payments amount reason",
}


class AidDue(NamedTuple):
    """Whom a scheme may have paid, from which month on; `stop` is the month of its stop, if any."""

    scheme: str
    holder: str
    first: str
    stop: str


class AidFound(NamedTuple):
    """What a household is entitled to, and of whom payments are looked for."""

    rows: list[Row]
    due: list[AidDue]


def aid(
    connection: Connection[Any], home: Mapping[str, Any], moment: Moment, *, day: date, tag: Tag
) -> list[Row]:
    """Return what a household (its row) and its members get, as of a moment, for a day's month."""
    question = HouseholdAidQuery(connection, moment, month_of(day))
    members = [str(person) for person in home.get("members", ())]
    found = question.entitled([str(home["id"]), *members], day)
    paid = question.payments(found.due, tag)
    same = merged_persons.same(connection, moment.position)
    persons = [*members, *(old for old, known in same.items() if known in members)]
    relief = [*question.of_persons("relief-cases", "relief", persons)]
    return [
        *found.rows,
        *relief,
        *question.of_persons("placements", "placement", persons),
        *paid,
        *question.recoveries([str(row["id"]) for row in (*relief, *paid)]),
    ]


def paid_out(rows: Iterable[Row]) -> int:
    """Sum what was paid and did not come back, in fen."""
    return sum(still_paid(row, str(row["kind"])) for row in rows if row["kind"] in PAID)


def still_paid(row: Row, kind: str) -> int:
    """Return what of a payment or of relief was paid and did not come back, in fen."""
    if "paid" in row:
        return int(row["paid"]["value"])
    return int(row["amount"]["value"]) if row["state"] in PAID[kind] else 0


class HouseholdAidQuery(NamedTuple):
    """One question about one household."""

    connection: Connection[Any]
    moment: Moment
    month: str

    def rows(self, collection: str, **where: Iterable[str]) -> list[Row]:
        """Return rows of a register."""
        words = {name: list(each) for name, each in where.items()}
        if not all(words.values()):
            return []
        return list(registers.rows(self.connection, collection, self.moment, where=words))

    def entitled(self, holders: Sequence[str], day: date) -> AidFound:
        """Return the entitlements of the holders, and those of schemes that follow theirs."""
        held = held_claims.held(self.connection, holders)
        known = {claim.entitlement for each in held.values() for claim in each}
        rows = sorted(self.rows("entitlements", id=known), key=scheme_of)
        by_scheme = {scheme: list(group) for scheme, group in groupby(rows, key=scheme_of)}
        found = AidFound([], [])
        waiting = by_entitlement(
            claims_to_decide(self.connection, self.moment, day=day, only=known)
        )
        for scheme, own in by_scheme.items():
            self.own(found, scheme, own, waiting)
        followers = self.connection.execute(FOLLOWERS, (list(by_scheme), self.moment.position))
        for scheme, followed in followers.fetchall():
            self.following(found, scheme, by_scheme[followed], waiting)
        return found

    def own(
        self,
        found: AidFound,
        scheme: str,
        rows: Sequence[Row],
        waiting: Mapping[str, list[ClaimToDecide]],
    ) -> None:
        """Add the entitlements of one scheme, with what each gives in the month."""
        inputs = self.inputs(scheme, rows)
        stops = {each.entitlement: each.stop for each in inputs.entitlements}
        lines = {line.entitlement: line for line in draw_roll(inputs, self.month)}
        for row in rows:
            key, holder = str(row["id"]), str(row["holder"])
            stop = stops.get(key, "")
            gives = monthly(lines.get(key), stop)
            asked = {"to_decide": [each.kind for each in waiting[key]]} if key in waiting else {}
            found.rows.append(aid_row("entitlement", row, holder) | gives | asked)
            if "from" in row:
                ends = [stop, *(each.ends for each in waiting.get(key, ()))]
                stop = min(filter(None, ends), default="")
                found.due.append(AidDue(scheme, holder, row["from"][:7], stop))

    def following(
        self,
        found: AidFound,
        scheme: str,
        followed: Sequence[Row],
        waiting: Mapping[str, list[ClaimToDecide]],
    ) -> None:
        """Add what a scheme gives to each member because it follows another's entitlement."""
        inputs = self.inputs(scheme, followed)
        terms = {each.entitlement: each for each in (inputs.followed or inputs).entitlements}
        for line in draw_roll(inputs, self.month):
            own = terms[line.entitlement]
            found.rows.append(following_row(scheme, line) | monthly(line, own.stop))
            found.due.append(AidDue(scheme, line.holder, own.starts, own.stop))
        # The dead have no line any more, and were paid before.
        found.due.extend(
            AidDue(scheme, each.person, terms[key].starts, each.followed_until)
            for key in terms.keys() & waiting.keys()
            for each in waiting[key]
            if each.person
        )

    def inputs(self, scheme: str, entitlements: Iterable[Row]) -> RollInputs:
        """Return what the lines of some entitlements are made of."""
        only = [str(row["id"]) for row in entitlements]
        at = self.moment.position
        return roll_queries.inputs(self.connection, scheme, self.month, at, only)

    def of_persons(self, collection: str, kind: str, persons: Sequence[str]) -> Iterator[Row]:
        """Return what a register holds of the members."""
        for row in self.rows(collection, person=persons):
            if row.get("kind") != SECRET:
                said = row | {"placement": row.get("kind")}
                yield aid_row(kind, said, str(row["person"]))

    def payments(self, due: Iterable[AidDue], tag: Tag) -> list[Row]:
        """Return the payments and their supplements, in the order of their months."""
        asked = {
            payment_prefix(each.scheme, month) + tag(each.scheme, (each.holder, month, FIRST)): each
            for each in due
            for month in spanned(each.first, self.month)
        }
        found = [paid_line(row, asked[row["id"]]) for row in self.rows("payments", id=asked)]
        found += self.supplements({row["id"]: asked[row["id"]] for row in found}, tag)
        return sorted(found, key=lambda row: (row["month"], row["id"]))

    def not_due(self, claim: ClaimToDecide, first: str, tag: Tag) -> list[Row]:
        """Return what a claim, and what follows from it, was paid for months that are not due.

        What a recovery asks for already is left out.
        """
        if not claim.person:
            return []
        due = [AidDue(claim.scheme, claim.holder, first, claim.ends)] if claim.ends else []
        followers = self.connection.execute(FOLLOWERS, ([claim.scheme], self.moment.position))
        due += [
            AidDue(scheme, claim.person, first, claim.followed_until)
            for scheme, _ in followers.fetchall()
        ]
        late = [each._replace(first=max(first, each.stop)) for each in due]
        paid = self.payments([each for each in late if each.first <= self.month], tag)
        out = [row for row in paid if paid_out([row])]
        asked = self.rows("recoveries", payments=[str(row["id"]) for row in out])
        known = {payment for row in asked for payment in row["payments"]}
        return [row for row in out if row["id"] not in known]

    def supplements(self, completed: Mapping[str, AidDue], tag: Tag) -> Iterator[Row]:
        """Return what completes payments: each has a first supplement, or a next, or none."""
        left, number = dict(completed), 1
        while left:
            asked = {
                tagged(key, str(number), scheme=each.scheme, tag=tag): key
                for key, each in left.items()
            }
            rows = self.rows("payments", id=asked)
            yield from (paid_line(row, left[asked[row["id"]]]) for row in rows)
            left = {asked[row["id"]]: left[asked[row["id"]]] for row in rows}
            number += 1

    def recoveries(self, payments: Sequence[str]) -> Iterator[Row]:
        """Return what is asked back of payments."""
        for row in self.rows("recoveries", payments=payments):
            yield aid_row("recovery", row)


def scheme_of(row: Row) -> str:
    """Return the scheme of an entitlement's row."""
    return str(row["scheme"])


def following_row(scheme: str, line: RollLine) -> Row:
    """Say what somebody gets by a scheme because it follows another's entitlement."""
    return {
        "kind": "following",
        "id": f"{line.entitlement}:{scheme.partition(':')[2]}:{line.holder}",
        "state": line.stopped or "granted",
        "holder": line.holder,
        "scheme": scheme,
        "follows": line.entitlement,
        "area": line.area,
        "tier": line.tier,
    }


def monthly(line: RollLine | None, stop: str) -> Row:
    """Say what a line gives in the month, and from which month on it is stopped."""
    gives = {"amount": {"value": line.amount, "unit": "fen"}} if line and line.amount else {}
    return gives | ({"stopped_from": stop} if stop else {})


def aid_row(kind: str, row: Row, holder: str = "") -> Row:
    """Take over what the household's page says of a register's row."""
    said = {name: row[name] for name in SAID[kind].split() if name in row}
    whose = {"holder": holder} if holder else {}
    return {"kind": kind, "id": row["id"], "state": row["state"], **whose, **said}


def paid_line(row: Row, due: AidDue) -> Row:
    """Say of a payment whose it is, and whether it went out for a month after the stop."""
    late = bool(due.stop) and str(row["month"]) >= due.stop
    return aid_row("payment", row, due.holder) | ({"after_stop": True} if late else {})


def tagged(payment: str, number: str, *, scheme: str, tag: Tag) -> str:
    """Name a supplement of a payment, as the payment's own command does."""
    place, _, own = payment.rpartition(":")
    return f"{place}:{tag(scheme, (own, place.rpartition(':')[2], number))}"
