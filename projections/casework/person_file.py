"""The whole file of a person or a household (卷宗): all that the ledger has, side by side.

Members, claims, payments month by month with the bank's line, relief, placements, recoveries,
warnings, and who looked. A stay in a refuge is told nowhere, not here.
"""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from domain import decode
from domain.kernel.months import month_of
from domain.office.vault_reads import VaultRead
from domain.payments.payments import payment_prefix
from projections import registers
from projections.casework import early_warnings
from projections.casework.household_aid import HouseholdAidQuery, paid_out
from projections.casework.people import KINDS, PersonNow, persons_now, state_of
from projections.core import event_log
from projections.decision_views import held_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from domain.benefits.households import HouseholdStay
    from projections.casework.household_aid import AidFound, Tag
    from projections.core.event_log import Reading
    from projections.core.view import Moment, Row

# Of a payment its place among those that its run has paid: the number of its line at the bank.
LINES = f"""SELECT p.id, (
        SELECT count(*) FROM {event_log.rows_of_range("p.prefix", "p.beyond")} e
        WHERE e.originator_version = 1 AND strpos(convert_from(e.state, 'UTF8'), p.said) > 0
          AND strpos(convert_from(e.state, 'UTF8'), '"completes":"payment:') = 0
          AND strpos(convert_from(e.state, 'UTF8'), '"redirects":"payment:') = 0)
    FROM unnest(%(ids)s::text[], %(prefixes)s::text[], %(beyond)s::text[], %(said)s::text[])
        p(id, prefix, beyond, said)"""
# What is in no file, or, as a line of arrears, in one whose order is not that of the ids.
UNNUMBERED = ("completes", "redirects", "kind")
MOST_LOOKS = 200


class FileSubject(NamedTuple):
    """Whose file it is: the id that stands, and all persons whom it is about, under all ids."""

    id: str
    persons: Mapping[str, PersonNow]
    home: Row | None = None

    @property
    def kind(self) -> str:
        """Return whether it is a person's or a household's."""
        return self.id.partition(":")[0]

    @property
    def ids(self) -> list[str]:
        """Return the ids of the persons, those that were merged too."""
        return sorted({each for now in self.persons.values() for each in now.person.ids})


def subject_of(connection: Reading, key: str, moment: Moment, day: date) -> FileSubject | None:
    """Return whose file a key asks for: a person's first; a whole id names the kind."""
    named = key.partition(":")[0] in KINDS
    for name in [key] if named else [f"{kind}:{key}" for kind in KINDS]:
        if name.startswith("person:"):
            found = persons_now(connection, [name], day)
            if name in found:
                now = found[name]
                return FileSubject(now.person.id, {now.person.id: now})
        elif home := registers.one(connection, name, moment):
            members = persons_now(connection, map(str, home.get("members", ())), day)
            return FileSubject(name, {now.person.id: now for now in members.values()}, home)
    return None


class PersonFile:
    """One file at a moment; `day` says which month's amounts the claims give."""

    def __init__(
        self, connection: Reading, moment: Moment, subject: FileSubject, *, day: date, tag: Tag
    ) -> None:
        """Ask nothing yet."""
        self.connection, self.moment, self.subject = connection, moment, subject
        self.day, self.tag = day, tag
        self.question = HouseholdAidQuery(connection, moment, month_of(day))

    @cached_property
    def stays(self) -> Mapping[str, Sequence[HouseholdStay]]:
        """Return where each of the persons has lived."""
        return held_claims.stays(self.connection, self.subject.ids)

    @cached_property
    def entitled(self) -> AidFound:
        """Return the claims, and of whom payments are looked for."""
        home = [self.subject.id] if self.subject.home else []
        return self.question.entitled([*home, *self.subject.ids], self.day)

    @cached_property
    def payments(self) -> list[Row]:
        """Return the payments month by month, each with its run and its line at the bank."""
        paid = self.question.payments(self.entitled.due, self.tag)
        rows = registers.rows(
            self.connection,
            "payments",
            self.moment,
            where={"id": [str(row["id"]) for row in paid]},
        )
        made = {str(row["id"]): row for row in rows} if paid else {}
        lines = self.lines(made.values())
        return [
            row
            | {
                "run": made[row["id"]]["run"],
                "on": made[row["id"]]["opened_on"],
                "bank": bank_line(made[row["id"]], lines),
            }
            for row in paid
        ]

    def lines(self, made: Iterable[Row]) -> dict[str, int]:
        """Return the number of each payment's line in its run's file for the bank."""
        asked = [row for row in made if not any(map(row.get, UNNUMBERED))]
        if not asked:
            return {}
        given = {
            "ids": [str(row["id"]) for row in asked],
            "prefixes": [payment_prefix(str(row["scheme"]), str(row["month"])) for row in asked],
            # Up to the payment itself, and with it.
            "beyond": [f"{row['id']}\x01" for row in asked],
            "said": [f'"run":"{row["run"]}"' for row in asked],
        }
        return dict(self.connection.execute(LINES, given).fetchall())

    @cached_property
    def relief(self) -> list[Row]:
        """Return the relief cases."""
        return [*self.question.of_persons("relief-cases", "relief", self.subject.ids)]

    @cached_property
    def placements(self) -> list[Row]:
        """Return the stays in facilities, but for those that are told nowhere."""
        return [*self.question.of_persons("placements", "placement", self.subject.ids)]

    @cached_property
    def recoveries(self) -> list[Row]:
        """Return what is asked back."""
        return [*self.question.recoveries([str(r["id"]) for r in (*self.relief, *self.payments)])]

    def warnings(self) -> list[Row]:
        """Return why somebody should look, by the rules in force on the day."""
        claims = [str(row["id"]) for row in self.entitled.rows if row["kind"] == "entitlement"]
        homes = {row["household"] for row in self.households() if row["until"] is None}
        rows = registers.rows(
            self.connection, "households", self.moment, where={"id": sorted(homes)}
        )
        beside = {str(one) for row in rows for one in row["members"]} if homes else set()
        persons = tuple(sorted(beside.union(self.subject.ids)))
        scope = early_warnings.WarningScope(tuple(claims), persons)
        given = early_warnings.warnings(
            self.connection, self.moment, day=self.day, tag=self.tag, scope=scope
        )
        return given.rows

    def households(self) -> list[Row]:
        """Return where the persons lived, from when to when, in order."""
        found = [
            {"person": person, "household": stay.household, "since": stay.since,
             "until": stay.until}
            for person, each in self.stays.items()
            for stay in each
        ]  # fmt: skip
        return sorted(found, key=itemgetter("since", "person"))

    def members(self) -> list[Row]:
        """Return the persons of the file."""
        return [
            {
                "id": name,
                "state": state_of(now.person),
                "died": now.person.died,
                "merged": list(now.person.others),
            }
            for name, now in sorted(self.subject.persons.items())
        ]

    def looks(self) -> list[Row]:
        """Return who looked at the papers of these persons and what for, the newest first."""
        whom = [self.subject.id, *self.subject.ids]
        runs = sorted({str(row["run"]) for row in self.payments})
        names = {
            str(row["id"])
            for where in ({"shown": whom}, {"of": whom}, {"of": runs})
            if where.get("of", whom)
            for row in registers.rows(
                self.connection, VaultRead.COLLECTION, self.moment, where=where
            )
        }
        return [*self.told(names)][:MOST_LOOKS] if names else []

    def told(self, names: Iterable[str]) -> Iterator[Row]:
        """Say of looks who, when, what for, and at what."""
        events = event_log.page(
            self.connection,
            after=0,
            until=self.moment.position,
            limit=None,
            subjects=sorted(names),
        )
        for stored in reversed(events):
            event: Any = decode(stored.topic, stored.state)
            yield {
                "position": stored.position,
                "by": event.act.by,
                "purpose": event.purpose,
                "of": event.of,
                "parts": list(event.parts),
                "at": stored.recorded_at,
            }

    def whole(self) -> Row:
        """Return the file."""
        home = self.subject.home or {}
        return {
            "id": self.subject.id,
            "kind": self.subject.kind,
            "area": home.get("area"),
            "day": self.day,
            "members": self.members(),
            "households": self.households(),
            "claims": self.entitled.rows,
            "payments": self.payments,
            "relief": self.relief,
            "placements": self.placements,
            "recoveries": self.recoveries,
            "warnings": self.warnings(),
            "looks": self.looks(),
            "totals": [
                {"field": "paid", "value": paid_out([*self.relief, *self.payments]), "unit": "fen"}
            ],
        }


def bank_line(row: Row, lines: Mapping[str, int]) -> Row | None:
    """Say in which file for the bank a payment is, and on which line; None where that is not known.

    It is not of what is in no file, nor of arrears, whose file has several months.
    """
    number = lines.get(str(row["id"]))
    return {"file": row["run"], "line": number} if number and not row.get("payee") else None
