"""Which areas lie in an area, by the boundaries of each event's day or of a stated day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from projections import registers
from projections.figures.query import Places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg import Connection

    from projections.core.view import Moment

ONE_DAY = timedelta(days=1)


def places(
    connection: Connection[Any], moment: Moment, area: str, boundaries: date | None = None
) -> tuple[Places, ...]:
    """Return the area and all below it; `boundaries` is a stated day, None each event's own."""
    moves = sorted(
        (step.on, step.position, str(step.row["id"]), str(step.row.get("parent") or ""))
        for step in registers.history(connection, "areas", moment)
        if "parent" in step.row
    )
    if boundaries is not None:
        parents = {below: above for on, _, below, above in moves if on <= boundaries}
        return (Places(inside(area, parents), None, None),)
    days = sorted({on for on, *_ in moves})
    found: list[Places] = []
    parents = {}
    for day, following in zip([date.min, *days], [*days, None], strict=True):
        parents |= {below: above for on, _, below, above in moves if on == day}
        until = following - ONE_DAY if following else None
        found.append(Places(inside(area, parents), day if day > date.min else None, until))
    return tuple(found)


def inside(area: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the area and all that lie below it."""
    found, looked_at = {area}, 0
    while looked_at < len(found):
        looked_at = len(found)
        found |= {below for below, above in parents.items() if above in found}
    return tuple(sorted(found))
