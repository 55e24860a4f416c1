"""Relief that is refused, taken back, comes back from the bank, or was paid in error."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.benefits.relief_cases import ReliefCase
from domain.kernel.refusals import (
    BeforeItsCause,
    MakerIsChecker,
    Malformed,
    NotEntitled,
    OverRecovery,
    WrongState,
)
from domain.payments.recoveries import Recovery
from tests.domain.benefits.test_relief import CASE, PERSON, a_case, decided, paid
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.registers.stories import counted
from tests.domain.stories import an_act

LATER = date(2007, 4, 1)
SPENT, BACK = "spent:aid:general:hospice", f"returned:aid:general:{CASE}"


def send(books: InMemoryLedger, verb: str, by: str = "treasurer-1", **what: Any) -> Sent:
    """Send a command on the case."""
    return books.send(f"relief.{verb}", CASE, an_act(by, LATER), **what)


def a_paid_case() -> InMemoryLedger:
    """Pay a case of 300 fen."""
    books = a_case()
    decided(books)
    paid(books)
    return books


def send_back(books: InMemoryLedger, amount: int | None = None) -> Sent:
    """Let the bank return it, or a part."""
    return send(books, "return", reason="销户", bank_ref="退-1", amount=amount)


@pytest.mark.parametrize(("verb", "by"), [("reject", "approver-1"), ("withdraw", "clerk-1")])
def test_an_application_is_refused_or_taken_back_before_it_is_decided(verb: str, by: str) -> None:
    books = a_case()
    with pytest.raises(Malformed):
        send(books, verb, by)
    send(books, verb, by, reason="不符合条件")
    for again in ("reject", "withdraw"):
        with pytest.raises(WrongState):
            send(books, again, by, reason="再次")
    with pytest.raises(WrongState):
        decided(books)
    assert books.balances["available:aid:general"] == 1_000


@pytest.mark.parametrize(("verb", "by"), [("reject", "approver-1"), ("withdraw", "clerk-1")])
def test_what_is_decided_and_never_paid_is_free_again(verb: str, by: str) -> None:
    books = a_case()
    decided(books)
    promised = books.balances["available:aid:general"]
    sent = send(books, verb, by, reason="本人不再需要")
    assert "fund.uncommitted" in {event.TOPIC for event in sent.events}
    assert promised < books.balances["available:aid:general"] == 1_000
    with pytest.raises(WrongState):
        paid(books)


@pytest.mark.parametrize("verb", ["reject", "withdraw"])
def test_what_is_paid_is_neither_refused_nor_taken_back(verb: str) -> None:
    with pytest.raises(WrongState):
        send(a_paid_case(), verb, "approver-1", reason="迟")


def test_who_applied_does_not_refuse() -> None:
    with pytest.raises(MakerIsChecker):
        send(a_case(), "reject", "clerk-1", reason="不符合条件")


def test_relief_comes_back_in_parts_and_is_paid_again_or_given_up() -> None:
    books = a_paid_case()
    send_back(books, 100)
    assert (books.balances[SPENT], books.balances[BACK]) == (200, 100)
    assert books.load(ReliefCase, CASE).state == "part-returned"
    with pytest.raises(OverRecovery):
        send_back(books, 201)
    send(books, "reissue")
    assert (books.balances[SPENT], books.balances[BACK]) == (300, 0)
    send_back(books, 100)
    with pytest.raises(MakerIsChecker):
        send(books, "write-back")
    send(books, "write-back", "treasurer-2")
    assert (books.balances["available:aid:general"], counted(books, "relief-cases")) == (800, 1)
    send_back(books)
    send(books, "write-back", "treasurer-2")

    assert (books.balances["available:aid:general"], counted(books, "relief-cases")) == (1_000, 0)
    with pytest.raises(WrongState):
        send_back(books)


def test_relief_lies_no_day_before_what_it_follows() -> None:
    books = a_paid_case()
    early = an_act(on=date(2007, 2, 1))
    with pytest.raises(BeforeItsCause):
        books.send("relief.return", CASE, early, reason="销户", bank_ref="退-1")


def test_the_dead_are_not_paid_again() -> None:
    books = a_paid_case()
    send_back(books)
    books.send("person.report-death", PERSON, an_act("clerk-1", LATER), date=LATER)
    with pytest.raises(NotEntitled):
        send(books, "reissue")
    assert send(books, "write-back").events


def test_relief_paid_in_error_is_recovered_like_payments() -> None:
    books = a_paid_case()
    owe = {"payments": (CASE,), "amount": 301, "reason": "重复救助"}
    with pytest.raises(OverRecovery):
        books.send("recovery.establish", "recovery:1", an_act("clerk-1", LATER), **owe)
    books.send(
        "recovery.establish", "recovery:1", an_act("clerk-1", LATER), **owe | {"amount": 200}
    )
    assert (books.balances[SPENT], books.balances["owed:aid:general:recovery:1"]) == (100, 200)
    with pytest.raises(WrongState) as refused:
        send_back(books)
    assert refused.value.rule == "being-recovered"
    assert send_back(books, 100).events
    books.send("recovery.receive", "recovery:1", an_act(on=LATER), amount=200)

    assert books.balances["available:aid:general"] == 900
    assert sum(books.load(Recovery, "recovery:1").owed.values()) == 0
