"""The reports of a lottery: a row for each day of sales, and for each month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, ShortList
from domain.funds.lottery_reports import (
    Lottery,
    LotteryExtracted,
    LotteryRemitted,
    LotterySalesReported,
)
from domain.kernel.aggregate import Event
from domain.kernel.reversals import Reversal
from projections import registers
from projections.core import event_log
from projections.disclosure.clearance import READERS

REPORTS = columns(
    "id state version position opened_on lottery day month amount extracted remitted reversed_by",
    quantities="amount extracted remitted",
)
# What each kind of report tells, under which name.
TELLS: Mapping[type[Event], str] = {
    LotterySalesReported: "amount",
    LotteryExtracted: "extracted",
    LotteryRemitted: "remitted",
}


class LotteryReports(ShortList):
    """A row for each day and month that was reported; what was reversed adds nothing."""

    def columns(self) -> Sequence[Column]:
        """Return what a row says."""
        return REPORTS

    def listed(self) -> Sequence[Row]:
        """Return the days and months of all lotteries, as the filters leave them."""
        query = self.query
        lotteries = registers.rows(query.connection, Lottery.COLLECTION, query.moment, where={})
        found = [row for lottery in lotteries for row in self.reported(str(lottery["id"]))]
        return [row for row in found if all(holds(row, *each) for each in query.where.items())]

    def reported(self, lottery: str) -> Iterator[Row]:
        """Return the rows of one lottery, in the order of its days."""
        moment = self.query.moment
        history = [
            (position, event)
            for position, event in event_log.positioned(self.query.connection, lottery)
            if position <= moment.position
            and (moment.as_of is None or event.act.booked <= moment.as_of)
        ]
        undone = {each.of: place for place, each in history if isinstance(each, Reversal)}
        rows: dict[str, dict[str, Any]] = {}
        for position, event in history:
            if type(event) in TELLS:
                lay_over(rows, event, position, undone.get(position))
        return (rows[name] for name in sorted(rows))

    def totals(self) -> Sequence[Total]:
        """Return what the rows that stand sum to: sales as the figure tells them."""
        stand = [row for row in self.found if row["state"] != "reversed"]
        sums = {
            name: [row[name]["value"] for row in stand if name in row] for name in TELLS.values()
        }
        return tuple(Total(name, sum(each), "fen") for name, each in sums.items() if each)


def lay_over(
    rows: dict[str, dict[str, Any]], event: Event, position: int, reversed_by: int | None
) -> None:
    """Enter a report in the row of its day or month; one that was reversed leaves what stands."""
    name = TELLS[type(event)]
    period = "day" if name == "amount" else "month"
    told = str(getattr(event, period))
    key = f"{event.originator_id}:{told}"
    row = rows.setdefault(
        key,
        {
            "id": key,
            "state": "reversed",
            "version": 0,
            "position": position,
            "opened_on": event.act.on,
            "lottery": event.originator_id,
            period: told,
        },
    )
    row["version"] += 1
    row["position"] = max(row["position"], position, reversed_by or 0)
    amount = {name: {"value": getattr(event, "amount", 0), "unit": "fen"}}
    if reversed_by is None:
        row.pop("reversed_by", None)
        row |= {"state": "open", **amount}
    elif row["state"] == "reversed":
        row["reversed_by"] = reversed_by
        row |= amount if period == "day" else {}


def holds(row: Row, name: str, words: Sequence[str]) -> bool:
    """Tell whether a row says one of some words."""
    said = row.get(name)
    word = said["value"] if isinstance(said, dict) else said
    return word is not None and str(word) in words


LOTTERY_REPORTS = Address(
    path=f"/{Lottery.COLLECTION}",
    summary="What the lotteries reported: a row for each day of sales, and for each month.",
    resource=LotteryReports,
    views=("registers",),
    filters={column.name: parameters.text for column in REPORTS},
    roles=READERS,
)
