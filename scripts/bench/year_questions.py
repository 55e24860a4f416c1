"""The golden year as other programs read it: all figures, and a long list from end to end."""

from __future__ import annotations

from random import Random
from statistics import median
from typing import TYPE_CHECKING

import msgspec

from scripts.bench import golden_load
from scripts.bench.outcomes import Outcome, percentile
from scripts.bench.serving import asked, auditor, position_of, seconds_to, served

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from http.client import HTTPConnection

    from scripts.bench.ledgers import Bench

FIGURES = "/open/v1/figures?period=2007"
# Of one walk the slowest hundredth is the slowest page.
WALKS = 3
FIGURES_MS, PAGE_MS = 200.0, 50.0
LIST = "/v1/registrations?limit=1000"


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with what a reader is asked to wait."""
    folder = golden_load.year(bench)
    # A role is granted for it, which the projector has long seen when the list is asked.
    headers = auditor(folder)
    with served(folder) as server:
        connection = server.connect()
        head = position_of(connection)
        figures = [figures_at(connection, position) for position in moments(head, bench)]
        pages = [ms for _ in range(WALKS) for ms in walk(connection, headers)]
    yield golden_load.fixed(
        "figures",
        "all figures of a year at a position nobody has asked for, the slowest",
        (max(figures), FIGURES_MS, "ms"),
        {"half of all within, ms": round(median(figures), 1)},
    )
    yield golden_load.fixed(
        "registrations",
        "registrations, page by page of 1,000, the slowest hundredth",
        (percentile(pages, 0.99), PAGE_MS, "ms"),
        {
            "pages": len(pages),
            "first page, with totals, ms": round(pages[0], 1),
            "half of all within, ms": round(median(pages), 1),
        },
    )


def moments(head: int, bench: Bench) -> list[int]:
    """Choose positions."""
    return Random(2007).sample(range(head // 10, head), 10 if bench.quick else 30)


def figures_at(connection: HTTPConnection, position: int) -> float:
    """Return the milliseconds that all figures take."""
    return seconds_to(connection, f"{FIGURES}&known_at={position}") * 1000


def walk(connection: HTTPConnection, headers: dict[str, str]) -> Iterator[float]:
    """Read the list from its first page to its last; give the milliseconds of each page."""
    path = LIST
    while path:
        answer = asked(connection, path, headers)
        yield answer.seconds * 1000
        following = msgspec.json.decode(answer.content)["next"]
        path = f"{LIST}&after={following}" if following else ""
