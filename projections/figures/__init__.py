"""Figures (数据): what the yearly report counts, each with its formula, terms and events."""

from projections.figures.answers import Which, events, key_of, one, rows
from projections.figures.catalogue import BY_ID, FIGURES
from projections.figures.periods import Period, period
from projections.figures.reports import against

__all__ = [
    "BY_ID",
    "FIGURES",
    "Period",
    "Which",
    "against",
    "events",
    "key_of",
    "one",
    "period",
    "rows",
]
