"""What the journal is asked: its rows in order, their sums, what stood before and after."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from projections.accounts import journal_summaries
from projections.accounts.journal import SAID
from projections.accounts.journal_summaries import OF_ACCOUNTS, SummaryFilter
from projections.accounts.vouchers import printed
from projections.core import event_log
from projections.core.sql import BOOKED, matching, streamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from psycopg import Connection

    from projections.core.view import Moment, Row

    # Another view may know the sums of the same postings.
    Sums = Callable[[Connection[Any], Moment, "JournalFilter"], Sequence[Row]]

# Up to so many accounts, a look at each is cheaper than a walk along all positions.
FEW = 50
# The log knows by its own key where a subject's events are.
OF_SUBJECTS = f"SELECT notification_id FROM {event_log.rows_of_subjects('%(subject)s::text[]')} e"
COLUMN_OF = {"by": "by_"}
FILTERS = ("account", "fund", "programme", "unit", *SAID, "subject")


@dataclass(frozen=True, kw_only=True)
class JournalFilter:
    """Which rows: filters by field (`account` takes globs; repeat = or), and booked days."""

    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    from_: date | None = None
    to: date | None = None
    # Summaries stand for the postings of persons.
    is_merged: bool = False


def rows(
    connection: Connection[Any],
    moment: Moment,
    which: JournalFilter,
    *,
    after: tuple[int, int] = (0, 0),
    limit: int | None = None,
) -> Iterator[Row]:
    """Give the rows in order of position and line, after one of them; all if there is no limit."""
    if which.is_merged:
        return _with_summaries(connection, moment, which, after=after, limit=limit)
    return _singly(connection, moment, which, after=after, limit=limit)


def _with_summaries(
    connection: Connection[Any],
    moment: Moment,
    which: JournalFilter,
    *,
    after: tuple[int, int],
    limit: int | None,
) -> Iterator[Row]:
    """Give the rows that are about nobody, and among them the summaries, in their order."""
    summed = journal_summaries.rows(
        connection, moment, _of_summaries(connection, which), after=after, limit=limit
    )
    singles = _singly(connection, moment, which, after=after, limit=limit)
    return islice(heapq.merge(singles, summed, key=key_of), limit)


def _of_summaries(connection: Connection[Any], which: JournalFilter) -> SummaryFilter:
    """Return which summaries a filter leaves."""
    chosen = numbers(connection, "sayings", saying(which.where))
    return SummaryFilter(which.where, which.from_, which.to, chosen)


def _singly(
    connection: Connection[Any],
    moment: Moment,
    which: JournalFilter,
    *,
    after: tuple[int, int],
    limit: int | None,
) -> Iterator[Row]:
    """Give the rows one by one: all, or those that have no summary."""
    source, given = _chosen(connection, moment, which)
    given |= {"after": after[0], "after_line": after[1], "limit": limit}
    sql = f"""
        SELECT j.position, j.line, j.booked, j.on_ AS "on", e.recorded_at,
               {printed("j")} AS voucher, j.account, j.value, j.unit,
               e.originator_id AS subject, s.topic, j.programme, s.area, s.class, s.by_ AS "by"
        FROM (
            SELECT position, line, said, value, booked, on_, voucher, a.account, a.unit,
                   a.programme
            {source.format(limit="ORDER BY position, line LIMIT %(limit)s" if limit else "")}
            ORDER BY position, line LIMIT %(limit)s
        ) j JOIN views.journal_sayings s ON s.id = j.said
            {event_log.joined("j.position")}
        ORDER BY j.position, j.line"""
    if limit is None:
        return streamed(connection, sql, given)
    return iter(connection.cursor(row_factory=dict_row).execute(sql, given).fetchall())


def key_of(row: Row) -> tuple[int, int]:
    """Return what `after` takes to go on behind this row."""
    return row["position"], row["line"]


def totals(connection: Connection[Any], moment: Moment, which: JournalFilter) -> list[Row]:
    """Sum the rows per unit: `{"field", "value", "unit"}`."""
    source, given = _chosen(connection, moment, which)
    sql = f"""
        SELECT 'value' AS field, sum(j.value) AS value, a.unit
        {source.format(limit="")} GROUP BY a.unit ORDER BY a.unit"""
    given |= {"after": 0, "after_line": 0}
    found = connection.cursor(row_factory=dict_row).execute(sql, given).fetchall()
    if not which.is_merged:
        return found
    sums = Counter({row["unit"]: row["value"] for row in found})
    for row in journal_summaries.rows(connection, moment, _of_summaries(connection, which)):
        sums[row["unit"]] += row["value"]
    return [{"field": "value", "value": sums[unit], "unit": unit} for unit in sorted(sums)]


def opening(
    connection: Connection[Any], moment: Moment, which: JournalFilter, *, total: Sums = totals
) -> Sequence[Row]:
    """Sum per unit what was booked before the first day asked for."""
    if which.from_ is None:
        return []
    before = replace(which, from_=None, to=which.from_ - timedelta(days=1))
    return total(connection, moment, before)


def closing(
    connection: Connection[Any], moment: Moment, which: JournalFilter, *, total: Sums = totals
) -> Sequence[Row]:
    """Sum per unit what was booked up to the last day asked for."""
    return total(connection, moment, replace(which, from_=None))


def _chosen(connection: Connection[Any], moment: Moment, which: JournalFilter) -> tuple[str, Row]:
    """Write FROM and WHERE, with a place for `{limit}`; give the parameters."""
    given: Row = {
        "position": moment.position,
        "since": which.from_,
        "as_of": min(filter(None, (which.to, moment.as_of)), default=None),
        "ids": numbers(connection, "accounts", matching(which.where, OF_ACCOUNTS)),
        "sayings": numbers(connection, "sayings", saying(which.where)),
    }
    tests = [
        "j.position BETWEEN greatest(%(after)s, 0) AND %(position)s",
        "(j.position, j.line) > (%(after)s, %(after_line)s)",
        BOOKED.replace("booked", "j.booked"),
    ]
    if "subject" in which.where:
        tests.append(f"j.position = ANY (ARRAY ({OF_SUBJECTS}))")
        given["subject"] = list(which.where["subject"])
    if given["sayings"] is not None:
        tests.append("j.said = ANY (%(sayings)s)")
    if which.is_merged:
        tests.append("j.summary IS NULL")
    where = " AND ".join(tests)
    accounts = "JOIN views.journal_accounts a ON a.id = j.account"
    if given["ids"] is None:
        return f"FROM views.journal j {accounts} WHERE {where}", given
    if len(given["ids"]) > FEW:
        return f"FROM views.journal j {accounts} WHERE j.account = ANY (%(ids)s) AND {where}", given
    each = f"SELECT * FROM views.journal j WHERE account = wanted.id AND {where} {{limit}}"
    return f"FROM unnest(%(ids)s::int[]) wanted (id), LATERAL ({each}) j {accounts}", given


def saying(where: Mapping[str, Sequence[str]]) -> tuple[list[str], Row]:
    """Write the tests of the filters on what events say alike."""
    wanted = {name: list(where[name]) for name in SAID if name in where}
    return [f"{COLUMN_OF.get(name, name)} = ANY (%({name})s)" for name in wanted], wanted


def numbers(
    connection: Connection[Any], kind: str, asked: tuple[list[str], Row]
) -> list[int] | None:
    """Find the numbers of the accounts or sayings that filters leave; None if there are none."""
    tests, given = asked
    if not tests:
        return None
    sql = f"SELECT id FROM views.journal_{kind} WHERE {' AND '.join(tests)} ORDER BY id"
    return [row[0] for row in connection.execute(sql, given).fetchall()]
