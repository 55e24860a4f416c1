"""Every page of the golden year: at the head, and at other days and positions."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from scripts.bench import golden_load
from scripts.bench.outcomes import Outcome
from scripts.bench.serving import position_of, seconds_to, served

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from http.client import HTTPConnection

    from scripts.bench.ledgers import Bench

PAGES = (
    "/",
    "/years/2007",
    "/funds",
    "/funds/lottery",
    "/figures/dibao.spend",
    "/figures/dibao.average",
    "/figures/system.cash",
    "/events/1000",
)
# Days and positions at which nobody has asked before; of the log, so many parts in a thousand.
MOMENTS = ((None, 997), ("2007-06-30", None), ("2007-03-15", 501), ("2007-11-02", 907))
AT_HEAD_MS, AT_OTHERS_MS, MOST_MB = 100.0, 500.0, 400.0
TIMES = 5


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with what a reader is asked to wait."""
    with served(golden_load.year(bench)) as server:
        connection = server.connect()
        cold = {path: milliseconds(connection, path) for path in PAGES}
        head = {
            path: median(milliseconds(connection, path) for _ in range(TIMES)) for path in PAGES
        }
        position = position_of(connection)
        others = {path: max(at_moments(connection, path, position)) for path in PAGES}
        held = dict(server.watch.most_mb)
    slowest = max(head, key=head.__getitem__)
    yield line("page-head", "slowest page at the head", slowest, (head, AT_HEAD_MS))
    slowest = max(cold, key=cold.__getitem__)
    yield line("page-cold", "the same, first asked after a start", slowest, (cold, AT_OTHERS_MS))
    slowest = max(others, key=others.__getitem__)
    yield line("page-moments", "slowest page at other moments", slowest, (others, AT_OTHERS_MS))
    memory = (held["serve"], MOST_MB, "MB")
    yield golden_load.fixed("memory-serve", "memory of the server after that", memory, {})


def milliseconds(connection: HTTPConnection, path: str) -> float:
    """Ask for a page."""
    headers = {"Accept": "text/html", "Accept-Language": "zh"}
    return seconds_to(connection, path, headers=headers) * 1000


def at_moments(connection: HTTPConnection, path: str, head: int) -> Sequence[float]:
    """Ask for a page at each of the moments."""
    if path.startswith("/events"):
        return [milliseconds(connection, path)]
    found: list[float] = []
    for as_of, part in MOMENTS:
        asked = [f"as_of={as_of}"] if as_of else []
        asked += [f"known_at={head * part // 1000}"] if part else []
        found.append(milliseconds(connection, f"{path}?{'&'.join(asked)}"))
    return found


def line(name: str, path: str, slowest: str, measured: tuple[dict[str, float], float]) -> Outcome:
    """Compare the slowest page with its limit; tell all others too."""
    found, limit = measured
    notes: dict[str, float | str] = {page: round(taken, 1) for page, taken in found.items()}
    return golden_load.fixed(name, f"{path}: {slowest}", (found[slowest], limit, "ms"), notes)
