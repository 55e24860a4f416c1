"""Persons (居民): pseudonyms. Names, ID numbers and accounts are sealed in the vault."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - `date` is the contract's name of a field

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.ids import Papers
from domain.kernel.refusals import Malformed, WrongState


class Person(Aggregate):
    """Somebody known to the bureau, under a pseudonym."""

    KIND = "person"
    COLLECTION = "persons"
    ORDER = 40

    def __init__(self, subject: str) -> None:
        """Start unknown."""
        super().__init__(subject)
        self.died: Day | None = None
        self.erased = False
        # The last placement of each kind: so that two at once are seen (see placements.py).
        self.placements: dict[str, str] = {}

    @command(roles=("clerk",), opens=True)
    def register(
        self,
        act: Act,
        *,
        sealed: Papers | None = None,  # noqa: ARG002 - the door puts it in the vault
    ) -> None:
        """Register a person; what is `sealed` (name, id_number, account) goes to the vault."""
        self.record(PersonRegistered, act)

    @command(roles=("clerk",))
    def report_death(self, act: Act, *, date: Day) -> None:
        """Note the day of death, which may be learnt later."""
        if self.died is not None:
            raise WrongState(self.id, "already-reported", died=self.died)
        if date > act.on:
            raise Malformed(self.id, "a death is reported on its day or later", "/what/date")
        self.record(PersonDeathReported, act, date=date)

    @command(roles=("clerk",))
    def erase(self, act: Act) -> None:
        """Destroy the person's key in the vault, for good."""
        if self.erased:
            raise WrongState(self.id, "erased")
        self.record(PersonErased, act)

    def admit(self, act: Act, *, placement: str, kind: str) -> None:
        """Note that a placement took the person in; a second one at once then meets this event."""
        self.record(PersonAdmitted, act, placement=placement, kind=kind)


class PersonRegistered(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The person was registered."""

    TOPIC = "person.registered"
    STATE = "registered"


class PersonDeathReported(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The person's death became known."""

    TOPIC = "person.death-reported"
    STATE = "dead"

    date: Day

    def apply(self, person: Person) -> None:
        """Set the day of death."""
        person.died = self.date


class PersonErased(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What the vault held of the person can no longer be opened."""

    TOPIC = "person.erased"
    STATE = "erased"

    def apply(self, person: Person) -> None:
        """Note it."""
        person.erased = True

    def unsealed(self) -> tuple[str, ...]:
        """Name the person."""
        return (self.originator_id,)


class PersonAdmitted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A placement took the person in."""

    TOPIC = "person.admitted"
    ROW = ()

    placement: str
    kind: str

    def apply(self, person: Person) -> None:
        """Keep the last placement of its kind."""
        person.placements[self.kind] = self.placement
