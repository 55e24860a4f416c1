"""What was donated and not yet gathered into its fund: a decision view, by fund and earmark."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from domain.kernel.accounts import parse
from projections.core.view import SCHEMA, Table, View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from psycopg import Connection

    from projections.core.copy_writer import CopyWriter
    from projections.core.view import Recorded

GATHERED = "fund.gathered"
ADD = """INSERT INTO received_days AS r VALUES (%s, %s, %s, %s)
    ON CONFLICT (fund, earmark, booked) DO UPDATE SET donated = r.donated + excluded.donated"""
# Gatherings stand on a day before all others, so that they count whenever the question is asked.
BEFORE_ALL = "0001-01-01"
LEFT = f"""SELECT
        coalesce(sum(donated) FILTER (WHERE booked <= %(through)s), 0),
        coalesce(sum(donated), 0)
    FROM {SCHEMA}.received_days WHERE fund = %(fund)s AND earmark = %(earmark)s"""


class UngatheredDonations(View):
    """Sums of gifts by booked day.

    The view is stored as `received`, the class of account that it sums.
    """

    NAME = "received"
    DECIDES = True
    TOPICS = ("donation.received", "donation.refunded", "donation.corrected", "donation.reversed",
              GATHERED)  # fmt: skip
    TABLES = (
        Table(
            "received_days",
            """fund text NOT NULL, earmark text NOT NULL, booked date NOT NULL,
            donated bigint NOT NULL, PRIMARY KEY (fund, earmark, booked)""",
            (),
            """SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY fund, earmark, booked))
            FROM received_days r""",
            says={
                "": "Gifts of money not gathered into their fund yet, summed by booked day.",
                "fund": "The fund, without `fund:`.",
                "earmark": "The earmark.",
                "booked": f"The booked day; gatherings stand on {BEFORE_ALL}.",
                "donated": "What came in less what went on, in fen.",
            },
        ),
    )

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Add what came in and take off what went on, by fund, earmark and day."""
        sums: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        for one in page:
            for line in one.lines:
                account = parse(line.account)
                if account.class_ == "received" and line.unit == "fen":
                    day = BEFORE_ALL if one.topic == GATHERED else one.event.act.booked.isoformat()
                    sums[account.fund, account.earmark, day] += line.value
        if sums:
            writer.settled().executemany(
                ADD, [(*key, value) for key, value in sorted(sums.items())]
            )


def left(connection: Connection[Any], fund: str, earmark: str, through: date) -> int:
    """Return the fen donated up to a booked day and not gathered; never more than is there."""
    row = connection.execute(
        LEFT, {"fund": fund.partition(":")[2], "earmark": earmark, "through": through}
    ).fetchone()
    return min(row) if row else 0
