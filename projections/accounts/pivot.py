"""The pivot (透视表): what was booked on one stage of the money, by two words of each posting.

A cell is the sum of the postings, so that the cells of a table always sum to the balance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from projections.accounts.journal_queries import OF_SUBJECTS, JournalFilter, numbers, saying
from projections.accounts.journal_summaries import MERGED_ACCOUNT, OF_ACCOUNTS
from projections.accounts.payer_classes import (
    BY_ACCOUNT,
    BY_EVENT,
    BY_PAYER,
    BY_RUN_OR_PAYER,
    OF_PAYERS,
    OF_RUNS,
    payer_classes,
)
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
    "class": BY_PAYER,
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
SUBJECTS = """(j.summary IS NULL AND {own} OR j.summary IN (
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
    asked = _asked(connection, moment, which)
    words = {**DIMENSIONS, "class": asked.class_}
    columns = words[which.columns] if which.columns else NOTHING
    places = ", ".join(str(nth) for nth in range(1, len(asked.kept) + 1))
    sql = f"""
        SELECT {words[which.rows]} COLLATE "C", {columns} COLLATE "C", sum(l.value)::bigint
        FROM (
            SELECT {", ".join(asked.kept)}, sum(j.value) AS value
            FROM {asked.source} WHERE {" AND ".join(asked.tests)} GROUP BY {places}
        ) l JOIN views.journal_accounts a ON a.id = l.account {asked.joined}
        WHERE {asked.where}
        GROUP BY 1, 2 ORDER BY 1, 2"""
    return [PivotCell(*row) for row in connection.execute(sql, asked.given)]


class PivotQuestion(NamedTuple):
    """The parts of a question: what postings are grouped by first, and what is then joined."""

    kept: list[str]
    source: str
    tests: list[str]
    joined: str
    where: str
    class_: str
    given: Row


def _asked(connection: Connection[Any], moment: Moment, which: PivotFilter) -> PivotQuestion:
    """Write the parts of the question that some words and filters need, and no others."""
    sides = frozenset({which.rows, which.columns or which.rows})
    is_classed = "class" in sides or "class" in which.journal.where
    tests, given = _tests(connection, moment, which)
    kept, joined, is_by_day = ["j.account"], "", bool(sides & BY_DAY)
    if sides & BY_SAYING or is_classed:
        kept.append("j.said")
        joined = "JOIN views.journal_sayings s ON s.id = l.said"
    if "area" in sides:
        moves, given_districts = _districts(which.districts)
        is_by_day = is_by_day or moves
        joined += DISTRICTS.format(day=EVER if moves else "true")
        given |= given_districts
    if is_by_day:
        kept.append("j.booked")
    plain = PivotQuestion(kept, "views.journal j", tests, joined, "true", NOTHING, given)
    return _classed(plain, connection, which) if is_classed else plain


def _classed(
    plain: PivotQuestion, connection: Connection[Any], which: PivotFilter
) -> PivotQuestion:
    """Join the classes of payers: by account where the measure has payers, else by event."""
    given = plain.given | payer_classes(connection, plain.given["position"])
    by_payer = which.measure in OF_PAYERS
    class_ = BY_PAYER if by_payer else BY_RUN_OR_PAYER
    where = f"{class_} = ANY (%(classes)s)" if given["classes"] is not None else "true"
    asked = plain._replace(given=given, class_=class_, where=where)
    if by_payer:
        return asked._replace(joined=plain.joined + BY_ACCOUNT)
    bounded = f"AND {BOOKED}" if given["since"] or given["as_of"] else ""
    return asked._replace(
        kept=[*plain.kept, "r.class", "CASE WHEN r.class IS NULL THEN j.position END AS position"],
        source=f"{plain.source} {OF_RUNS.format(line='j')}",
        joined=plain.joined + BY_EVENT.format(booked=bounded),
    )


def _tests(
    connection: Connection[Any], moment: Moment, which: PivotFilter
) -> tuple[list[str], Row]:
    """Write the tests on postings; give their parameters."""
    asked = which.journal
    # The class of a payment is not its own.
    said = {name: words for name, words in asked.where.items() if name != "class"}
    given: Row = {
        "position": moment.position,
        "since": asked.from_,
        "as_of": min(filter(None, (asked.to, moment.as_of)), default=None),
        "accounts_": _accounts(connection, which),
        "sayings": numbers(connection, "sayings", saying(said)),
        "classes": list(asked.where["class"]) if "class" in asked.where else None,
    }
    tests = ["j.position <= %(position)s", "j.account = ANY (%(accounts_)s)"]
    if given["since"] or given["as_of"]:
        tests.append(BOOKED.replace("booked", "j.booked"))
    if given["sayings"] is not None:
        tests.append("j.said = ANY (%(sayings)s)")
    if "subject" in asked.where:
        own = f"j.position = ANY (ARRAY ({OF_SUBJECTS}))"
        tests.append(SUBJECTS.format(own=own) if asked.is_merged else own)
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
