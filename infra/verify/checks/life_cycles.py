"""The check of lives: what begins once, what happens to it, and what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain import EVENTS, KINDS
from domain.kernel.aggregate import subject_kind
from domain.kernel.reversals import Reversal
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.kernel.aggregate import Event
    from domain.kernel.life_cycles import LifeCycle
    from domain.kernel.money import Posting

LIVES = {kind: one.LIFE for kind, one in KINDS.items() if one.LIFE is not None}


class LivesInOrder(Fold):
    """Beginnings and ends of whatever has a life."""

    NAME = "lives-in-order"
    SENTENCE = (
        "What is registered, opened, admitted, signed or applied for begins once, nothing of it"
        " takes effect before that, and nothing happens to it when it is over: annulled,"
        " deregistered, revoked, ended, closed, discharged, paid or stopped."
    )
    POSTINGS = False
    TOPICS: ClassVar[tuple[str, ...]] = tuple(
        {kind.TOPIC for kind in EVENTS.values() if subject_kind(kind) in LIVES}
    )

    def __init__(self) -> None:
        """Start with nothing begun."""
        super().__init__()
        # Where and when each life began that can still be told of, and by which topic.
        self.began: dict[str, tuple[int, date, str]] = {}
        self.over: dict[str, int] = {}

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Hold an event against the beginning and the end of its subject."""
        self.found.examined += 1
        topic, subject = event.TOPIC, event.originator_id
        life = life_of(subject)
        begins = topic in life.begins
        if topic in life.again:
            self.over.pop(subject, None)
        elif subject in self.over and topic not in life.after:
            self.found.breach([self.over[subject], position], subject, f"{topic} after its end")
        elif event.originator_version == 1:
            if not begins and topic not in dict(life.follows):
                self.found.breach([position], subject, f"it begins with {topic}")
            self.began[subject] = position, event.act.on, topic
        elif subject in self.began:
            self.follow(position, event, begins=begins)
        if topic in life.ends:
            self.over.setdefault(subject, position)
            self.began.pop(subject, None)

    def follow(self, position: int, event: Event, *, begins: bool) -> None:
        """Hold a later event against the beginning of its subject."""
        topic, subject = event.TOPIC, event.originator_id
        at, on, first = self.began[subject]
        life = life_of(subject)
        follows = dict(life.follows).get(topic)
        if begins or follows not in {None, first}:
            self.found.breach([at, position], subject, f"{topic} after {first}")
        elif follows:
            self.began[subject] = at, on, topic
        if life.dated and not isinstance(event, Reversal) and event.act.on < on:
            said = f"{topic} on {event.act.on}, {first} on {on}"
            self.found.breach([at, position], subject, said)


def life_of(subject: str) -> LifeCycle:
    """Return the life cycle of a subject, as its aggregate states it."""
    return LIVES[subject.partition(":")[0]]
