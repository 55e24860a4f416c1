"""The part of `totals-agree` on funds: their statements by year, and the table of turnover."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.kernel.accounts import BY_PROGRAMME, parse
from projections.accounts import fund_statement, turnover
from projections.accounts.turnover import PASSED_ON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.kernel.aggregate import Event
    from infra.verify.check import CheckContext, Findings
    from projections.core.view import Moment, Row

# The stage of the money that a part of the table of turnover is about.
STAGES = {"in": "out", PASSED_ON: "out", "out": "spent", "written-off": "lost"}


class FundMove(NamedTuple):
    """What moved on a stage of a fund in a year; of what is outside, from where or to where."""

    fund: str
    stage: str
    what: str
    year: int


class FundSums(Counter[FundMove]):
    """What the log says moved, in fen."""

    def add(self, event: Event) -> None:
        """Add the postings of an event."""
        for line in event.postings():
            if line.unit == "fen":
                account = parse(line.account)
                what = account.detail if account.class_ in {"out", *BY_PROGRAMME} else ""
                year = event.act.booked.year
                self[FundMove(f"fund:{account.fund}", account.class_, what, year)] += line.value


def compare_funds(asked: CheckContext, found: Findings, sums: FundSums, moment: Moment) -> None:
    """Hold the funds' statements of each year, and their turnover, against the log."""
    for year in sorted({each.year for each in sums}):
        first, last = date(year, 1, 1), date(year, 12, 31)
        said = fund_statement.statements(asked.connection, moment, from_=first, to=last)
        shown = Counter({move: fen for fund, row in said.items() for move, fen in lines(fund, row)})
        wanted: Counter[tuple[str, ...]] = Counter()
        for each, fen in sums.items():
            if each.year <= year:
                wanted[each.fund, "closing", each.stage] += fen
            if each.year < year:
                wanted[each.fund, "opening", each.stage] += fen
            if each.year == year and each.stage in {"out", *BY_PROGRAMME}:
                wanted[each.fund, each.stage, each.what] += fen
        tell(found, f"in {year} on the fund's page", shown, wanted)
    compare_turnover(asked, found, sums, moment)


def lines(fund: str, row: Row) -> Iterator[tuple[tuple[str, ...], int]]:
    """Give what a statement says, by fund, line and what it is about."""
    for end in ("opening", "closing"):
        for stage, fen in row[end].items():
            yield (fund, end, stage), fen
    for each in row["in"]:
        yield (fund, "out", each["source"]), -each["value"]
    for each in row["out"]:
        stage, what = each.get("stage", "out"), each.get("to", each["programme"])
        yield (fund, stage, what), each["value"]


def compare_turnover(asked: CheckContext, found: Findings, sums: FundSums, moment: Moment) -> None:
    """Hold the net of all that came in, went out, was passed on or written off against the log."""
    wanted: Counter[tuple[str, ...]] = Counter()
    for each, fen in sums.items():
        if each.stage in STAGES.values():
            wanted[each.fund, each.stage, each.what, str(each.year)] += fen
    shown: Counter[tuple[str, ...]] = Counter()
    for row in turnover.turnover(asked.connection, moment):
        # What comes in leaves the account of what is outside.
        sign = -1 if row["part"] == "in" else 1
        what = row["source"] or row["programme"]
        shown[row["fund"], STAGES[row["part"]], what, row["year"]] += sign * row["net"]
    tell(found, "net of turnover", shown, wanted)


def tell(
    found: Findings,
    where: str,
    shown: Counter[tuple[str, ...]],
    wanted: Counter[tuple[str, ...]],
) -> None:
    """Take down each sum that is not the log's."""
    for key in sorted({*shown, *wanted}):
        found.examined += 1
        if shown[key] != wanted[key]:
            fund, *what = key
            detail = f"{' '.join(what)}: {shown[key]} fen {where}, the log {wanted[key]}"
            found.breach([], fund, detail)
