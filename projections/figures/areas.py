"""Which areas lie in an area, by the boundaries of each event's day or of a stated day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from projections import registers
from projections.core.place_filter import DistrictSpan, Places
from projections.figures.terms.basic import Amount, FactCount, Spent
from projections.figures.terms.claims import ClaimsInForce
from projections.figures.terms.statements import EachKeeper

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from psycopg import Connection

    from projections.core.view import Moment
    from projections.figures.period import Span
    from projections.figures.query import FigureQuery
    from projections.figures.terms.basic import TermSource

ONE_DAY = timedelta(days=1)
# From a day on, by an event at a position, an area lies in another one.
Move: TypeAlias = tuple[date, int, str, str]
DISTRICT = {"level": "district"}
# What is counted without saying where, so that no district can have a part of it.
NOWHERE = (
    "committed",
    "donat",
    "goods-",
    "valued",
    "lottery-",
    "contract-",
    "posts-",
    "outcome:",
    "workers-",
)


def places(
    connection: Connection[Any],
    moment: Moment,
    areas: Collection[str],
    boundaries: date | None = None,
) -> tuple[Places, ...]:
    """Return the areas and all below them; `boundaries` is a stated day, None each event's own."""
    moves = moves_of(connection, moment)
    if boundaries is not None:
        parents = {below: above for on, _, below, above in moves if on <= boundaries}
        return (Places(inside(areas, parents), None, None),)
    return ranges(moves, areas)


def ranges(moves: Sequence[Move], areas: Collection[str]) -> tuple[Places, ...]:
    """Return the areas and all below them, from each day on which that changed."""
    days = sorted({on for on, *_ in moves})
    found: list[Places] = []
    parents: dict[str, str] = {}
    for day, following in zip([date.min, *days], [*days, None], strict=True):
        parents |= {below: above for on, _, below, above in moves if on == day}
        until = following - ONE_DAY if following else None
        found.append(Places(inside(areas, parents), day if day > date.min else None, until))
    return tuple(found)


def moves_of(connection: Connection[Any], moment: Moment) -> list[Move]:
    """Return which area lay below which from when on: day, position, the lower, the upper one."""
    return sorted(
        (step.on, step.position, str(step.row["id"]), str(step.row.get("parent") or ""))
        for step in registers.history(connection, "areas", moment)
        if "parent" in step.row
    )


def district_spans(connection: Connection[Any], moment: Moment) -> list[DistrictSpan]:
    """Return in which district each area lies, apart by days only where one has moved."""
    known = boundaries_of(connection, moment)
    moves, districts = known.moves, frozenset(known.districts)
    first = {area: on for on, _, area, _ in reversed(moves)}
    moved = sorted({on for on, _, area, _ in moves if on > first[area]})
    spans: defaultdict[str, list[DistrictSpan]] = defaultdict(list)
    for since, following in zip([None, *moved], [*moved, None], strict=True):
        parents = {area: above for on, _, area, above in moves if not following or on < following}
        until = following - ONE_DAY if following else None
        for area in parents:
            if district := district_of(area, parents, districts):
                spans[area].append(DistrictSpan(district, area, since, until))
    return [span for area in sorted(spans) for span in settled(spans[area], first[area])]


def district_of(area: str, parents: Mapping[str, str], districts: Collection[str]) -> str:
    """Return the district in which an area lies; empty if it lies in none."""
    while area and area not in districts:
        area = parents.get(area, "")
    return area


def settled(spans: Sequence[DistrictSpan], opened: date) -> Sequence[DistrictSpan]:
    """Return one span without ends for an area that has lain in one district ever since."""
    begun, ended = spans[0], spans[-1]
    always = (begun.since is None or opened >= begun.since) and ended.until is None
    if always and len({span.district for span in spans}) == 1:
        return [begun._replace(since=None, until=None)]
    return spans


class Boundaries(NamedTuple):
    """The city's districts, and which area came to lie in which."""

    districts: tuple[str, ...]
    moves: tuple[Move, ...]

    def before(self, day: date) -> Boundaries:
        """Return them without what moved, or was opened as a district, on a day or after it."""
        later = {area for on, _, area, _ in self.moves if on >= day}
        moves = tuple(each for each in self.moves if each[0] < day)
        later -= {area for *_, area, _ in moves}
        return Boundaries(tuple(each for each in self.districts if each not in later), moves)

    def places(self) -> dict[str, tuple[Places, ...]]:
        """Return the districts, each with the areas that lie in it and since when."""
        return {each: ranges(self.moves, [each]) for each in self.districts}


def boundaries_of(connection: Connection[Any], moment: Moment) -> Boundaries:
    """Return all boundaries that are known at a position."""
    known = moment._replace(as_of=None)
    named = registers.opened(connection, "areas", known, DISTRICT)
    return Boundaries(tuple(sorted(named)), tuple(moves_of(connection, known)))


def district_places(connection: Connection[Any], moment: Moment) -> dict[str, tuple[Places, ...]]:
    """Return the city's districts, each with the areas that lie in it and since when."""
    return boundaries_of(connection, moment).places()


def opened_until(connection: Connection[Any], moment: Moment, day: date) -> tuple[Places, ...]:
    """Return the areas that had been opened on a day."""
    opened = {
        str(step.row["id"])
        for step in registers.history(connection, "areas", moment)
        if step.on <= day
    }
    return (Places(tuple(sorted(opened)), None, None),)


def below(
    connection: Connection[Any], moment: Moment, areas: Collection[str], day: date | None
) -> list[str]:
    """Return the areas and all below them, by the boundaries of a day; None: the last there are."""
    ranges = places(connection, moment, areas)
    held = [each for each in ranges if day is None or (each.since or day) <= day]
    return [*(held or ranges)[-1].areas]


def inside(areas: Collection[str], parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the areas and all that lie below them."""
    found, looked_at = {*areas}, 0
    while looked_at < len(found):
        looked_at = len(found)
        found |= {below for below, above in parents.items() if above in found}
    return tuple(sorted(found))


def is_by_area(source: TermSource, query: FigureQuery, span: Span) -> bool:
    """Tell whether a sum can be told for the areas asked for: its lines say where they belong.

    What has no line at all in the period is nought everywhere, unless it never says where.
    """
    if isinstance(source, EachKeeper):
        return source.is_by_area(query, span)
    if not isinstance(source, ClaimsInForce | FactCount | Spent):
        return True
    if isinstance(source, FactCount) and source.measure.startswith(NOWHERE):
        return False
    if source.total(query, span).events:
        return True
    told = source.total(query.everywhere, span).events
    return not told or bool(source.total(query.anywhere, span).events)


def untied(
    source: TermSource, query: FigureQuery, span: Span, boundaries: date | None
) -> dict[str, Amount]:
    """Return what of a sum lies in no district, and what in areas opened after the boundaries' day.

    Nothing for what is not told by district.
    """
    if not isinstance(source, EachKeeper | FactCount | Spent):
        return {}
    districts = districts_of(query, boundaries)
    tied = source.total(query.elsewhere(districts), span) if districts else None
    if tied is None or not tied.events:
        return {}
    outside = opened_later(source, query, span, boundaries)
    whole = source.total(query.everywhere, span)
    found = {"untied": less(less(whole, tied), outside), "outside_boundaries": outside}
    return {name: amount for name, amount in found.items() if amount.events}


def districts_of(query: FigureQuery, boundaries: date | None) -> tuple[Places, ...]:
    """Return the city's districts and all below them; nothing if it has none."""
    connection, moment = query.connection, query.moment._replace(as_of=None)

    def read() -> tuple[Places, ...]:
        named = registers.opened(connection, "areas", moment, DISTRICT)
        if boundaries is not None:
            (there,) = opened_until(connection, moment, boundaries)
            named = [each for each in named if each in there.areas]
        return places(connection, moment, named, boundaries) if named else ()

    return query.named_places(("districts", boundaries), read)


def opened_later(
    source: TermSource, query: FigureQuery, span: Span, boundaries: date | None
) -> Amount:
    """Return what lies in areas that were opened after the boundaries' day."""
    if boundaries is None:
        return Amount(0, 0)
    moment = query.moment._replace(as_of=None)
    opened = query.named_places(
        ("opened until", boundaries),
        lambda: opened_until(query.connection, moment, boundaries),
    )
    return less(source.total(query.anywhere, span), source.total(query.elsewhere(opened), span))


def less(whole: Amount, part: Amount) -> Amount:
    """Take a part off a sum."""
    return whole._replace(
        value=(whole.value or 0) - (part.value or 0), events=whole.events - part.events
    )
