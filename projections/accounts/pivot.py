"""The pivot (透视表): what was booked on one stage of the money, by two words of each posting.

A cell is the sum of the postings, so that the cells of a table always sum to the balance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from projections.accounts.journal_queries import OF_SUBJECTS, JournalFilter, numbers, saying
from projections.accounts.journal_summaries import MERGED_ACCOUNT, OF_ACCOUNTS
from projections.core.sql import BOOKED, matching

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from psycopg import Connection

    from projections.core.place_filter import DistrictSpan
    from projections.core.view import Moment, Row

MEASURES = ("received", "committed", "advanced", "spent", "returned", "available")
# What a table is made by; None stands for what has no such word.
DIMENSIONS: Mapping[str, str] = {
    "fund": "'fund:' || a.fund",
    "earmark": "split_part(a.account, ':', 3)",
    "programme": "nullif(a.programme, '')",
    "class": "nullif(s.class, '')",
    "area": "d.district",
    "month": "to_char(l.booked, 'YYYY-MM')",
    "quarter": "to_char(l.booked, 'YYYY-\"Q\"Q')",
    "year": "to_char(l.booked, 'YYYY')",
}
# What a posting may be without.
LACKING = frozenset({"programme", "class", "area"})
BY_DAY = frozenset({"month", "quarter", "year"})
BY_SAYING = frozenset({"class", "area"})
NOTHING = "NULL::text"
# The accounts as they are told who may not see persons.
MERGED = f"""(
    SELECT id, unit, fund, class, programme, {MERGED_ACCOUNT} AS account
    FROM (SELECT *, split_part(account, ':', 3) AS earmark,
                 split_part(account, ':', 4) AS detail
          FROM views.journal_accounts) named
) merged"""
DISTRICTS = """
    LEFT JOIN unnest(%(districts)s::text[], %(areas)s::text[],
                     %(froms)s::date[], %(untils)s::date[])
        AS d (district, area, since, until)
      ON d.area = s.area AND {day}"""
EVER = "(d.since IS NULL OR l.booked >= d.since) AND (d.until IS NULL OR l.booked <= d.until)"
# A run is told to everybody in the office; who else was paid only to who may see persons.
OF_RUNS = """(j.summary IS NULL AND {own} OR j.summary IN (
    SELECT id FROM views.journal_summaries WHERE subject = ANY (%(subject)s)))"""


@dataclass(frozen=True, kw_only=True)
class PivotFilter:
    """Which table: its measure, what its rows and its columns are, and which postings count.

    `districts` says which area lies in which district, where one side is by area.
    """

    measure: str
    rows: str
    columns: str | None
    journal: JournalFilter
    districts: Sequence[DistrictSpan] = ()


class PivotCell(NamedTuple):
    """The sum of one row and one column, in fen."""

    row: str | None
    column: str | None
    value: int


def cells(connection: Connection[Any], moment: Moment, which: PivotFilter) -> list[PivotCell]:
    """Return the cells in which something is booked, in order of their rows and columns."""
    sides = frozenset({which.rows, which.columns or which.rows})
    tests, given = _tests(connection, moment, which)
    joined = ""
    if sides & BY_SAYING:
        joined = "JOIN views.journal_sayings s ON s.id = l.said"
    is_by_day = bool(sides & BY_DAY)
    if "area" in sides:
        moves, given_districts = _districts(which.districts)
        is_by_day = is_by_day or moves
        joined += DISTRICTS.format(day=EVER if moves else "true")
        given |= given_districts
    kept = ["account", *(["said"] if joined else []), *(["booked"] if is_by_day else [])]
    columns = DIMENSIONS[which.columns] if which.columns else NOTHING
    sql = f"""
        SELECT {DIMENSIONS[which.rows]} COLLATE "C", {columns} COLLATE "C", sum(l.value)::bigint
        FROM (
            SELECT {", ".join(f"j.{name}" for name in kept)}, sum(j.value) AS value
            FROM views.journal j WHERE {" AND ".join(tests)}
            GROUP BY {", ".join(f"j.{name}" for name in kept)}
        ) l JOIN views.journal_accounts a ON a.id = l.account {joined}
        GROUP BY 1, 2 ORDER BY 1, 2"""
    return [PivotCell(*row) for row in connection.execute(sql, given)]


def _tests(
    connection: Connection[Any], moment: Moment, which: PivotFilter
) -> tuple[list[str], Row]:
    """Write the tests on postings; give their parameters."""
    asked = which.journal
    given: Row = {
        "position": moment.position,
        "since": asked.from_,
        "as_of": min(filter(None, (asked.to, moment.as_of)), default=None),
        "accounts_": _accounts(connection, which),
        "sayings": numbers(connection, "sayings", saying(asked.where)),
    }
    tests = ["j.position <= %(position)s", "j.account = ANY (%(accounts_)s)"]
    if given["since"] or given["as_of"]:
        tests.append(BOOKED.replace("booked", "j.booked"))
    if given["sayings"] is not None:
        tests.append("j.said = ANY (%(sayings)s)")
    if "subject" in asked.where:
        own = f"j.position = ANY (ARRAY ({OF_SUBJECTS}))"
        tests.append(OF_RUNS.format(own=own) if asked.is_merged else own)
        given["subject"] = list(asked.where["subject"])
    return tests, given


def _accounts(connection: Connection[Any], which: PivotFilter) -> list[int]:
    """Return the numbers of the accounts of the measure's stage that the filters leave."""
    asked = which.journal
    tests, given = matching(asked.where, OF_ACCOUNTS)
    named = MERGED if asked.is_merged else "views.journal_accounts"
    sql = f"SELECT id FROM {named} WHERE {' AND '.join(['class = %(measure)s', *tests])}"
    given |= {"measure": which.measure}
    if "unit" not in asked.where:
        sql += " AND unit = 'fen'"
    return [row[0] for row in connection.execute(sql, given).fetchall()]


def _districts(spans: Sequence[DistrictSpan]) -> tuple[bool, dict[str, object]]:
    """Write which area lies in which district; tell whether that hangs on the day."""
    names = ("districts", "areas", "froms", "untils")
    given: dict[str, object] = {
        name: [span[nth] for span in spans] for nth, name in enumerate(names)
    }
    return any(span.since or span.until for span in spans), given
