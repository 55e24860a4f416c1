"""The figures held against a report: each row of the report with what the ledger prints."""

from __future__ import annotations

from decimal import Decimal
from math import floor
from typing import TYPE_CHECKING, Any

from projections.figures.catalogue import BY_ID
from projections.figures.evaluate import FigureFilter, one
from projections.figures.period import period
from projections.figures.printing import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from psycopg import Connection

    from projections.core.view import Moment, Row


def against(
    connection: Connection[Any],
    report: Iterable[Mapping[str, str]],
    moment: Moment,
    *,
    scale: Decimal = Decimal(1),
) -> Iterator[Row]:
    """Give each row's figure with what is expected of it, and whether it agrees.

    The rows have the columns of the report's file: id, period, value, unit, qualifier, printed,
    print_rule, scales. A figure that is not built agrees with nothing.
    """
    for row in report:
        which = FigureFilter(period=period(row["period"]))
        figure = one(connection, row["id"], moment, which) or {"id": row["id"], "value": None}
        value, print_ = expected(row, scale)
        agrees = figure.get("printed") == print_
        if row["qualifier"] == "exact" and row["print_rule"] == "plain":
            agrees = agrees and figure["value"] == value
        yield {**figure, "expected": print_, "equal": agrees}


def expected(row: Mapping[str, str], scale: Decimal) -> tuple[int | str, str]:
    """Return the value and the print that a row asks for at a scale: only crowds grow."""
    value: int | str = int(row["value"]) if row["value"].isdecimal() else row["value"]
    figure = BY_ID.get(row["id"])
    if scale == 1 or row["scales"] != "yes" or isinstance(value, str) or figure is None:
        return value, row["printed"]
    scaled = max(1, floor(scale * value + Decimal("0.5")))
    return scaled, printed(scaled, row["print_rule"], figure.counter)
