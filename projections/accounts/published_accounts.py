"""Accounts as the open zone has them: money to persons lies in the fund until it is published.

What is promised to persons, came back from them, is owed by them or was written off is no account
of its own in public: it counts as available. So each of their events moves nothing there, whatever
day or position it is asked for, and what they were paid stands as it is published
(`projections/disclosure/suppression.py`), out of what is available.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.kernel.accounts import parse
from projections.core.place_filter import Places
from projections.core.sql import BOOKED, matching
from projections.disclosure.public_record import PERSONAL, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from projections.core.block_sums import LinesQuery
    from projections.core.view import Recorded

# Accounts that only persons' money lies on.
STAGES = ("lost", "owed", "returned")
IS_PERSONAL = f"""(class = ANY ('{{{",".join(STAGES)}}}')
    OR split_part(detail, ':', 1) = ANY ('{{{",".join(sorted(PERSONAL))}}}')
    OR account IN (SELECT account FROM views.balance_personal))"""
SERIES = f"""(
    SELECT id, unit, fund, earmark, personal::int AS kind,
           CASE WHEN personal THEN 'available' ELSE class END AS class,
           CASE WHEN personal THEN '' ELSE detail END AS detail,
           CASE WHEN personal THEN '' ELSE programme END AS programme,
           CASE WHEN personal THEN concat_ws(':', 'available', fund, earmark)
                ELSE account END AS account
    FROM (SELECT *, {IS_PERSONAL} AS personal FROM views.balance_series) said
) AS series"""
# Rows of the log are of kind 0, those of persons 1, which sum to nothing; 2 is what is published.
TOLD = """
    SELECT month AS booked, value, 0 AS n, 2 AS kind, 'fen' AS unit, account, class, fund, earmark,
           '' AS detail, programme, district AS area
    FROM unnest(%(told_accounts)s::text[], %(told_classes)s::text[], %(told_funds)s::text[],
                %(told_earmarks)s::text[], %(told_programmes)s::text[], %(told_months)s::date[],
                %(told_districts)s::text[], %(told_values)s::numeric[])
         AS told (account, class, fund, earmark, programme, month, district, value)"""
STEPS = "SELECT position, month FROM views.balance_steps WHERE position < %s ORDER BY position"
LAST_STEP = """INSERT INTO balance_steps SELECT %b::bigint, %b::date
    WHERE NOT EXISTS (SELECT FROM balance_steps WHERE month >= %b::date)"""


class PublishedLine(NamedTuple):
    """What is published as spent on an account for a month, perhaps in a district."""

    account: str
    month: date
    district: str
    value: int


def is_personal(one: Recorded) -> bool:
    """Tell whether an event moves money to persons, or back from them."""
    return bool(one.lines) and kind_of(one.event.originator_id) in PERSONAL


def spent_on_persons(personal: Iterable[Recorded]) -> set[tuple[str]]:
    """Return the accounts of what was spent on persons."""
    accounts = {line.account for one in personal for line in one.lines}
    return {(account,) for account in accounts if account.startswith("spent:")}


def begun_months(personal: Iterable[Recorded]) -> Mapping[date, int]:
    """Return the months of money to persons on a page, and the position before each begins."""
    days: dict[date, int] = {}
    for one in personal:
        days.setdefault(one.event.act.booked, one.position - 1)
    found: dict[date, int] = {}
    for day, position in days.items():
        found.setdefault(day.replace(day=1), position)
    return found


def source(lines: LinesQuery, *, area: str, tests: str, told: str) -> str:
    """Write the rows of the open zone: those of the log, and what is published."""
    return f"""(
        SELECT booked, value, n, kind, unit, account, class, fund, earmark, detail, programme,
               {area} AS area
        FROM ({lines.sql}) lines JOIN {SERIES} ON series.id = lines.series{tests}
        UNION ALL SELECT * FROM ({TOLD}) told WHERE {told}
    ) AS public"""


def told_tests(where: Mapping[str, Sequence[str]], places: Sequence[Places] | None) -> str:
    """Write the tests of what is published, on the parameters that the rest of a query has."""
    tests, _ = matching(where, ("account", "fund", "programme", "class", "unit"))
    tests.append(BOOKED)
    if places is not None:
        tests.append("area = ANY (%(told_places)s::text[])")
    return " AND ".join(tests)


def told_parameters(
    published: Iterable[PublishedLine], places: Sequence[Places] | None
) -> dict[str, object]:
    """Return what is published as parameters: spent, and no more available."""
    rows = []
    for each in published:
        parts = parse(each.account)
        available = f"available:{parts.fund}:{parts.earmark}"
        of_fund = parts.fund, parts.earmark
        told = each.month, each.district
        rows.append((each.account, "spent", *of_fund, parts.programme, *told, each.value))
        rows.append((available, "available", *of_fund, "", *told, -each.value))
    names = ("accounts", "classes", "funds", "earmarks", "programmes", "months", "districts")
    columns = zip(*rows, strict=True) if rows else [()] * (len(names) + 1)
    given: dict[str, object] = {
        f"told_{name}": [*column] for name, column in zip((*names, "values"), columns, strict=True)
    }
    given["told_places"] = [area for each in places or () for area in each.areas]
    return given
