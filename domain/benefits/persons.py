"""Persons (居民): pseudonyms. Names, ID numbers and accounts are sealed in the vault."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - `date` is the contract's name of a field
from typing import TYPE_CHECKING

from domain.benefits.affected_months import affected_claims, answer_of
from domain.benefits.merged_persons import paid_under_both, require_one_person
from domain.benefits.person_events import (
    MERGED,
    PapersEntry,
    PersonAdmitted,
    PersonDeathReported,
    PersonDeathWithdrawn,
    PersonErased,
    PersonMerged,
    PersonMergedIn,
    PersonPapersReplaced,
    PersonRegistered,
    entry_name,
)
from domain.kernel.aggregate import Act, Aggregate, command
from domain.kernel.event_fields import nested
from domain.kernel.ids import Papers, PersonId
from domain.kernel.months import month_of, moved
from domain.kernel.refusals import Malformed, WrongState
from domain.kernel.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable


class Person(Aggregate):
    """Somebody known to the bureau, under a pseudonym."""

    KIND = "person"
    COLLECTION = "persons"
    ORDER = 40

    def __init__(self, subject: str) -> None:
        """Start unknown."""
        super().__init__(subject)
        self.died: Day | None = None
        self.reported_on = Day.max
        self.erased = False
        # What was changed after the registration, in the order of its recording.
        self.changes: list[PapersEntry] = []
        # The last placement of each kind: so that two at once are seen (see placements.py).
        self.placements: dict[str, str] = {}
        # Under which id the person is known since this one was merged; the ids merged into this.
        self.into = ""
        self.others: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return all ids under which the person was registered, this one first."""
        return self.id, *self.others

    @property
    def sealed_name(self) -> str:
        """Return where the vault keeps what was said last: each beside the others."""
        return entry_name(self.id, len(self.changes))

    @property
    def has_other_account(self) -> bool:
        """Tell whether another account is known than at the registration."""
        return any("account" in each.parts for each in self.changes)

    def entry_of(self, part: str, day: Day) -> str:
        """Return under which name the vault has a part (name, id_number, account) of a day."""
        told = [each for each in self.changes if part in each.parts and each.since <= day]
        return max(told, key=lambda each: each.since).name if told else self.id

    @command(roles=("clerk",), opens=True)
    def register(
        self,
        act: Act,
        *,
        sealed: Papers | None = None,  # noqa: ARG002 - the executor puts it in the vault
    ) -> None:
        """Register a person; what is `sealed` (name, id_number, account) goes to the vault."""
        self.record(PersonRegistered, act)

    @command(roles=("clerk",))
    def change(self, act: Act, *, sealed: Papers) -> None:
        """Take other papers from the day on; what they replace stays in the vault, readable."""
        if self.erased:
            raise WrongState(self.id, "erased")
        if not sealed:
            raise Malformed(self.id, "say what changed: name, id_number or account", "/what/sealed")
        entry = len(self.changes) + 1
        self.record(PersonPapersReplaced, act, entry=entry, parts=tuple(sorted(sealed)))

    @command(roles=("clerk",))
    def report_death(self, act: Act, unit: Unit, *, date: Day) -> None:
        """Note the day of death, which may be learnt later, of every id of the person."""
        if self.died is not None:
            raise WrongState(self.id, "already-reported", died=self.died)
        if date > act.on:
            raise Malformed(self.id, "a death is reported on its day or later", "/what/date")
        self.record(PersonDeathReported, act, date=date)
        for other in self.others:
            unit[Person, other].record(PersonDeathReported, act, date=date, state=MERGED)

    @command(roles=("clerk",))
    def withdraw_death(self, act: Act, unit: Unit) -> dict[str, object]:
        """Take back a mistaken report of a death; the receipt lists what had followed from it."""
        if self.died is None:
            raise WrongState(self.id, "not-dead")
        if act.on < self.reported_on:
            raise WrongState(self.id, "out-of-order", since=self.reported_on)
        first = moved(month_of(self.died), 1)
        claims = affected_claims(unit, self.id, first, month_of(act.on))
        said = {"date": self.died, "reported": self.reported_on}
        state = "erased" if self.erased else "registered"
        self.record(PersonDeathWithdrawn, act, **said, claims=claims, state=state)
        for other in self.others:
            told = unit[Person, other]
            reported = told.reported_on
            told.record(PersonDeathWithdrawn, act, date=told.died, reported=reported, state=MERGED)
        return answer_of(claims)

    @command(roles=("clerk",))
    def erase(self, act: Act, unit: Unit) -> None:
        """Destroy the keys of all that the vault has of the person, under every id, for good."""
        if self.erased:
            raise WrongState(self.id, "erased")
        self.record(PersonErased, act, entries=len(self.changes))
        for other in self.others:
            told = unit[Person, other]
            told.record(PersonErased, act, entries=len(told.changes), state=MERGED)

    @command(roles=("clerk",), second=("approver",))
    def merge(self, act: Act, unit: Unit, *, into: PersonId) -> dict[str, object]:
        """Note that another registration is of the same person, whose acts go to that id now.

        What was recorded stays. The receipt lists the months for which a scheme was paid under
        both ids.
        """
        other = unit[Person, into]
        require_one_person(self, other, act, unit)
        twice = paid_under_both(self, other, unit, month_of(act.on))
        self.record(PersonMerged, act, into=into, twice=twice)
        other.record(PersonMergedIn, act, others=(*other.others, *self.ids))
        return {"twice": [nested(each) for each in twice]}

    def admit(self, act: Act, *, placement: str, kind: str) -> None:
        """Note that a placement took the person in; a second one at once then meets this event."""
        self.record(PersonAdmitted, act, placement=placement, kind=kind)


def require_current(unit: Unit, subjects: Iterable[str]) -> None:
    """Refuse an act on a person under an id that was merged, and say which id to use."""
    for subject in subjects:
        if subject.startswith("person:") and (into := unit.find(Person, subject).into):
            raise WrongState(subject, "is-merged", into=current_id(unit, into))


def has_other_account(unit: Unit, person: str) -> bool:
    """Tell whether another account is known than at the registration, under whichever id."""
    known = unit.find(Person, current_id(unit, person))
    return any(unit.find(Person, each).has_other_account for each in known.ids)


def current_id(unit: Unit, person: str) -> str:
    """Return the id under which a person is known now."""
    into = unit.find(Person, person).into
    return current_id(unit, into) if into else person
