"""Which lines lie in the places asked for: the test that a query adds, and its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from projections.core.sql import BOOKED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class Places(NamedTuple):
    """Areas, and the booked days on which they are the ones asked for."""

    areas: tuple[str, ...]
    since: date | None
    until: date | None


class DistrictSpan(NamedTuple):
    """An area that lies in a district on some booked days."""

    district: str
    area: str
    since: date | None
    until: date | None


class LineChoice(NamedTuple):
    """Which lines are asked for: a test on them, and its parameters, perhaps with `series`.

    `rests_on` is the log and the last event in it that names somebody whom they count.
    """

    within: str
    given: dict[str, object]
    rests_on: tuple[int, int] = (0, 0)


def in_places(places: Sequence[Places], areas: Mapping[int, str]) -> LineChoice:
    """Write the test of some places, of which these have numbers."""
    tests: list[str] = []
    given: dict[str, object] = {}
    for nth, where in enumerate(places):
        days = BOOKED.replace("since", f"since{nth}").replace("as_of", f"until{nth}")
        tests.append(f"place = ANY (%(places{nth})s::int[]) AND {days}")
        given |= {
            f"places{nth}": [number for number, area in areas.items() if area in where.areas],
            f"since{nth}": where.since,
            f"until{nth}": where.until,
        }
    return LineChoice(f"({' OR '.join(tests)})", given)
