"""Figures (数据): what the yearly report counts, each with its formula, terms and events."""

from projections.figures.answers import Which, one, rows
from projections.figures.asking import Counts
from projections.figures.behind import events, key_of
from projections.figures.catalogue import BY_ID, FIGURES
from projections.figures.known import KNOWN
from projections.figures.periods import Period, period
from projections.figures.reports import against
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
