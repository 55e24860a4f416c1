"""The pages about money: where it came from, where it went, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from markupsafe import Markup

from api.http.language import Language
from api.pages import charts
from api.pages.charts import Part
from api.pages.numbers import amount
from api.pages.page_words import word
from api.pages.rendering import Page, PageResource
from api.pages.turnover import differences
from api.queries.formats import Column, Row, columns
from api.queries.resource import ShortList
from api.queries.respond import ListPage
from api.resources.accounts import FundStatement, published_in
from api.resources.figures import years
from api.resources.public import allowed_in, shown
from api.resources.registers import subject_row
from api.resources.turnover import VIEWS as TURNOVER_VIEWS
from projections import registers
from projections.accounts import balances, fund_statement
from projections.accounts.balances import BalanceFilter

# The stages of money in a fund, as a bar shows them from left to right.
CLOSING = (
    "spent",
    "lost",
    "advanced",
    "committed",
    "returned",
    "owed",
    "received",
    "available",
)
STAGES = (*CLOSING, "passed_on")
FUND_COLUMNS = columns(f"id opened_on title kind basis keeper taken_in {' '.join(STAGES)} unit")
PUBLIC = allowed_in("funds") - {"state", "version", "position", "area"}
VIEWS = ("balances", "registers")
COLOURS = 5
# So many of the largest funds on the first page.
FIRST_FUNDS = 6


class Funds(ShortList, PageResource):
    """What every fund has taken in, and where that is now."""

    def columns(self) -> Sequence[Column]:
        """Return what a fund is, and its money by stage."""
        return FUND_COLUMNS

    def listed(self) -> Sequence[Row]:
        """Return the funds in the order of their ids."""
        connection, moment = self.query.connection, self.query.moment
        held = fund_statement.statements(connection, moment, published=published_in(self.query))
        funds = registers.rows(connection, "funds", moment, where={}, limit=None)
        return [row_of(fund, held.get(str(fund["id"]), {})) for fund in funds]

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show every fund as a bar and as a row of the table, the largest first."""
        ordered = sorted(page.rows, key=lambda row: -row["taken_in"])
        longest = max((row["taken_in"] for row in ordered), default=0)
        language = self.query.language
        # A stage in which no fund has any money would only widen the table.
        stages = [stage for stage in STAGES if any(row[stage] for row in ordered)]
        return {
            "funds": [drawn(row, stages, longest, language=language) for row in ordered],
            "legend": [Part(stage, word("class", stage, language), 0, "") for stage in stages],
        }


class FirstPage(Funds):
    """The years there are, and the largest funds."""

    def extra(self) -> Mapping[str, Any]:
        """Return the years."""
        return {"years": years(self.query)}

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the years and the funds."""
        latest_first = page.extra["years"][::-1]
        shown_funds = super().content(page)
        largest = shown_funds["funds"][:FIRST_FUNDS]
        return {**shown_funds, "years": latest_first, "year": latest_first[0], "funds": largest}


class FundFlows(FundStatement, PageResource):
    """A fund, where its money came from, and where it went."""

    @cached_property
    def statement(self) -> Row:
        """Return the statement with what is public of the fund."""
        fund = shown(subject_row(self.query, f"fund:{self.query.key}"), PUBLIC)
        return {**super().statement, "fund": fund}

    @cached_property
    def below_zero(self) -> Sequence[Row]:
        """Return the accounts that hold less than nothing on the day; acts out of order make it."""
        fund = BalanceFilter(
            where={"fund": (self.query.key,)},
            zone=self.query.zone,
            published=published_in(self.query) or (),
        )
        return [
            row
            for row in balances.rows(self.query.connection, self.query.moment, fund)
            if row["value"] < 0 and not str(row["account"]).startswith("out:")
        ]

    def extra(self) -> Mapping[str, Any]:
        """Return the keeper's name."""
        keeper = str(self.statement["fund"]["keeper"])
        row = registers.one(self.query.connection, keeper, self.query.moment) or {}
        return {"keeper": row.get("title")}

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show where a fund's money came from, and where it went."""
        whole, language = self.statement, self.query.language
        sources = list(sources_of(whole, language))
        uses = list(uses_of(whole, language))
        title = str(whole["fund"]["title"])
        return {
            "fund": {**whole["fund"], "key": self.query.key},
            "keeper": page.extra["keeper"],
            "sources": sources,
            "uses": uses,
            "taken_in": whole["taken_in"],
            "holds": whole["holds"],
            "below_zero": [
                {
                    "stage": word("class", row["account"].partition(":")[0], language),
                    "account": row["account"],
                    "value": amount(row["value"], row["unit"], language),
                }
                for row in self.below_zero
            ],
            "picture": picture(sources, uses, title),
            "turnover": differences(self.query, {"fund": (self.query.key,)}),
        }


def row_of(fund: Row, held: Row) -> Row:
    """Put a fund's money beside what it is; one that nothing has moved holds nothing."""
    row = {name: value for name, value in shown(fund, PUBLIC).items() if name != "purposes"}
    closing = held.get("closing", {})
    stages = {stage: closing.get(stage, 0) for stage in CLOSING}
    moved = {name: held.get(name, 0) for name in ("taken_in", "passed_on")}
    return {**row, **moved, **stages, "unit": "fen"}


def drawn(row: Row, stages: Sequence[str], longest: int, *, language: Language) -> Row:
    """Draw a fund's bar."""
    parts = [
        Part(stage, word("class", stage, language), row[stage], said(row[stage], language))
        for stage in stages
    ]
    share = row["taken_in"] / longest if longest else 0.0
    bar = charts.bar(parts, title=described(row["title"], parts), share=share)
    return {**row, "key": str(row["id"]).partition(":")[2], "parts": parts, "bar": bar}


def described(title: str, parts: Sequence[Part]) -> str:
    """Say in words what a picture shows."""
    return f"{title}: {', '.join(f'{part.title} {part.said}' for part in parts if part.value)}"


def said(fen: int, language: Language) -> str:
    """Write an amount of money."""
    return amount(fen, "fen", language)


def picture(sources: Sequence[Part], uses: Sequence[Part], title: str) -> Markup:
    """Draw the streams of a fund's money."""
    return charts.streams(sources, uses, title=described(title, [*sources, *uses]))


def sources_of(whole: Row, language: Language) -> Iterator[Part]:
    """List what came in, the largest first."""
    ordered = sorted(whole["in"], key=lambda each: -each["value"])
    for nth, each in enumerate(ordered):
        title = word("source", each["source"], language)
        yield Part(f"in-{nth % COLOURS}", title, each["value"], said(each["value"], language))


def uses_of(whole: Row, language: Language) -> Iterator[Part]:
    """List what went out, by programme, and what is left, by stage."""
    for each in whole["out"]:
        title = word("programme", each["programme"], language)
        if not each["programme"]:
            title = word("source", each["to"], language)
        if each.get("stage") == "lost":
            title = f"{title} · {word('class', 'lost', language)}"
        colour = "spent" if each["programme"] else "out"
        yield Part(colour, title, each["value"], said(each["value"], language))
    for stage in CLOSING:
        left = whole["closing"].get(stage, 0)
        if left and stage not in {"spent", "lost"}:
            yield Part(stage, word("class", stage, language), left, said(left, language))


HOME = Page(
    path="/",
    summary="The open books.",
    resource=FirstPage,
    views=VIEWS,
    template="home.html",
    section="home",
    twins=False,
)
FUNDS = Page(
    path="/funds",
    summary="The funds: sources, uses and balance.",
    resource=Funds,
    views=VIEWS,
    template="funds.html",
    section="funds",
)
FUND = Page(
    path="/funds/{key}",
    summary="One fund: where its money came from, and where it went.",
    resource=FundFlows,
    views=TURNOVER_VIEWS,
    listed=False,
    template="fund.html",
    section="funds",
)
