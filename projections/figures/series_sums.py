"""Sums of series that several figures of a page share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from projections.accounts import balances

if TYPE_CHECKING:
    from collections.abc import Iterable

SPENT = f"""
    SELECT id, fund, programme FROM views.{balances.CELLS.series.table}
    WHERE class = 'spent' AND unit = 'fen' AND account <> ALL (%(personal)s)
      AND (fund || ' ' || programme = ANY (%(both)s)
        OR fund = ANY (%(firsts)s) OR programme = ANY (%(programmes)s))"""


class SeriesSum(NamedTuple):
    """A series (its words in the order asked for), the sum of its lines, and their number."""

    key: tuple[str, ...]
    value: int
    lines: int


class NamedFact(NamedTuple):
    """A fact that names somebody, of a measure that is told by few."""

    position: int
    detail: str
    who: str
    value: int
    unit: str


def asked_for(wanted: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Tell apart what is asked for by both of its words, by the first, and by its programme."""
    wanted = list(wanted)
    return {
        "both": [f"{first} {programme}" for first, programme in wanted if first and programme],
        "firsts": [first for first, programme in wanted if not programme],
        "programmes": [programme for first, programme in wanted if not first],
    }


def grouped(series: Iterable[tuple[tuple[str, ...], int, int]]) -> list[SeriesSum]:
    """Add up the series that are said in the same words."""
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for key, value, lines in series:
        before = found.get(key, (0, 0))
        found[key] = (before[0] + value, before[1] + lines)
    return [SeriesSum(key, *sums) for key, sums in found.items()]
