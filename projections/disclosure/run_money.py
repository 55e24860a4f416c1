"""Money of pay runs (批次金额) as the open zone is told of it, beside the months of their accounts.

Parts are told anyway, by their districts (`suppression.py` makes them). A number of a run is told
beside them where no sum of numbers and districts, each taken any number of times, is left with
fewer than THRESHOLD persons: a run less the districts in which it paid is what else came there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from projections.disclosure.persons_behind import at_least, together
from projections.disclosure.small_counts import THRESHOLD
from projections.disclosure.suppression import (
    NO_DISTRICT,
    behind_each,
    by_district,
    by_year,
    cut_year,
    hidden_districts,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from projections.disclosure.persons_behind import Behind
    from projections.disclosure.suppression import PersonalSum, PublishedStep, RunShare

# What a run's row tells of its payments, the first of which the others come back from.
PAID, RETURNED, REISSUED, WRITTEN_BACK = "paid", "returned", "reissued", "written_back"
MOVED = (RETURNED, REISSUED, WRITTEN_BACK)
# All sums of so many numbers of a part are looked at; the smaller ones beyond are not told.
MOST_TOLD = 8

# Who stands behind each share in each district of a part; what is of no run under None.
Cells: TypeAlias = "Mapping[RunShare | None, Mapping[str, Behind]]"


class ToldShare(NamedTuple):
    """A number of a run: its sums, each with the last month of the part that it is told in."""

    sums: tuple[tuple[date, PersonalSum], ...]

    def names(self) -> frozenset[str]:
        """Return the payments that are named behind it."""
        return frozenset(payee.name for _, each in self.sums for payee in each.behind)

    def value(self, until: date | None = None) -> int:
        """Return what it adds up to, in the months up to a day."""
        return sum(each.value for month, each in self.sums if until is None or month <= until)


def told_shares(
    sums: Iterable[PersonalSum], steps: Sequence[PublishedStep]
) -> dict[RunShare, ToldShare | None]:
    """Return the numbers of runs at the last of the steps; None where one is withheld."""
    told: defaultdict[RunShare, list[tuple[date, PersonalSum]]] = defaultdict(list)
    withheld: set[RunShare] = set()
    for _, year, mine in by_year(sums):
        cut = cut_year(year, mine, steps)
        withheld |= {each.share for each in cut.waiting if each.share}
        for month, part in cut.parts:
            withheld |= hidden_shares(part)
            for each in part:
                if each.share:
                    told[each.share].append((month, each))
    found: dict[RunShare, ToldShare | None] = dict.fromkeys(withheld)
    return found | {
        share: ToldShare(tuple(mine)) for share, mine in told.items() if share not in withheld
    }


def hidden_shares(part: Sequence[PersonalSum]) -> set[RunShare]:
    """Return the numbers of runs of which a part may not tell: the smallest that are in the way."""
    cells = cells_of(part)
    shares = sorted(
        (share for share in cells if share), key=lambda share: (-size(cells, share), share)
    )
    told = shares[:MOST_TOLD]
    while few := numbers_of_few(cells, told):
        told.remove(few[-1])
    return {*shares} - {*told}


def numbers_of_few(cells: Cells, told: Sequence[RunShare]) -> Sequence[RunShare]:
    """Return numbers of runs whose sum tells of too few beside the districts; none if none does."""
    for many in range(1, len(told) + 1):
        for chosen in combinations(told, many):
            if tells_of_few(cells, chosen):
                return chosen
    return ()


def tells_of_few(cells: Cells, chosen: Collection[RunShare | None]) -> bool:
    """Tell whether the sum of some numbers can be brought down to too few.

    Of each district either these numbers can be taken away, with what else is in it, or nothing:
    so the fewer of the two stay.
    """
    fewer: list[Behind] = []
    for district in {name for mine in cells.values() for name in mine}:
        sides: tuple[list[Behind], list[Behind]] = [], []
        for share, mine in cells.items():
            if district in mine:
                sides[share in chosen].append(mine[district])
        if all(sides):
            fewer.append(min(map(together, sides), key=at_least))
    return bool(fewer) and at_least(together(fewer)) < THRESHOLD


def cells_of(part: Sequence[PersonalSum]) -> Cells:
    """Return who stands behind each number of a run in each district that a part tells of."""
    together_told = hidden_districts(behind_each(by_district(part)))
    found: defaultdict[RunShare | None, defaultdict[str, Behind]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for each in part:
        district = NO_DISTRICT if each.district in together_told else each.district
        cell = found[each.share]
        cell[district] = together((cell[district], each.behind))
    return found


def size(cells: Cells, share: RunShare) -> int:
    """Return how many persons stand behind a number at least."""
    return at_least(together(cells[share].values()))


def movements_told(paid: int, moved: Mapping[str, frozenset[str]]) -> set[str]:
    """Return which of a run's movements are told beside what it paid, by whose payments they are.

    What came back is what went out again, was given up, or lies there: each of these, and what did
    not come back, is of nobody or of enough.
    """
    told: set[str] = set()
    for name in MOVED:
        if name in moved and is_apart(paid, [moved[each] for each in (*sorted(told), name)]):
            told.add(name)
    return told


def is_apart(paid: int, moved: Sequence[frozenset[str]]) -> bool:
    """Tell whether sets of payments, of so many, part them into groups of nobody or of enough."""
    groups: defaultdict[tuple[bool, ...], int] = defaultdict(int)
    all_ = frozenset[str]().union(*moved)
    for payment in all_:
        groups[tuple(payment in each for each in moved)] += 1
    sizes = [*groups.values(), paid - len(all_)]
    return not any(0 < many < THRESHOLD for many in sizes)
