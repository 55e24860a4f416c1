"""The pages about money: where it came from, where it went, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from api.http.language import Language
from api.pages import charts
from api.pages.charts import Part
from api.pages.numbers import amount
from api.pages.rendering import Page
from api.pages.words import CLASSES, PROGRAMMES, SOURCES, word
from api.queries.formats import Row, columns
from api.queries.resource import Answer, Question, Sheet, Source, short
from api.resources.figures import years
from api.resources.public import FIELDS, shown
from api.resources.registers import ask_statement, found
from projections import registers
from projections.accounts import fund_statement
from projections.core.event_log import Reading

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
COLUMNS = columns(f"id opened_on title kind basis keeper taken_in {' '.join(STAGES)} unit")
PUBLIC = frozenset(("id", "opened_on", *FIELDS["funds"]))
VIEWS = ("balances", "registers")
COLOURS = 5
# So many of the largest funds on the first page.
FIRST_FUNDS = 6


def ask_funds(connection: Reading, question: Question) -> Answer:
    """Ask what every fund has taken in, and where that is now."""
    held = fund_statement.statements(connection, question.moment)
    funds = registers.rows(connection, "funds", question.moment, where={}, limit=None)
    rows = [row_of(fund, held.get(str(fund["id"]), {})) for fund in funds]
    return short(rows, COLUMNS, question)


def row_of(fund: Row, held: Row) -> Row:
    """Put a fund's money beside what it is; one that nothing has moved holds nothing."""
    row = {name: value for name, value in shown(fund, PUBLIC).items() if name != "purposes"}
    closing = held.get("closing", {})
    stages = {stage: closing.get(stage, 0) for stage in CLOSING}
    moved = {name: held.get(name, 0) for name in ("taken_in", "passed_on")}
    return {**row, **moved, **stages, "unit": "fen"}


def ask_home(connection: Reading, question: Question) -> Answer:
    """Ask for the years there are, and for the funds."""
    answer = ask_funds(connection, question)
    return answer._replace(more=lambda: {"years": years(connection, question)})


def home(_answer: Answer, sheet: Sheet, question: Question) -> Mapping[str, Any]:
    """Show the years and the funds."""
    latest_first = sheet.more["years"][::-1]
    shown_funds = funds(_answer, sheet, question)
    largest = shown_funds["funds"][:FIRST_FUNDS]
    return {**shown_funds, "years": latest_first, "year": latest_first[0], "funds": largest}


def funds(_answer: Answer, sheet: Sheet, question: Question) -> Mapping[str, Any]:
    """Show every fund as a bar and as a row of the table, the largest first."""
    ordered = sorted(sheet.rows, key=lambda row: -row["taken_in"])
    longest = max((row["taken_in"] for row in ordered), default=0)
    language = question.language
    # A stage in which no fund has any money would only widen the table.
    stages = [stage for stage in STAGES if any(row[stage] for row in ordered)]
    return {
        "funds": [drawn(row, stages, longest, language=language) for row in ordered],
        "legend": [Part(stage, word(CLASSES, stage, language), 0, "") for stage in stages],
    }


def drawn(row: Row, stages: Sequence[str], longest: int, *, language: Language) -> Row:
    """Draw a fund's bar."""
    parts = [
        Part(stage, word(CLASSES, stage, language), row[stage], said(row[stage], language))
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


def ask_fund(connection: Reading, question: Question) -> Answer:
    """Ask for a fund and its statement."""
    fund = shown(found(connection, f"fund:{question.key}", question), PUBLIC)
    answer = ask_statement(connection, question)
    keeper = registers.one(connection, str(fund["keeper"]), question.moment) or {}
    return answer._replace(
        whole={**(answer.whole or {}), "fund": fund}, more=lambda: {"keeper": keeper.get("title")}
    )


def fund(answer: Answer, sheet: Sheet, question: Question) -> Mapping[str, Any]:
    """Show where a fund's money came from, and where it went."""
    whole = answer.whole or {}
    sources = list(sources_of(whole, question.language))
    uses = list(uses_of(whole, question.language))
    title = str(whole["fund"]["title"])
    return {
        "fund": {**whole["fund"], "key": question.key},
        "keeper": sheet.more["keeper"],
        "sources": sources,
        "uses": uses,
        "taken_in": whole["taken_in"],
        "holds": whole["holds"],
        "picture": picture(sources, uses, title),
    }


def picture(sources: Sequence[Part], uses: Sequence[Part], title: str) -> Markup:
    """Draw the streams of a fund's money."""
    return charts.streams(sources, uses, title=described(title, [*sources, *uses]))


def sources_of(whole: Row, language: Language) -> Iterator[Part]:
    """List what came in, the largest first."""
    ordered = sorted(whole["in"], key=lambda each: -each["value"])
    for nth, each in enumerate(ordered):
        title = word(SOURCES, each["source"], language)
        yield Part(f"in-{nth % COLOURS}", title, each["value"], said(each["value"], language))


def uses_of(whole: Row, language: Language) -> Iterator[Part]:
    """List what went out, by programme, and what is left, by stage."""
    for each in whole["out"]:
        title = word(PROGRAMMES, each["programme"], language)
        if not each["programme"]:
            title = word(SOURCES, each["to"], language)
        colour = "spent" if each["programme"] else "out"
        yield Part(colour, title, each["value"], said(each["value"], language))
    for stage in CLOSING:
        left = whole["closing"].get(stage, 0)
        if left and stage not in {"spent", "lost"}:
            yield Part(stage, word(CLASSES, stage, language), left, said(left, language))


HOME = Page(
    template="home.html",
    section="home",
    context=home,
    twins=False,
    source=Source(path="/", says="The open books.", ask=ask_home, views=VIEWS),
)
FUNDS = Page(
    template="funds.html",
    section="funds",
    context=funds,
    source=Source(
        path="/funds", says="The funds: sources, uses and balance.", ask=ask_funds, views=VIEWS
    ),
)
FUND = Page(
    template="fund.html",
    section="funds",
    context=fund,
    source=Source(
        path="/funds/{key}",
        says="One fund: where its money came from, and where it went.",
        ask=ask_fund,
        views=VIEWS,
        listed=False,
    ),
)
