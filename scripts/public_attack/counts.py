"""Counts of persons as unknowns: those of each district, and of what lies in none.

The city's count is the sum of its districts'; a ratio tells its numerator and its denominator, and
so how many are in the one and not in the other. Whoever is told all but one knows that one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scripts.public_attack.linear import FIVE, rank_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.public_attack.asking import Attacker

PEOPLE = frozenset({"person", "person-time", "person-month", "household", "couple"})
NOWHERE = ""


class Found(NamedTuple):
    """What came of an attack on counts; `few` names what is determined and counts 1 to 4."""

    unknowns: int
    equations: int
    rank: int
    few: list[str]

    def told(self) -> str:
        """Write what came of it."""
        return (
            f"{self.unknowns} counts, {self.equations} equations, rank {self.rank},"
            f" determined of fewer than five persons: {len(self.few)} {self.few}"
        )


def attack(attacker: Attacker, period: str) -> Found:
    """Ask for the figures of a year in the city and in each district, and solve them."""
    few: list[str] = []
    unknowns = equations = rank = 0
    for figure, role in terms(attacker, period):
        truth = {each: value_of(attacker, figure, role, period, each, office=True)
                 for each in (NOWHERE, *attacker.districts)}  # fmt: skip
        told = {each: value_of(attacker, figure, role, period, each, office=False)
                for each in (NOWHERE, *attacker.districts)}  # fmt: skip
        counts = {each: truth[each] or 0 for each in attacker.districts}
        counts[NOWHERE] = (truth[NOWHERE] or 0) - sum(counts.values())
        numbers = {each: nth for nth, each in enumerate(counts)}
        rows = [{numbers[each]: 1} for each in attacker.districts if told[each] is not None]
        if told[NOWHERE] is not None:
            rows.append(dict.fromkeys(numbers.values(), 1))
        mine = rank_of(rows)
        few += [
            f"{figure} {role} {each or 'in no district'}"
            for each, count in counts.items()
            if 0 < abs(count) < FIVE and rank_of([*rows, {numbers[each]: 1}]) == mine
        ]
        unknowns, equations, rank = unknowns + len(counts), equations + len(rows), rank + mine
    return Found(unknowns, equations, rank, few)


def terms(attacker: Attacker, period: str) -> Iterator[tuple[str, str]]:
    """Give the figures that count persons, and in which of their terms."""
    for row in attacker.open("figures", period=period, limit=1000)["rows"]:
        for term in row["terms"]:
            if term["unit"] in PEOPLE:
                yield row["id"], term["role"]


def value_of(
    attacker: Attacker, figure: str, role: str, period: str, area: str, *, office: bool
) -> int | None:
    """Return a term of a figure, as a zone is told."""
    where = {"area": area} if area else {}
    ask = attacker.ask_office if office else attacker.open
    row: dict[str, Any] = ask(f"figures/{figure}", period=period, **where)
    found: dict[str, Any] = next(
        (term for term in row.get("terms", ()) if term["role"] == role), {}
    )
    value: int | None = found.get("value")
    return value
