"""Basic funerals assured to registered residents: one month's pay run of the new scheme."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scripts.golden.kernel.commands import Order, order
from scripts.plan2012.words import (
    APPROVER,
    CLERK,
    EARMARK,
    FUND,
    REVIEWER,
    TREASURER,
    crowd,
    dice,
    person,
    some_day,
    some_place,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from scripts.golden.kernel.chance import Ids
    from scripts.golden.kernel.commands import Receipt

SCHEME = "scheme:funeral-basic"
FAMILIES = 24
FIRST, LAST = date(2012, 3, 1), date(2012, 3, 31)
PAID = date(2012, 4, 10)
MONTH = "2012-03"
RUN = f"pay-run:funeral-basic:{MONTH}"


def told(seed: int, scale: float, ids: Ids) -> Iterator[tuple[date, Order]]:
    """Tell of every family that has lost somebody, with the day of each command."""
    for number in range(crowd(FAMILIES, scale)):
        chance = dice(seed, f"funeral-{number}")
        who, registered = person(ids, "funeral", number)
        yield date(2011, 12, 31), registered
        day = some_day(chance, FIRST, LAST)
        subject = f"entitlement:funeral-basic-{ids.token('plan-2012:funeral', number)}"
        what = {"scheme": SCHEME, "holder": who, "area": some_place(chance)}
        yield day, order("entitlement.apply", subject, what, by=CLERK, on=day)
        checked = {"eligible": True}
        yield day, order("entitlement.assess", subject, checked, by=CLERK, on=day)
        terms = {"tier": "basic", "from": day.isoformat()}
        yield day, order("entitlement.grant", subject, terms, by=APPROVER, on=day)


def paid() -> Generator[list[Order], list[Receipt], None]:
    """Draw the run up, let others review and approve it, release and settle it."""
    what = {"scheme": SCHEME, "month": MONTH, "fund": FUND, "earmark": EARMARK}
    drawn = yield [order("pay-run.draw-up", RUN, what, by=CLERK, on=PAID)]
    seen = {"digest": drawn[0]["digest"]}
    yield [
        order("pay-run.review", RUN, seen, by=REVIEWER, on=PAID),
        order("pay-run.approve", RUN, seen, by=APPROVER, on=PAID),
    ]
    yield [order("pay-run.release", RUN, {}, by=TREASURER, on=PAID)]
    settled = {"bank_ref": "回盘-2012-04-10", "returned": []}
    yield [order("pay-run.settle", RUN, settled, by=TREASURER, on=PAID)]
