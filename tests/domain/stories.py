"""Short stories that tests begin with: an act, a fund that holds so much."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import msgspec

from domain.kernel.aggregate import Act, Event
from domain.kernel.event_fields import what
from domain.office.roles import RoleGranted
from tests.domain.in_memory_unit import InMemoryLedger

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


def a_fund(
    holding: int = 0, *, subject: str = "fund:x", books: InMemoryLedger | None = None
) -> InMemoryLedger:
    """Return books with a fiscal cash fund that holds so many fen under `general`."""
    return with_fund(books or InMemoryLedger(), subject, holding=holding)


def with_fund(
    books: InMemoryLedger, subject: str, *, holding: int = 0, **more: object
) -> InMemoryLedger:
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


def with_old_roles(books: InMemoryLedger, who: str, *roles: str) -> InMemoryLedger:
    """Let somebody hold roles that exclude each other, as a ledger from before that rule may."""
    for number, role in enumerate(roles, start=1):
        granted = RoleGranted(
            originator_id=f"role:{who}",
            originator_version=number,
            act=an_act("operator:local"),
            who=who,
            role=role,
            roles=tuple(sorted(roles[:number])),
        )
        books.append(granted)
    return books


def with_role(books: InMemoryLedger, who: str, *roles: str) -> InMemoryLedger:
    """Let somebody hold roles."""
    for role in roles:
        books.send("role.grant", f"role:{who}", an_act("operator:local"), who=who, role=role)
    return books


def with_areas(books: InMemoryLedger) -> InMemoryLedger:
    """Open a city with one district and one sub-district in it, long ago."""
    long_ago = an_act("approver-1", date(2006, 1, 1))
    books.send("area.open", "area:city", long_ago, title="市", level="city")
    below = {
        "area:luohu": ("district", "area:city"),
        "area:guiyuan": ("sub-district", "area:luohu"),
    }
    for area, (level, parent) in below.items():
        books.send("area.open", area, long_ago, title="区", level=level, parent=parent)
    return books


def a_grant(applied: int = 100, *, holding: int = 1000) -> InMemoryLedger:
    """Return books with a fund that holds so much, and a grant that a clerk has applied for."""
    books = with_areas(a_fund(holding))
    books.send(
        "project.open",
        "project:joy",
        an_act("clerk-1"),
        title="老有所乐",
        programme="elders-joy",
        purpose="aid-elderly",
    )
    books.send(
        "grant.apply",
        "grant:1",
        an_act("clerk-1"),
        body="organisation:choir",
        project="project:joy",
        programme="elders-joy",
        purpose="aid-elderly",
        title="合唱团",
        area="area:luohu",
        amount=applied,
    )
    return books


def class_sums(books: InMemoryLedger) -> dict[str, int]:
    """Return the balance of each class of account, over all funds."""
    sums: defaultdict[str, int] = defaultdict(int)
    for account, value in books.balances.items():
        sums[account.partition(":")[0]] += value
    return dict(sums)


def words_of(event: Event) -> dict[str, Any]:
    """Return an event's own words as JSON tells them."""
    words: dict[str, Any] = msgspec.to_builtins(what(event))
    return words
