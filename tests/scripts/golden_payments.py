"""Payments of the golden year as its plain fold keeps them, and what months lack of what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scripts.golden.kernel.chance import Ids
    from tests.scripts.golden_roll import Rolls


@dataclass
class Paid:
    """A payment: what it was, and whether the money is with the holder."""

    programme: str
    fund: str
    amount: int
    persons: int
    state: str = "paid"


def lacking(
    rolls: Rolls, run: Mapping[str, Any], payments: Mapping[str, Paid], ids: Ids
) -> Iterator[tuple[str, int, int]]:
    """Yield (month, amount, no persons) of what the run's months lack by the rates told by now."""
    programme = run["scheme"].partition(":")[2]
    year, first, last = run["from"][:4], int(run["from"][5:]), int(run["to"][5:])
    for month in (f"{year}-{each:02}" for each in range(first, last + 1)):
        for holder, due, _ in rolls.lines(run["scheme"], month):
            paid = payments[ids.payment(programme, month, holder)]
            assert paid.state in {"paid", "reissued"}
            assert paid.amount <= due
            if paid.amount < due:
                yield month, due - paid.amount, 0
