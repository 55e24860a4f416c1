"""Pivots of the golden year over HTTP, beside what SQL groups itself of the same journal."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from infra.config.settings import Settings
from infra.ledger import open_ledger
from infra.projector.projector import Projector
from scripts.bench import golden_load
from scripts.bench.outcomes import Outcome
from scripts.bench.serving import asked, auditor, served

if TYPE_CHECKING:
    from collections.abc import Iterable
    from http.client import HTTPConnection

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

MEASURE = "spent"
YEAR = "from=2007-01-01&to=2007-12-31"
# What SQL groups by for the same words; the district of an area is looked up by its own row.
OWN = """
    SELECT {rows}, {columns}, sum(j.value) FROM views.journal j
    JOIN views.journal_accounts a ON a.id = j.account
    JOIN views.journal_sayings s ON s.id = j.said
    WHERE a.class = 'spent' AND a.unit = 'fen' AND j.booked BETWEEN '2007-01-01' AND '2007-12-31'
    GROUP BY 1, 2 ORDER BY 1, 2"""


class Table(NamedTuple):
    """Two words, and what SQL calls them."""

    rows: str
    columns: str
    own_rows: str
    own_columns: str


TABLES = (
    Table("fund", "month", "a.fund", "to_char(j.booked, 'YYYY-MM')"),
    Table("programme", "quarter", "a.programme", "to_char(j.booked, 'YYYY-\"Q\"Q')"),
    Table("area", "month", "s.area", "to_char(j.booked, 'YYYY-MM')"),
    Table("earmark", "year", "split_part(a.account, ':', 3)", "to_char(j.booked, 'YYYY')"),
)


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare each table with SQL's own, asked by turns; their sums must be equal."""
    folder = golden_load.year(bench)
    times = 5 if bench.quick else 15
    settings = Settings(data_folder=folder, database_url=None)
    with served(folder) as server, open_ledger(settings) as ledger:
        # A ledger that was kept from an earlier run may have views of another shape.
        with ledger.connection() as own:
            Projector(own).catch_up()
        connection, headers = server.connect(), auditor(folder)
        for table in TABLES:
            yield compared(table, connection, headers, ledger, times=times)


def compared(
    table: Table,
    connection: HTTPConnection,
    headers: dict[str, str],
    ledger: Ledger,
    *,
    times: int,
) -> Outcome:
    """Ask a table by turns over HTTP and of SQL; return the medians in milliseconds."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(times):
        took, total = pivoted(table, connection, headers)
        ours.append(took * 1000)
        took, own = grouped(ledger, table)
        theirs.append(took * 1000)
        if total != own:
            raise RuntimeError(f"by {table.rows}: {total}, and SQL has {own}")
    return Outcome(
        name=f"pivot-{table.rows}",
        path=f"pivot of a year by {table.rows} and {table.columns}, over HTTP",
        ours=median(ours),
        limit=median(theirs),
        unit="ms",
        against="SQL's own GROUP BY over the journal",
        goal=2.0,
        notes={"the slowest, ms": round(max(ours), 1)},
    )


def pivoted(table: Table, connection: HTTPConnection, headers: dict[str, str]) -> tuple[float, int]:
    """Return the seconds of an answer over HTTP, and its total."""
    path = f"/v1/pivot?measure={MEASURE}&rows={table.rows}&columns={table.columns}&{YEAR}"
    answer = asked(connection, path, headers)
    sums = msgspec.json.decode(answer.content)["totals"]
    [total] = [each["value"] for each in sums if each["field"] == "total"]
    return answer.seconds, total


def grouped(ledger: Ledger, table: Table) -> tuple[float, int]:
    """Return the seconds that SQL takes to group, and the sum of what it finds."""
    sql = OWN.format(rows=table.own_rows, columns=table.own_columns)
    with ledger.connection() as connection:
        begun = time.perf_counter()
        found = connection.execute(sql).fetchall()
        return time.perf_counter() - begun, int(sum(row[2] for row in found))
