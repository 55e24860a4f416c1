"""What a roll is made of: rates, entitlements and members, as known at a position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec


class RateRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A rate as it was known: `area` empty for the whole city, `from_` a day (YYYY-MM-DD)."""

    area: str
    tier: str
    from_: str
    amount: int


class EntitlementRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A granted (or brought-in) entitlement, as it stands for the month of the roll.

    Months are YYYY-MM, empty for none. `tier`, `amount` and `units` are of the last of
    entitlement.granted, adjusted and brought-in with `month(from) <= M`, `amount` being 0 where
    the rate decides. `income` is of the last entitlement.assessed with `month(on) <= M`, else of
    the last one. `suspended`: of the suspensions and resumptions with `month(from) <= M` the one
    recorded last is a suspension. `eligible` is false if the last of assessments (`on`) and
    adjustments (`from`) that reach M, by position, found the holder not eligible after the grant.
    Last means by month, then by position, where nothing else is said. `starts` and `ends` are the
    months of `from` and `until` of the grant, `stop` that of entitlement.stopped. `died` is the
    month of the holder's death. `beds` is how many a facility has in use, -1 for other holders.
    `payee_ended` is the month in which the body ended that is paid: the payee, or of a facility
    without one who runs it.
    """

    entitlement: str
    holder: str
    payee: str
    area: str
    tier: str
    amount: int
    units: int
    income: int
    starts: str
    ends: str = ""
    stop: str = ""
    suspended: bool = False
    died: str = ""
    eligible: bool = True
    beds: int = -1
    payee_ended: str = ""


class MemberRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A person's time in a household: the first and last month counted, and the month of death.

    `first` stands in household.formed and household.joined, `last` in household.left (empty: still
    there); a person may have several rows. `at` is the position at which it was recorded.
    """

    household: str
    person: str
    first: str
    last: str = ""
    died: str = ""
    at: int = 0


class RollInputs(msgspec.Struct, frozen=True):
    """What a roll is made of, as known at position `at`; `followed` for a scheme that follows.

    `per`, `pays`, `formula` and `after_death_months` are the scheme's own; `parents` gives the
    area above each area on the last day of the month. `same` gives of ids that were merged the id
    under which the person is known.
    """

    at: int
    scheme: str
    pays: str
    formula: str
    after_death_months: int
    rates: Sequence[RateRow]
    parents: Mapping[str, str]
    entitlements: Sequence[EntitlementRow] = ()
    members: Sequence[MemberRow] = ()
    followed: RollInputs | None = None
    same: Mapping[str, str] = {}


def members_of(
    rows: Iterable[MemberRow], month: str, same: Mapping[str, str] | None = None
) -> dict[str, tuple[str, ...]]:
    """Group the members of a month by household; `same` gives of merged ids the one to use."""
    known = same or {}
    people: dict[str, list[str]] = {}
    for row in rows:
        gone = (row.last and row.last < month) or (row.died and row.died < month)
        if row.first <= month and not gone:
            people.setdefault(row.household, []).append(known.get(row.person, row.person))
    return {household: tuple(sorted(set(persons))) for household, persons in people.items()}
