"""Public pages under load: answers that are there already, and a page nobody has asked for."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import local
from typing import TYPE_CHECKING

from scripts.bench import golden_load, load
from scripts.bench.outcomes import Outcome, by_turns, percentile
from scripts.bench.serving import asked, position_of, seconds_to, served

if TYPE_CHECKING:
    from collections.abc import Iterable
    from http.client import HTTPConnection

    from scripts.bench.ledgers import Bench
    from scripts.bench.serving import Served

PAGE, FIGURES = "/years/2007", "/open/v1/figures?period=2007"
LEAST_A_SECOND = 2000.0
ASKED_A_SECOND, MOST_MS = 10, 150.0
READERS = 8
IMMUTABLE = "public, max-age=31536000, immutable"


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with what a small machine should bear."""
    seconds = 1.0 if bench.quick else 2.0
    with served(golden_load.year(bench)) as server:
        head = position_of(server.connect())
        figures = kept_for_ever(server.connect(), f"{FIGURES}&known_at={head}")
        tag = asked(server.connect(), FIGURES).headers["ETag"]
        rates = by_turns(
            3,
            lambda: rate(server, PAGE, {}, seconds),
            lambda: rate(server, figures, {}, seconds),
            lambda: rate(server, FIGURES, {"If-None-Match": tag}, seconds),
        )
        taken = at_a_rate(server, head, 5 if bench.quick else 15)
    paths = ("year page", "figures of a position, for ever the same", "figures, not modified (304)")
    for name, path, found in zip(("page", "json", "304"), paths, rates, strict=True):
        yield cached(f"public-{name}", path, found)
    yield golden_load.fixed(
        "public-uncached",
        f"year page nobody has asked for, {ASKED_A_SECOND}/s, the slowest hundredth",
        (percentile(taken, 0.99), MOST_MS, "ms"),
        {"half of all within, ms": round(percentile(taken, 0.5), 1), "asked": len(taken)},
    )


def kept_for_ever(connection: HTTPConnection, path: str) -> str:
    """Return the path, if its answer says that it never changes."""
    told = asked(connection, path).headers["Cache-Control"]
    if told != IMMUTABLE:
        raise RuntimeError(f"{path}: Cache-Control is {told}")
    return path


def rate(server: Served, path: str, headers: dict[str, str], seconds: float) -> float:
    """Return answers a second, after one that waits until what was asked earlier is done."""
    asked(server.connect(), path)
    return load.rate(server.place, path, headers, seconds)


def cached(name: str, path: str, found: float) -> Outcome:
    """Compare a rate of answers with the least."""
    return Outcome(
        name=name, path=f"public answers asked before: {path}", ours=found, limit=LEAST_A_SECOND,
        unit="/s", against=f"fixed; {load.READERS} readers by {load.tool()}", goal=1.0,
        at_least=True,
    )  # fmt: skip


def at_a_rate(server: Served, head: int, seconds: int) -> list[float]:
    """Ask at fixed instants, each time for another position; return milliseconds since them."""
    chance, own = Random(2007), local()
    begun = time.perf_counter() + 0.1

    def ask(nth: int, position: int) -> float:
        due = begun + nth / ASKED_A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        if not hasattr(own, "connection"):
            own.connection = server.connect()
        seconds_to(own.connection, f"{PAGE}?known_at={position}")
        return (time.perf_counter() - due) * 1000

    many = seconds * ASKED_A_SECOND
    positions = chance.sample(range(head // 10, head), many)
    with ThreadPoolExecutor(READERS) as readers:
        return list(readers.map(ask, range(many), positions))
