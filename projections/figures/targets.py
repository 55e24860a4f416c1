"""Targets of a plan, and how far the events have come towards them.

A target is a statement of the figure `target:<id>` for a period; what it is measured by is the
figure `<id>` of that period, made of events (catalogue/targets.py), never of the target itself.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from projections import registers
from projections.figures.evaluate import FigureFilter, one
from projections.figures.printing import half_up, printed
from projections.figures.registry import KNOWN

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.core.view import Moment, Row

PREFIX = "target:"


def targets(connection: Connection[Any], moment: Moment, which: FigureFilter) -> list[Row]:
    """Return the targets of a period, each with its value so far and its progress in percent.

    `value` is None, and so is the progress, where nothing measures the target, or too few people
    stand behind it to be shown.
    """
    where = {"period": (which.period.text,), "state": ("recorded",)}
    stated = registers.rows(connection, "statements", moment, where=where)
    return [
        towards(connection, row, moment, which)
        for row in stated
        if str(row["figure"]).startswith(PREFIX)
    ]


def towards(connection: Connection[Any], stated: Row, moment: Moment, which: FigureFilter) -> Row:
    """Hold a target against the figure that measures it."""
    figure = str(stated["figure"]).removeprefix(PREFIX)
    made = one(connection, figure, moment, which) or {}
    target, value = stated["value"], made.get("value")
    if made.get("unit") != target["unit"]:
        value = None
    return {
        "id": stated["id"],
        "figure": figure,
        "title": made.get("title", figure),
        "programme": made.get("programme", ""),
        "target": {"value": target["value"], "unit": target["unit"]},
        "qualifier": stated["qualifier"],
        "target_printed": target_printed(figure, target),
        "value": None if value is None else {"value": value, "unit": target["unit"]},
        "printed": made.get("printed", "") if value is not None else "",
        "progress": progress(value, target),
        "due": which.period.until,
        "keeper": stated["keeper"],
        "source": stated["source"],
        "formula": made.get("formula", ""),
        "basis": made.get("basis", "statement"),
    }


def progress(value: int | str | None, target: Row) -> Row | None:
    """Return how much of the target is reached, in percent; the parts where they are counted."""
    if value is None or not Fraction(target["value"]):
        return None
    reached = half_up(Fraction(value) / Fraction(target["value"]) * 100, 1)
    found: Row = {"value": reached, "unit": "percent", "rounding": "half-up:1"}
    if isinstance(value, int):
        unit = target["unit"]
        found["numerator"] = {"value": value, "unit": unit}
        found["denominator"] = {"value": target["value"], "unit": unit}
    return found


def target_printed(figure: str, target: Row) -> str:
    """Print a target as the figure that measures it is printed."""
    made = KNOWN.get(figure)
    return printed(target["value"], made.print, made.counter) if made else str(target["value"])
