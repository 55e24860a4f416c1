"""SQL that the questions of several views share: filters on accounts, days, rows without end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection

    from projections.core.view import Row

# An account has at most 4 parts; the last may hold colons.
MOST_PARTS = 4
# Rows that are read at once.
AT_ONCE = 2000
FETCH = f"FETCH {AT_ONCE} FROM streamed"
# The days of a question: both ends belong to it, either may be open.
BOOKED = (
    "booked BETWEEN coalesce(%(since)s::date, '-infinity')"
    " AND coalesce(%(as_of)s::date, 'infinity')"
)


def pattern(glob: str) -> str:
    """Turn an account glob into a regular expression; only a last `*` reaches over a colon."""
    parts = glob.split(":", 3)
    written = [re.escape(part).replace(r"\*", "[^:]*") for part in parts]
    if parts[-1].endswith("*"):
        written[-1] = re.escape(parts[-1]).replace(r"\*", ".*")
    elif len(parts) == MOST_PARTS:
        written[-1] = written[-1].replace("[^:]*", ".*")
    return f"^{':'.join(written)}$"


def matching(
    where: Mapping[str, Sequence[str]], names: Sequence[str]
) -> tuple[list[str], dict[str, object]]:
    """Write the tests of a filter on the columns of accounts; a fund is given with its kind."""
    tests: list[str] = []
    given: dict[str, object] = {}
    for name in names:
        if name not in where:
            continue
        if name == "account":
            tests.append(_like(where[name], given))
        else:
            # The stage of an account is its class.
            tests.append(f"{'class' if name == 'stage' else name} = ANY (%({name})s)")
            given[name] = [word.removeprefix("fund:") for word in where[name]]
    return tests, given


def _like(globs: Sequence[str], given: dict[str, object]) -> str:
    """Write the test of account globs, so that an index leads to what is before the first star."""
    tests = ["account = ANY (%(accounts)s)"]
    given["accounts"] = [glob for glob in globs if "*" not in glob]
    for nth, glob in enumerate(glob for glob in globs if "*" in glob):
        first = f"first{nth}"
        tests.append(
            f"account >= %({first})s AND account < %(beyond{nth})s AND account ~ %(glob{nth})s"
        )
        given[first] = glob.partition("*")[0]
        given |= {f"beyond{nth}": f"{given[first]}\x7f", f"glob{nth}": pattern(glob)}
    return f"({' OR '.join(tests)})"


def streamed(connection: Connection[Any], sql: str, given: Mapping[str, object]) -> Iterator[Row]:
    """Give rows as dicts through a cursor of the server, so that memory stays flat."""
    begun = connection.info.transaction_status
    # Outside a transaction the server keeps the rows until they are read.
    hold = "WITH HOLD" if begun == TransactionStatus.IDLE else ""
    with connection.cursor(row_factory=dict_row) as cursor:
        # Never prepared: another list has other columns under the same FETCH.
        cursor.execute(f"DECLARE streamed CURSOR {hold} FOR {sql}", given, prepare=False)
        try:
            while rows := cursor.execute(FETCH, prepare=False).fetchall():
                yield from rows
                if len(rows) < AT_ONCE:
                    break
        finally:
            # With its transaction it has ended already.
            if connection.info.transaction_status in {begun, TransactionStatus.INTRANS}:
                cursor.execute("CLOSE streamed")
