"""Suppression (隐去): money to persons is told in sums behind which at least five stand.

The open zone is told of it by closed months and by districts, and only at published steps: what
came in between two steps is told as a whole, or waits. Every sum that is told is made of the parts
that are made here, whatever it is asked by, so no difference of two answers rests on fewer than
THRESHOLD persons (`persons_behind.py` counts them).
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from projections.disclosure import small_counts
from projections.disclosure.persons_behind import Behind, at_least, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Of no district, or not told by district.
NO_DISTRICT = ""


class PublishedStep(NamedTuple):
    """A position at which something is published, and the first day that is not over by then."""

    position: int
    open_from: date


class RunShare(NamedTuple):
    """What a pay run's row tells of it: a name, like paid or returned."""

    run: str
    name: str


class PersonalSum(NamedTuple):
    """What was booked of a series on a day in a district, to be told from a step on.

    Its share says of which number of which run it is a part, if of any.
    """

    series: int
    district: str
    booked: date
    step: int
    value: int
    behind: Behind
    share: RunShare | None = None


class CutYear(NamedTuple):
    """The parts of a series and a year, each with the last month it tells of; what waits."""

    parts: list[tuple[date, list[PersonalSum]]]
    waiting: list[PersonalSum]


class PublishedSum(NamedTuple):
    """A part that is told of a series, for the months up to a day, perhaps of a district."""

    series: int
    district: str
    month: date
    value: int


# The sums by district of one part, as they are told together.
Part: TypeAlias = dict[str, tuple[int, Behind]]


def published(sums: Iterable[PersonalSum], steps: Sequence[PublishedStep]) -> list[PublishedSum]:
    """Return what is told at the last of the steps, in order of series and month."""
    return [
        told
        for series, year, mine in by_year(sums)
        for told in of_year(series, cut_year(year, mine, steps))
    ]


def by_year(sums: Iterable[PersonalSum]) -> list[tuple[int, int, list[PersonalSum]]]:
    """Return sums by their series and years, in order."""
    found: defaultdict[tuple[int, int], list[PersonalSum]] = defaultdict(list)
    for each in sums:
        found[each.series, each.booked.year].append(each)
    return [(series, year, mine) for (series, year), mine in sorted(found.items())]


def of_year(series: int, cut: CutYear) -> list[PublishedSum]:
    """Return what is told of a series and a year, as it was cut."""
    parts = [(month, by_district(sums)) for month, sums in cut.parts]
    kept_back = {name for _, part in parts for name in hidden_districts(behind_each(part))}
    return [
        PublishedSum(series, district, month, value)
        for month, part in parts
        for district, value in merged(part, kept_back).items()
    ]


def cut_year(year: int, sums: Sequence[PersonalSum], steps: Sequence[PublishedStep]) -> CutYear:
    """Cut what was booked of a series in a year into parts, as the steps tell of them.

    A step that would tell of too few makes the series one of few: what follows waits until the
    year is over, and what is left of it then until there are enough.
    """
    waiting: list[PersonalSum] = []
    parts: list[tuple[date, list[PersonalSum]]] = []
    is_sparse = False
    come: defaultdict[int, list[PersonalSum]] = defaultdict(list)
    for each in sums:
        come[each.step].append(each)
    for nth, step in enumerate(steps):
        waiting += come[nth]
        # A month is over with its last day, so its days are told together.
        ready = [each for each in waiting if each.booked < step.open_from]
        if not ready:
            continue
        is_sparse = is_sparse or not is_enough(ready)
        if is_enough(ready) and (not is_sparse or step.open_from.year > year):
            parts += parts_of(ready)
            waiting = [each for each in waiting if each.booked >= step.open_from]
    return CutYear(parts, waiting)


def is_enough(sums: Iterable[PersonalSum]) -> bool:
    """Tell whether at least THRESHOLD persons stand behind sums."""
    return at_least(together(each.behind for each in sums)) >= small_counts.THRESHOLD


def parts_of(ready: Sequence[PersonalSum]) -> list[tuple[date, list[PersonalSum]]]:
    """Cut what is told at a step into months, or into several where a month has too few lines."""
    months: defaultdict[date, list[PersonalSum]] = defaultdict(list)
    for each in ready:
        months[end_of_month(each.booked)].append(each)
    cut: list[tuple[date, list[PersonalSum]]] = []
    gathered: list[PersonalSum] = []
    for month in sorted(months):
        gathered += months[month]
        if is_enough(gathered):
            cut.append((month, gathered))
            gathered = []
    if gathered and cut:
        _, before = cut.pop()
        cut.append((max(months), before + gathered))
    return cut


def by_district(sums: Iterable[PersonalSum]) -> Part:
    """Add sums up by their districts: the value, and who stands behind it."""
    found: defaultdict[str, list[PersonalSum]] = defaultdict(list)
    for each in sums:
        found[each.district].append(each)
    return {
        name: (sum(each.value for each in mine), together(each.behind for each in mine))
        for name, mine in found.items()
    }


def behind_each(part: Part) -> dict[str, Behind]:
    """Return who stands behind a part in each of its districts."""
    return {name: behind for name, (_, behind) in part.items()}


def hidden_districts(part: Mapping[str, Behind]) -> set[str]:
    """Return the districts of a part that are told together, and none of them alone.

    Those of too few persons, and what is in no district; if together they have too few, the
    smallest of the others too, for it is told how much all have.
    """
    persons = {name: at_least(behind) for name, behind in part.items()}
    small = {name for name, many in persons.items() if many < small_counts.THRESHOLD}
    found = small | ({NO_DISTRICT} & part.keys())
    others = sorted(part.keys() - found, key=lambda name: (persons[name], name))
    while found and others and is_few(part, found):
        found.add(others.pop(0))
    return found


def is_few(part: Mapping[str, Behind], names: Iterable[str]) -> bool:
    """Tell whether fewer than THRESHOLD persons stand behind some districts of a part."""
    return at_least(together(part[name] for name in names)) < small_counts.THRESHOLD


def merged(part: Part, kept_back: set[str]) -> dict[str, int]:
    """Return a part's values by district; those that are kept back stand under no district."""
    told: dict[str, int] = {}
    for name, (value, _) in part.items():
        district = NO_DISTRICT if name in kept_back else name
        told[district] = told.get(district, 0) + value
    return told


def end_of_month(day: date) -> date:
    """Return the last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])
