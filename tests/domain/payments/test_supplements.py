"""Supplements: by another than who paid, and no more than the scheme's rule gives."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.rolls import RollLine
from domain.kernel.refusals import OverEntitled
from tests.domain.benefits.stories import FUND
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.payments.paid_run import act_on, paid
from tests.domain.stories import an_act

SECOND = an_act("treasurer-2", date(2007, 4, 10))
RATE = 300


def given_now(books: InMemoryLedger, amount: int) -> InMemoryLedger:
    """Let the rule give so much as it is known now."""
    honest = books.on_roll
    assert honest is not None

    def raised(scheme: str, month: str, at: int) -> tuple[RollLine, ...]:
        lines = honest(scheme, month, at)
        return tuple(msgspec.structs.replace(line, amount=amount) for line in lines)

    books.on_roll = raised
    return books


def more(books: InMemoryLedger, payment: str, amount: int) -> None:
    """Supplement a payment, without a document."""
    what = {"fund": FUND, "earmark": "general", "amount": amount, "reason": "标准上调"}
    books.send("payment.supplement", payment, SECOND, **what)


def test_a_payment_that_is_right_takes_no_supplement() -> None:
    books, (payment,), _ = paid()
    with pytest.raises(OverEntitled) as refused:
        more(books, payment, 1)
    assert refused.value.numbers == {"wanted": 1, "due": RATE, "paid": RATE}


@given(due=st.integers(1, 900), wanted=st.lists(st.integers(1, 400), max_size=5))
def test_a_payment_and_its_supplements_are_never_more_than_the_rule_gives(
    due: int, wanted: list[int]
) -> None:
    books, (payment,), _ = paid()
    given_now(books, due)
    paid_so_far = RATE
    for amount in wanted:
        with suppress(OverEntitled):
            more(books, payment, amount)
            paid_so_far += amount
            assert paid_so_far <= due
    assert books.balances["spent:aid:general:x"] == paid_so_far


def test_what_was_written_back_may_be_supplemented_again() -> None:
    books, (payment,), _ = paid()
    given_now(books, 350)
    what = {"fund": FUND, "earmark": "general", "amount": 50, "reason": "标准上调"}
    made = books.send("payment.supplement", payment, SECOND, **what).answer["payment"]
    act_on(books, "return", made, reason="账号有误", bank_ref="退-1")
    with pytest.raises(OverEntitled):
        more(books, payment, 50)
    act_on(books, "write-back", made)
    more(books, payment, 50)
    assert books.balances["spent:aid:general:x"] == 350
