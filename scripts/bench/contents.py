"""Every measurement there is, in the order of the table."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from scripts.bench import (
    balance,
    feed,
    followers,
    golden_load,
    hot_fund,
    imports,
    json_lines,
    lists,
    long_log,
    over_http,
    pages,
    pay_run,
    people,
    pivots,
    projection,
    public,
    rebuilding,
    relay,
    single_command,
    visible,
    year_questions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scripts.bench.ledgers import Bench
    from scripts.bench.outcomes import Outcome


def peer(module: str) -> Callable[[Bench], Iterable[Outcome]]:
    """Measure beside a peer, which is there once `make setup-bench` has installed it."""

    def measure(bench: Bench) -> Iterable[Outcome]:
        found: Iterable[Outcome] = import_module(f"scripts.bench.{module}").measure(bench)
        return found

    return measure


MEASUREMENTS: dict[str, Callable[[Bench], Iterable[Outcome]]] = {
    "pay-run": pay_run.measure,
    "single-command": single_command.measure,
    "json-lines": json_lines.measure,
    "import": imports.measure,
    "hot-fund": hot_fund.measure,
    "http": over_http.measure,
    "golden-load": golden_load.measure,
    "pages": pages.measure,
    "people": people.measure,
    "year-questions": year_questions.measure,
    "pivot": pivots.measure,
    "public": public.measure,
    "projection": projection.measure,
    "visible": visible.measure,
    "rebuild": rebuilding.measure,
    "balance": balance.measure,
    "lists": lists.measure,
    "feed": feed.measure,
    "followers": followers.measure,
    "relay": relay.measure,
    "peer-library": peer("peer_library"),
    "peer-ledgers": peer("peer_ledgers"),
}
# They need more than five minutes and much disk.
LONG: dict[str, Callable[[Bench], Iterable[Outcome]]] = {
    "long-log": long_log.measure,
}
ALL = MEASUREMENTS | LONG
