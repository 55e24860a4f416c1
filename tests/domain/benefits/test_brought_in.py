"""What is brought in from before the ledger is bounded by the scheme's rates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.aggregate import Evidence
from domain.kernel.refusals import Malformed, OverEntitled, RateMissing
from tests.domain.benefits.stories import (
    COMMUNITY,
    PERSON,
    a_city,
    adopt,
    bring_in,
    household,
    rate,
    register,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act

SCHEME, SINCE = "scheme:x", date(2006, 1, 1)
DOCUMENT = (Evidence("批文.pdf", "0" * 64),)


def a_scheme(**more: Any) -> InMemoryLedger:
    books = a_city()
    register(books, PERSON)
    adopt(books, SCHEME, rate("a", 300), **more)
    return books


def brought(books: InMemoryLedger, holder: str, amount: int, **act: Any) -> None:
    what: dict[str, Any] = {"area": COMMUNITY, "from_": SINCE, "tier": "a", "scheme": SCHEME}
    books.send("entitlement.bring-in", "entitlement:1", an_act("clerk-1", **act), holder=holder,
               amount=amount, **what)  # fmt: skip


def test_an_amount_above_the_rate_stands_on_a_reason_and_a_document() -> None:
    books = a_scheme()
    for act in ({}, {"reason": "历史标准"}, {"evidence": DOCUMENT}):
        with pytest.raises(OverEntitled):
            brought(books, PERSON, 301, **act)
    brought(books, PERSON, 301, reason="历史标准", evidence=DOCUMENT)


def test_up_to_the_rate_an_amount_is_taken_as_it_stands() -> None:
    brought(a_scheme(), PERSON, 300)


def test_a_households_rate_is_for_each_member() -> None:
    books = a_scheme(per="household", formula="top-up")
    home = household(books, "h", 3)
    with pytest.raises(OverEntitled):
        brought(books, home, 901)
    brought(books, home, 900)


def test_without_rates_an_amount_is_said_and_with_them_a_tier_that_there_is() -> None:
    books = a_scheme()
    with pytest.raises(RateMissing):
        bring_in(books, SCHEME, PERSON, tier="z")
    with pytest.raises(Malformed):
        bring_in(books, SCHEME, PERSON, until=date(2005, 12, 31))
