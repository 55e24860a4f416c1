"""Short stories that tests begin with: an act, a fund that holds so much."""

from __future__ import annotations

from datetime import date

import msgspec

from domain.kernel import Act
from tests.domain.books import Books

DAY = date(2007, 3, 1)
AN_ACT = Act(by="treasurer-1", on=DAY, booked=DAY)
BUREAU = "organisation:civil-affairs-bureau"
FEDERATION = "organisation:charity-federation"
ALL_PURPOSES = (
    "aid-elderly",
    "aid-disabled",
    "aid-orphans",
    "aid-poor",
    "veterans",
    "community",
    "charity-other",
)


def an_act(by: str = "treasurer-1", on: date = DAY, **more: object) -> Act:
    """Return an act of somebody on a day, booked on that day unless told otherwise."""
    return msgspec.structs.replace(AN_ACT, by=by, on=on, **{"booked": on, **more})


def a_fund(holding: int = 0, *, subject: str = "fund:x", books: Books | None = None) -> Books:
    """Return books with a fiscal cash fund that holds so many fen under `general`."""
    return with_fund(books or Books(), subject, holding=holding)


def with_fund(books: Books, subject: str, *, holding: int = 0, **more: object) -> Books:
    """Open a fund in the books; what is not said is ordinary."""
    opened = an_act(on=date(2006, 1, 1))
    what: dict[str, object] = {
        "title": "资金",
        "kind": "fiscal",
        "basis": "cash",
        "keeper": BUREAU,
        "purposes": ALL_PURPOSES,
    }
    books.send("fund.open", subject, opened, **(what | more))
    if holding:
        books.send(
            "fund.bring-in",
            subject,
            opened,
            amount=holding,
            earmark="general",
            as_stated_in="2006年决算",
        )
    return books
