"""Red-letter reversal (红字冲正): a new event that mirrors an earlier one, with its reason."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from domain.kernel.aggregate import Act, Aggregate, Event, command, stored_name
from domain.kernel.chronology import require_cause
from domain.kernel.facts import Fact
from domain.kernel.ids import Position
from domain.kernel.money import MoneyEvent, Posting, mirrored
from domain.kernel.refusals import AlreadyReversed, Malformed, WrongState
from domain.kernel.unit import Unit
from domain.office.roles import require_another, require_duties_apart


class Reversal(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The mirror of one event. It keeps the original, so that replay needs no look-up."""

    STATE: ClassVar[str | None] = None
    ROW: ClassVar[tuple[str, ...] | None] = ()

    of: int
    original_topic: str
    original: msgspec.Raw

    def event(self) -> Event:
        """Return the event that is reversed."""
        from domain import decode  # noqa: PLC0415 - the table of contents imports every aggregate

        return decode(self.original_topic, bytes(self.original))

    def apply(self, aggregate: Aggregate) -> None:
        """Undo the original's effect."""
        aggregate.reversed |= {self.of}
        undo(self.event(), aggregate)

    def postings(self) -> tuple[Posting, ...]:
        """Mirror the original's lines."""
        return mirrored(self.event().postings())

    def facts(self) -> tuple[Fact, ...]:
        """Uncount what the original counted."""
        return tuple(fact.negated() for fact in self.event().facts())


def undo(event: Event, aggregate: Aggregate) -> None:
    """Take back the effect of an event that can be undone."""
    event.undo(aggregate)  # type: ignore[attr-defined]


def can_undo(event: Event) -> bool:
    """Tell whether this kind of event may be reversed: its class says how."""
    return hasattr(event, "undo")


class Reversible(Aggregate):
    """An aggregate whose events may be reversed; each such event has `undo(aggregate)`."""

    REVERSAL: ClassVar[type[Reversal]]

    @command(roles=("approver",), not_by=("original",))
    def reverse(self, act: Act, unit: Unit, *, of: Position) -> None:
        """Mirror an earlier event of this subject; booked today if its period is closed."""
        event = unit.log.event_at(of)
        if event is None:
            raise Malformed(
                self.id, "there is no event at position {position}", "/what/of", position=str(of)
            )
        if event.originator_id != self.id:
            raise WrongState(self.id, "other-subject", owner=event.originator_id)
        if of in self.reversed:
            raise AlreadyReversed(
                self.id, "the event at position {position} is reversed already", position=str(of)
            )
        if isinstance(event, Reversal) or not can_undo(event):
            raise WrongState(self.id, "not-reversible", topic=event.TOPIC)
        if isinstance(event, MoneyEvent):
            require_duties_apart(act, unit)
            require_another(self.id, act, event.act.by, event.TOPIC)
        self.check_reversal(event)
        self.check_elsewhere(event, unit)
        booked = booked_for(event, act, unit)
        if isinstance(event, MoneyEvent):
            require_cause(self.id, booked, event.act)
        self.record(
            self.REVERSAL,
            booked,
            of=of,
            original_topic=stored_name(type(event)),
            original=msgspec.Raw(msgspec.json.encode(event)),
        )
        self.reverse_elsewhere(booked, event, unit)

    def check_reversal(self, event: Event) -> None:
        """Refuse a reversal that would leave an account below zero."""

    def check_elsewhere(self, event: Event, unit: Unit) -> None:
        """Refuse a reversal that what other subjects have done does not allow."""

    def reverse_elsewhere(self, act: Act, event: Event, unit: Unit) -> None:
        """Take back what the original's command has done to other subjects."""


def booked_for(event: Event, act: Act, unit: Unit) -> Act:
    """Count on the original's day, or today where its period is closed or a day was named.

    What moves no money counts so, too: a tally of May that is reversed in January was not said.
    """
    closed = unit.periods.closed_through()
    if act.booked != act.on:
        return act
    if closed is not None and event.act.booked <= closed:
        return act
    return msgspec.structs.replace(act, booked=event.act.booked)
