"""The golden year as other programs read it: all figures, and a long list from end to end."""

from __future__ import annotations

from itertools import islice
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
FIGURES_MS = 200.0
LIST, PAYMENTS = "/v1/registrations?limit=1000", "/v1/payments?limit=1000"
# Pages of payments that are walked, at most.
PAGES = 100


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with what a reader is asked to wait."""
    folder = golden_load.year(bench)
    # A role is granted for it, which the projector has long seen when the list is asked.
    headers = auditor(folder)
    with served(folder) as server:
        connection = server.connect()
        head = position_of(connection)
        figures = [figures_at(connection, position) for position in moments(head, bench)]
        pages = [ms for _ in range(WALKS) for ms in walk(connection, LIST, headers)]
        paid = list(islice(walk(connection, PAYMENTS, headers), PAGES))
    yield golden_load.fixed(
        "figures",
        "all figures of a year at a position nobody has asked for, the slowest",
        (max(figures), FIGURES_MS, "ms"),
        {"half of all within, ms": round(median(figures), 1)},
    )
    yield registrations(pages, paid)


def registrations(pages: list[float], paid: list[float]) -> Outcome:
    """Compare the pages of registrations with those of payments, in milliseconds."""
    return Outcome(
        name="registrations",
        path="registrations, page by page of 1,000, the slowest hundredth",
        ours=percentile(pages, 0.99),
        limit=percentile(paid, 0.99),
        unit="ms",
        against="payments, page by page of 1,000, the slowest hundredth",
        goal=3.0,
        notes={
            "pages": len(pages),
            "first page, with totals, ms": round(pages[0], 1),
            "half of all within, ms": round(median(pages), 1),
            "half of the payments' within, ms": round(median(paid), 1),
        },
    )


def moments(head: int, bench: Bench) -> list[int]:
    """Choose positions."""
    return Random(2007).sample(range(head // 10, head), 10 if bench.quick else 30)


def figures_at(connection: HTTPConnection, position: int) -> float:
    """Return the milliseconds that all figures take."""
    return seconds_to(connection, f"{FIGURES}&known_at={position}") * 1000


def walk(connection: HTTPConnection, first: str, headers: dict[str, str]) -> Iterator[float]:
    """Read a list from its first page to its last; give the milliseconds of each page."""
    path = first
    while path:
        answer = asked(connection, path, headers)
        yield answer.seconds * 1000
        following = msgspec.json.decode(answer.content)["next"]
        path = f"{first}&after={following}" if following else ""
