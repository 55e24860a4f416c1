"""Figures (数据): what the yearly report counts, each with its formula, terms and events."""

from projections.figures.areas import below, district_spans, places
from projections.figures.catalogue import BESIDE, BY_ID, FIGURES
from projections.figures.drill_down import events, key_of
from projections.figures.evaluate import FigureFilter, one, rows
from projections.figures.period import FigurePeriod, period
from projections.figures.person_counts import PersonCounts, person_counts
from projections.figures.published_money import Published, published_money, steps_of
from projections.figures.published_runs import NUMBERS, run_numbers
from projections.figures.reconciliation import against
from projections.figures.registry import KNOWN
from projections.figures.targets import targets
from projections.figures.year import is_told, years

__all__ = [
    "BESIDE",
    "BY_ID",
    "FIGURES",
    "KNOWN",
    "NUMBERS",
    "FigureFilter",
    "FigurePeriod",
    "PersonCounts",
    "Published",
    "against",
    "below",
    "district_spans",
    "events",
    "is_told",
    "key_of",
    "one",
    "period",
    "person_counts",
    "places",
    "published_money",
    "rows",
    "run_numbers",
    "steps_of",
    "targets",
    "years",
]
