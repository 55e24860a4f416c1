"""Placements in any order of acts and days: no bed twice, nobody in two places, on any day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.bodies.facilities import Facility
from domain.bodies.placements import IN_CARE, STAYS
from tests.domain.life_machine import Lives, lived
from tests.domain.registers.stories import LUOHU, a_register, counted
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger

FIRST, LAST = date(2007, 3, 1), date(2007, 3, 12)
DAYS = st.dates(FIRST, LAST)
PERSONS = ("person:1", "person:2", None)
HOMES = ("facility:a", "facility:b", None)
PLACES = st.integers(1, 6)


class Spell(NamedTuple):
    """From one day up to another, one placement lies in one facility, or none."""

    placement: str
    kind: str
    person: str | None
    facility: str | None
    since: date
    until: date

    def on(self, day: date) -> bool:
        """Tell whether it holds on a day; a bed is free again on the day it is given back."""
        return self.since <= day < self.until


class PlacementLives(Lives):
    """Two homes of two beds, two persons and some unidentified ones; anybody may try anything."""

    OF = ("placement",)

    def begin(self) -> InMemoryLedger:
        """Open the homes."""
        books = a_register("person:1", "person:2")
        for home in ("facility:a", "facility:b"):
            what: dict[str, Any] = {"kind": "home", "body": "organisation:x", "area": LUOHU}
            books.send("facility.open", home, an_act("clerk-1", FIRST), **what, beds=2)
        return books

    def send(self, command: str, subject: str, on: date, **what: Any) -> None:
        """Try an act."""
        self.attempted(command, subject, an_act("clerk-1", on), **what)

    @rule(
        nth=PLACES,
        on=DAYS,
        verb=st.sampled_from(("admit", "admit", "bring-in")),
        kind=st.sampled_from(("elder-home", "shelter", "retired-officer", "non-military-staff")),
        person=st.sampled_from(PERSONS),
        facility=st.sampled_from(HOMES),
    )
    def come(self, nth: int, on: date, verb: str, **what: Any) -> None:
        """Let somebody come."""
        self.send(f"placement.{verb}", f"placement:{nth}", on, **what, area=LUOHU)

    @rule(nth=PLACES, on=DAYS, facility=st.sampled_from(HOMES))
    def move(self, nth: int, on: date, facility: str | None) -> None:
        """Let somebody go to another home."""
        self.send("placement.transfer", f"placement:{nth}", on, facility=facility)

    @rule(nth=PLACES, on=DAYS)
    def go(self, nth: int, on: date) -> None:
        """Let somebody go."""
        self.send("placement.discharge", f"placement:{nth}", on)

    @rule(home=st.sampled_from(HOMES[:2]), on=DAYS, beds=st.integers(1, 3))
    def resize(self, home: str, on: date, beds: int) -> None:
        """Give a home more or fewer beds."""
        self.send("facility.resize", home, on, beds=beds)

    @rule(home=st.sampled_from(HOMES[:2]), on=DAYS)
    def close(self, home: str, on: date) -> None:
        """Close a home."""
        self.send("facility.close", home, on)

    @invariant()
    def no_home_is_overfilled_on_any_day(self) -> None:
        """Compare, day by day, the spells in a home with its beds."""
        spells, sizes = spells_of(self.books.all()), sizes_of(self.books.all())
        for day in days():
            taken = Counter(spell.facility for spell in spells if spell.on(day))
            for home in HOMES[:2]:
                assert taken[home] <= beds_on(sizes, str(home), day)

    @invariant()
    def nobody_is_in_two_places_that_exclude_each_other(self) -> None:
        """Look, day by day, for a person with two spells of one group."""
        spells = spells_of(self.books.all())
        for day in days():
            for group in (STAYS, IN_CARE):
                who = [s.person for s in spells if s.on(day) and s.person and s.kind in group]
                assert len(who) == len(set(who))

    @invariant()
    def the_stock_is_who_is_there(self) -> None:
        """Count who has not left, and the beds that are taken."""
        now = [spell for spell in spells_of(self.books.all()) if spell.until == date.max]
        assert counted(self.books, "placements") == len(now)
        for home in HOMES[:2]:
            taken = self.books.load(Facility, str(home)).taken
            assert taken == sum(spell.facility == home for spell in now)


def days() -> list[date]:
    """Return every day on which something may have happened, and the one after."""
    return [FIRST + timedelta(nth) for nth in range((LAST - FIRST).days + 2)]


def spells_of(events: Any) -> list[Spell]:
    """Tell from the placements' own events who was where."""
    open_: dict[str, Spell] = {}
    over: list[Spell] = []
    for event in events:
        subject, on = event.originator_id, event.act.on
        if event.TOPIC in ("placement.admitted", "placement.brought-in"):
            open_[subject] = Spell(subject, event.kind, event.person, event.facility, on, date.max)
        elif event.TOPIC in ("placement.transferred", "placement.discharged"):
            spell = open_.pop(subject)
            over.append(spell._replace(until=on))
            if event.TOPIC == "placement.transferred":
                open_[subject] = spell._replace(facility=event.facility, since=on)
    return over + list(open_.values())


def sizes_of(events: Any) -> list[tuple[date, str, int]]:
    """Tell from the homes' events how many beds each had from which day on."""
    found = [
        (event.act.on, event.originator_id, 0 if event.TOPIC == "facility.closed" else event.beds)
        for event in events
        if event.TOPIC in ("facility.opened", "facility.resized", "facility.closed")
    ]
    return sorted(found, key=lambda size: size[0])


def beds_on(sizes: list[tuple[date, str, int]], home: str, day: date) -> int:
    """Return how many beds a home had on a day."""
    return [beds for since, of, beds in sizes if of == home and since <= day][-1]


TestPlacementLives = lived(PlacementLives, steps=30)
