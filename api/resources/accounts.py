"""The resources of money: balances, the journal, and the statement of a fund."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, Resource
from api.resources.registers import READERS, subject_row, totals_of
from projections.accounts import balances, fund_statement, journal
from projections.core.event_log import Reading
from projections.core.view import Moment

JOURNAL_COLUMNS = columns(
    "position line booked on recorded_at voucher account value unit subject topic programme area"
    " class by"
)
STATEMENT_COLUMNS = columns("part name value unit")
# Filters that mean the same to both; balances alone tell the areas of a recovery apart.
IN_BALANCES = frozenset({"account", "fund", "programme", "unit"})


class AccountBalances(Resource):
    """What accounts hold, in groups."""

    @property
    def group(self) -> str:
        """Return what the balances are grouped by."""
        return str(self.query.single.get("group_by", "account"))

    @property
    def chosen(self) -> balances.BalanceFilter:
        """Return which postings count."""
        return balances.BalanceFilter(where=self.query.where, zone=self.query.zone)

    def columns(self) -> Sequence[Column]:
        """Return the group, and what it holds."""
        return [Column(name) for name in (self.group, "value", "unit", "postings")]

    def rows(self) -> Iterable[Row]:
        """Return the groups in order, each with a row for each of its units."""
        query = self.query
        return balances.rows(
            query.connection,
            query.moment,
            self.chosen,
            group_by=self.group,
            after=(query.after[0], query.after[1]) if query.after else None,
            limit=query.limit,
        )

    def totals(self) -> Sequence[Total]:
        """Return the sum of all groups."""
        query = self.query
        return totals_of(balances.totals(query.connection, query.moment, self.chosen))

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the group and its unit."""
        return (row[self.group], row["unit"])


class Postings(Resource):
    """The journal: every posting."""

    @property
    def chosen(self) -> journal.JournalFilter:
        """Return which postings are wanted."""
        single = self.query.single
        return journal.JournalFilter(
            where=self.query.where, from_=single.get("from"), to=single.get("to")
        )

    def columns(self) -> Sequence[Column]:
        """Return what a posting says."""
        return JOURNAL_COLUMNS

    def rows(self) -> Iterable[Row]:
        """Return the postings in the order in which they were recorded."""
        query = self.query
        return journal.rows(
            query.connection,
            query.moment,
            self.chosen,
            after=(query.after[0], query.after[1]) if query.after else (0, 0),
            limit=query.limit,
        )

    def totals(self) -> Sequence[Total]:
        """Return the sums of the postings."""
        query = self.query
        return totals_of(sum_of_journal(query.connection, query.moment, self.chosen))

    def extra(self) -> Mapping[str, Any]:
        """Return what the accounts held before the first day and after the last."""
        query, chosen = self.query, self.chosen
        return {
            "opening": journal.opening(
                query.connection, query.moment, chosen, total=sum_of_journal
            ),
            "closing": journal.closing(
                query.connection, query.moment, chosen, total=sum_of_journal
            ),
        }

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the posting's position and line."""
        return journal.key_of(dict(row))


def sum_of_journal(
    connection: Reading, moment: Moment, chosen: journal.JournalFilter
) -> list[dict[str, Any]]:
    """Sum the postings: from the balances, unless they are chosen by what these do not know."""
    if not set(chosen.where) <= IN_BALANCES:
        return journal.totals(connection, moment, chosen)
    until = min(filter(None, (chosen.to, moment.as_of)), default=None)
    held = balances.BalanceFilter(where=chosen.where, since=chosen.from_)
    return balances.totals(connection, moment._replace(as_of=until), held)


class FundStatement(Resource):
    """What came into a fund, what went out of it, and what it holds."""

    @cached_property
    def statement(self) -> Row:
        """Return the statement, asked for once; raise `UnknownSubject` or `Unreadable`."""
        query = self.query
        fund = subject_row(query, f"fund:{query.key}")
        since, to = query.single.get("from"), query.single.get("to")
        if since and to and since > to:
            raise parameters.wrong("/from", "{first} lies after {last}", first=since, last=to)
        said = fund_statement.statement(
            query.connection, fund["id"], query.moment, from_=since, to=to
        )
        return {"fund": fund["id"], **said}

    def columns(self) -> Sequence[Column]:
        """Return what a line of a statement says."""
        return STATEMENT_COLUMNS

    def rows(self) -> Iterable[Row]:
        """Return its lines, part by part."""
        return stated(self.statement)

    def whole(self) -> Row | None:
        """Return it as one object."""
        return self.statement


def stated(said: Row) -> Iterator[Row]:
    """Write a statement as rows: each of its parts, line by line."""
    for name, value in said["opening"].items():
        yield {"part": "opening", "name": name, "value": value, "unit": said["unit"]}
    for each in said["in"]:
        yield {"part": "in", "name": each["source"], "value": each["value"], "unit": said["unit"]}
    for each in said["out"]:
        name = each["programme"] or each["to"]
        part = "written-off" if each.get("stage") == "lost" else "out"
        yield {"part": part, "name": name, "value": each["value"], "unit": said["unit"]}
    for name, value in said["closing"].items():
        yield {"part": "closing", "name": name, "value": value, "unit": said["unit"]}


BALANCES = Address(
    path="/balances",
    summary="What every account holds.",
    resource=AccountBalances,
    views=("balances",),
    single={"group_by": parameters.one_of(*balances.GROUPS)},
    filters=dict.fromkeys(balances.FILTERS, parameters.text),
    roles=READERS,
)
STATEMENTS = Address(
    path="/funds/{key}/statement",
    summary="A fund's statement: opening, in by source, out by programme, closing.",
    resource=FundStatement,
    views=("balances", "registers"),
    listed=False,
    single={"from": parameters.day, "to": parameters.day},
    roles=READERS,
)
JOURNAL = Address(
    path="/journal",
    summary="Every posting, in the order in which it was recorded.",
    resource=Postings,
    views=("journal", "balances"),
    single={"from": parameters.day, "to": parameters.day},
    filters=dict.fromkeys(journal.FILTERS, parameters.text),
    roles=READERS,
)
