"""Entries of plain registers (名册): community stations, charity shops, education bases and more.

An entry may name what it is linked to: a station the committees that it serves.
"""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.chronology import require_not_before
from domain.kernel.disclosure import public
from domain.kernel.facts import Fact
from domain.kernel.ids import AreaId, Text, Word
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.refusals import Malformed, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

# What the entries of a register are, and what they are linked to.
UNITS = {
    "community-station": ("station", "committee"),
    "charity-shop": ("outlet", "organisation"),
    "education-base": ("site", "organisation"),
    "education-project": ("project", "site"),
    "service-centre": ("site", "community"),
}
ELSE = ("site", "organisation")


class CountedEntry(msgspec.Struct, frozen=True, gc=False):
    """Under what an entry is counted: its register, its area, and how many links it has."""

    register: str
    area: str
    links: int

    def stock(self, sign: int) -> tuple[Fact, ...]:
        """Count the entry and its links in or out; those with several links once more."""
        unit, link = UNITS.get(self.register, ELSE)
        entry = Fact(measure="entries", value=sign, unit=unit, area=self.area, detail=self.register)
        found = [entry]
        if self.links:
            links = replace(entry, measure="entry-links", value=sign * self.links, unit=link)
            found.append(links)
        if self.links > 1:
            found.append(replace(entry, measure="entries-shared"))
            found.append(replace(links, measure="entry-links-shared"))
        return tuple(found)


class Entry(Aggregate):
    """One line of a register, from its opening to its end."""

    KIND = "entry"
    COLLECTION = "entries"
    ORDER, PUBLIC_ORDER = 230, 110
    LIFE = LifeCycle(
        begins=("entry.opened", "entry.brought-in"),
        ends=("entry.ended",),
        dated=True,
    )

    def __init__(self, subject: str) -> None:
        """Start unknown."""
        super().__init__(subject)
        self.counted: CountedEntry | None = None
        self.since = date.min

    @command(roles=("clerk",), opens=True)
    def open(
        self,
        act: Act,
        unit: Unit,
        *,
        register_: Word,
        title: Text,
        area: AreaId,
        links: tuple[Word, ...] = (),
    ) -> None:
        """Open an entry."""
        self.check(act, unit, area, links)
        self.record(EntryOpened, act, register=register_, title=title, area=area, links=links)

    @command(roles=("clerk",), opens=True)
    def bring_in(
        self,
        act: Act,
        unit: Unit,
        *,
        register_: Word,
        title: Text,
        area: AreaId,
        links: tuple[Word, ...] = (),
    ) -> None:
        """Enter what was there before this ledger began."""
        self.check(act, unit, area, links)
        self.record(EntryBroughtIn, act, register=register_, title=title, area=area, links=links)

    @command(roles=("clerk",))
    def change(
        self,
        act: Act,
        unit: Unit,
        *,
        title: Text | None = None,
        area: AreaId | None = None,
        links: tuple[Word, ...] | None = None,
    ) -> None:
        """Change what is said; what is left out stays."""
        before = self.counted_now()
        if title is None and area is None and links is None:
            raise Malformed(self.id, "say what changes", "/what")
        self.check(act, unit, area, links or ())
        after = CountedEntry(
            before.register,
            before.area if area is None else area,
            before.links if links is None else len(links),
        )
        self.record(
            EntryChanged, act, title=title, area=area, links=links, before=before, after=after
        )

    @command(roles=("clerk",))
    def end(self, act: Act) -> None:
        """End the entry."""
        before = self.counted_now()
        require_not_before(self.id, act, self.since)
        self.record(EntryEnded, act, before=before)

    def counted_now(self) -> CountedEntry:
        """Return under what it is counted; refuse an entry that has ended."""
        if self.counted is None:
            raise WrongState(self.id, "has-ended", state="ended")
        return self.counted

    def check(self, act: Act, unit: Unit, area: str | None, links: tuple[str, ...]) -> None:
        """Refuse an unknown area, a link named twice, and a day before the last change."""
        require_not_before(self.id, act, self.since)
        if area is not None:
            require_area(act, unit, area)
        if len(set(links)) < len(links):
            raise Malformed(self.id, "a link is named twice: name each once", "/what/links")


class EntrySaid(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A line came into a register."""

    STATE = "open"

    register: str
    title: str
    area: str
    links: tuple[str, ...] = ()

    def counted(self) -> CountedEntry:
        """Return under what it is counted."""
        return CountedEntry(self.register, self.area, len(self.links))

    def apply(self, entry: Entry) -> None:
        """Let it be counted from this day on."""
        entry.counted = self.counted()
        entry.since = self.act.on


class EntryOpened(EntrySaid, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The entry was opened."""

    TOPIC = "entry.opened"
    PUBLIC = public("register title area links")

    def facts(self) -> tuple[Fact, ...]:
        """Count the opening, and the entry in the stock."""
        stock = self.counted().stock(1)
        return (replace(stock[0], measure="entries-opened"), *stock)


class EntryBroughtIn(EntrySaid, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The entry was there before this ledger began."""

    TOPIC = "entry.brought-in"
    PUBLIC = public("register title area links")

    def facts(self) -> tuple[Fact, ...]:
        """Count it in the stock."""
        return self.counted().stock(1)


class EntryChanged(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Something that was said is otherwise now; the rest is as it was."""

    TOPIC = "entry.changed"
    PUBLIC = public("title area links")
    ROW = ("title", "area", "links")

    title: str | None = None
    area: str | None = None
    links: tuple[str, ...] | None = None
    before: CountedEntry
    after: CountedEntry

    def apply(self, entry: Entry) -> None:
        """Let it be counted so."""
        entry.counted = self.after
        entry.since = self.act.on

    def facts(self) -> tuple[Fact, ...]:
        """Count it under what it is now, and no more under what it was."""
        if self.before == self.after:
            return ()
        return (*self.before.stock(-1), *self.after.stock(1))


class EntryEnded(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The entry is no more."""

    TOPIC = "entry.ended"
    PUBLIC = public()
    STATE = "ended"
    ROW = ()

    before: CountedEntry

    def apply(self, entry: Entry) -> None:
        """Count it no more."""
        entry.counted = None

    def facts(self) -> tuple[Fact, ...]:
        """Count it out of the stock."""
        return self.before.stock(-1)
