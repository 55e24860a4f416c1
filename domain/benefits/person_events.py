"""What happens to a person's registration: papers, a death, another registration that is merged."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - `date` is the contract's name of a field
from typing import TYPE_CHECKING, NamedTuple

from domain.benefits.affected_months import AffectedClaim
from domain.benefits.merged_persons import TwicePaid
from domain.kernel.aggregate import Event

if TYPE_CHECKING:
    from domain.benefits.persons import Person

# The state of a registration that was merged into another, whatever happens to the person.
MERGED = "merged"


class PapersEntry(NamedTuple):
    """What the vault keeps of a person under one name: these parts, from a day on."""

    name: str
    since: Day
    parts: tuple[str, ...]


def entry_name(person: str, number: int) -> str:
    """Return where the vault keeps what a person's change of this number brought; 0: the first."""
    return f"{person}#{number}" if number else person


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
    state: str = ""

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
    ROW = ("state",)

    entries: int = 0
    state: str = ""

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


class PersonMerged(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The person is also registered as `into`, and is known under that id from now on.

    `twice` lists the months for which a scheme was paid under both ids.
    """

    TOPIC = "person.merged"
    STATE = MERGED
    ROW = ("into",)

    into: str
    twice: tuple[TwicePaid, ...] = ()

    def apply(self, person: Person) -> None:
        """Keep the id to use."""
        person.into = self.into


class PersonMergedIn(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Another registration was found to be of this person; `others` are all that there are."""

    TOPIC = "person.merged-in"
    ROW = ("others",)

    others: tuple[str, ...]

    def apply(self, person: Person) -> None:
        """Keep them."""
        person.others = self.others
