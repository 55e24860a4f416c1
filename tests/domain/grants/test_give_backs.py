"""A body gives back after its grant was closed: what it accounted for returns to its fund."""

from __future__ import annotations

from datetime import date

import pytest

from domain.grants.grant_events import Share
from domain.kernel.refusals import BeforeItsCause, InsufficientFund, WrongState
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.stories import a_grant, an_act, with_fund

GRANT, CLERK = "grant:1", "clerk-2"
AFTER = date(2007, 6, 1)


def closed() -> InMemoryLedger:
    """Award 60 fen out of two funds, account for 50 of it, and close."""
    books = with_fund(a_grant(60, holding=100), "fund:y", holding=100)
    shares = (Share("fund:x", "general", 40), Share("fund:y", "general", 20))
    books.send("grant.award", GRANT, an_act("approver-1"), shares=shares)
    for nth, (fund, amount) in enumerate((("fund:x", 35), ("fund:y", 15)), 1):
        books.send("grant.pay", GRANT, an_act(), fund=fund, amount=amount, instalment=nth)
        books.send("grant.account", GRANT, an_act(CLERK), fund=fund, amount=amount)
    books.send("grant.close", GRANT, an_act(CLERK))
    return books


def give_back(
    books: InMemoryLedger, amount: int, fund: str | None = None, on: date = AFTER
) -> Sent:
    """Give back."""
    return books.send("grant.give-back", GRANT, an_act(CLERK, on), amount=amount, fund=fund)


def test_what_was_accounted_for_comes_back_to_the_fund_that_gave_it() -> None:
    books = closed()
    give_back(books, 10, "fund:x")
    assert books.balances["available:x:general"] == 75
    assert books.balances["spent:x:general:elders-joy"] == 25
    give_back(books, 40)

    assert [books.balances[f"available:{fund}:general"] for fund in "xy"] == [100, 100]
    assert [books.balances[f"spent:{fund}:general:elders-joy"] for fund in "xy"] == [0, 0]


def test_no_more_comes_back_than_was_accounted_for() -> None:
    books = closed()
    with pytest.raises(InsufficientFund) as refused:
        give_back(books, 51)
    assert refused.value.numbers == {"wanted": 51, "spent": 50}
    give_back(books, 50)
    with pytest.raises(WrongState):
        give_back(books, 1)


def test_a_part_out_of_two_funds_names_its_fund_and_lies_no_day_before_the_close() -> None:
    books = closed()
    with pytest.raises(WrongState) as refused:
        give_back(books, 5)
    assert refused.value.rule == "name-a-place"
    with pytest.raises(BeforeItsCause):
        give_back(books, 5, "fund:x", on=date(2007, 1, 1))


def test_nothing_else_of_a_closed_grant_moves() -> None:
    books = closed()
    with pytest.raises(WrongState):
        books.send("grant.account", GRANT, an_act(CLERK), amount=1, fund="fund:x")
    with pytest.raises(WrongState):
        books.send("grant.pay", GRANT, an_act(), fund="fund:x", amount=1, instalment=9)
