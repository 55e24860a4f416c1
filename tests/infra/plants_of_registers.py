"""Breaches of the rules of registers, planted into a good store (see plants.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.contract_events import ContractPaid
from domain.facility_events import FacilityOccupied
from domain.placement_events import PlacementAdmitted
from tests.infra.good_story import CONTRACT, ELDERS, HOME
from tests.infra.spoiling import Store, an_act
from tests.journeys import FUND, TREASURER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel import Event


def bed_taken_twice(store: Store) -> Sequence[int]:
    move: dict[str, Any] = {"kind": "elder-home", "placement": "placement:p-3", "taken": 2}
    return [store.append(store.made(FacilityOccupied, HOME, **move))]


def in_two_places(store: Store) -> Sequence[int]:
    first = store.position("placement.admitted", "placement:p-2")
    stay: dict[str, Any] = {"kind": "day-care", "area": "area:city", "person": ELDERS[1]}
    return [first, store.append(store.made(PlacementAdmitted, "placement:p-4", **stay))]


def month_paid_unconfirmed(store: Store) -> Sequence[int]:
    return [store.append(paid_month(store, "2007-04", TREASURER))]


def month_paid_by_who_confirmed_it(store: Store) -> Sequence[int]:
    confirmed = store.position("contract.month-confirmed")
    return [confirmed, store.append(paid_month(store, "2007-03", "reviewer-1"))]


def month_paid_twice(store: Store) -> Sequence[int]:
    paid = store.position("contract.paid")
    return [paid, store.append(paid_month(store, "2007-03", TREASURER))]


def paid_month(store: Store, month: str, by: str) -> Event:
    what: dict[str, Any] = {"fund": FUND, "earmark": "general", "programme": "care-line"}
    return store.made(ContractPaid, CONTRACT, an_act(by), month=month, amount=1, **what)


PLANTS = [
    ("beds-not-overfilled", bed_taken_twice),
    ("one-place-at-a-time", in_two_places),
    ("paid-when-confirmed", month_paid_unconfirmed),
    ("paid-when-confirmed", month_paid_by_who_confirmed_it),
    ("paid-when-confirmed", month_paid_twice),
]
