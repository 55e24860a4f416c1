"""The resources of money: balances, the journal, and the statement of a fund."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, Query, Resource
from api.resources.parameters import check_filters, check_names
from api.resources.registers import subject_row, totals_of
from domain.kernel.accounts import CLASSES
from domain.kernel.sentences import InvalidValue
from projections import figures, registers
from projections.accounts import balances, fund_statement, journal_queries
from projections.core.event_log import Reading
from projections.core.place_filter import Places
from projections.core.view import Moment
from projections.disclosure.clearance import READERS

JOURNAL_COLUMNS = columns(
    "position line booked on recorded_at voucher account value unit subject topic programme area"
    " class by"
)
STATEMENT_COLUMNS = columns("part name value unit")
# Filters that mean the same to both; balances alone tell the areas of a recovery apart.
IN_BALANCES = frozenset({"account", "fund", "programme", "unit", "stage"})
STAGE = {"stage": parameters.one_of(*CLASSES)}


def no_class(_text: str) -> str:
    """Refuse the old name of the account's first part, and say the new one."""
    raise InvalidValue(
        "the first part of an account is called stage; class is the budget class, which"
        " /v1/journal tells"
    )


def of_accounts(where: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return the filters on accounts; a stage is the class of an account."""
    words = {name: where[name] for name in IN_BALANCES if name in where}
    return {"class" if name == "stage" else name: said for name, said in words.items()}


def chosen_places(query: Query) -> list[Places] | None:
    """Return the areas asked for, each with all below it or alone; None: none is asked for."""
    where = query.where
    check_filters(query)
    check_names(query)
    if "area" not in where and "area_exact" not in where:
        return None
    moment = query.moment._replace(as_of=None)
    found = [Places(where["area_exact"], None, None)] if "area_exact" in where else []
    if "area" in where:
        found += figures.places(query.connection, moment, where["area"])
    return found


def published_in(query: Query) -> figures.Published | None:
    """Return what the open zone is told of money to persons; None in the office."""
    if query.zone == "office":
        return None
    return figures.published_money(query.connection, query.moment)


class AccountBalances(Resource):
    """What accounts hold, in groups."""

    @property
    def group(self) -> str:
        """Return what the balances are grouped by."""
        return str(self.query.single.get("group_by", "account"))

    @cached_property
    def chosen(self) -> balances.BalanceFilter:
        """Return which postings count."""
        query = self.query
        return balances.BalanceFilter(
            where=of_accounts(query.where),
            zone=query.zone,
            published=published_in(query) or (),
            places=chosen_places(query),
            is_merged=query.is_guarded,
        )

    def columns(self) -> Sequence[Column]:
        """Return the group, and what it holds."""
        return [Column(name) for name in (self.group, "value", "unit", "postings")]

    def rows(self) -> Iterable[Row]:
        """Return the groups in order, each with a row for each of its units."""
        query = self.query
        found = balances.rows(
            query.connection,
            query.moment,
            self.chosen,
            group_by=self.group,
            after=(query.after[0] or "", query.after[1]) if query.after else None,
            limit=query.limit,
        )
        if self.group != "area":
            return found
        # What is tied to no area has a row of its own.
        return ({**row, "area": row["area"] or None} for row in found)

    def totals(self) -> Sequence[Total]:
        """Return the sums of all groups: of money apart by the basis of its funds."""
        query = self.query
        bases = bases_of(query)
        sums: Counter[tuple[str, str]] = Counter()
        for fund, unit, value in balances.totals_by_fund(
            query.connection, query.moment, self.chosen
        ):
            sums[unit, bases.get(fund, "") if unit == "fen" else ""] += value
        return tuple(Total("value", sums[each], *each) for each in sorted(sums))

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the group and its unit."""
        return (row[self.group], row["unit"])


def bases_of(query: Query) -> dict[str, str]:
    """Return the basis of each fund, as known now."""
    known = query.moment._replace(as_of=None)
    funds = registers.rows(query.connection, "funds", known, where={})
    return {str(fund["id"]): str(fund["basis"]) for fund in funds}


def chosen_in_journal(query: Query) -> journal_queries.JournalFilter:
    """Return which postings the filters of the journal leave."""
    where = dict(query.where)
    areas = [area for each in chosen_places(query) or () for area in each.areas]
    where.pop("area_exact", None)
    if areas or "area" in where:
        where["area"] = tuple(dict.fromkeys(areas))
    return journal_queries.JournalFilter(
        where=where,
        from_=query.single.get("from"),
        to=query.single.get("to"),
        is_merged=query.is_guarded,
    )


class Postings(Resource):
    """The journal: every posting."""

    @cached_property
    def chosen(self) -> journal_queries.JournalFilter:
        """Return which postings are wanted."""
        return chosen_in_journal(self.query)

    def columns(self) -> Sequence[Column]:
        """Return what a posting says."""
        return JOURNAL_COLUMNS

    def rows(self) -> Iterable[Row]:
        """Return the postings in the order in which they were recorded."""
        query = self.query
        return journal_queries.rows(
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
            "opening": journal_queries.opening(
                query.connection, query.moment, chosen, total=sum_of_journal
            ),
            "closing": journal_queries.closing(
                query.connection, query.moment, chosen, total=sum_of_journal
            ),
        }

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return the posting's position and line."""
        return journal_queries.key_of(dict(row))


def sum_of_journal(
    connection: Reading, moment: Moment, chosen: journal_queries.JournalFilter
) -> list[dict[str, Any]]:
    """Sum the postings: from the balances, unless they are chosen by what these do not know."""
    if not set(chosen.where) <= IN_BALANCES:
        return journal_queries.totals(connection, moment, chosen)
    until = min(filter(None, (chosen.to, moment.as_of)), default=None)
    held = balances.BalanceFilter(
        where=of_accounts(chosen.where), since=chosen.from_, is_merged=chosen.is_merged
    )
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
            query.connection,
            fund["id"],
            query.moment,
            from_=since,
            to=to,
            published=published_in(query),
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


def group(text: str) -> str:
    """Read what balances are grouped by."""
    if text == "class":
        return no_class(text)
    return str(parameters.one_of(*balances.GROUPS)(text))


BALANCES = Address(
    path="/balances",
    summary="What every account holds.",
    resource=AccountBalances,
    views=("balances", "registers"),
    single={"group_by": group},
    filters={
        **dict.fromkeys(balances.FILTERS, parameters.text),
        **parameters.AREAS,
        **STAGE,
        "class": no_class,
    },
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
    filters={
        **dict.fromkeys(journal_queries.FILTERS, parameters.text),
        **parameters.AREAS,
        **STAGE,
    },
    roles=READERS,
)
