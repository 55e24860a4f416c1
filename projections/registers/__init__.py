"""Registers: the current and every earlier state of each subject, for all collections alike."""

from projections.registers.growing import Registers
from projections.registers.releases import (
    held_back,
    line_totals,
    lines,
    outside_releases,
)
from projections.registers.rows import history, key_of, one, opened, rows, totals
from projections.registers.searching import search

__all__ = [
    "Registers",
    "held_back",
    "history",
    "key_of",
    "line_totals",
    "lines",
    "one",
    "opened",
    "outside_releases",
    "rows",
    "search",
    "totals",
]
