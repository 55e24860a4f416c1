"""The money of persons as unknowns: every answer is explained as a sum of them, and solved.

What the open zone tells of a month at a position is explained by the lines of the office that were
not told of before; an answer that no lines explain stops the attack, for it might tell of others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from scripts.public_attack.asking import known_at
from scripts.public_attack.linear import Solved, solve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scripts.public_attack.asking import Attacker

# The sums that are told at a position, by account and month.
Told: TypeAlias = dict[tuple[str, str], int]
# What a run tells of itself.
RUN_NUMBERS = ("drawn", "held_back", "paid", "returned", "reissued", "written_back")
LAST_DAY = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}


class UnexplainedError(AssertionError):
    """An answer is no sum of lines that the attack knows."""


def attack(attacker: Attacker, steps: Sequence[int]) -> Solved:
    """Ask for the months, the districts and the runs at steps; at the last for all at once."""
    months = sorted({line.month for line in attacker.lines if line.booked})
    known = Explained(attacker)
    equations: set[int] = set()
    for step in steps:
        now = sums_at(attacker, step, months)
        known.explain(step, now)
        equations |= {bits(known.made_of[each]) for each in now}
        for month in months if step == steps[-1] else ends_of_years(months):
            equations |= {bits(each) for each in known.by_district(step, month)}
        equations |= {bits(each) for each in of_runs(attacker, step)}
    return solve(equations, [line.owner for line in attacker.lines])


def of_runs(attacker: Attacker, step: int) -> Iterator[set[int]]:
    """Give the lines behind what runs tell of themselves at a position."""
    lines: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for nth, line in enumerate(attacker.lines):
        if line.share and line.position <= step:
            lines[line.share].add(nth)
    for row in attacker.open("pay-runs", **known_at(step), limit=1000)["rows"]:
        run = row["id"]
        lines[run, "drawn"] = lines[run, "paid"] | lines[run, "held_back"]
        for name in RUN_NUMBERS:
            told = row[name]["value"]
            # What was given up is on no account; where some is told, it stays unexplained.
            behind = lines[run, name] if name != "written_back" else set()
            if told is None:
                continue
            if abs(sum(attacker.lines[nth].value for nth in behind)) != told:
                raise UnexplainedError(f"{run} has {name} {told} at {step}")
            yield behind


def sums_at(attacker: Attacker, step: int, months: Iterable[str]) -> Told:
    """Return what is told at a position of each account and month."""
    found: Told = {}
    so_far: dict[str, int] = {}
    for month in months:
        until = attacker.spent(**known_at(step), as_of=end_of(month))
        for account, value in until.items():
            if more := value - so_far.get(account, 0):
                found[account, month] = more
        so_far = until
    return found


@dataclass
class Explained:
    """What was told up to a step, and the lines that it is made of."""

    attacker: Attacker
    sums: Told = field(default_factory=dict)
    made_of: defaultdict[tuple[str, str], set[int]] = field(
        default_factory=lambda: defaultdict(set)
    )
    told: set[int] = field(default_factory=set)

    def explain(self, step: int, now: Told) -> None:
        """Find the lines behind what is told now and was not before."""
        changed = sorted(each for each in now if now[each] != self.sums.get(each))
        since: dict[tuple[str, str], str] = {}
        for account, label in changed:
            year = label[:4]
            mine = self.waiting(account, step, since.get((account, year), year), label)
            more = now[account, label] - self.sums.get((account, label), 0)
            if self.sum_of(mine) != more:
                raise UnexplainedError(f"{account} of {label} at {step}: {more}")
            self.made_of[account, label] |= mine
            self.told |= mine
            since[account, year] = label
        self.sums = now

    def waiting(self, account: str, step: int, since: str, label: str) -> set[int]:
        """Return the lines of an account that were not told yet, of the months up to a label."""
        return {
            nth
            for nth, line in enumerate(self.attacker.lines)
            if line.account == account
            and line.position <= step
            and since < line.month <= label
            and nth not in self.told
        }

    def by_district(self, step: int, month: str) -> Iterator[set[int]]:
        """Give the lines behind what districts are told of up to a month, and behind the rest."""
        rest: defaultdict[str, set[int]] = defaultdict(set)
        for (account, label), lines in self.made_of.items():
            if label <= month:
                rest[account] |= lines
        whole = {account: frozenset(lines) for account, lines in rest.items()}
        for district in self.attacker.districts:
            asked = {**known_at(step), "as_of": end_of(month), "area": district}
            told = self.attacker.spent(**asked)
            for account, value in told.items():
                there = {
                    nth
                    for nth in whole.get(account, ())
                    if self.attacker.lines[nth].district == district
                }
                if self.sum_of(there) != value:
                    raise UnexplainedError(f"{account} to {month} at {step} in {district}: {value}")
                yield there
                rest[account] -= there
        yield from rest.values()

    def sum_of(self, lines: Iterable[int]) -> int:
        """Add lines up."""
        return sum(self.attacker.lines[nth].value for nth in lines)


def bits(lines: Iterable[int]) -> int:
    """Write a set of unknowns as a number."""
    chosen = list(lines)
    found = bytearray(max(chosen, default=0) // 8 + 1)
    for nth in chosen:
        found[nth // 8] |= 1 << nth % 8
    return int.from_bytes(found, "little")


def end_of(month: str) -> str:
    """Return the last day of a month."""
    return f"{month}-{LAST_DAY.get(int(month[5:]), 31)}"


def ends_of_years(months: Iterable[str]) -> list[str]:
    """Return the last months of the years of some months."""
    return sorted({f"{month[:4]}-12" for month in months})
