"""A mistaken stop or suspension is withdrawn: the claim stands as if it had not been."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.entitlements import Entitlement
from domain.kernel.refusals import AlreadyExists, ExcludedByScheme, Malformed, WrongState
from tests.domain.benefits.roll_fold import with_rolls
from tests.domain.benefits.stories import (
    COMMUNITY,
    PERSON,
    a_city,
    adopt,
    bring_in,
    pay,
    rate,
    register,
)
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.registers.stories import counted
from tests.domain.stories import an_act

SCHEME, OTHER, CLAIM = "scheme:x", "scheme:y", "entitlement:x-9"
LATER = date(2007, 6, 20)


def a_claim() -> tuple[InMemoryLedger, str]:
    """Bring one person in, of a scheme that another excludes."""
    books = with_rolls(a_city())
    register(books, PERSON)
    adopt(books, SCHEME, rate("a", 300))
    adopt(books, OTHER, rate("a", 500), excludes=(SCHEME,))
    return books, bring_in(books, SCHEME, PERSON)


def decide(books: InMemoryLedger, claim: str, verb: str, from_: date, on: date = LATER) -> Sent:
    """Stop, suspend or resume."""
    act = an_act("clerk-1", on)
    return books.send(f"entitlement.{verb}", claim, act, reason="核查", from_=from_)


def withdraw(
    books: InMemoryLedger,
    claim: str,
    *,
    on: date = LATER,
    reason: str | None = "误录",
    of: int | None = None,
) -> dict[str, Any]:
    """Withdraw what was decided at a position, or last."""
    sent = books.send("entitlement.withdraw", claim, an_act("clerk-1", on), reason=reason, of=of)
    told: Any = sent.answer
    unpaid = [month for claim in told["claims"] for month in claim["unpaid"]]
    return {"unpaid": unpaid, "recoveries": told["recoveries"]}


def stopped_for(books: InMemoryLedger, month: str) -> str:
    """Return why the only line of a month is held back; empty if it is paid."""
    (line,) = books.unit().rolls.roll(SCHEME, month).lines
    return line.stopped


def test_a_stop_that_is_withdrawn_was_not() -> None:
    books, claim = a_claim()
    pay(books, SCHEME, "2007-03")
    decide(books, claim, "stop", date(2007, 3, 1))
    assert stopped_for(books, "2007-04") == "stopped"
    assert counted(books, "entitlements") == 0
    (payment,) = books.unit().payments.paid("", SCHEME, "2007-03")
    owed = {"payments": (f"payment:x:2007-03:{payment}",), "amount": 300, "reason": "停发后发放"}
    books.send("recovery.establish", "recovery:1", an_act("clerk-1", LATER), **owed)

    followed = withdraw(books, claim)
    assert followed == {"unpaid": ["2007-04", "2007-05", "2007-06"], "recoveries": ["recovery:1"]}
    assert [stopped_for(books, f"2007-0{month}") for month in range(3, 7)] == [""] * 4
    assert counted(books, "entitlements") == 1
    assert books.load(Entitlement, claim).held().last == ""


def test_a_suspension_is_withdrawn_before_and_after_it_was_resumed() -> None:
    books, claim = a_claim()
    decide(books, claim, "suspend", date(2007, 4, 1))
    withdraw(books, claim)
    assert stopped_for(books, "2007-04") == ""
    decide(books, claim, "suspend", date(2007, 4, 1))
    decide(books, claim, "resume", date(2007, 6, 1))
    assert stopped_for(books, "2007-05") == "suspended"
    withdraw(books, claim)

    assert stopped_for(books, "2007-05") == ""
    assert books.load(Entitlement, claim).state == "granted"
    assert counted(books, "entitlements") == 1


def test_decisions_are_withdrawn_one_by_one_the_last_first() -> None:
    books, claim = a_claim()
    decide(books, claim, "suspend", date(2007, 4, 1))
    decide(books, claim, "stop", date(2007, 5, 1))
    withdraw(books, claim)
    assert [stopped_for(books, f"2007-0{month}") for month in (4, 5)] == ["suspended"] * 2
    withdraw(books, claim)
    assert [stopped_for(books, f"2007-0{month}") for month in (4, 5)] == [""] * 2
    with pytest.raises(WrongState) as refused:
        withdraw(books, claim)
    assert refused.value.rule == "nothing-to-withdraw"


def test_a_withdrawal_says_why_and_lies_no_day_before_what_it_takes_back() -> None:
    books, claim = a_claim()
    decide(books, claim, "stop", date(2007, 4, 1))
    with pytest.raises(Malformed):
        withdraw(books, claim, reason=None)
    with pytest.raises(WrongState):
        withdraw(books, claim, on=date(2007, 6, 19))


def test_a_claim_does_not_stand_again_beside_one_that_was_given_meanwhile() -> None:
    books, claim = a_claim()
    decide(books, claim, "stop", date(2007, 4, 1))
    said = {"holder": PERSON, "area": COMMUNITY}
    books.send("entitlement.apply", CLAIM, an_act("clerk-1", LATER), scheme=SCHEME, **said)
    with pytest.raises(AlreadyExists):
        withdraw(books, claim)
    decide(books, CLAIM, "stop", date(2007, 6, 20))
    terms = said | {"scheme": OTHER, "tier": "a", "from_": date(2007, 5, 1)}
    books.send("entitlement.bring-in", "entitlement:y-1", an_act("clerk-1", LATER), **terms)

    with pytest.raises(ExcludedByScheme):
        withdraw(books, claim)


def test_an_application_that_was_stopped_waits_again() -> None:
    books, _ = a_claim()
    register(books, "person:2")
    said = {"scheme": SCHEME, "holder": "person:2", "area": COMMUNITY}
    books.send("entitlement.apply", CLAIM, an_act("clerk-1", LATER), **said)
    decide(books, CLAIM, "stop", LATER)

    assert withdraw(books, CLAIM) == {"unpaid": [], "recoveries": []}
    assert books.load(Entitlement, CLAIM).state == "applied"


def test_a_suspension_below_a_stop_is_withdrawn_and_the_stop_stands() -> None:
    books, claim = a_claim()
    rest = decide(books, claim, "suspend", date(2007, 4, 1)).position
    decide(books, claim, "stop", date(2007, 6, 1))
    assert withdraw(books, claim, of=rest)["unpaid"] == ["2007-04", "2007-05"]
    assert [stopped_for(books, f"2007-0{month}") for month in (4, 5, 6)] == ["", "", "stopped"]
    assert books.load(Entitlement, claim).state == "stopped"
    with pytest.raises(WrongState) as refused:
        withdraw(books, claim, of=rest)
    assert refused.value.rule == "nothing-to-withdraw"
    withdraw(books, claim)
    assert stopped_for(books, "2007-06") == ""
    assert (books.load(Entitlement, claim).state, counted(books, "entitlements")) == ("granted", 1)


def test_an_earlier_suspension_is_withdrawn_and_the_later_one_stands() -> None:
    books, claim = a_claim()
    rest = decide(books, claim, "suspend", date(2007, 2, 1)).position
    decide(books, claim, "resume", date(2007, 4, 1))
    again = decide(books, claim, "suspend", date(2007, 6, 1)).position
    withdraw(books, claim, of=rest)
    assert [stopped_for(books, f"2007-0{month}") for month in (2, 3, 6)] == ["", "", "suspended"]
    assert books.load(Entitlement, claim).state == "suspended"
    assert counted(books, "entitlements") == 0
    withdraw(books, claim, of=again)
    assert (books.load(Entitlement, claim).state, counted(books, "entitlements")) == ("granted", 1)


def test_only_a_standing_stop_or_suspension_of_the_claim_itself_is_withdrawn() -> None:
    books, claim = a_claim()
    register(books, "person:2")
    other = bring_in(books, OTHER, "person:2")
    elsewhere = decide(books, other, "suspend", date(2007, 4, 1)).position
    decide(books, claim, "suspend", date(2007, 4, 1))
    resumed = decide(books, claim, "resume", date(2007, 6, 1)).position
    rules = {}
    for position in (elsewhere, resumed, 1, 10**6):
        with pytest.raises(WrongState) as refused:
            withdraw(books, claim, of=position)
        rules[position] = refused.value.rule
    assert rules[elsewhere] == rules[1] == "other-subject"
    assert rules[resumed] == rules[10**6] == "nothing-to-withdraw"


DECISIONS = st.lists(
    st.tuples(st.sampled_from(("suspend", "resume", "stop")), st.integers(1, 6)), max_size=6
)


@given(before=DECISIONS, after=DECISIONS, mistaken=st.integers(1, 6))
def test_whichever_suspension_is_withdrawn_each_month_is_as_the_others_say(
    before: list[tuple[str, int]], after: list[tuple[str, int]], mistaken: int
) -> None:
    books, claim = a_claim()
    rest = None
    kept: list[tuple[str, int]] = []
    for verb, month in [*before, ("mistake", mistaken), *after]:
        state = books.load(Entitlement, claim).state
        if verb == "mistake" and state == "granted":
            rest = decide(books, claim, "suspend", date(2007, month, 1)).position
        wanted = {"suspend": "granted", "resume": "suspended"}.get(verb, state)
        if verb == "mistake" or wanted != state or state == "stopped":
            continue
        if verb != "resume" or month >= books.load(Entitlement, claim).suspended_from.month:
            decide(books, claim, verb, date(2007, month, 1))
            kept.append((verb, month))
    if rest is None:
        return
    withdraw(books, claim, of=rest)
    for month in range(1, 9):
        assert stopped_for(books, f"2007-0{month}") == said_of(kept, month)


def said_of(kept: list[tuple[str, int]], month: int) -> str:
    """Return what decisions say of a month: of two that reach it, the later."""
    reach = [verb for verb, first in kept if first <= month]
    if "stop" in reach:
        return "stopped"
    return "suspended" if reach and reach[-1] == "suspend" else ""


@given(kept=DECISIONS, mistaken=st.tuples(st.sampled_from(("suspend", "stop")), st.integers(1, 6)))
def test_with_a_withdrawal_each_month_is_as_without_the_decision(
    kept: list[tuple[str, int]], mistaken: tuple[str, int]
) -> None:
    with_it, without = a_claim(), a_claim()
    for verb, month in kept:
        for books, claim in (with_it, without):
            state = books.load(Entitlement, claim).state
            fits = {"suspend": "granted", "resume": "suspended"}.get(verb, state) == state
            if fits and state != "stopped" and (verb != "resume" or month > 5):
                decide(books, claim, verb, date(2007, month, 1))
    books, claim = with_it
    state = books.load(Entitlement, claim).state
    if state == "stopped" or (mistaken[0] == "suspend" and state != "granted"):
        return
    decide(books, claim, mistaken[0], date(2007, mistaken[1], 1))
    withdraw(books, claim)
    for month in range(1, 9):
        assert stopped_for(books, f"2007-0{month}") == stopped_for(without[0], f"2007-0{month}")
    assert counted(books, "entitlements") == counted(without[0], "entitlements")
