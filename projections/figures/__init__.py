"""Figures (数据): what the yearly report counts, each with its formula, terms and events."""

from projections.figures.catalogue import BY_ID, FIGURES
from projections.figures.drill_down import events, key_of
from projections.figures.evaluate import Which, one, rows
from projections.figures.period import Period, period
from projections.figures.query import Counts
from projections.figures.reconciliation import against
from projections.figures.registry import KNOWN
from projections.figures.targets import targets

__all__ = [
    "BY_ID",
    "FIGURES",
    "KNOWN",
    "Counts",
    "Period",
    "Which",
    "against",
    "events",
    "key_of",
    "one",
    "period",
    "rows",
    "targets",
]
