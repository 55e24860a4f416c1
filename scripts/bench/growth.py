"""What an event costs in a long log, beside a log a tenth as long, by turns.

Both are appended to, and their views follow, in steps of the same events: what the machine and
PostgreSQL do beside (writing back, vacuum of what was loaded before) meets both alike.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from infra.ledger import open_ledger
from infra.projector.projector import Projector
from projections.core.view import BLOCK
from scripts.bench import million

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.kernel.aggregate import Event
    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

TURNS, STEP = 9, 10 * BLOCK
QUICK_TURNS, QUICK_STEP = 3, 2 * BLOCK
# Neither log has payments of these months.
YEARS = (2012,)


class Costs(NamedTuple):
    """Microseconds an event: appended, and in all views."""

    append: float
    projection: float


class Growing:
    """A ledger whose views are at the head, and what it is given next."""

    def __init__(self, ledger: Ledger, projector: Projector) -> None:
        """Begin where it stands."""
        self._wiring = ledger
        self._projector = projector
        self._next: Iterator[Event] = million.payments(YEARS)
        projector.catch_up()

    def step(self, many: int) -> Costs:
        """Append so many events, then bring the views to them."""
        events = list(islice(self._next, many))
        begun = time.perf_counter()
        million.append_all(self._wiring, events)
        appended = time.perf_counter()
        self._projector.advance()
        return Costs(*(s / many * 1e6 for s in (appended - begun, time.perf_counter() - appended)))


@contextmanager
def growing(bench: Bench, name: str, many: int) -> Iterator[Growing]:
    """Give the ledger of a name, filled up to so many events and read by its views."""
    with open_ledger(bench.settings(name)) as ledger, ledger.connection() as connection:
        million.fill(ledger, many)
        yield Growing(ledger, Projector(connection))


def costs(bench: Bench, name: str, many: int, tenth: int) -> tuple[Costs, Costs]:
    """Return the medians in the log of a name, of so many events, and in one of a tenth."""
    turns, step = (QUICK_TURNS, QUICK_STEP) if bench.quick else (TURNS, STEP)
    with ExitStack() as stack:
        logs = [
            stack.enter_context(growing(bench, *each))
            for each in ((name, many), (f"{name}-tenth", tenth))
        ]
        # The first turn finds new months, and nothing at hand.
        taken = [[log.step(step) for log in logs] for _ in range(turns + 1)][1:]
    long, short = ([turn[nth] for turn in taken] for nth in range(2))
    return middle(long), middle(short)


def middle(taken: list[Costs]) -> Costs:
    """Return the medians of several turns."""
    return Costs(*(median(values) for values in zip(*taken, strict=True)))
