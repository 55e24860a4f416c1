"""Every measurement there is, in the order of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.bench import (
    balance,
    golden_load,
    hot_fund,
    json_lines,
    lists,
    over_http,
    pages,
    pay_run,
    projection,
    public,
    rebuilding,
    single_command,
    visible,
    year_questions,
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
    "year-questions": year_questions.measure,
    "public": public.measure,
    "projection": projection.measure,
    "visible": visible.measure,
    "rebuild": rebuilding.measure,
    "balance": balance.measure,
    "lists": lists.measure,
}
