"""Goods in store: a decision view, by fund, earmark and kind."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from domain.kernel.accounts import parse
from projections.core.view import SCHEMA, Table, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.core.copy_writer import CopyWriter
    from projections.core.view import Recorded

ADD = """INSERT INTO stock_held AS s VALUES (%s, %s, %s, %s)
    ON CONFLICT (fund, earmark, kind) DO UPDATE SET pieces = s.pieces + excluded.pieces"""
HELD = f"""SELECT kind, pieces FROM {SCHEMA}.stock_held
    WHERE fund = %s AND earmark = %s AND pieces <> 0"""


class Stock(View):
    """Pieces in store, all days counted."""

    NAME = "stock"
    DECIDES = True
    TOPICS = (
        "donation.received",
        "donation.reversed",
        "goods.issued",
        "goods.sold",
        "goods.reversed",
    )
    TABLES = (
        Table(
            "stock_held",
            """fund text NOT NULL, earmark text NOT NULL, kind text NOT NULL,
            pieces bigint NOT NULL, PRIMARY KEY (fund, earmark, kind)""",
            (),
            """SELECT count(*), md5(string_agg(s::text, E'\\n' ORDER BY fund, earmark, kind))
            FROM stock_held s""",
            says={
                "": "Donated goods in store.",
                "fund": "The fund, without `fund:`.",
                "earmark": "The earmark.",
                "kind": "The kind of goods.",
                "pieces": "Pieces in store.",
            },
        ),
    )

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Add what came in and take off what went out, by fund, earmark and kind."""
        sums: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        for one in page:
            for line in one.lines:
                account = parse(line.account)
                if account.class_ == "stock":
                    sums[account.fund, account.earmark, account.detail] += line.value
        if sums:
            writer.settled().executemany(
                ADD, [(*key, value) for key, value in sorted(sums.items())]
            )


def held(connection: Connection[Any], fund: str, earmark: str) -> dict[str, int]:
    """Return the pieces in store under an earmark of a fund, by kind."""
    return dict(connection.execute(HELD, (fund.partition(":")[2], earmark)).fetchall())
