"""Pages of the office's registers, made from their addresses: a list, and one subject's whole row.

No page is written by hand for a register: another aggregate has its pages at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from api.commands.schemas import SCHEMAS
from api.desk.command_form import roles_of
from api.desk.desk_page import DeskPage
from api.desk.shown_value import COLLECTIONS, LabelledValue, label, page_of, text_of
from api.pages.numbers import measure
from api.pages.page_words import topic, word
from api.resources.accounts import BALANCES, JOURNAL
from api.resources.lottery_reports import LOTTERY_REPORTS
from api.resources.registers import REGISTERED, SubjectEvents, collection, one
from domain.funds.lottery_reports import Lottery
from domain.office.periods import Period
from domain.office.proposals import Proposal
from domain.payments.pay_runs import PayRun

if TYPE_CHECKING:
    from api.http.language import Language
    from api.queries.formats import Row
    from api.queries.resource import Address, Query, Resource
    from api.queries.respond import ListPage
    from domain.kernel.aggregate import Aggregate

# What a list leaves to its exports.
UNSHOWN = frozenset({"version", "position", "stated"})
# What a reader filters by first; the other fields of a row stand behind them.
FIRST_FILTERS = ("state", "area", "fund", "scheme", "programme", "subject", "from", "to", "by")
MOST_FILTERS = 8
# The two ends of a time are called so: `to` is elsewhere whom something is promised to.
PERIOD: Mapping[str, str] = {"from": "from", "to": "until"}
# Longer texts are whole on the subject's own page.
LONGEST_CELL = 80
MOST_EVENTS = 200
SECTIONS: Mapping[str, str] = {"pay-runs": "pay-runs", "funds": "funds", "journal": "journal"}


class Cell(NamedTuple):
    """One cell of a table: its text, whether it is a number, and where it leads."""

    text: str
    is_number: bool = False
    link: str = ""


class ToldEvent(NamedTuple):
    """An event of a subject, in one line."""

    position: str
    heading: str
    by: str
    on: str
    said: str


def cell(name: str, value: object, language: Language, *, is_whole: bool = False) -> Cell:
    """Write a value of a row."""
    if isinstance(value, Mapping) and value.keys() >= {"value", "unit"}:
        return Cell(measure(value, language), is_number=True)
    text = text_of(value, language, name)
    if len(text) > LONGEST_CELL and not is_whole:
        text = f"{text[:LONGEST_CELL]}…"
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return Cell(text, is_number=is_number, link=page_of(value) if isinstance(value, str) else "")


def table(resource: Resource, page: ListPage, address: Address) -> Mapping[str, Any]:
    """Show the rows as a table: columns that say anything, amounts as numbers, ids as links."""
    query = resource.query
    language, rows = query.language, [measured(row) for row in page.rows]
    names = [
        column.name
        for column in resource.columns()
        if column.name not in UNSHOWN and any(row.get(column.name) not in EMPTY for row in rows)
    ]
    cells = [[cell(name, row.get(name), language) for name in names] for row in rows]
    numbers = {n for row in cells for n, each in enumerate(row) if each.is_number}
    return {
        "title": word("collection", address.path.removeprefix("/"), language),
        "heads": [(label(name, language), n in numbers) for n, name in enumerate(names)],
        "rows": cells,
        "totals": [
            (label(t.field, language), text_of({"value": t.value, "unit": t.unit}, language))
            for t in page.totals
            if t.value is not None
        ],
        "filters": [*filters(address, query)],
        "path": f"/desk{address.path}",
    }


def measured(row: Row) -> Row:
    """Write the number of a posting or a balance with its unit, as every other amount is."""
    if not isinstance(row.get("value"), int) or not isinstance(row.get("unit"), str):
        return row
    return {**row, "value": {"value": row["value"], "unit": row["unit"]}, "unit": None}


EMPTY: tuple[object, ...] = (None, "", [], {})


def filters(address: Address, query: Query) -> Iterator[tuple[str, str, str]]:
    """Give the fields of the filter's form: the name, its label, and what is asked now."""
    taken = [*address.filters, *address.single]
    first = [name for name in FIRST_FILTERS if name in taken]
    asked = [name for name in query.where if name not in first]
    for name in [*first, *asked][:MOST_FILTERS]:
        said = query.where.get(name) or (query.single.get(name),)
        yield name, label(PERIOD.get(name, name), query.language), str(said[0] or "")


def subject(resource: Resource, page: ListPage, kind: type[Aggregate]) -> Mapping[str, Any]:
    """Show all that a row says, what has happened, and what the reader may do."""
    [row], query = page.rows, resource.query
    language = query.language
    said = [
        LabelledValue(label(name, language), *own(cell(name, value, language, is_whole=True)))
        for name, value in row.items()
        if name not in {"id", *UNSHOWN} and value not in EMPTY
    ]
    return {
        "row": row,
        "title": row.get("title") or row["id"],
        "noun": word("noun", kind.KIND, language),
        "collection": kind.COLLECTION,
        "collection_title": word("collection", kind.COLLECTION, language),
        "stated": said,
        "events": [*events(query, kind)],
        "commands": [*commands(query, kind)],
        "statement": kind.KIND == "fund",
    }


def own(each: Cell) -> tuple[str, str]:
    """Return a cell's text and link."""
    return each.text, each.link


def events(query: Query, kind: type[Aggregate]) -> Iterator[ToldEvent]:
    """Give a subject's events, as the reader may see them."""
    found = SubjectEvents(query, kind=kind).rows()
    for event in islice(found, MOST_EVENTS):
        data = event.get("data") or {}
        what = data.get("what") or {}
        yield ToldEvent(
            str(event["sequence"]),
            topic(str(event["type"]), query.language),
            str(data.get("by") or ""),
            str(data.get("on") or ""),
            cell("", what, query.language).text,
        )


def commands(query: Query, kind: type[Aggregate]) -> Sequence[str]:
    """Return the commands on such a subject that the reader's roles may send."""
    return [
        name
        for name, by_kind in SCHEMAS.items()
        if kind.KIND in by_kind
        and not by_kind[kind.KIND].command.spec.opens
        and roles_of(name) & query.reader.roles
    ]


def list_page(address: Address) -> DeskPage:
    """Make the page of a list."""
    name = address.path.removeprefix("/")
    return DeskPage(
        path=f"/desk{address.path}",
        summary=address.summary,
        resource=address.resource,
        views=address.views,
        filters=address.filters,
        single=address.single,
        roles=address.roles,
        template="register.html",
        section=SECTIONS.get(name, "registers"),
        beside=f"/v1{address.path}",
        shown=partial(table, address=address),
    )


def one_page(kind: type[Aggregate]) -> DeskPage:
    """Make the page of one subject."""
    address = one(kind)
    return DeskPage(
        path=f"/desk{address.path}",
        summary=address.summary,
        resource=address.resource,
        views=address.views,
        listed=False,
        roles=address.roles,
        template="subject.html",
        section=SECTIONS.get(kind.COLLECTION, "registers"),
        beside=f"/v1{address.path}",
        shown=partial(subject, kind=kind),
    )


LISTED = tuple(kind for kind in REGISTERED if kind not in {Lottery, Period, Proposal})
LISTS = (*(collection(kind) for kind in LISTED), LOTTERY_REPORTS, BALANCES, JOURNAL)
ROLES: Mapping[str, frozenset[str]] = {each.path.removeprefix("/"): each.roles for each in LISTS}
PAGES: tuple[DeskPage, ...] = (
    *(list_page(address) for address in LISTS),
    *(one_page(kind) for kind in LISTED if kind is not PayRun and kind.KIND in COLLECTIONS),
    one_page(Lottery),
    one_page(Period),
)
