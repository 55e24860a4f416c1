"""The linear system of what was told: which unknowns it tells apart, and what it determines.

Every unknown has a bit, every equation is the set of the unknowns that it sums. Unknowns that are
in the same sums are a *group*: no combination tells one of them without the others.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

# A sparse row: what stands in its columns.
Row: TypeAlias = dict[int, int]

PRIME = (1 << 61) - 1
# Fewer persons than these are not told of.
FIVE = 5
BITS = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]


class Solved(NamedTuple):
    """What came of an attack; `few` are how many persons each determined sum of few is of."""

    unknowns: int
    equations: int
    rank: int
    few: list[int]

    def told(self) -> str:
        """Write what came of it."""
        return (
            f"{self.unknowns} unknowns, {self.equations} equations, rank {self.rank},"
            f" determined of fewer than five persons: {self.determined}"
        )

    @property
    def determined(self) -> int:
        """Return of how many persons sums are determined that are of fewer than five."""
        return sum(self.few)


class Group(NamedTuple):
    """Unknowns that nothing tells apart: in which equations they are, and whose they are."""

    within: tuple[int, ...]
    persons: frozenset[Hashable]


def solve(sums: Iterable[int], whose: Sequence[Hashable]) -> Solved:
    """Solve a system of unknowns, of each of which is told whose it is; None: a body's, known."""
    equations = list(dict.fromkeys(each for each in sums if each))
    groups = grouped(equations, whose)
    found = [solved(part) for part in components(groups)]
    return Solved(
        len(whose),
        len(equations),
        sum(rank for rank, _ in found),
        [persons for _, few in found for persons in few],
    )


def grouped(equations: Sequence[int], whose: Sequence[Hashable]) -> list[Group]:
    """Put unknowns together that are in the same equations."""
    within: defaultdict[int, list[int]] = defaultdict(list)
    for nth, each in enumerate(equations):
        for bit in bits_of(each):
            within[bit].append(nth)
    persons: defaultdict[tuple[int, ...], set[Hashable]] = defaultdict(set)
    for bit, found in within.items():
        persons[tuple(found)].add(whose[bit])
    named = ((found, frozenset(mine - {None})) for found, mine in persons.items())
    return [Group(found, mine) for found, mine in named if mine]


def components(groups: Iterable[Group]) -> list[list[Group]]:
    """Part groups into those that have no equation in common."""
    first: dict[int, int] = {}

    def root(equation: int) -> int:
        while (above := first.setdefault(equation, equation)) != equation:
            first[equation] = first.setdefault(above, above)
            equation = first[equation]
        return equation

    for group in (found := list(groups)):
        for equation in group.within:
            first[root(equation)] = root(group.within[0])
    parts: defaultdict[int, list[Group]] = defaultdict(list)
    for group in found:
        parts[root(group.within[0])].append(group)
    return list(parts.values())


def solved(groups: Sequence[Group]) -> tuple[int, list[int]]:
    """Return the rank of a component, and of how many persons each sum of few is.

    A combination of equations that leaves some groups alone is one of the groups' rows in the null
    space: rows that depend on each other. Looked for are a group alone, two together, and, where
    all groups of few depend on each other, those behind which the same few persons stand.
    """
    equations: defaultdict[int, Row] = defaultdict(dict)
    for column, group in enumerate(groups):
        for equation in group.within:
            equations[equation][column] = 1
    reduced = eliminated(list(equations.values()))
    null = null_rows(reduced, len(groups))
    small = [nth for nth, group in enumerate(groups) if 0 < len(group.persons) < FIVE]
    if len(eliminated([null[nth] for nth in small])) == len(small):
        return len(reduced), []
    return len(reduced), [len(persons) for persons in few_of(groups, null, small)]


def few_of(
    groups: Sequence[Group], null: Sequence[Row], small: Sequence[int]
) -> list[frozenset[Hashable]]:
    """Return the sets of fewer than five persons of whom a sum is determined."""
    found: list[frozenset[Hashable]] = []
    sets = dict.fromkeys(groups[nth].persons for nth in small)
    both = (one | other for one, other in combinations(sets, 2))
    for persons in dict.fromkeys([*sets, *(each for each in both if len(each) < FIVE)]):
        if any(each <= persons for each in found):
            continue
        rows = [null[nth] for nth in small if groups[nth].persons <= persons]
        if len(eliminated(rows)) < len(rows):
            found.append(persons)
    return found


def null_rows(reduced: dict[int, Row], columns: int) -> list[Row]:
    """Return the rows of a basis of what a reduced system does not determine, one a column."""
    return [
        {free: value for free, value in reduced[column].items() if free != column}
        if column in reduced
        else {column: 1}
        for column in range(columns)
    ]


def bits_of(number: int) -> Iterator[int]:
    """Give the places of the bits of a number."""
    data = number.to_bytes(number.bit_length() // 8 + 1, "little")
    return (8 * place + bit for place, byte in enumerate(data) if byte for bit in BITS[byte])


def rank_of(rows: list[Row]) -> int:
    """Return the rank of sparse rows."""
    return len(eliminated(rows))


def eliminated(rows: Iterable[Row]) -> dict[int, Row]:
    """Return sparse rows in reduced form, by their leading columns, modulo a prime."""
    pivots: dict[int, Row] = {}
    for row in rows:
        left = dict(row)
        for column in [column for column in left if column in pivots]:
            subtract(left, pivots[column], left[column])
        if not left:
            continue
        lead = min(left)
        inverse = pow(left[lead], -1, PRIME)
        left = {column: value * inverse % PRIME for column, value in left.items()}
        for other in pivots.values():
            if lead in other:
                subtract(other, left, other[lead])
        pivots[lead] = left
    return pivots


def subtract(row: Row, other: Row, factor: int) -> None:
    """Take a multiple of a row from another one."""
    for column, value in other.items():
        changed = (row.get(column, 0) - factor * value) % PRIME
        if changed:
            row[column] = changed
        else:
            row.pop(column, None)
