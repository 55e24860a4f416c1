"""What came in and went out by fund, programme and year: gross, reversed, given back, net."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, Query, ShortList
from api.resources.accounts import bases_of, published_in
from api.resources.parameters import check_filters, check_names, check_period
from domain.kernel.sentences import InvalidValue
from projections.accounts import turnover
from projections.disclosure.clearance import READERS
from projections.figures import period

SUMS = "gross reversed given_back reversed_later of_earlier net"
COLUMNS = columns(f"id year part fund programme source {SUMS} reversals", quantities=SUMS)
PARTS = (*turnover.PARTS.values(), turnover.PASSED_ON)
YEAR = re.compile(r"(19|20|21)\d\d")
VIEWS = ("journal", "balances", "registers")


def a_year(text: str) -> str:
    """Read a year."""
    if not YEAR.fullmatch(text):
        raise InvalidValue("a year has four digits, from 1900 to 2199")
    return text


def turnover_of(query: Query, where: Mapping[str, Sequence[str]]) -> list[Row]:
    """Return the rows of the table that filters leave."""
    funds = where.get("fund")
    found = turnover.turnover(
        query.connection,
        query.moment,
        funds=None if funds is None else [f"fund:{each.removeprefix('fund:')}" for each in funds],
        published=published_in(query),
    )
    tested = [name for name in ("year", "part", "programme") if name in where]
    return [row for row in found if all(row[name] in where[name] for name in tested)]


class Turnovers(ShortList):
    """The table that tells how the numbers of a sum follow from each other."""

    def columns(self) -> Sequence[Column]:
        """Return what a row says."""
        return COLUMNS

    def listed(self) -> Sequence[Row]:
        """Return the rows by year, part, fund and name."""
        query = self.query
        check_filters(query)
        check_names(query)
        for year in query.where.get("year", ()):
            check_period(query, period(year))
        return [measured(row) for row in turnover_of(query, query.where)]

    def totals(self) -> Sequence[Total]:
        """Return the sums of each part, apart by the basis of the funds; what is told of alone."""
        query = self.query
        bases = bases_of(query)
        sums: Counter[tuple[str, str]] = Counter()
        for row in self.found:
            for name in SUMS.split():
                if row[name]["value"] is not None:
                    sums[f"{row['part']}.{name}", bases.get(row["fund"], "")] += row[name]["value"]
        return tuple(Total(name, sums[name, basis], "fen", basis) for name, basis in sorted(sums))


def measured(row: Row) -> dict[str, Any]:
    """Write the sums of a row as quantities; of money to persons the public is told the net."""
    sums = {name: quantity(row[name]) for name in SUMS.split()}
    return {**{name: word for name, word in row.items() if name != "unit"}, **sums}


def quantity(value: int | None) -> dict[str, Any]:
    """Write a sum."""
    said: dict[str, Any] = {"value": value, "unit": "fen"}
    return said if value is not None else {**said, "suppressed": True}


def differing(rows: Iterable[Row]) -> list[Row]:
    """Return the rows whose net is not what was booked at first, or whose gross fell later."""
    return [row for row in rows if row["gross"] not in {None, row["net"]} or row["reversed_later"]]


TURNOVER = Address(
    path="/turnover",
    summary="What came in and went out by fund, programme and year: gross, reversed, given back,"
    " net.",
    resource=Turnovers,
    views=VIEWS,
    filters={
        "year": a_year,
        "part": parameters.one_of(*PARTS),
        "fund": parameters.text,
        "programme": parameters.text,
    },
    roles=READERS,
)
