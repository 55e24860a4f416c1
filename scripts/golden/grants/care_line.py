"""The care line's elders: entitled in kind, most since before the year; a few have gone."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.benefits import people
from scripts.golden.kernel.chance import dice
from scripts.golden.kernel.commands import EVE, YEAR, Order, fen, order
from scripts.golden.office.officers import APPROVER_AID, clerk
from scripts.golden.registers.areas import PLACES, SHARES
from scripts.golden.targets import CARE_LINE_ELDERS, scaled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

SCHEME, TIER = "care-line", "standard"
GRANTED, GONE = 120, 15


class Elders(NamedTuple):
    """Where each elder lives: those who go come first, the newly granted last."""

    areas: list[str]
    gone: int
    new: int


def plan(seed: int, scale: float) -> Elders:
    """Decide the elders."""
    chance = dice(seed, SCHEME)
    entitled, gone = CARE_LINE_ELDERS.at(scale), scaled(GONE, scale)
    places = chance.choices(PLACES, SHARES, k=entitled + gone)
    return Elders([place.id for place in places], gone, min(scaled(GRANTED, scale), entitled))


def plan_events(agenda: Agenda, ids: Ids, elders: Elders) -> None:
    """Note who is brought in, granted and gone."""
    areas = elders.areas
    stock = len(areas) - elders.new
    agenda.add(EVE, brought_in, ids, areas[:stock])
    for number in range(stock, len(areas)):
        agenda.add(granted_on(number), applied, ids, number, areas[number])
        agenda.add(granted_on(number) + timedelta(days=9), granted, ids, number)
    for number in range(elders.gone):
        agenda.add(date(YEAR, 2 + number % 10, 18), stopped, ids, number, areas[number])


def granted_on(number: int) -> date:
    """Return the day on which a new elder applies."""
    return date(YEAR, 2, 5) + timedelta(days=number % 200)


def subject(ids: Ids, number: int) -> str:
    """Name an elder's entitlement."""
    return ids.entitlement(SCHEME, number)


def brought_in(ids: Ids, areas: list[str]) -> Iterator[Order]:
    """Bring in those served before the year."""
    for number, area in enumerate(areas):
        yield people.registered(ids, SCHEME, number, on=EVE)
        what = {
            "scheme": f"scheme:{SCHEME}",
            "holder": ids.person(SCHEME, number),
            "area": area,
            "tier": TIER,
            "from": f"{YEAR - 1}-10-01",
        }
        yield order("entitlement.bring-in", subject(ids, number), what, by=clerk(area), on=EVE)


def applied(ids: Ids, number: int, area: str) -> Iterator[Order]:
    """Register an elder, apply for him and check his age and household."""
    day, by = granted_on(number), clerk(area)
    yield people.registered(ids, SCHEME, number, on=day)
    what = {"scheme": f"scheme:{SCHEME}", "holder": ids.person(SCHEME, number), "area": area}
    yield order("entitlement.apply", subject(ids, number), what, by=by, on=day)
    digest = sha256(f"{SCHEME}:{number}".encode()).hexdigest()
    found = {"income": fen(0), "eligible": True, "facts_digest": digest}
    yield order("entitlement.assess", subject(ids, number), found, by=by, on=day)


def granted(ids: Ids, number: int) -> Iterator[Order]:
    """Grant the line from the next month on."""
    day = granted_on(number) + timedelta(days=9)
    what = {"tier": TIER, "from": day.replace(day=1).isoformat()}
    yield order("entitlement.grant", subject(ids, number), what, by=APPROVER_AID, on=day)


def stopped(ids: Ids, number: int, area: str) -> Iterator[Order]:
    """Stop serving somebody who has moved to his children."""
    day = date(YEAR, 2 + number % 10, 18)
    what = {"reason": "随子女居住", "from": day.replace(day=1).isoformat()}
    yield order("entitlement.stop", subject(ids, number), what, by=clerk(area), on=day)
