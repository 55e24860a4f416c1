"""Merges of persons that the door would not have let in, planted into a good store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.benefits.household_events import HouseholdFormed
from domain.benefits.person_events import PersonMerged
from scripts.scenarios.office import CLERK
from tests.infra.verify.spoilt_store import Store, an_act

if TYPE_CHECKING:
    from collections.abc import Sequence


def merged_without_a_word(store: Store) -> Sequence[int]:
    return [merged(store, "person:low-1", "person:aid-000004")]


def named_after_the_merge(store: Store) -> Sequence[int]:
    merge = merged(store, "person:aid-000005", "person:aid-000004")
    home: dict[str, Any] = {
        "members": ("person:aid-000005",),
        "area": "area:city",
        "first": "2007-01",
    }
    formed = store.made(HouseholdFormed, "household:x", an_act(CLERK), **home)
    return [merge, store.append(formed)]


def merged_in_a_circle(store: Store) -> Sequence[int]:
    one, other = "person:aid-000005", "person:aid-000004"
    return [merged(store, one, other), merged(store, other, one)]


def merged(store: Store, person: str, into: str) -> int:
    """Merge a registration into another, which hears nothing of it; return the position."""
    return store.append(store.made(PersonMerged, person, an_act(CLERK), into=into))


PLANTS = [
    ("one-person", merged_without_a_word),
    ("one-person", named_after_the_merge),
    ("one-person", merged_in_a_circle),
]
