"""The kernel: what an act, an event and an aggregate are; all of domain/ is built of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import msgspec

from domain.kernel.disclosure import Public
from domain.kernel.ids import Digest, Text
from domain.kernel.refusals import AlreadyExists, UnknownSubject

if TYPE_CHECKING:
    from domain.kernel.facts import Fact
    from domain.kernel.life_cycles import LifeCycle
    from domain.kernel.money import Posting


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A document that an act rests on; the file stays outside, its SHA-256 (64 hex) binds it."""

    name: Text
    sha256: Digest


class Act(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Who does something, from which day it counts, on what authority, by which command (key).

    Of an act of two persons `by` is who proposed it, `confirmed_by` who confirmed it, `proposal`
    what they agreed on.
    """

    by: str
    on: date
    booked: date
    key: str = ""
    authority: str = ""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    confirmed_by: str = ""
    proposal: str = ""


class Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
):
    """A fact. Its TOPIC is its name for ever; STATE and ROW say how it changes the register.

    CLEARS are fields of the row that it empties.
    PUBLIC is what the public sees of it; an event without one shows nothing but a commitment.
    KIND_OF_SUBJECT is the kind of its subjects where its topic does not begin with it.
    """

    TOPIC: ClassVar[str]
    VERSION: ClassVar[int] = 1
    STATE: ClassVar[str | None] = None
    ROW: ClassVar[tuple[str, ...] | None] = None
    CLEARS: ClassVar[tuple[str, ...]] = ()
    PUBLIC: ClassVar[Public | None] = None
    KIND_OF_SUBJECT: ClassVar[str | None] = None

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

    def tells(self) -> str:
        """Return what may be told once while it stands; empty: it may be told again."""
        return ""

    def row_instead(self) -> dict[str, object]:
        """Return what the register's row says instead of the fact's own words."""
        return {}

    def back_to(self) -> date | None:
        """Return the day of the mistake that the fact takes back: the register has it from then."""
        return None

    def unsealed(self) -> tuple[str, ...]:
        """Return the names under which the vault keeps what the fact destroys."""
        return ()


def stored_name(kind: type[Event]) -> str:
    """Return the name under which an event class is stored, for ever: `<topic>.v<version>`."""
    return f"{kind.TOPIC}.v{kind.VERSION}"


def subject_kind(kind: type[Event]) -> str:
    """Return the kind of the subjects that a class of events is recorded on."""
    return kind.KIND_OF_SUBJECT or kind.TOPIC.partition(".")[0]


E = TypeVar("E", bound=Event)


def outside_a_unit(event: Event) -> None:
    """Stop a command that would be lost: only an aggregate that a unit of work gave records."""
    raise RuntimeError(f"{event.TOPIC} of {event.originator_id} is recorded outside a unit of work")


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
        # Where events go: the unit of work that has the aggregate sets it.
        self.on_record: Callable[[Event], object] = outside_a_unit

    @property
    def sealed_name(self) -> str:
        """Return where the vault keeps what the last command has sealed."""
        return self.id

    def record(self, kind: type[E], act: Act, /, **what: Any) -> E:
        """Make a fact of what was decided, and change by it."""
        event = kind(originator_id=self.id, originator_version=self.version + 1, act=act, **what)
        self.replay(event)
        self.on_record(event)
        return event

    def replay(self, event: Event) -> None:
        """Change as the fact says."""
        event.apply(self)
        self.version = event.originator_version


@dataclass(frozen=True)
class CommandSpec:
    """What an executor needs to know of a command, besides its signature.

    `not_by` names the earlier acts on the subject whose person may not send it; its method refuses.
    `second` names the roles of which another person confirms it: sent, it is a proposal. Where that
    hangs on what is said, `second_when` tells of the subject as it is, the act, the unit and the
    body.
    """

    name: str
    roles: tuple[str, ...]
    opens: bool | None
    streams: bool
    not_by: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    second_when: Callable[..., bool] | None = None


def command(
    *,
    roles: tuple[str, ...],
    opens: bool | None = False,
    streams: bool = False,
    not_by: tuple[str, ...] = (),
    second: tuple[str, ...] = (),
    second_when: Callable[..., bool] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a method as a command. opens: True for the first act, None where both may be."""

    def mark(method: Callable[..., Any]) -> Callable[..., Any]:
        name = method.__name__.rstrip("_").replace("_", "-")
        spec = CommandSpec(name, roles, opens, streams, not_by, second, second_when)
        method.__command__ = spec  # type: ignore[attr-defined]
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
