"""What a unit of work decides from, and what it changes."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.kernel.aggregate import Event
    from infra.eventlog.batch import Alike


class Basis(Enum):
    """What the commands of a unit of work are decided from."""

    # Stored state, and what the unit has decided before: the commands are one request.
    ALONE = "alone"
    # Stored state, each command as if it came alone: the commands are independent requests.
    TOGETHER = "together"
    # The same, but what is in memory counts as stored; append() checks that it has not moved on.
    MEMORY = "memory"


class Changes(NamedTuple):
    """What a unit of work brings to the store."""

    # Facts that are alike but for their subjects; they are stored before the events.
    alike: Sequence[Alike]
    events: Sequence[Event]
    # Streams that were only read, with the versions that were seen.
    reads: Mapping[str, int]
    # Names that it holds alone.
    locks: Sequence[str]
    # The position up to which stops were asked, if anything is paid by them.
    stops_known_to: int | None

    def facts(self) -> Sequence[Event]:
        """Return what is to be stored; what is alike counts once."""
        if not self.alike:
            return self.events
        return [*{id(event): event for event, _ in self.alike}.values(), *self.events]


def only_read(asked: Mapping[str, int], events: Sequence[Event]) -> dict[str, int]:
    """Return the streams that were read, with their versions, and not written next.

    What was needs no check: append() takes no version twice.
    """
    reads = dict(asked)
    for event in events:
        if reads.get(event.originator_id, -1) >= event.originator_version - 1:
            del reads[event.originator_id]
    return reads


class Savepoint:
    """A point in a unit of work: how many events it had recorded, and those it recorded since.

    As the context of a block it takes them back by `roll_back` if the block raises.
    """

    __slots__ = ("_recorded", "_roll_back", "start")

    def __init__(self, recorded: Sequence[Event], roll_back: Callable[[Savepoint], object]) -> None:
        """Begin where the events recorded end."""
        self.start = len(recorded)
        self._recorded = recorded
        self._roll_back = roll_back

    def __enter__(self) -> Self:
        """Begin the block."""
        return self

    def __exit__(self, raised: type[BaseException] | None, *_: object) -> None:
        """Take back what was recorded if the block raised."""
        if raised is not None:
            self._roll_back(self)

    @property
    def events(self) -> Sequence[Event]:
        """Return what was recorded since."""
        return self._recorded[self.start :]


class Unsettled(Exception):
    """The log was asked about something that this unit has decided and not yet stored."""
