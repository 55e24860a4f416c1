"""Balances: what every account holds, at any booked day and any position."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from domain.kernel.accounts import parse
from projections.accounts.areas import followed, own_area
from projections.accounts.journal_summaries import MERGED_ACCOUNT
from projections.accounts.published_accounts import (
    LAST_STEP,
    SERIES,
    PublishedLine,
    begun_months,
    is_personal,
    source,
    spent_on_persons,
    told_parameters,
    told_tests,
)
from projections.core.block_sums import Cells
from projections.core.copy_writer import CopyWriter
from projections.core.dictionary import Dictionary, with_numbers
from projections.core.meanings import ACCOUNT
from projections.core.place_filter import in_places
from projections.core.sql import matching, streamed
from projections.core.view import Table, View
from projections.disclosure import Zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection

    from projections.accounts.areas import PlacedLines
    from projections.core.block_sums import Line
    from projections.core.dictionary import Key
    from projections.core.place_filter import Places
    from projections.core.view import Moment, Recorded, Row

OF_ACCOUNTS = ("account", "fund", "programme", "class", "unit")
FILTERS = ("account", "fund", "programme", "unit", "area")
GROUPS = {
    "account": "account",
    "stage": "class",
    "fund": "'fund:' || fund",
    "programme": "programme",
    "area": "area",
    "month": "to_char(booked, 'YYYY-MM')",
}
# How many postings there are, unless they are persons'; what is only of persons is no group.
POSTINGS: dict[Zone, str] = {
    "office": "sum(n)",
    "open": "(CASE WHEN max(kind) = 0 THEN sum(n) END)",
}
SHOWN: dict[Zone, str] = {"office": "", "open": "HAVING count(*) FILTER (WHERE kind <> 1) > 0"}


def _parts(key: Key) -> Key:
    account = parse(key[0])
    return account.class_, account.fund, account.earmark, account.detail, account.programme


def names() -> Dictionary:
    """Return the accounts, apart by unit, with their numbers."""
    return Dictionary(
        "balance_series",
        "account unit",
        more="class fund earmark detail programme",
        says={"": "Accounts, apart by unit, with numbers and their parts."} | ACCOUNT,
        describe=_parts,
    )


def personal() -> Dictionary:
    """Return the accounts of what was spent on persons."""
    says = {"": "Accounts of what was spent on persons.", "account": "The account."}
    return Dictionary("balance_personal", "account", says=says)


CELLS = Cells("balance", names())


class Balances(View):
    """Cells of postings per account, unit, booked day and block of positions."""

    NAME = "balances"
    EDITION = 3
    TABLES = (
        *CELLS.layout(),
        personal().layout(),
        Table(
            "balance_steps",
            "position bigint PRIMARY KEY, month date NOT NULL",
            digest="SELECT count(*), md5(coalesce(string_agg(concat_ws('|', position, month), ','"
            " ORDER BY position), '')) FROM balance_steps",
            says={
                "": "Positions at which money to persons is published: a month ended there.",
                "position": "The position before the first event of a later month.",
                "month": "The first day of the month that begins.",
            },
        ),
    )
    # Who paid aid to persons, by programme, stood here.
    FORMER_TABLES = ("balance_payers",)

    def __init__(self) -> None:
        """Know no account yet."""
        self.cells = Cells("balance", names())
        self.personal = personal()
        self.month = date.min

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:
        """Add the page's postings to the cells."""
        posted = [one for one in page if one.lines]
        elsewhere = followed(writer, posted)

        def learn() -> None:
            keys = {(line.account, line.unit) for one in posted for line in one.lines}
            areas = {own_area(one.event) for one in posted}
            areas |= {area for placed in elsewhere.values() for _, area in placed}
            self.cells.learn(writer, keys, areas)

        lines = with_numbers(lambda: self._lines(posted, elsewhere), learn)
        self.cells.add(writer, lines, first=page[0].position, through=through)
        personal = [one for one in posted if is_personal(one)]
        self.personal.learn(writer, spent_on_persons(personal))
        for month, position in begun_months(personal).items():
            if month > self.month:
                writer.write(LAST_STEP, (position, month, month))
                self.month = month

    def _lines(
        self, posted: Sequence[Recorded], elsewhere: Mapping[int, PlacedLines]
    ) -> list[Line]:
        """Return the lines of events; `KeyError` where an account or an area has no number yet."""
        series, places = self.cells.series.ids, self.cells.places.ids
        lines = []
        for one in posted:
            position, booked = one.position, one.event.act.booked
            if position in elsewhere:
                lines += [
                    (position, series[line.account, line.unit], places[area,], booked, line.value)
                    for line, area in elsewhere[position]
                ]
                continue
            place = places[own_area(one.event),]
            lines += [
                (position, series[line.account, line.unit], place, booked, line.value)
                for line in one.lines
            ]
        return lines

    def forget(self) -> None:
        """Look the accounts up again."""
        self.cells.forget()
        self.personal.ids.clear()
        self.month = date.min


@dataclass(frozen=True, kw_only=True)
class BalanceFilter:
    """Which postings: filters by field (`account` takes globs; repeat = or), from which day on.

    The open zone sees money to persons as it is published.
    """

    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: date | None = None
    # The areas that are asked for; None: everywhere.
    places: Sequence[Places] | None = None
    zone: Zone = "office"
    published: Sequence[PublishedLine] = ()
    # Of a case or a debt the kind alone is told.
    is_merged: bool = False


def rows(
    connection: Connection[Any],
    moment: Moment,
    which: BalanceFilter,
    *,
    group_by: str = "account",
    after: tuple[str, str] | None = None,
    limit: int | None = None,
) -> Iterator[Row]:
    """Give `{<group_by>, "value", "unit", "postings"}` in order of the group's key and unit."""
    source, given = _summed(connection, moment, which, group_by=group_by)
    given |= {"after": after[0] if after else None, "after_unit": after and after[1]}
    given["limit"] = limit
    sql = f"""
        SELECT * FROM (
            SELECT {GROUPS[group_by]} COLLATE "C" AS "{group_by}", sum(value) AS value,
                   unit, {POSTINGS[which.zone]}::bigint AS postings
            {source} GROUP BY 1, unit {SHOWN[which.zone]}
        ) grouped
        WHERE %(after)s::text IS NULL OR ("{group_by}", unit) > (%(after)s, %(after_unit)s)
        ORDER BY 1, unit LIMIT %(limit)s"""
    if limit is None:
        return streamed(connection, sql, given)
    return iter(connection.cursor(row_factory=dict_row).execute(sql, given).fetchall())


def totals(connection: Connection[Any], moment: Moment, which: BalanceFilter) -> list[Row]:
    """Sum all rows per unit: `{"field": "value", "value", "unit"}`."""
    source, given = _summed(connection, moment, which)
    sql = f"""SELECT 'value' AS field, sum(value) AS value, unit
              {source} GROUP BY unit ORDER BY unit"""
    return connection.cursor(row_factory=dict_row).execute(sql, given).fetchall()


def totals_by_fund(
    connection: Connection[Any], moment: Moment, which: BalanceFilter
) -> list[tuple[str, str, int]]:
    """Sum all rows per fund and unit: the fund's id, the unit, the sum."""
    source, given = _summed(connection, moment, which)
    sql = f"""SELECT 'fund:' || fund, unit, sum(value)
              {source} GROUP BY 1, 2 ORDER BY 1, 2"""
    return connection.execute(sql, given).fetchall()


def years(connection: Connection[Any], moment: Moment, which: BalanceFilter) -> list[str]:
    """List the years in which something was booked on some accounts, in order."""
    lines = CELLS.lines(moment, which.since, series=series_of(connection, which))
    rows = connection.execute(f"SELECT DISTINCT booked FROM ({lines.sql}) lines", lines.given)
    return sorted({str(row[0].year) for row in rows.fetchall()})


def is_programme(connection: Connection[Any], word: str) -> bool:
    """Tell whether an account is kept for a programme of this name."""
    sql = "SELECT EXISTS (SELECT FROM views.balance_series WHERE programme = %s)"
    found = connection.execute(sql, (word,)).fetchone()
    return bool(found and found[0])


# The accounts for readers of the office who may not see persons.
MERGED = f"""(
    SELECT id, unit, class, fund, earmark, programme, {MERGED_ACCOUNT} AS account
    FROM views.balance_series
) AS series"""


def _named(which: BalanceFilter) -> str:
    if which.is_merged:
        return MERGED
    return SERIES if which.zone == "open" else "views.balance_series AS series"


def series_of(connection: Connection[Any], which: BalanceFilter) -> list[int] | None:
    """Return the numbers of the series that the filters leave; None for all."""
    tests, given = matching(which.where, OF_ACCOUNTS)
    if not tests:
        return None
    named = f"SELECT id FROM {_named(which)} WHERE {' AND '.join(tests)}"
    return [row[0] for row in connection.execute(named, given).fetchall()]


def _summed(
    connection: Connection[Any], moment: Moment, which: BalanceFilter, *, group_by: str = ""
) -> tuple[str, Row]:
    given: dict[str, object] = {}
    joined = ""
    chosen = series_of(connection, which)
    only = "" if chosen is None else " AND series.id = ANY (%(series)s)"
    if which.places is not None or group_by == "area":
        lines = CELLS.by_place(moment, which.since, series=chosen)
        joined = f" JOIN views.{CELLS.places.table} places ON places.id = lines.place"
        if which.places is not None:
            test, given, _ = in_places(which.places, areas_of(connection))
            joined += f" AND {test}"
    else:
        lines = CELLS.lines(moment, which.since, series=chosen)
    tests = f"{only}{joined}"
    if which.zone == "open":
        area = "area" if joined else "''"
        told = told_tests(which.where, which.places)
        summed = source(lines, area=area, tests=tests, told=told)
        given |= told_parameters(which.published, which.places)
        given |= matching(which.where, OF_ACCOUNTS)[1]
    else:
        summed = f"({lines.sql}) lines JOIN {_named(which)} ON series.id = lines.series{tests}"
    if group_by == "month":
        # The name of a month is written once a day, not once a cell.
        kind = "kind" if which.zone == "open" else "0 AS kind"
        summed = f"""(SELECT booked, unit, {kind}, sum(value) AS value, sum(n) AS n
                      FROM {summed} GROUP BY 1, 2, 3) days"""
    return f"FROM {summed}", {**lines.given, **given}


def areas_of(connection: Connection[Any]) -> dict[int, str]:
    """Return the areas of postings by their numbers."""
    rows = connection.execute(f"SELECT id, area FROM views.{CELLS.places.table}")
    return dict(rows.fetchall())
