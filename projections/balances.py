"""Balances: what every account holds, at any booked day and any position."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from domain.accounts import parse
from projections.cells import Cells, Names
from projections.view import View, matching, said, streamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from psycopg import Connection, Cursor

    from projections.cells import Key, Line
    from projections.view import Moment, Recorded, Row

FILTERS = ("account", "fund", "programme", "area", "class", "unit")
GROUPS = {
    "account": "account",
    "class": "class",
    "fund": "'fund:' || fund",
    "programme": "programme",
    "area": "area",
    "month": "to_char(booked, 'YYYY-MM')",
}


def _parts(key: Key) -> Key:
    account = parse(key[0])
    return account.class_, account.fund, account.earmark, account.detail, account.programme


def names() -> Names:
    """Return the accounts, apart by unit and area, with their numbers."""
    return Names(
        "balance_series",
        "account unit area",
        more="class fund earmark detail programme",
        describe=_parts,
    )


CELLS = Cells("balance", names())


class Balances(View):
    """Cells of postings per account, unit, area, booked day and block of positions."""

    NAME = "balances"
    TABLES = CELLS.layout()

    def __init__(self) -> None:
        """Know no account yet."""
        self.cells = Cells("balance", names())

    def fold(self, cursor: Cursor[Any], page: Sequence[Recorded], through: int) -> None:
        """Add the page's postings to the cells."""
        found = [
            (one.position, (line.account, line.unit, said(one.event, "area")), one, line.value)
            for one in page
            for line in one.lines
        ]
        ids = self.cells.series.learn(cursor, {key for _, key, _, _ in found})
        lines: list[Line] = [
            (position, ids[key], one.event.act.booked, value) for position, key, one, value in found
        ]
        self.cells.add(cursor, lines, first=page[0].position, through=through)

    def forget(self) -> None:
        """Look the accounts up again."""
        self.cells.series.ids.clear()


@dataclass(frozen=True, kw_only=True)
class Which:
    """Which postings: filters by field (`account` takes globs; repeat = or), from which day on."""

    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: date | None = None


def rows(
    connection: Connection[Any],
    moment: Moment,
    which: Which,
    *,
    group_by: str = "account",
    after: tuple[str, str] | None = None,
    limit: int | None = None,
) -> Iterator[Row]:
    """Give `{<group_by>, "value", "unit", "postings"}` in order of the group's key and unit."""
    source, given = _summed(moment, which)
    given |= {"after": after[0] if after else None, "after_unit": after and after[1]}
    given["limit"] = limit
    sql = f"""
        SELECT * FROM (
            SELECT {GROUPS[group_by]} COLLATE "C" AS "{group_by}", sum(value)::bigint AS value,
                   unit, sum(n)::bigint AS postings
            {source} GROUP BY 1, unit
        ) grouped
        WHERE %(after)s::text IS NULL OR ("{group_by}", unit) > (%(after)s, %(after_unit)s)
        ORDER BY 1, unit LIMIT %(limit)s"""
    if limit is None:
        return streamed(connection, sql, given)
    return iter(connection.cursor(row_factory=dict_row).execute(sql, given).fetchall())


def totals(connection: Connection[Any], moment: Moment, which: Which) -> list[Row]:
    """Sum all rows per unit: `{"field": "value", "value", "unit"}`."""
    source, given = _summed(moment, which)
    sql = f"""SELECT 'value' AS field, sum(value)::bigint AS value, unit
              {source} GROUP BY unit ORDER BY unit"""
    return connection.cursor(row_factory=dict_row).execute(sql, given).fetchall()


def _summed(moment: Moment, which: Which) -> tuple[str, Row]:
    tests, given = matching(which.where, FILTERS)
    lines = CELLS.lines(moment, which.since)
    where = f"WHERE {' AND '.join(tests)}" if tests else ""
    return f"FROM ({lines.sql}) lines JOIN views.balance_series ON id = series {where}", {
        **lines.given,
        **given,
    }
