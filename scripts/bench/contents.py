"""Every measurement there is, in the order of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.bench import (
    golden_load,
    hot_fund,
    json_lines,
    over_http,
    pages,
    pay_run,
    rebuilding,
    single_command,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scripts.bench.ledgers import Bench
    from scripts.bench.outcomes import Outcome

MEASUREMENTS: dict[str, Callable[[Bench], Iterable[Outcome]]] = {
    "pay-run": pay_run.measure,
    "single-command": single_command.measure,
    "json-lines": json_lines.measure,
    "hot-fund": hot_fund.measure,
    "http": over_http.measure,
    "golden-load": golden_load.measure,
    "pages": pages.measure,
    "rebuild": rebuilding.measure,
}
