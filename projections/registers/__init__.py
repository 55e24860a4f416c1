"""Registers: the current and every earlier state of each subject, for all collections alike."""

from projections.registers.pay_run_lines import held_back, line_totals, lines, outside_releases
from projections.registers.queries import history, key_of, one, opened, rows, totals
from projections.registers.search import search
from projections.registers.view import Registers

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
