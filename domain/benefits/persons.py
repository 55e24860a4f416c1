"""Persons (居民): pseudonyms. Names, ID numbers and accounts are sealed in the vault."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - `date` is the contract's name of a field
from typing import NamedTuple

from domain.benefits.affected_months import AffectedClaim, affected_claims, answer_of
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.ids import Papers
from domain.kernel.months import month_of, moved
from domain.kernel.refusals import Malformed, WrongState
from domain.kernel.unit import Unit


class PapersEntry(NamedTuple):
    """What the vault keeps of a person under one name: these parts, from a day on."""

    name: str
    since: Day
    parts: tuple[str, ...]


def entry_name(person: str, number: int) -> str:
    """Return where the vault keeps what a person's change of this number brought; 0: the first."""
    return f"{person}#{number}" if number else person


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
    def report_death(self, act: Act, *, date: Day) -> None:
        """Note the day of death, which may be learnt later."""
        if self.died is not None:
            raise WrongState(self.id, "already-reported", died=self.died)
        if date > act.on:
            raise Malformed(self.id, "a death is reported on its day or later", "/what/date")
        self.record(PersonDeathReported, act, date=date)

    @command(roles=("clerk",))
    def withdraw_death(self, act: Act, unit: Unit) -> dict[str, object]:
        """Take back a mistaken report of a death; the receipt lists what had followed from it."""
        if self.died is None:
            raise WrongState(self.id, "not-dead")
        if act.on < self.reported_on:
            raise WrongState(self.id, "out-of-order", since=self.reported_on)
        first = moved(month_of(self.died), 1)
        claims = affected_claims(unit, self.id, first, month_of(act.on))
        said = {"date": self.died, "reported": self.reported_on, "claims": claims}
        state = "erased" if self.erased else "registered"
        self.record(PersonDeathWithdrawn, act, **said, state=state)
        return answer_of(claims)

    @command(roles=("clerk",))
    def erase(self, act: Act) -> None:
        """Destroy the keys of all that the vault has of the person, for good."""
        if self.erased:
            raise WrongState(self.id, "erased")
        self.record(PersonErased, act, entries=len(self.changes))

    def admit(self, act: Act, *, placement: str, kind: str) -> None:
        """Note that a placement took the person in; a second one at once then meets this event."""
        self.record(PersonAdmitted, act, placement=placement, kind=kind)


class PersonRegistered(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The person was registered."""

    TOPIC = "person.registered"
    STATE = "registered"


class PersonPapersReplaced(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Other `parts` of a person's papers count from the day on; `entry` says which in the vault."""

    TOPIC = "person.changed"

    entry: int
    parts: tuple[str, ...]

    def apply(self, person: Person) -> None:
        """Keep where the vault has them."""
        name = entry_name(self.originator_id, self.entry)
        person.changes.append(PapersEntry(name, self.act.on, self.parts))


class PersonDeathReported(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The person's death became known."""

    TOPIC = "person.death-reported"
    STATE = "dead"

    date: Day

    def apply(self, person: Person) -> None:
        """Set the day of death."""
        person.died = self.date
        person.reported_on = self.act.on


class PersonDeathWithdrawn(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The person had not died on `date`: that was `reported` by mistake, and counts no more."""

    TOPIC = "person.death-withdrawn"
    ROW = ("state",)
    CLEARS = ("date",)

    date: Day
    reported: Day
    state: str
    claims: tuple[AffectedClaim, ...] = ()

    def apply(self, person: Person) -> None:
        """Let the person live."""
        person.died = None

    def back_to(self) -> Day:
        """Return the day of the report."""
        return self.reported


class PersonErased(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What the vault held of the person can no longer be opened."""

    TOPIC = "person.erased"
    STATE = "erased"
    ROW = ()

    entries: int = 0

    def apply(self, person: Person) -> None:
        """Note it."""
        person.erased = True

    def unsealed(self) -> tuple[str, ...]:
        """Name all that the vault has of the person."""
        return tuple(entry_name(self.originator_id, number) for number in range(self.entries + 1))


class PersonAdmitted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A placement took the person in."""

    TOPIC = "person.admitted"
    ROW = ()

    placement: str
    kind: str

    def apply(self, person: Person) -> None:
        """Keep the last placement of its kind."""
        person.placements[self.kind] = self.placement
