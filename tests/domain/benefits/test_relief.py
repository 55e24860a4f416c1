"""Relief: applied for, decided by another, paid once."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.refusals import (
    InsufficientFund,
    MakerIsChecker,
    NotEntitled,
    PurposeNotAllowed,
    Refused,
    UnknownSubject,
    WrongState,
)
from tests.domain.benefits.stories import FUND, a_city, register
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.stories import DAY, an_act, with_fund

CASE, PERSON = "relief:1", "person:1"


def applied(books: InMemoryLedger, case: str = CASE, **more: Any) -> Sent:
    """Apply for the person."""
    what = {
        "person": PERSON,
        "fund": FUND,
        "earmark": "general",
        "programme": "hospice",
        "purpose": "aid-elderly",
    }
    return books.send("relief.apply", case, an_act("clerk-1"), **(what | more))


def decided(books: InMemoryLedger, amount: int = 300, by: str = "approver-1") -> Sent:
    """Decide the case."""
    return books.send("relief.decide", CASE, an_act(by), amount=amount)


def paid(books: InMemoryLedger) -> Sent:
    """Pay the case."""
    return books.send("relief.pay", CASE, an_act())


def a_case(holding: int = 1_000) -> InMemoryLedger:
    """Return books in which a person has applied."""
    books = a_city(holding)
    register(books, PERSON)
    applied(books)
    return books


def test_a_case_is_promised_when_decided_and_spent_when_paid() -> None:
    books = a_case()
    decided(books)
    assert books.balances[f"committed:aid:general:{CASE}"] == 300
    sent = paid(books)

    assert books.balances["available:aid:general"] == 700
    assert books.balances["spent:aid:general:hospice"] == 300
    assert books.balances[f"committed:aid:general:{CASE}"] == 0
    (fact,) = sent.events[0].facts()
    assert (fact.measure, fact.value, fact.unit, fact.who) == (
        "relief-cases",
        1,
        "person-time",
        PERSON,
    )


def test_a_case_goes_its_way_in_order_and_is_paid_once() -> None:
    books = a_case()
    with pytest.raises(WrongState):
        paid(books)
    decided(books)
    with pytest.raises(WrongState):
        decided(books)
    paid(books)
    with pytest.raises(WrongState):
        paid(books)


def test_who_applied_does_not_decide() -> None:
    with pytest.raises(MakerIsChecker):
        decided(a_case(), by="clerk-1")


def test_a_fund_never_promises_more_relief_than_it_holds() -> None:
    with pytest.raises(InsufficientFund):
        decided(a_case(holding=299))


def test_relief_keeps_to_the_purposes_of_its_fund() -> None:
    books = a_case()
    with_fund(books, "fund:roads", holding=1_000, purposes=("community",))
    applied(books, "relief:2", fund="fund:roads")

    with pytest.raises(PurposeNotAllowed):
        books.send("relief.decide", "relief:2", an_act("approver-1"), amount=1)


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"person": "person:nobody"}, UnknownSubject),
        ({"fund": "fund:none"}, UnknownSubject),
        ({"area": "area:none"}, Refused),
    ],
)
def test_an_application_names_what_exists(what: dict[str, str], refusal: type[Refused]) -> None:
    books = a_case()

    with pytest.raises(refusal):
        applied(books, "relief:2", **what)


def test_the_dead_are_not_relieved() -> None:
    books = a_case()
    books.send("person.report-death", PERSON, an_act("clerk-1"), date=DAY)

    with pytest.raises(NotEntitled):
        applied(books, "relief:2")
