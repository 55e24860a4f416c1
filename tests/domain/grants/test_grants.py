"""Grants: awarded from funds, advanced, accounted for, given back, closed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.funds.funds import Fund
from domain.grants.grant_events import GrantAwarded, Share
from domain.grants.grants import Grant
from domain.kernel.aggregate import Evidence
from domain.kernel.refusals import (
    AlreadyExists,
    AreaUnknown,
    CommitmentExceeded,
    EarmarkMismatch,
    InsufficientFund,
    MakerIsChecker,
    Malformed,
    PurposeNotAllowed,
    Refused,
    UnknownSubject,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.stories import AN_ACT, a_grant, an_act, class_sums, with_fund

APPROVER = an_act("approver-1")
CLERK = an_act("clerk-2")
APPLICATION = {
    "body": "organisation:choir",
    "project": "project:joy",
    "programme": "elders-joy",
    "purpose": "aid-elderly",
    "title": "合唱团",
    "area": "area:luohu",
    "amount": 100,
}


def award(books: InMemoryLedger, *shares: Share, round: int | None = None) -> Sent:
    return books.send("grant.award", "grant:1", APPROVER, shares=shares, round=round)


def awarded(amount: int = 100) -> InMemoryLedger:
    books = a_grant(100)
    award(books, Share("fund:x", "general", amount))
    return books


def awarded_from_two() -> InMemoryLedger:
    books = with_fund(a_grant(100), "fund:y", holding=500)
    award(books, Share("fund:x", "general", 60), Share("fund:y", "general", 40))
    return books


def pay(books: InMemoryLedger, amount: int, fund: str = "fund:x", **more: object) -> None:
    books.send("grant.pay", "grant:1", AN_ACT, fund=fund, amount=amount, instalment=1, **more)


def test_a_grant_moves_from_promised_to_advanced_to_spent_and_back() -> None:
    books = awarded()
    pay(books, 80)
    books.send("grant.account", "grant:1", CLERK, amount=50, evidence="发票")
    books.send("grant.give-back", "grant:1", CLERK, amount=30)
    books.send("grant.close", "grant:1", CLERK)
    assert class_sums(books) == {
        "out": -1000,
        "available": 950,
        "committed": 0,
        "advanced": 0,
        "spent": 50,
    }
    assert books.balances["spent:x:general:elders-joy"] == 50
    assert books.load(Fund, "fund:x").available["general"] == 950


def test_what_touches_the_free_money_of_a_fund_stands_on_the_fund() -> None:
    books = a_grant()
    sent = award(books, Share("fund:x", "general", 100))
    assert [event.TOPIC for event in sent.events] == ["fund.committed", "grant.awarded"]
    pay(books, 40)
    back = books.send("grant.give-back", "grant:1", CLERK, amount=40)
    assert [event.TOPIC for event in back.events] == ["fund.recovered", "grant.given-back"]
    closed = books.send("grant.close", "grant:1", CLERK)
    assert [event.TOPIC for event in closed.events] == ["fund.uncommitted", "grant.closed"]


def test_who_applied_does_not_award() -> None:
    shares = (Share("fund:x", "general", 1),)
    with pytest.raises(MakerIsChecker):
        a_grant().send("grant.award", "grant:1", an_act("clerk-1"), shares=shares)


def test_no_body_is_awarded_more_than_it_applied_for() -> None:
    with pytest.raises(CommitmentExceeded):
        award(a_grant(100), Share("fund:x", "general", 101))
    assert award(a_grant(100), Share("fund:x", "general", 99))


def test_a_fund_that_cannot_bear_its_share_stops_the_whole_award() -> None:
    books = with_fund(a_grant(100), "fund:y", holding=39)
    before = len(books.stored)
    with pytest.raises(InsufficientFund):
        award(books, Share("fund:x", "general", 60), Share("fund:y", "general", 40))
    assert len(books.stored) == before


def test_a_fund_bears_only_what_its_purposes_allow() -> None:
    books = with_fund(a_grant(100), "fund:y", holding=100, purposes=("community",))
    with pytest.raises(PurposeNotAllowed):
        award(books, Share("fund:y", "general", 40))


def test_a_fund_and_earmark_has_one_share() -> None:
    share = Share("fund:x", "general", 10)
    with pytest.raises(Malformed):
        award(a_grant(), share, share)
    with pytest.raises(Malformed):
        award(a_grant())


def test_an_application_names_a_project_and_an_area_that_are_there() -> None:
    books = a_grant()
    with pytest.raises(UnknownSubject):
        books.send("grant.apply", "grant:2", CLERK, **APPLICATION | {"project": "project:none"})
    with pytest.raises(AreaUnknown):
        books.send("grant.apply", "grant:2", CLERK, **APPLICATION | {"area": "area:none"})
    early = an_act("clerk-1", date(2005, 1, 1))
    with pytest.raises(AreaUnknown):
        books.send("grant.apply", "grant:2", early, **APPLICATION)
    with pytest.raises(AlreadyExists):
        books.send("grant.apply", "grant:1", CLERK, **APPLICATION)


def test_a_grant_never_pays_more_than_was_committed_to_it() -> None:
    books = awarded(70)
    pay(books, 50)
    with pytest.raises(CommitmentExceeded) as refusal:
        pay(books, 21)
    assert refusal.value.numbers == {"wanted": 21, "committed": 20}
    with pytest.raises(CommitmentExceeded):
        pay(with_fund(books, "fund:z", holding=9), 1, "fund:z")


def test_a_payment_names_the_earmark_where_there_are_several() -> None:
    books = a_grant(100)
    what = {"from_earmark": "general", "to_earmark": "2007", "amount": 50}
    books.send("fund.carry-over", "fund:x", AN_ACT, **what)
    award(books, Share("fund:x", "general", 60), Share("fund:x", "2007", 40))
    with pytest.raises(WrongState):
        pay(books, 10)
    with pytest.raises(EarmarkMismatch):
        pay(books, 10, earmark="2008")
    pay(books, 40, earmark="2007")
    assert books.balances["advanced:x:2007:grant:1"] == 40
    # Only one of them has anything left.
    pay(books, 10)


def test_no_more_is_accounted_for_or_given_back_than_was_advanced() -> None:
    books = awarded()
    pay(books, 50)
    for verb in ("account", "give-back"):
        with pytest.raises(InsufficientFund):
            books.send(f"grant.{verb}", "grant:1", CLERK, amount=51)


def test_an_account_of_a_part_names_its_fund_where_there_are_several() -> None:
    books = awarded_from_two()
    pay(books, 60)
    pay(books, 40, "fund:y")
    with pytest.raises(WrongState):
        books.send("grant.account", "grant:1", CLERK, amount=50)
    books.send("grant.account", "grant:1", CLERK, amount=10, fund="fund:y")
    books.send("grant.account", "grant:1", CLERK, amount=90)
    assert books.balances["spent:x:general:elders-joy"] == 60
    assert books.balances["spent:y:general:elders-joy"] == 40


def test_money_given_back_goes_to_the_earmark_it_came_from() -> None:
    books = awarded_from_two()
    pay(books, 60)
    pay(books, 40, "fund:y")
    books.send("grant.give-back", "grant:1", CLERK, amount=100)
    assert books.balances["available:x:general"] == 1000
    assert books.balances["available:y:general"] == 500


def test_a_grant_is_not_closed_while_money_is_unaccounted_for() -> None:
    books = awarded()
    pay(books, 50)
    with pytest.raises(WrongState):
        books.send("grant.close", "grant:1", CLERK)


def test_a_grant_does_nothing_out_of_its_order() -> None:
    books = a_grant()
    with pytest.raises(WrongState):
        pay(books, 1)
    award(books, Share("fund:x", "general", 100))
    with pytest.raises(WrongState):
        award(books, Share("fund:x", "general", 100))
    books.send("grant.close", "grant:1", CLERK)
    for verb in ("account", "give-back"):
        with pytest.raises(WrongState):
            books.send(f"grant.{verb}", "grant:1", CLERK, amount=1)
    with pytest.raises(WrongState):
        books.send("grant.close", "grant:1", CLERK)


def test_an_instalment_is_reversed_until_it_is_accounted_for() -> None:
    books = awarded()
    place = len(books.stored) + 1
    pay(books, 50)
    papers = (Evidence("发票.pdf", "0" * 64),)
    spent = books.send("grant.account", "grant:1", CLERK, amount=20, evidence=papers).position
    with pytest.raises(InsufficientFund):
        books.send("event.reverse", "grant:1", APPROVER, of=place)
    books.send("event.reverse", "grant:1", APPROVER, of=spent)
    books.send("event.reverse", "grant:1", APPROVER, of=place)
    assert books.balances["committed:x:general:grant:1"] == 100


def test_an_award_is_not_reversed_but_closed() -> None:
    books = awarded()
    for place in (len(books.stored), len(books.stored) - 1):
        subject = books.at(place).originator_id
        with pytest.raises(WrongState):
            books.send("event.reverse", subject, an_act("approver-2"), of=place)


def test_an_award_counts_its_shares_its_body_and_its_project() -> None:
    books = with_fund(a_grant(100), "fund:y", holding=500)
    shares = (Share("fund:x", "general", 60), Share("fund:y", "general", 40))
    event = award(books, *shares, round=1).events[-1]
    assert isinstance(event, GrantAwarded)
    counted = [(f.measure, f.value, f.unit, f.who, f.fund, f.detail) for f in event.facts()]
    choir, joy = "organisation:choir", "project:joy"
    assert counted == [
        ("grants", 1, "project", "", "", ""),
        ("grant-body", 1, "organisation", choir, "", "round:1"),
        ("grant-share", 60, "fen", choir, "fund:x", "round:1"),
        ("grant-share", 40, "fen", choir, "fund:y", "round:1"),
        ("fund-project", 1, "project", joy, "fund:x", ""),
        ("fund-project", 1, "project", joy, "fund:y", ""),
    ]
    assert {(f.programme, f.area) for f in event.facts()} == {("elders-joy", "area:luohu")}


STEPS = st.tuples(
    st.sampled_from(["pay", "account", "give-back", "reverse", "close"]),
    st.integers(1, 60),
    st.sampled_from(["fund:x", "fund:y"]),
)


@given(st.lists(STEPS, max_size=20))
def test_advanced_and_spent_never_exceed_what_was_awarded(
    steps: list[tuple[str, int, str]],
) -> None:
    books = awarded_from_two()
    for verb, number, fund in steps:
        with suppress(Refused):
            if verb == "pay":
                pay(books, number, fund)
            elif verb == "reverse":
                books.send("event.reverse", "grant:1", APPROVER, of=number)
            elif verb == "close":
                books.send("grant.close", "grant:1", CLERK)
            else:
                books.send(f"grant.{verb}", "grant:1", CLERK, amount=number, fund=fund)
    sums = class_sums(books)
    assert sum(sums.values()) == 0
    assert sums.get("advanced", 0) + sums.get("spent", 0) <= 100
    grant = books.load(Grant, "grant:1")
    assert grant.advanced.total() == sums.get("advanced", 0)
    assert grant.committed.total() == sums["committed"]
