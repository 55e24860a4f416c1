"""The check of lives: what begins once, what happens to it, and what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain import EVENTS
from domain.kernel.reversals import Reversal
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

# By kind: the topics that begin a life. They come first, and never again.
BEGINS = {
    "organisation": {"organisation.recorded", "organisation.brought-in"},
    "registration": {"registration.entered"},
    "entry": {"entry.opened", "entry.brought-in"},
    "honour": {"honour.conferred"},
    "facility": {"facility.planned", "facility.brought-in"},
    "placement": {"placement.admitted", "placement.brought-in", "placement.assisted"},
    "veteran": {"veteran.received"},
    "campaign": {"campaign.filed"},
    "contract": {"contract.signed"},
    "relief": {"relief.applied"},
    "grant": {"grant.applied"},
    "entitlement": {"entitlement.applied", "entitlement.brought-in"},
}
# These begin a life too, or follow one of those once.
FOLLOW_ONCE = {
    "organisation.registered": "organisation.recorded",
    "facility.opened": "facility.planned",
}
ENDS = frozenset(
    {"organisation.deregistered", "organisation.revoked", "registration.annulled", "entry.ended"}
    | {"honour.withdrawn", "facility.closed", "placement.assisted", "placement.discharged"}
    | {"campaign.ended", "contract.ended", "relief.paid", "grant.closed", "entitlement.stopped"}
)
AFTER_THE_END = frozenset({"contract.evaluated"})
# What is told of these takes effect on the day of their beginning or later.
DATED = frozenset(
    {"organisation", "registration", "entry", "honour", "facility", "placement", "veteran"}
    | {"contract"}
)


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
        {kind.TOPIC for kind in EVENTS.values() if kind.TOPIC.partition(".")[0] in BEGINS}
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
        kind = topic.partition(".")[0]
        begins = topic in BEGINS[kind]
        if subject in self.over and topic not in AFTER_THE_END:
            self.found.breach([self.over[subject], position], subject, f"{topic} after its end")
        elif event.originator_version == 1:
            if not begins and topic not in FOLLOW_ONCE:
                self.found.breach([position], subject, f"it begins with {topic}")
            self.began[subject] = position, event.act.on, topic
        elif subject in self.began:
            self.follow(position, event, begins=begins)
        if topic in ENDS:
            self.over.setdefault(subject, position)
            self.began.pop(subject, None)

    def follow(self, position: int, event: Event, *, begins: bool) -> None:
        """Hold a later event against the beginning of its subject."""
        topic, subject = event.TOPIC, event.originator_id
        at, on, first = self.began[subject]
        if begins or (topic in FOLLOW_ONCE and FOLLOW_ONCE[topic] != first):
            self.found.breach([at, position], subject, f"{topic} after {first}")
        elif topic in FOLLOW_ONCE:
            self.began[subject] = at, on, topic
        dated = topic.partition(".")[0] in DATED and not isinstance(event, Reversal)
        if dated and event.act.on < on:
            said = f"{topic} on {event.act.on}, {first} on {on}"
            self.found.breach([at, position], subject, said)
