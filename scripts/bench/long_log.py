"""Five million events: what programs hold in memory, and what an event costs, as the log grows.

The loader, the projector and the server are programs of their own, as users start them. Part of
`make bench-long`; it needs a quarter of an hour and twelve gigabytes of disk.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from infra.ledger import open_ledger
from infra.projector.tracking import lay_out
from projections.core import view
from scripts.bench import growth
from scripts.bench.graphs import memory_graph
from scripts.bench.outcomes import Outcome
from scripts.bench.samples import Samples
from scripts.bench.serving import auditor, environment, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from http.client import HTTPConnection

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

# Memory is compared with its most over the first events.
FIRST, MANY = 100_000, 5_000_000
QUICK_FIRST, QUICK_MANY = 40_000, 400_000
MOST_GROWTH, MOST_COST = 1.2, 1.1
TENTH = 10
# The picture of the last long run.
GRAPH = Path(__file__).parents[2] / "docs" / "memory.svg"
MARKS = (1, 4, 7, 10)
FEED = "/v1/events?until={}"
PIECE = 2**16
PROJECTOR = ("-m", "api.cli", "serve", "--only", "projector")


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare what is held and what is spent late in the log with the same early in it."""
    first, many = (QUICK_FIRST, QUICK_MANY) if bench.quick else (FIRST, MANY)
    with open_ledger(bench.settings("long")) as ledger:
        folder = ledger.settings.data_folder
        if head(ledger):
            raise RuntimeError(f"a log is measured while it grows: remove {folder} first")
        with ledger.connection() as connection:
            lay_out(connection)
        loader = ("-m", "scripts.bench.million", str(many))
        loaded = sampled(folder, loader, lambda: head(ledger), many)
        projected = sampled(folder, PROJECTOR, lambda: in_views(ledger), many)
        reading = read(folder, many)
    programs = {"loader": loaded, "projector": projected, "server": reading}
    if not bench.quick:
        lines = {what: samples.taken for what, samples in programs.items()}
        GRAPH.write_text(memory_graph(lines, f"memory over a log of {many:,} events"))
    for what, samples in programs.items():
        yield flat(what, samples, first, many)
    long, short = growth.costs(bench, "long", many, many // TENTH)
    yield dearer("append", "an event appended", (long.append, short.append), loaded, many)
    cost = (long.projection, short.projection)
    yield dearer("projection", "an event in all views", cost, projected, many)


def head(ledger: Ledger) -> int:
    """Return how long the log is."""
    return ledger.recorder.max_notification_id() or 0


def in_views(ledger: Ledger) -> int:
    """Return how far all views are."""
    with ledger.connection() as connection:
        return view.position(connection)


def sampled(folder: Path, words: Sequence[str], reached: Callable[[], int], many: int) -> Samples:
    """Run a program of ours on a data folder until it has done so many events."""
    with running(folder, words) as pid, Samples(pid, reached) as samples:
        samples.wait_for(many)
    return samples


@contextmanager
def running(folder: Path, words: Sequence[str]) -> Iterator[int]:
    """Run a program while the block runs."""
    with subprocess.Popen(
        [sys.executable, *words], env=environment(folder), stdout=subprocess.DEVNULL
    ) as child:
        try:
            yield child.pid
        finally:
            child.terminate()


def read(folder: Path, many: int) -> Samples:
    """Read the whole feed as JSON Lines, and sample the server that writes it."""
    with served(folder) as server:
        lines = [0]
        with Samples(server.pid, lambda: lines[0]) as samples:
            read_feed(server.connect(), FEED.format(many), auditor(folder), lines)
    if lines[0] != many:
        raise RuntimeError(f"the feed gave {lines[0]:,} of {many:,} events")
    return samples


def read_feed(connection: HTTPConnection, path: str, who: dict[str, str], lines: list[int]) -> None:
    """Read every event, and count the lines while they come."""
    connection.request("GET", path, headers={**who, "Accept": "application/jsonl"})
    answer = connection.getresponse()
    while piece := answer.read(PIECE):
        lines[0] += piece.count(b"\n")


def flat(what: str, samples: Samples, first: int, many: int) -> Outcome:
    """Compare the most that is held after the first events with the most until then."""
    tenth = many // TENTH
    notes: dict[str, float | str] = {
        f"MB at most from {(mark - 1) * tenth:,} to {mark * tenth:,} events": round(
            samples.most_mb((mark - 1) * tenth, mark * tenth)
        )
        for mark in MARKS
    }
    return Outcome(
        name=f"flat-{what}",
        path=f"memory of the {what}, {first:,} to {many:,} events",
        ours=samples.most_mb(first, many),
        limit=samples.most_mb(0, first),
        unit="MB",
        against=f"its most up to {first:,} events",
        goal=MOST_GROWTH,
        notes=notes,
    )


def dearer(name: str, what: str, cost: tuple[float, float], samples: Samples, many: int) -> Outcome:
    """Compare the cost of an event behind the log with that behind a tenth of it.

    The note tells of the program that did it all at once, late beside early: there PostgreSQL has
    begun meanwhile to vacuum and the system to write back what came before.
    """
    tenth = many // TENTH
    late = samples.seconds_between(many - tenth, many - tenth // 2)
    early = samples.seconds_between(tenth // 2, tenth)
    ours, limit = cost
    return Outcome(
        name=f"growth-{name}",
        path=f"{what}, in a log of {many:,}",
        ours=ours,
        limit=limit,
        unit="us",
        against=f"the same in a log of {tenth:,}, by turns",
        goal=MOST_COST,
        notes={"late beside early in one run through the whole log": round(late / early, 2)},
    )
