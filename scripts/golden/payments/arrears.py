"""The arrears of the bed subsidy: a rate raised two months back is paid by a run of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scripts.golden.benefits import bed_subsidy
from scripts.golden.funds.budgets import class_of
from scripts.golden.kernel.commands import YEAR, Order, benefit, order
from scripts.golden.office.officers import APPROVER_AID, CLERK, REVIEWER, TREASURER
from scripts.golden.payments.pay_runs import EARMARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST, LAST = (benefit(month) for month in (bed_subsidy.ARREARS[0], bed_subsidy.ARREARS[-1]))
RUN = f"pay-run:{bed_subsidy.SCHEME}:{LAST}:arrears"
DRAWN_UP, REVIEWED, APPROVED, RELEASED, SETTLED = (
    date(YEAR, 9, day) for day in (12, 13, 14, 17, 25)
)


def arrays(day: date, fund: str, digests: Mapping[str, str]) -> Iterator[list[Order]]:
    """Return the run's step of a day; the digest is learnt from the receipt of its drawing-up."""
    signed = {"digest": digests.get(RUN, "")}
    if day == DRAWN_UP:
        what = {
            "scheme": f"scheme:{bed_subsidy.SCHEME}",
            "kind": "arrears",
            "from": FIRST,
            "to": LAST,
            "fund": fund,
            "earmark": EARMARK,
            "class": class_of(fund),
        }
        yield [order("pay-run.draw-up", RUN, what, by=CLERK, on=day)]
    if day == REVIEWED:
        yield [order("pay-run.review", RUN, signed, by=REVIEWER, on=day)]
    if day == APPROVED:
        yield [order("pay-run.approve", RUN, signed, by=APPROVER_AID, on=day)]
    if day == RELEASED:
        yield [order("pay-run.release", RUN, {}, by=TREASURER, on=day)]
    if day == SETTLED:
        file = {"bank_ref": f"HP{YEAR}09-{bed_subsidy.SCHEME}-BC"}
        yield [order("pay-run.settle", RUN, file, by=TREASURER, on=day)]
