"""The office's reading addresses: one table, one mechanism."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, get_args

from api.queries import parameters
from api.queries.columns import columns_of
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Answer, Question, Source, short
from domain import AGGREGATES, decode
from domain.kernel.aggregate import Aggregate
from domain.kernel.refusals import UnknownSubject
from domain.office.roles import RoleName
from projections import registers
from projections.accounts import balances, fund_statement, journal
from projections.core import event_log
from projections.core.event_log import Reading, StoredEvent
from projections.core.view import Moment
from projections.disclosure.cloud_event import record

READERS = frozenset(get_args(RoleName)) - {"subscriber"}
# Who may see persons, households and single lines.
CLOSE = frozenset({"clerk", "reviewer", "approver", "treasurer", "auditor"})
CLOSED = frozenset({"persons", "households", "entitlements", "payments", "relief-cases"}) | {
    "recoveries",
    "placements",
    "veterans",
    "workers",
}
# Persons are not listed; webhooks have addresses of their own (api/resources/webhooks.py).
REGISTERED = tuple(kind for kind in AGGREGATES if kind.COLLECTION not in {"persons", "webhooks"})

JOURNAL = columns(
    "position line booked on recorded_at voucher account value unit subject topic programme area"
    " class by"
)


# Filters that mean the same to journal and balances; `class` is of the budget here, there not.
IN_BALANCES = frozenset({"account", "fund", "programme", "area", "unit"})
EVENTS = columns(
    "specversion id source type subject time datacontenttype dataschema sequence partitionkey data"
)
FOUND = columns("id title kind")
STATEMENT = columns("part name value unit")
LINES = columns("payment amount persons area tier state held_back_for", quantities="amount persons")


def totals_of(rows: Iterable[Row]) -> tuple[Total, ...]:
    """Read the totals of a view."""
    return tuple(Total(row["field"], row["value"], row["unit"]) for row in rows)


def collection(kind: type[Aggregate]) -> Source:
    """Make the list of an aggregate's subjects."""
    columns = columns_of(kind)

    def ask(connection: Reading, question: Question) -> Answer:
        name, moment, where = kind.COLLECTION, question.moment, question.where
        after = question.after[0] if question.after else None
        return Answer(
            rows=registers.rows(
                connection, name, moment, where=where, after=after, limit=question.limit
            ),
            columns=columns,
            totals=lambda: totals_of(registers.totals(connection, name, moment, where=where)),
            key_of=lambda row: (registers.key_of(dict(row)),),
        )

    return Source(
        path=f"/{kind.COLLECTION}",
        says=f"The {kind.COLLECTION} as of a day, as known at a position.",
        ask=ask,
        views=(registers.view_of(kind.COLLECTION),),
        filters={column.name: parameters.text for column in columns},
        roles=CLOSE if kind.COLLECTION in CLOSED else READERS,
    )


def one(kind: type[Aggregate]) -> Source:
    """Make the answer about one subject."""
    columns = columns_of(kind)

    def ask(connection: Reading, question: Question) -> Answer:
        row = found(connection, f"{kind.KIND}:{question.key}", question)
        return Answer(rows=[row], columns=columns, whole=row)

    return Source(
        path=f"/{kind.COLLECTION}/{{key}}",
        says=f"One of the {kind.COLLECTION}.",
        ask=ask,
        views=(registers.view_of(kind.COLLECTION),),
        listed=False,
        roles=CLOSE if kind.COLLECTION in CLOSED else READERS,
    )


def history(kind: type[Aggregate]) -> Source:
    """Make the list of one subject's events, as the feed of the zone has them."""

    def ask(connection: Reading, question: Question) -> Answer:
        subject = str(found(connection, f"{kind.KIND}:{question.key}", question)["id"])
        after = question.after[0] if question.after else 0
        lines = event_log.page(
            connection, after=after, until=question.moment.position, limit=None, subjects=[subject]
        )
        return Answer(
            rows=(
                record(line, question.jurisdiction, question.zone)
                for line in lines
                if on_or_before(line, question.moment.as_of)
            ),
            columns=EVENTS,
            key_of=lambda row: (int(row["sequence"]),),
        )

    return Source(
        path=f"/{kind.COLLECTION}/{{key}}/events",
        says=f"The events of one of the {kind.COLLECTION}.",
        ask=ask,
        views=(registers.view_of(kind.COLLECTION),),
        roles=CLOSE if kind.COLLECTION in CLOSED else READERS,
    )


def on_or_before(line: StoredEvent, day: date | None) -> bool:
    """Tell whether an event had taken effect on a day."""
    return day is None or decode(line.topic, line.state).act.on <= day


def found(connection: Reading, subject: str, question: Question) -> Row:
    """Return a subject's row, or refuse."""
    row = registers.one(connection, subject, question.moment)
    if row is None:
        raise UnknownSubject(subject, "there is none at this moment")
    return row


def ask_search(connection: Reading, question: Question) -> Answer:
    """Ask where words stand in a title or an id."""
    words = question.single.get("q", "").strip()
    if not words:
        raise parameters.wrong("/q", "say what to look for")
    return short(registers.search(connection, words, question.moment), FOUND, question)


def ask_balances(connection: Reading, question: Question) -> Answer:
    """Ask what accounts hold."""
    group = question.single.get("group_by", "account")
    which = balances.BalanceFilter(where=question.where, zone=question.zone)
    return Answer(
        rows=balances.rows(
            connection,
            question.moment,
            which,
            group_by=group,
            after=(question.after[0], question.after[1]) if question.after else None,
            limit=question.limit,
        ),
        columns=[Column(name) for name in (group, "value", "unit", "postings")],
        totals=lambda: totals_of(balances.totals(connection, question.moment, which)),
        key_of=lambda row: (row[group], row["unit"]),
    )


def ask_journal(connection: Reading, question: Question) -> Answer:
    """Ask for the postings themselves."""
    single, moment = question.single, question.moment
    which = journal.JournalFilter(
        where=question.where, from_=single.get("from"), to=single.get("to")
    )
    return Answer(
        rows=journal.rows(
            connection,
            moment,
            which,
            after=(question.after[0], question.after[1]) if question.after else (0, 0),
            limit=question.limit,
        ),
        columns=JOURNAL,
        totals=lambda: totals_of(sum_of_journal(connection, moment, which)),
        more=lambda: {
            "opening": journal.opening(connection, moment, which, total=sum_of_journal),
            "closing": journal.closing(connection, moment, which, total=sum_of_journal),
        },
        key_of=lambda row: journal.key_of(dict(row)),
    )


def sum_of_journal(
    connection: Reading, moment: Moment, which: journal.JournalFilter
) -> list[dict[str, Any]]:
    """Sum the postings: from the balances, unless they are chosen by what these do not know."""
    if not set(which.where) <= IN_BALANCES:
        return journal.totals(connection, moment, which)
    until = min(filter(None, (which.to, moment.as_of)), default=None)
    held = balances.BalanceFilter(where=which.where, since=which.from_)
    return balances.totals(connection, moment._replace(as_of=until), held)


def ask_statement(connection: Reading, question: Question) -> Answer:
    """Ask what came into a fund, what went out of it, and what it holds."""
    fund = found(connection, f"fund:{question.key}", question)
    since, to = question.single.get("from"), question.single.get("to")
    if since and to and since > to:
        raise parameters.wrong("/from", "{first} lies after {last}", first=since, last=to)
    said = fund_statement.statement(connection, fund["id"], question.moment, from_=since, to=to)
    return Answer(rows=stated(said), columns=STATEMENT, whole={"fund": fund["id"], **said})


def stated(said: Row) -> Iterator[Row]:
    """Write a statement as rows: each of its parts, line by line."""
    for name, value in said["opening"].items():
        yield {"part": "opening", "name": name, "value": value, "unit": said["unit"]}
    for each in said["in"]:
        yield {"part": "in", "name": each["source"], "value": each["value"], "unit": said["unit"]}
    for each in said["out"]:
        name = each["programme"] or each["to"]
        yield {"part": "out", "name": name, "value": each["value"], "unit": said["unit"]}
    for name, value in said["closing"].items():
        yield {"part": "closing", "name": name, "value": value, "unit": said["unit"]}


def ask_lines(connection: Reading, question: Question) -> Answer:
    """Ask for the lines of a pay run, those held back among them."""
    run = str(found(connection, f"pay-run:{question.key}", question)["id"])
    moment = question.moment
    after = question.after[0] if question.after else None
    return Answer(
        rows=registers.lines(connection, run, moment, after=after, limit=question.limit),
        columns=LINES,
        totals=lambda: totals_of(registers.line_totals(connection, run, moment)),
        key_of=lambda row: (row["payment"],),
    )


BALANCES = Source(
    path="/balances",
    says="What every account holds.",
    ask=ask_balances,
    views=("balances",),
    single={"group_by": parameters.one_of(*balances.GROUPS)},
    filters=dict.fromkeys(balances.FILTERS, parameters.text),
    roles=READERS,
)
SEARCH = Source(
    path="/search",
    says="What has a title, or an id, that says these words.",
    ask=ask_search,
    views=("registers",),
    single={"q": parameters.text},
    roles=READERS,
)
STATEMENTS = Source(
    path="/funds/{key}/statement",
    says="A fund's statement: opening, in by source, out by programme, closing.",
    ask=ask_statement,
    views=("balances", "registers"),
    listed=False,
    single={"from": parameters.day, "to": parameters.day},
    roles=READERS,
)
OFFICE: tuple[Source, ...] = (
    *(collection(kind) for kind in REGISTERED),
    *(one(kind) for kind in REGISTERED),
    *(history(kind) for kind in REGISTERED),
    BALANCES,
    STATEMENTS,
    SEARCH,
    Source(
        path="/journal",
        says="Every posting, in the order in which it was recorded.",
        ask=ask_journal,
        views=("journal", "balances"),
        single={"from": parameters.day, "to": parameters.day},
        filters=dict.fromkeys(journal.FILTERS, parameters.text),
        roles=READERS,
    ),
    Source(
        path="/pay-runs/{key}/lines",
        says="The lines of a pay run: paid, or held back and why.",
        ask=ask_lines,
        views=("registers", "payments"),
        roles=CLOSE,
    ),
)
