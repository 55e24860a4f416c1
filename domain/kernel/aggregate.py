"""The kernel: what an act, an event and an aggregate are; all of domain/ is built of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

import msgspec

from domain.kernel.disclosure import Public
from domain.kernel.ids import Digest, Text
from domain.kernel.refusals import AlreadyExists, UnknownSubject
from domain.kernel.sentences import Sentence

if TYPE_CHECKING:
    from domain.benefits.rolls import Roll
    from domain.kernel.facts import Fact
    from domain.kernel.life_cycles import LifeCycle
    from domain.kernel.money import Posting
    from domain.payments.pay_run_lines import Drawn


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A document that an act rests on; the file stays outside, its SHA-256 (64 hex) binds it."""

    name: Text
    sha256: Digest


class Act(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Who does something, from which day it counts, on what authority, by which command (key)."""

    by: str
    on: date
    booked: date
    key: str = ""
    authority: str = ""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


class Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
):
    """A fact. Its TOPIC is its name for ever; STATE and ROW say how it changes the register.

    PUBLIC is what the public sees of it; an event without one shows nothing but a commitment.
    """

    TOPIC: ClassVar[str]
    VERSION: ClassVar[int] = 1
    STATE: ClassVar[str | None] = None
    ROW: ClassVar[tuple[str, ...] | None] = None
    PUBLIC: ClassVar[Public | None] = None

    originator_id: str
    originator_version: int
    act: Act

    def apply(self, aggregate: Any) -> None:
        """Change the aggregate as the fact says. Never refuses."""

    def postings(self) -> tuple[Posting, ...]:
        """Return the double entry of the fact: lines that sum to zero per fund and unit."""
        return ()

    def facts(self) -> tuple[Fact, ...]:
        """Return what the fact counts, for the figures."""
        return ()

    def unsealed(self) -> tuple[str, ...]:
        """Return the names under which the vault keeps what the fact destroys."""
        return ()


def stored_name(kind: type[Event]) -> str:
    """Return the name under which an event class is stored, for ever: `<topic>.v<version>`."""
    return f"{kind.TOPIC}.v{kind.VERSION}"


A = TypeVar("A", bound="Aggregate")
E = TypeVar("E", bound=Event)


class Aggregate:
    """Something with a history. Commands decide, events change."""

    KIND: ClassVar[str]
    COLLECTION: ClassVar[str]
    REVERSAL: ClassVar[type[Event] | None] = None
    # Its place among all kinds, in catalogues and documents; a later kind comes behind, by name.
    ORDER: ClassVar[int] = 1_000
    # Its place among the public lists; a kind that the public has no list of has 0.
    PUBLIC_ORDER: ClassVar[int] = 0
    LIFE: ClassVar[LifeCycle | None] = None

    def __init__(self, subject: str) -> None:
        """Start without a history; `replay` grows it."""
        self.id = subject
        self.version = 0
        self.reversed: frozenset[int] = frozenset()
        self.pending: list[Event] = []

    @property
    def sealed_name(self) -> str:
        """Return where the vault keeps what the last command has sealed."""
        return self.id

    def record(self, kind: type[E], act: Act, /, **what: Any) -> E:
        """Make a fact of what was decided, and change by it."""
        event = kind(originator_id=self.id, originator_version=self.version + 1, act=act, **what)
        self.replay(event)
        self.pending.append(event)
        return event

    def replay(self, event: Event) -> None:
        """Change as the fact says."""
        event.apply(self)
        self.version = event.originator_version


class Unit(Protocol):
    """A unit of work: gives aggregates, saves all that changed together, can be run again."""

    def __getitem__(self, which: tuple[type[A], str]) -> A:
        """Return the aggregate; `UnknownSubject` if it has no history."""

    def find(self, kind: type[A], subject: str) -> A:
        """Return the aggregate, with version 0 if it has no history."""

    def exists(self, subject: str) -> bool:
        """Tell whether the subject (its id names its kind) has a history."""

    def write(self, event: Event, subject: str) -> None:
        """Add the same fact as the first event of a subject, without its aggregate (in chunks)."""

    def roll(self, scheme: str, month: str, at: int | None = None) -> Roll:
        """Return the lines of a scheme's roll for a benefit month (YYYY-MM), at a position."""

    def stops_since(self, scheme: str, month: str, at: int = 0) -> Mapping[str, str]:
        """Return who may not be paid for a month as of now, and why, by what happened after `at`.

        Holders, and persons who have died (`domain.benefits.rolls.stops`); 0: whatever happened.
        """

    def bereaved(self, scheme: str, month: str) -> Mapping[str, int]:
        """Return the households that lost a member before a month, and how many are left for it."""

    def paid(self, run: str, scheme: str, month: str, at: int | None = None) -> frozenset[str]:
        """Return the tags for which other runs than this have paid the month, at a position.

        They are the last parts of payment.made's ids, and the `guards` of pay-run.chunk-released.
        """

    def keep_drawing(self, name: str, drawn: Drawn) -> None:
        """Keep what was drawn up at hand, under a name that stands for all of its content."""

    def drawing(self, name: str) -> Drawn | None:
        """Return what was drawn up under a name, once; None if it is not at hand any more."""

    def entitlements_of(self, holder: str) -> tuple[tuple[str, str, str], ...]:
        """Return (entitlement, scheme, state) of all a holder has, this unit's changes included.

        Of a person also those of the household it lives in, of a household those of its members.
        """

    def tag(self, scheme: str, *parts: str) -> str:
        """Return the keyed hash that names a payment of the scheme without naming its holder."""

    def tags(self, scheme: str, holders: Iterable[str], *parts: str) -> list[str]:
        """Return the keyed hashes that name payments of many holders, alike in the other parts."""

    def received(self, fund: str, earmark: str, through: date) -> int:
        """Return the fen donated up to a booked day and not yet gathered into the fund."""

    def stock(self, fund: str, earmark: str) -> Mapping[str, int]:
        """Return the pieces in store under an earmark, by kind of goods."""

    def exclusively(self, name: str) -> None:
        """Wait until no other unit of work holds this name; it is given back at the end."""

    def barred(self, url: str) -> Sentence | None:
        """Return why the server may not call an address, None if it may."""

    def event_at(self, position: int) -> Event | None:
        """Return the stored event at a position, None if there is none."""

    def closed_through(self) -> date | None:
        """Return the last day of the closed periods."""


@dataclass(frozen=True)
class CommandSpec:
    """What the door needs to know of a command, besides its signature."""

    name: str
    roles: tuple[str, ...]
    opens: bool | None
    streams: bool


def command(
    *, roles: tuple[str, ...], opens: bool | None = False, streams: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a method as a command. opens: True for the first act, None where both may be."""

    def mark(method: Callable[..., Any]) -> Callable[..., Any]:
        name = method.__name__.rstrip("_").replace("_", "-")
        method.__command__ = CommandSpec(name, roles, opens, streams)  # type: ignore[attr-defined]
        return method

    return mark


def commands_of(kind: type[Aggregate]) -> Iterator[tuple[CommandSpec, Callable[..., Any]]]:
    """List the commands of an aggregate in the order of its file, inherited ones last."""
    for owner in kind.__mro__:
        for method in vars(owner).values():
            if hasattr(method, "__command__"):
                yield method.__command__, method


def check_existence(aggregate: Aggregate, spec: CommandSpec) -> None:
    """Refuse an opening of what exists, and any other act on what does not."""
    if spec.opens and aggregate.version:
        raise AlreadyExists(aggregate.id)
    if spec.opens is False and not aggregate.version:
        raise UnknownSubject(aggregate.id)
