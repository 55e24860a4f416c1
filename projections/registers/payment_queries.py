"""What the collection of payments is asked: those kept as numbers, and those with a head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.payments.payment_events import PaymentMade
from domain.payments.payments import Payment, payment_prefix
from projections.core import event_log
from projections.registers.payments import (
    HEADS,
    QUANTITIES,
    ROW,
    TABLE,
    WORDS,
    WORDS_TABLE,
    Payments,
    column,
    shown,
)
from projections.registers.queries import (
    RegisterStore,
    added,
    at,
    ids_of,
    read,
    read_one,
    summed,
    sums,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection

    from projections.core.view import Moment, Row

# The columns of a row that are not in its JSON.
OUTSIDE = {
    "id": "e.originator_id",
    "version": "'1'",
    "position": "s.position::text",
    "opened_on": "s.on_::text",
}
# They say where a payment's id lies; none of them ever changes.
IN_IDS = frozenset({"run", "scheme", "month"})
FROM = f"FROM views.{TABLE} s JOIN views.{WORDS_TABLE} w ON w.id = s.words"
OF_LOG = event_log.joined("s.position")
# Rows as those of heads are.
ROWS = f"""
    SELECT e.originator_id AS subject, 1::bigint AS version, s.position,
           s.on_ AS opened_on, {ROW} AS row
    {FROM} {OF_LOG}"""
THEN = "s.position <= %(position)s AND s.on_ <= %(as_of)s"
BETWEEN = "e.originator_id > %(after)s AND e.originator_id < %(end)s AND e.originator_version = 1"


class PaymentStore:
    """Answers for payments."""

    view = Payments.NAME

    def __init__(self) -> None:
        """Ask the heads as a register's are asked."""
        self.heads = RegisterStore(Payment.KIND, HEADS)

    def rows(
        self,
        connection: Connection[Any],
        moment: Moment,
        *,
        where: Mapping[str, Sequence[str]],
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Row]:
        """Give the rows in order of their ids, each table cut off where the answer is."""
        first, end = between(connection, where) or ids_of(Payment.KIND)
        ids = (first if after is None else max(first, after)), end
        heads = self.heads.query(moment, where, ids=ids)
        chosen = " AND ".join([THEN, BETWEEN, *tests(where)])
        cut = "ORDER BY subject LIMIT %(limit)s"
        sql = f"(SELECT * FROM ({heads.sql}) heads {cut}) UNION ALL ({ROWS} WHERE {chosen} {cut})"
        return read(connection, sql, heads.given, limit)

    def one(self, connection: Connection[Any], subject: str, moment: Moment) -> Row | None:
        """Return the row of a payment."""
        sql = f"""{HEADS.rows("subject = %(id)s")}
            UNION ALL {ROWS} WHERE e.originator_id = %(id)s AND {THEN}"""
        return read_one(connection, sql, subject, moment)

    def totals(
        self, connection: Connection[Any], moment: Moment, *, where: Mapping[str, Sequence[str]]
    ) -> list[Row]:
        """Sum the quantities of all rows; of numbers the log is asked for ids only."""
        units = summed(Payment.KIND)
        ids = between(connection, where) or ids_of(Payment.KIND)
        heads = self.heads.query(moment, where, ids=ids)
        each = ", ".join(f"sum({column(name)})" for name in units)
        of_log = OF_LOG if "id" in where else ""
        chosen = " AND ".join([THEN, *tests(where)])
        queries = sums(units, heads.sql), f"SELECT {each} {FROM} {of_log} WHERE {chosen}"
        given = heads.given | at(moment)
        return added(units, [connection.execute(sql, given).fetchone() for sql in queries])


def tests(where: Mapping[str, Sequence[str]]) -> list[str]:
    """Write the tests of filters, each on the parameter `words<nth>`."""
    found = []
    for nth, (name, wanted) in enumerate(where.items()):
        if name in OUTSIDE:
            found.append(f"{OUTSIDE[name]} = ANY (%(words{nth})s)")
        elif name in WORDS:
            found.append(f"{shown(name)} = ANY (%(words{nth})s)")
        elif name in QUANTITIES:
            found.append(f"{column(name)}::text = ANY (%(words{nth})s)")
        else:
            found.append(str(name == "state" and PaymentMade.STATE in wanted).lower())
    return found


def between(
    connection: Connection[Any], where: Mapping[str, Sequence[str]]
) -> tuple[str, str] | None:
    """Return what the ids of payments of some runs, schemes or months lie between, if they do."""
    asked = {name: list(words) for name, words in where.items() if name in IN_IDS}
    if not asked:
        return None
    tests = " AND ".join(f"{column(name)} = ANY (%({name})s)" for name in asked)
    sql = f"SELECT DISTINCT scheme, month FROM views.{WORDS_TABLE} w WHERE {tests}"
    prefixes = sorted(payment_prefix(*row) for row in connection.execute(sql, asked))
    if not prefixes:
        return f"{Payment.KIND}:", f"{Payment.KIND}:"
    return prefixes[0], prefixes[-1].removesuffix(":") + ";"
