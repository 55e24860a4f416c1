"""The statement of a fund (基金收支表): what it held, took in, gave out and holds, all in fen."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from domain.kernel.accounts import BY_PROGRAMME, CLASSES
from projections.accounts.balances import CELLS, BalanceFilter, series_of
from projections.accounts.published_accounts import (
    PublishedLine,
    source,
    told_parameters,
    told_tests,
)
from projections.core.sql import matching
from projections.core.view import Moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from psycopg import Connection

    from projections.core.block_sums import LinesQuery
    from projections.core.view import Row

MOVED = """
    SELECT fund, class, CASE class WHEN 'out' THEN detail ELSE programme END AS what,
           coalesce(sum(value) FILTER (WHERE booked < %(from_)s), 0),
           sum(value)
    FROM {source}
    WHERE unit = 'fen'
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
MONEY = tuple(name for name in CLASSES if name not in {"stock", "issued"})


def statements(
    connection: Connection[Any],
    moment: Moment,
    *,
    funds: Sequence[str] | None = None,
    from_: date | None = None,
    to: date | None = None,
    published: Sequence[PublishedLine] | None = None,
) -> dict[str, Row]:
    """Return the statements of funds by id: opening, in by source, out by programme, closing.

    All in fen. `out` also names money that left for elsewhere (`to`: surrendered, another fund);
    what was written off has a line of its own (`stage`: lost).
    In public money to persons stands as it is `published`.
    `holds` tells that at both ends the classes sum to what came in.
    """
    until = Moment(moment.position, min(filter(None, (to, moment.as_of)), default=None))
    where = {} if funds is None else {"fund": funds}
    chosen = series_of(connection, BalanceFilter(where=where)) if where else None
    lines = CELLS.lines(until, None, series=chosen)
    moved, given = moved_rows(lines, where, published)
    rows = connection.execute(moved, {**given, "from_": from_ or date.min}).fetchall()
    return {
        f"fund:{fund}": statement_of([row[1:] for row in mine])
        for fund, mine in groupby(rows, key=lambda row: row[0])
    }


def moved_rows(
    lines: LinesQuery,
    where: Mapping[str, Sequence[str]],
    published: Sequence[PublishedLine] | None,
) -> tuple[str, Row]:
    """Write the question what was moved, in public with money to persons as it is published."""
    if published is None:
        joined = f"({lines.sql}) lines JOIN views.balance_series ON id = series"
        return MOVED.format(source=joined), {**lines.given}
    told = source(lines, area="''", tests="", told=told_tests(where, None))
    given = told_parameters(published, None) | matching(where, ("fund",))[1]
    return MOVED.format(source=told), {**lines.given, **given}


def statement(
    connection: Connection[Any],
    fund: str,
    moment: Moment,
    *,
    from_: date | None = None,
    to: date | None = None,
    published: Sequence[PublishedLine] | None = None,
) -> Row:
    """Return the statement of one fund; one that nothing moved holds nothing."""
    found = statements(connection, moment, funds=(fund,), from_=from_, to=to, published=published)
    return next(iter(found.values()), statement_of([]))


def statement_of(rows: Sequence[tuple[str, str, int, int]]) -> Row:
    """Make a statement of what was booked: (class, what, fen before, fen at the end)."""
    opening, closing = dict.fromkeys(MONEY, 0), dict.fromkeys(MONEY, 0)
    ins: list[Row] = []
    outs: list[Row] = []
    uses: Counter[tuple[str, str]] = Counter()
    for class_, what, before, after in rows:
        opening[class_] += before
        closing[class_] += after
        moved = after - before
        if class_ == "out" and moved < 0:
            ins.append({"source": what, "value": -moved})
        elif class_ == "out" and moved:
            outs.append({"programme": "", "to": what, "value": moved})
        elif class_ in BY_PROGRAMME:
            uses[what, class_] += moved
    outs += uses_of(uses)
    return {
        "opening": opening,
        "in": ins,
        "out": outs,
        "closing": closing,
        "taken_in": sum(each["value"] for each in ins),
        "passed_on": sum(each["value"] for each in outs if "to" in each),
        "unit": "fen",
        "holds": not sum(opening.values()) and not sum(closing.values()),
    }


def uses_of(uses: Counter[tuple[str, str]]) -> list[Row]:
    """Write what programmes used, and what was written off of each in a line of its own."""
    return [
        {"programme": what, "stage": stage, "value": moved}
        for (what, stage), moved in uses.items()
        if moved
    ]
