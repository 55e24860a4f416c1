"""The linear system of what was told: which unknowns it tells apart, and what it determines.

Every unknown has a bit, every equation is the set of the unknowns that it sums.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

PRIME = (1 << 61) - 1
# Fewer persons than these are not told of.
FIVE = 5


class Solved(NamedTuple):
    """What came of an attack; `groups` are the sizes of the sets that nothing tells apart.

    A set's size is how many persons its unknowns are of.
    """

    unknowns: int
    equations: int
    rank: int
    groups: list[int]

    def told(self) -> str:
        """Write what came of it."""
        return (
            f"{self.unknowns} unknowns, {self.equations} equations, rank {self.rank},"
            f" determined of fewer than five persons: {self.determined}"
        )

    @property
    def determined(self) -> int:
        """Return how many persons' unknowns are told, alone or among fewer than five persons."""
        return sum(size for size in self.groups if size < FIVE)


def solve(sums: Iterable[int], whose: Sequence[Hashable]) -> Solved:
    """Solve a system of unknowns, of each of which is told whose it is; None: no person's.

    Unknowns that are in the same sums have the same weight in every combination of them, so none
    of them is told by fewer than all.
    """
    equations = list(dict.fromkeys(each for each in sums if each))
    within: defaultdict[int, list[int]] = defaultdict(list)
    for nth, each in enumerate(equations):
        for bit in bits_of(each):
            within[bit].append(nth)
    groups: defaultdict[tuple[int, ...], set[Hashable]] = defaultdict(set)
    for bit, group in within.items():
        groups[tuple(group)] |= {whose[bit]} - {None}
    columns = [dict.fromkeys(group, 1) for group in groups]
    sizes = [len(persons) for persons in groups.values() if persons]
    return Solved(len(whose), len(equations), rank_of(columns), sizes)


def bits_of(number: int) -> Iterator[int]:
    """Give the places of the bits of a number."""
    return (place for place, bit in enumerate(reversed(bin(number))) if bit == "1")


def rank_of(rows: list[dict[int, int]]) -> int:
    """Return the rank of sparse rows, by elimination modulo a prime."""
    pivots: dict[int, dict[int, int]] = {}
    for row in rows:
        left = dict(row)
        while left:
            column = min(left)
            if column not in pivots:
                inverse = pow(left[column], -1, PRIME)
                pivots[column] = {name: value * inverse % PRIME for name, value in left.items()}
                break
            factor = left[column]
            for name, value in pivots[column].items():
                changed = (left.get(name, 0) - factor * value) % PRIME
                if changed:
                    left[name] = changed
                else:
                    left.pop(name, None)
    return len(pivots)
