"""What accounts took in and gave out, day by day: money that lies, and days below zero.

Oldest money is used first: what an account holds on a day beyond all that it took in since is
older than that.
"""

from __future__ import annotations

from collections import deque
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from projections.core.sql import BOOKED
from projections.core.view import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from psycopg import Connection

    from projections.core.view import Moment

DAYS = f"""
    SELECT a.account, a.unit, j.booked, sum(j.value) FILTER (WHERE j.value > 0)::numeric,
           sum(j.value) FILTER (WHERE j.value < 0)::numeric, max(j.position)
    FROM {SCHEMA}.journal j JOIN {SCHEMA}.journal_accounts a ON a.id = j.account
    WHERE j.position <= %(position)s AND {BOOKED} AND a.class = ANY (%(classes)s)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


class AccountDay(NamedTuple):
    """What an account took in and gave out on a booked day, and by which event last."""

    account: str
    unit: str
    booked: date
    taken: int
    given: int
    position: int


class IdleMoney(NamedTuple):
    """What lies in an account since a day, and the event that brought it."""

    account: str
    unit: str
    value: int
    since: date
    position: int


class NegativeDays(NamedTuple):
    """An account below zero from a day on, how far, until when, and the event that made it so."""

    account: str
    unit: str
    lowest: int
    since: date
    until: date | None
    position: int


def account_days(
    connection: Connection[tuple[object, ...]], moment: Moment, classes: Iterable[str]
) -> Iterator[list[AccountDay]]:
    """Return the days of each account of some classes, at a moment."""
    given = {"position": moment.position, "as_of": moment.as_of, "since": None}
    found = connection.execute(DAYS, given | {"classes": list(classes)})
    days = (AccountDay(a, u, b, int(t or 0), int(g or 0), p) for a, u, b, t, g, p in found)  # type: ignore[arg-type, call-overload]
    for _, of_account in groupby(days, key=lambda each: (each.account, each.unit)):
        yield list(of_account)


def idle(days: Iterable[AccountDay], until: date) -> IdleMoney | None:
    """Return what is left of the oldest money, if it came before a day; None if nothing is."""
    held: deque[tuple[int, AccountDay]] = deque()
    for each in days:
        if each.taken:
            held.append((each.taken, each))
        given = -each.given
        while given and held:
            value, taken = held.popleft()
            if value > given:
                held.appendleft((value - given, taken))
            given = max(0, given - value)
    old = [(value, taken) for value, taken in held if taken.booked <= until]
    if not old:
        return None
    first = old[0][1]
    value = sum(value for value, _ in old)
    return IdleMoney(first.account, first.unit, value, first.booked, first.position)


def below_zero(days: Iterable[AccountDay]) -> Iterator[NegativeDays]:
    """Return the spans of days on which an account lay below zero."""
    held = 0
    span: NegativeDays | None = None
    for each in days:
        held += each.taken + each.given
        if held < 0:
            began = span or NegativeDays(*each[:2], held, each.booked, None, each.position)
            span = began._replace(lowest=min(held, began.lowest))
        elif span:
            yield span._replace(until=each.booked)
            span = None
    if span:
        yield span
