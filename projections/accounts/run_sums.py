"""What each pay run has paid, and what of it came back, went out again or was given up.

All of it is sums of postings on accounts that bear the run's name: the money promised to it, and
what lies at the bank's returns. So a run's numbers are its payments as they stand.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from domain.payments.payment_events import PaymentMade, PaymentReissued, PaymentReturned
from projections.core.sql import BOOKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from psycopg import Connection

    from projections.core.view import Moment, Row

STAGES = ("committed", "returned")
# What each topic tells, by the account on which it is looked at, and with which sign.
TELLS: Mapping[tuple[str, str], tuple[str, int]] = {
    ("committed", PaymentMade.TOPIC): ("paid", -1),
    ("returned", PaymentReturned.TOPIC): ("returned", 1),
    ("returned", PaymentReissued.TOPIC): ("reissued", -1),
    ("returned", "fund.recovered"): ("written_back", -1),
}
SUMS = f"""
    SELECT substr(a.account, strpos(a.account, ':pay-run:') + 1) AS run, a.class, s.topic,
           sum(j.value)
    FROM views.journal j JOIN views.journal_accounts a ON a.id = j.account
        JOIN views.journal_sayings s ON s.id = j.said
    WHERE j.account = ANY (ARRAY (
            SELECT a.id FROM views.journal_accounts a
            WHERE a.class = ANY (%(stages)s) AND strpos(a.account, ':pay-run:') > 0))
      AND j.position <= %(position)s AND {BOOKED.replace("booked", "j.booked")}
    GROUP BY 1, 2, 3"""
NAMES = ("paid", "returned", "reissued", "written_back")


def run_sums(connection: Connection[Any], moment: Moment, runs: Iterable[Row]) -> list[Row]:
    """Return for each run (its row) what was drawn, paid, returned, reissued, written back."""
    given = {**moment._asdict(), "since": None, "stages": list(STAGES)}
    moved: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
    for run, stage, topic, value in connection.execute(SUMS.encode(), given).fetchall():
        if told := TELLS.get((stage, topic)):
            name, sign = told
            moved[run][name] += sign * value
    return [row_of(run, moved[str(run["id"])]) for run in runs]


def row_of(run: Row, sums: Mapping[str, int]) -> Row:
    """Write a run's numbers; what is out is what was paid less what came back and stayed back."""
    return {
        **{name: run.get(name) for name in ("id", "state", "scheme", "month", "fund", "count")},
        "held_back": run.get("held_back"),
        "drawn": run["total"]["value"],
        **sums,
        "out": sums["paid"] - sums["returned"] + sums["reissued"],
    }
