"""How many persons stand at least behind what is told: payments name nobody, so nobody counts them.

A person is paid once by a scheme for a month: that is a *turn*, and in it as many payments are as
many persons. In different turns they may be the same ones, so of several turns the fullest counts.
What is named (a person's relief, what completes or undoes one payment) counts once by its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

# Of a payment that only its run knows.
UNNAMED = ""


class Payee(NamedTuple):
    """Whom a line is for: somebody of a turn, perhaps one who is told from others by a name."""

    turn: str
    name: str = UNNAMED


# Lines by whom they are for: made, less those undone.
Behind: TypeAlias = "Counter[Payee]"


def together(all_: Iterable[Behind]) -> Behind:
    """Return who stands behind several sums."""
    found: Behind = Counter()
    for each in all_:
        for payee, lines in each.items():
            found[payee] += lines
    return found


def counted(persons: int) -> Behind:
    """Return who stands behind a count of different persons."""
    return Counter({Payee(""): persons})


def at_least(behind: Behind) -> int:
    """Return how many persons stand behind a sum at least; what is undone takes one away."""
    turns: defaultdict[str, int] = defaultdict(int)
    for payee, lines in behind.items():
        turns[payee.turn] += lines if payee.name == UNNAMED else (lines > 0) - (lines < 0)
    return max((abs(persons) for persons in turns.values()), default=0)
