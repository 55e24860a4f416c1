"""What was promised or entrusted to who had ended, planted into a good store."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from domain.benefits.entitlement_events import EntitlementBroughtIn
from domain.bodies.facility_events import FacilityOccupied, FacilityOpened
from domain.bodies.workers import WorkerAppointed
from scripts.scenarios.stories import SCHEME
from tests.infra.verify.good_story import ELDERS
from tests.infra.verify.planted_register_breaches import life, revoked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.infra.verify.spoilt_store import Store

BODY, HOME = "organisation:over", "facility:over"
CARE: dict[str, Any] = {"kind": "elder-home", "area": "area:city"}


def opened(store: Store) -> int:
    """Open a facility of the body."""
    return life(store, HOME, FacilityOpened, body=BODY, beds=5, **CARE)


def opened_by_who_has_ended(store: Store) -> Sequence[int]:
    return [revoked(store, BODY), opened(store)]


def taken_in_where_the_body_has_ended(store: Store) -> Sequence[int]:
    opened(store)
    move: dict[str, Any] = {"kind": "elder-home", "placement": "placement:p-9", "taken": 1}
    return [revoked(store, BODY), life(store, HOME, FacilityOccupied, **move)]


def appointed_to_who_has_ended(store: Store) -> Sequence[int]:
    ended = revoked(store, BODY)
    whom: dict[str, Any] = {"person": ELDERS[0], "established": True}
    return [ended, life(store, "worker:late", WorkerAppointed, body=BODY, **whom)]


def granted_beds_of_who_has_ended(store: Store) -> Sequence[int]:
    opened(store)
    ended = revoked(store, BODY)
    terms: dict[str, Any] = {"programme": "aid", "area": "area:city", "origin": "brought-in"}
    days = {"tier": "a", "from_": date(2007, 3, 1)}
    claim = "entitlement:beds-late"
    return [ended, life(store, claim, EntitlementBroughtIn, scheme=SCHEME, holder=HOME, **terms,
                        **days)]  # fmt: skip


def promised_to_a_case_that_was_withdrawn(store: Store) -> Sequence[int]:
    withdrawn = store.position("relief.withdrawn")
    store.append(store.promise(amount=1, to="relief:r-3"))
    return [withdrawn]


PLANTS = [
    ("within-commitment", promised_to_a_case_that_was_withdrawn),
    ("entrusted-bodies", opened_by_who_has_ended),
    ("entrusted-bodies", taken_in_where_the_body_has_ended),
    ("entrusted-bodies", appointed_to_who_has_ended),
    ("entrusted-bodies", granted_beds_of_who_has_ended),
]
