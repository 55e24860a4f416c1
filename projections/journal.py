"""The journal (序时账): every posting ever made, line by line, append-only."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from domain.accounts import parse
from projections.names import Names
from projections.view import BLOCK, BOOKED, Table, View, copy, matching, plain, said, streamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from psycopg import Connection, Cursor

    from projections.names import Key
    from projections.view import Moment, Recorded, Row

COLUMNS = (
    "position, line, account, value, unit, booked, on_, area, budget_class, subject, topic, by_,"
    " recorded_at"
)
# Up to so many accounts, a look at each is cheaper than a walk along all positions.
FEW = 50
# Filters on the account; the others are on the row itself, some under another column.
BY_ACCOUNT = ("account", "fund", "programme")
# The log knows by its own key where a subject's events are.
OF_SUBJECTS = (
    "SELECT notification_id FROM ledger.events"
    ' WHERE originator_id = ANY (%(subject)s::text[] COLLATE "C")'
)
COLUMN_OF = {"class": "budget_class", "by": "by_"}
FILTERS = (*BY_ACCOUNT, "area", "by", "class", "subject", "topic", "unit")


def names() -> Names:
    """Return the accounts with their numbers."""
    return Names("journal_accounts", "account", more="class fund programme", describe=_parts)


def _parts(key: Key) -> Key:
    account = parse(key[0])
    return account.class_, account.fund, account.programme


class Journal(View):
    """Rows of postings, with what their event said about them."""

    NAME = "journal"
    TABLES = (
        names().layout(),
        Table(
            "journal",
            "position bigint NOT NULL, line smallint NOT NULL, account int NOT NULL,"
            " value bigint NOT NULL, unit text NOT NULL, booked date NOT NULL, on_ date NOT NULL,"
            " area text NOT NULL, budget_class text NOT NULL, subject text NOT NULL,"
            " topic text NOT NULL, by_ text NOT NULL, recorded_at timestamptz NOT NULL,"
            " PRIMARY KEY (position, line)",
            indexes=("(account, position)",),
            digest="SELECT count(*), md5(string_agg(concat_ws('|', position, line, a.account,"
            " value, unit, booked, on_, area, budget_class, subject, topic, by_), ','"
            " ORDER BY position, line)) FROM journal j JOIN journal_accounts a ON a.id = j.account"
            f" GROUP BY position / {BLOCK} ORDER BY position / {BLOCK}",
        ),
    )

    def __init__(self) -> None:
        """Know no account yet."""
        self.accounts = names()

    def fold(self, cursor: Cursor[Any], page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Write a row per posting."""
        ids = self.accounts.learn(cursor, {(line.account,) for one in page for line in one.lines})
        times = {one.recorded_at: str(one.recorded_at) for one in page}
        copy(
            cursor,
            f"journal ({COLUMNS})",
            (
                f"{one.position}\t{nth}\t{ids[line.account,]}\t{line.value}\t{line.unit}\t{rest}"
                for one in page
                if one.lines
                for rest in (_rest(one, times),)
                for nth, line in enumerate(one.lines, 1)
            ),
        )

    def forget(self) -> None:
        """Look the accounts up again."""
        self.accounts.ids.clear()


def _rest(one: Recorded, times: Mapping[datetime, str]) -> str:
    """Write the columns that all lines of an event share."""
    event = one.event
    act = event.act
    booked, on = act.booked.isoformat(), act.on.isoformat()
    return (
        f"{booked}\t{on}\t{said(event, 'area')}\t{said(event, 'class_')}"
        f"\t{event.originator_id}\t{one.topic}\t{plain(act.by)}\t{times[one.recorded_at]}\n"
    )


@dataclass(frozen=True, kw_only=True)
class Which:
    """Which rows: filters by field (`account` takes globs; repeat = or), and booked days."""

    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    from_: date | None = None
    to: date | None = None


def rows(
    connection: Connection[Any],
    moment: Moment,
    which: Which,
    *,
    after: tuple[int, int] = (0, 0),
    limit: int | None = None,
) -> Iterator[Row]:
    """Give the rows in order of position and line, after one of them; all if there is no limit."""
    source, given = _chosen(connection, moment, which)
    given |= {"after": after[0], "after_line": after[1], "limit": limit}
    sql = f"""
        SELECT j.position, j.line, j.booked, j.on_ AS "on", j.recorded_at,
               to_char(j.booked, 'YYYY-MM-') || j.position AS voucher, a.account, j.value, j.unit,
               j.subject, j.topic, a.programme, j.area, j.budget_class AS class, j.by_ AS "by"
        {source.format(limit="ORDER BY position, line LIMIT %(limit)s" if limit else "")}
        ORDER BY j.position, j.line LIMIT %(limit)s"""
    if limit is None:
        return streamed(connection, sql, given)
    return iter(connection.cursor(row_factory=dict_row).execute(sql, given).fetchall())


def key_of(row: Row) -> tuple[int, int]:
    """Return what `after` takes to go on behind this row."""
    return row["position"], row["line"]


def totals(connection: Connection[Any], moment: Moment, which: Which) -> list[Row]:
    """Sum the rows per unit: `{"field", "value", "unit"}`."""
    source, given = _chosen(connection, moment, which)
    sql = f"""
        SELECT 'value' AS field, sum(j.value)::bigint AS value, j.unit
        {source.format(limit="")} GROUP BY j.unit ORDER BY j.unit"""
    given |= {"after": 0, "after_line": 0}
    return connection.cursor(row_factory=dict_row).execute(sql, given).fetchall()


def opening(connection: Connection[Any], moment: Moment, which: Which) -> list[Row]:
    """Sum per unit what was booked before the first day asked for."""
    if which.from_ is None:
        return []
    return totals(
        connection, moment, replace(which, from_=None, to=which.from_ - timedelta(days=1))
    )


def closing(connection: Connection[Any], moment: Moment, which: Which) -> list[Row]:
    """Sum per unit what was booked up to the last day asked for."""
    return totals(connection, moment, replace(which, from_=None))


def _chosen(connection: Connection[Any], moment: Moment, which: Which) -> tuple[str, Row]:
    """Write FROM and WHERE, with a place for `{limit}`; give the parameters."""
    given: Row = {
        "position": moment.position,
        "since": which.from_,
        "as_of": min(filter(None, (which.to, moment.as_of)), default=None),
        "ids": _accounts(connection, which.where),
    }
    tests = [
        "j.position BETWEEN greatest(%(after)s, 0) AND %(position)s",
        "(j.position, j.line) > (%(after)s, %(after_line)s)",
        BOOKED.replace("booked", "j.booked"),
    ]
    for name, wanted in which.where.items():
        if name == "subject":
            tests.append(f"j.position = ANY (ARRAY ({OF_SUBJECTS}))")
            given[name] = list(wanted)
        elif name not in BY_ACCOUNT:
            tests.append(f"j.{COLUMN_OF.get(name, name)} = ANY (%({name})s)")
            given[name] = list(wanted)
    where = " AND ".join(tests)
    accounts = "JOIN views.journal_accounts a ON a.id = j.account"
    if given["ids"] is None:
        return f"FROM views.journal j {accounts} WHERE {where}", given
    if len(given["ids"]) > FEW:
        return f"FROM views.journal j {accounts} WHERE account = ANY (%(ids)s) AND {where}", given
    each = f"SELECT * FROM views.journal j WHERE account = wanted.id AND {where} {{limit}}"
    return f"FROM unnest(%(ids)s) wanted (id), LATERAL ({each}) j {accounts}", given


def _accounts(connection: Connection[Any], where: Mapping[str, Sequence[str]]) -> list[int] | None:
    """Find the numbers of the accounts that a filter names; None if it names none."""
    tests, given = matching(where, BY_ACCOUNT)
    if not tests:
        return None
    sql = f"SELECT id FROM views.journal_accounts WHERE {' AND '.join(tests)} ORDER BY id"
    return [row[0] for row in connection.execute(sql, given).fetchall()]
