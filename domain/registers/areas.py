"""Areas (区划): city, district, sub-district, community, each with parents by date.

An area is our own id; the GB/T 2260 code of the day is kept where there is one (光明新区 had none
in 2007).
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, TypeAlias

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.disclosure import public
from domain.kernel.ids import AreaId, Grammar, Text
from domain.kernel.refusals import AreaUnknown, WrongState
from domain.kernel.unit import Unit

Level: TypeAlias = Literal["city", "district", "sub-district", "community"]
LEVELS = ("city", "district", "sub-district", "community")
AreaCode: TypeAlias = Annotated[str, Grammar(r"[0-9]{6}(?:[0-9]{3}){0,2}", longest=12)]


class Area(Aggregate):
    """A part of the city, from the day it is opened to the day it is closed."""

    KIND = "area"
    COLLECTION = "areas"
    ORDER, PUBLIC_ORDER = 280, 10

    def __init__(self, subject: str) -> None:
        """Start unknown."""
        super().__init__(subject)
        self.level = ""
        self.opened_on = date.max
        self.closed_on = date.max
        self.parents: list[tuple[date, str]] = []

    @command(roles=("approver",), opens=True)
    def open(
        self,
        act: Act,
        unit: Unit,
        *,
        title: Text,
        level: Level,
        parent: AreaId | None = None,
        code: AreaCode | None = None,
    ) -> None:
        """Open an area below another; the top one has no parent."""
        if parent is not None:
            self.require_above(act, unit, parent, level)
        self.record(AreaOpened, act, title=title, level=level, parent=parent, code=code)

    @command(roles=("approver",))
    def move(
        self,
        act: Act,
        unit: Unit,
        *,
        parent: AreaId,
        title: Text | None = None,
        level: Level | None = None,
        code: AreaCode | None = None,
    ) -> None:
        """Put the area below another from a day on, perhaps under a new title, level or code."""
        self.require_open(act)
        self.require_above(act, unit, parent, level or self.level)
        self.record(AreaMoved, act, parent=parent, title=title, level=level, code=code)

    @command(roles=("approver",))
    def close(self, act: Act) -> None:
        """Close the area: from that day it is no more."""
        self.require_open(act)
        self.record(AreaClosed, act)

    def open_on(self, day: date) -> bool:
        """Tell whether the area was there on a day."""
        return self.opened_on <= day < self.closed_on

    def parent_on(self, day: date) -> str | None:
        """Return the area above on a day, None at the top."""
        return next((parent for since, parent in reversed(self.parents) if since <= day), None)

    def parents_between(self, first: date, end: date) -> Iterator[tuple[str, date, date]]:
        """Give the areas above between two days, each with its first day and the day it ends."""
        ends = [since for since, _ in self.parents[1:]] + [date.max]
        for (since, parent), until in zip(self.parents, ends, strict=False):
            if since < end and until > first:
                yield parent, max(since, first), min(until, end)

    def require_open(self, act: Act) -> None:
        """Refuse a day on which the area is not there."""
        if not self.open_on(act.on):
            raise WrongState(self.id, "not-open-then", day=act.on)

    def require_above(self, act: Act, unit: Unit, parent: str, level: str) -> None:
        """Refuse a parent that is not there, not of a higher level, or below this area."""
        above = require_area(act, unit, parent)
        if LEVELS.index(above.level) >= LEVELS.index(level):
            raise WrongState(self.id, "wrong-level", level=level, parent=parent, above=above.level)
        moves = (since for since, _ in self.parents if since > act.on)
        if self.lies_above(unit, parent, act.on, min(moves, default=date.max)):
            raise WrongState(self.id, "in-a-circle", parent=parent, day=act.on)

    def lies_above(self, unit: Unit, area: str, first: date, end: date) -> bool:
        """Tell whether another area is this one, or lies below it on some day before `end`."""
        if area == self.id:
            return True
        spans = unit[Area, area].parents_between(first, end)
        return any(self.lies_above(unit, *span) for span in spans)


def require_area(act: Act, unit: Unit, area: str) -> Area:
    """Return an area that is there on the day of the act; `AreaUnknown` if it is not."""
    known = unit.find(Area, area)
    if not known.open_on(act.on):
        raise AreaUnknown(area, "it is not open on {day}: name an area that is", day=act.on)
    return known


class AreaOpened(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The area was opened."""

    TOPIC = "area.opened"
    PUBLIC = public("title level parent code")
    STATE = "open"

    title: str
    level: str
    parent: str | None = None
    code: str | None = None

    def apply(self, area: Area) -> None:
        """Set its level, its first day and its parent."""
        area.level = self.level
        area.opened_on = self.act.on
        if self.parent is not None:
            insort(area.parents, (self.act.on, self.parent))


class AreaMoved(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The area lies below another from a day on."""

    TOPIC = "area.moved"
    PUBLIC = public("title level parent code")

    parent: str
    title: str | None = None
    level: str | None = None
    code: str | None = None

    def apply(self, area: Area) -> None:
        """Set the parent from the day on."""
        area.parents = [(since, parent) for since, parent in area.parents if since != self.act.on]
        insort(area.parents, (self.act.on, self.parent))
        area.level = self.level or area.level


class AreaClosed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The area is no more."""

    TOPIC = "area.closed"
    PUBLIC = public()
    STATE = "closed"

    def apply(self, area: Area) -> None:
        """Set its last day."""
        area.closed_on = self.act.on
