"""Goods: counted in pieces, given, issued and sold; the store never holds less than nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.funds.donations import Donation
from domain.funds.funds import Fund
from domain.funds.goods_pieces import Pieces
from domain.kernel.event_fields import row
from domain.kernel.money import Quantity
from domain.kernel.refusals import (
    AlreadyExists,
    DutiesConflict,
    GoodsShort,
    InsufficientFund,
    Malformed,
    Refused,
    UnitMismatch,
    WrongBasis,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.stories import FEDERATION, an_act, with_fund, with_old_roles, words_of

RAISER = an_act("fundraiser-1")
STORE: dict[str, Any] = {"fund": "fund:gifts", "earmark": "general"}
STOCK = "stock:gifts:general:clothing"
ISSUED = "issued:gifts:general:temporary-relief"
FREE = "available:gifts:general"


def pieces(number: int, kind: str = "clothing", unit: str | None = None) -> tuple[Pieces, ...]:
    return (Pieces(kind, Quantity(number, unit or f"item:{kind}")),)


def a_charity(basis: str = "cash") -> InMemoryLedger:
    return with_fund(InMemoryLedger(), "fund:gifts", kind="charity", keeper=FEDERATION, basis=basis)


def give(books: InMemoryLedger, goods: tuple[Pieces, ...], key: str = "1") -> Sent:
    said = {**STORE, "goods": goods, "name_shown": False}
    return books.send("donation.receive", f"donation:{key}", RAISER, **said)


def given_clothing(number: int) -> InMemoryLedger:
    books = a_charity()
    give(books, pieces(number))
    return books


def issue(books: InMemoryLedger, goods: tuple[Pieces, ...], key: str = "i") -> Sent:
    said = {**STORE, "programme": "temporary-relief", "goods": goods}
    return books.send("goods.issue", f"goods:{key}", an_act(), **said)


def sell(books: InMemoryLedger, goods: tuple[Pieces, ...], amount: int, key: str = "s") -> Sent:
    said = {**STORE, "goods": goods, "amount": amount}
    return books.send("goods.sell", f"goods:{key}", an_act(), **said)


def value(books: InMemoryLedger, amount: int, key: str = "1") -> Sent:
    said = {"amount": amount, "method": "市场价", "source": "评估报告"}
    return books.send("goods.value", f"goods:{key}", an_act(), **said)


def test_given_goods_lie_in_store_and_not_among_the_money() -> None:
    books = given_clothing(30)
    assert books.balances[STOCK] == 30
    assert books.balances["out:gifts:general:donors"] == -30
    assert books.balances["received:gifts:general"] == 0


def test_goods_are_issued_under_a_programme() -> None:
    books = given_clothing(30)
    issue(books, pieces(20))
    assert (books.balances[STOCK], books.balances[ISSUED]) == (10, 20)


def test_no_more_is_issued_than_lies_in_store() -> None:
    books = given_clothing(30)
    with pytest.raises(GoodsShort) as short:
        issue(books, pieces(31))
    assert short.value.UNIT == "item:clothing"
    assert short.value.numbers == {"wanted": 31, "in_stock": 30}
    with pytest.raises(GoodsShort):
        issue(books, pieces(1, "quilt"))


def test_a_sale_brings_its_money_into_the_fund_under_the_same_earmark() -> None:
    books = given_clothing(30)
    sent = sell(books, pieces(10), 500)
    assert [event.TOPIC for event in sent.events] == ["goods.sold", "fund.sale-received"]
    assert (books.balances[STOCK], books.balances[FREE]) == (20, 500)
    assert books.load(Fund, "fund:gifts").available["general"] == 500


def test_a_kind_is_counted_in_its_own_unit() -> None:
    for unit in ("item:quilt", "person", "fen"):
        with pytest.raises(UnitMismatch):
            give(a_charity(), pieces(1, "clothing", unit))
    with pytest.raises(UnitMismatch):
        issue(given_clothing(3), pieces(1, "clothing", "outlet"))


def test_a_gift_is_money_or_goods_or_a_service_and_one_of_them() -> None:
    gifts: list[dict[str, Any]] = [
        {},
        {"amount": 5, "goods": pieces(1)},
        {"amount": 5, "service": "公交站牌广告"},
        {"goods": pieces(1) + pieces(2)},
    ]
    for gift in gifts:
        for verb in ("pledge", "receive"):
            more = {"name_shown": True} if verb == "receive" else {}
            with pytest.raises(Malformed):
                a_charity().send(f"donation.{verb}", "donation:1", RAISER, **STORE, **gift, **more)


def test_goods_and_services_may_be_pledged() -> None:
    books = a_charity()
    books.send("donation.pledge", "donation:1", RAISER, **STORE, goods=pieces(5))
    books.send("donation.pledge", "donation:2", RAISER, **STORE, service="公交站牌广告")
    give(books, pieces(5))
    assert books.load(Donation, "donation:1").state == "received"


def test_a_donated_service_is_noted_and_valued_and_moves_nothing() -> None:
    books = a_charity()
    said = {**STORE, "service": "公交站牌广告", "name_shown": True}
    (event,) = books.send("donation.receive", "donation:ad", RAISER, **said).events
    assert event.postings() == ()
    assert event.facts() == ()
    assert row(event)["service"] == "公交站牌广告"
    (valued,) = value(books, 80_000, "ad").events
    assert words_of(valued) == {
        "amount": {"value": 80_000, "unit": "fen"},
        "method": "市场价",
        "source": "评估报告",
        "of": "donation:ad",
        "fund": "fund:gifts",
        "state": "valued",
    }


def test_a_later_value_takes_the_place_of_the_one_before() -> None:
    books = given_clothing(30)
    value(books, 900)
    value(books, 700)
    facts = [fact for event in books.all() for fact in event.facts() if fact.measure == "valued"]
    assert [fact.value for fact in facts] == [900, -200]


def test_the_value_of_an_act_is_noted_and_not_counted_beside_that_of_the_gift() -> None:
    books = given_clothing(30)
    issue(books, pieces(3))
    (event,) = value(books, 90, "i").events
    assert event.facts() == ()
    assert row(event)["state"] == "issued"


def test_cash_is_not_valued() -> None:
    books = a_charity()
    books.send("donation.receive", "donation:1", RAISER, **STORE, amount=5, name_shown=True)
    with pytest.raises(WrongState):
        value(books, 5)


def test_what_a_keeper_received_is_counted_per_kind() -> None:
    books = a_charity()
    give(books, pieces(30) + pieces(4, "quilt"))
    facts = [fact for event in books.all() for fact in event.facts()]
    assert [(f.measure, f.value, f.unit, f.detail) for f in facts] == [
        ("goods-received:clothing", 30, "item:clothing", FEDERATION),
        ("goods-received:quilt", 4, "item:quilt", FEDERATION),
    ]


def test_an_issue_is_reversed_and_the_goods_lie_in_store_again() -> None:
    books = given_clothing(30)
    sent = issue(books, pieces(20))
    books.send("event.reverse", "goods:i", an_act("approver-1"), of=sent.position)
    assert (books.balances[STOCK], books.balances[ISSUED]) == (30, 0)
    with pytest.raises(AlreadyExists):
        issue(books, pieces(20))
    with pytest.raises(WrongState):
        value(books, 10, "i")


def test_a_sale_is_reversed_with_its_money() -> None:
    books = given_clothing(30)
    sold = sell(books, pieces(10), 500).positions[0]
    sent = books.send("event.reverse", "goods:s", an_act("approver-1"), of=sold)
    assert [event.TOPIC for event in sent.events] == ["goods.reversed", "fund.sale-returned"]
    assert (books.balances[STOCK], books.balances[FREE]) == (30, 0)


def test_a_sale_whose_money_is_promised_is_not_reversed() -> None:
    books = given_clothing(30)
    sold, money = sell(books, pieces(10), 500).positions
    promise = {"earmark": "general", "to": "grant:1", "purpose": "aid-poor", "amount": 1}
    books.send("fund.commit", "fund:gifts", an_act(), **promise)
    with pytest.raises(InsufficientFund):
        books.send("event.reverse", "goods:s", an_act("approver-1"), of=sold)
    with pytest.raises(WrongState):
        books.send("event.reverse", "fund:gifts", an_act("approver-1"), of=money)


def test_a_gift_whose_goods_left_the_store_is_not_reversed() -> None:
    books = given_clothing(30)
    issue(books, pieces(1))
    with pytest.raises(GoodsShort):
        books.send("event.reverse", "donation:1", an_act("approver-1"), of=2)


def test_goods_belong_to_a_cash_fund_that_is_open() -> None:
    with pytest.raises(WrongBasis):
        give(a_charity("allotment"), pieces(1))
    books = given_clothing(3)
    too_early = an_act(on=date(2005, 12, 31))
    said = {**STORE, "programme": "temporary-relief", "goods": pieces(1)}
    with pytest.raises(WrongState):
        books.send("goods.issue", "goods:i", too_early, **said)


def test_who_raises_gifts_does_not_issue_them() -> None:
    books = with_old_roles(given_clothing(3), "treasurer-1", "treasurer", "fundraiser")
    with pytest.raises(DutiesConflict):
        issue(books, pieces(1))
    with pytest.raises(DutiesConflict):
        sell(books, pieces(1), 5)


KINDS = st.sampled_from(["clothing", "quilt"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["give", "issue", "sell"]), KINDS, st.integers(1, 20)),
        st.tuples(st.just("reverse"), KINDS, st.integers(2, 25)),
    ),
    max_size=20,
)


@given(STEPS)
def test_goods_are_neither_made_nor_lost_and_none_is_taken_that_is_not_there(
    steps: list[tuple[str, str, int]],
) -> None:
    books = a_charity()
    for nth, (verb, kind, number) in enumerate(steps):
        with suppress(Refused):
            if verb == "give":
                give(books, pieces(number, kind), f"d-{nth}")
            elif verb == "issue":
                issue(books, pieces(number, kind), f"i-{nth}")
            elif verb == "sell":
                sell(books, pieces(number, kind), number, f"s-{nth}")
            else:
                subject = books.at(number).originator_id if number <= len(books.stored) else ""
                books.send("event.reverse", subject or "goods:none", an_act("a-1"), of=number)
    lines = [line for event in books.all() for line in event.postings()]
    for kind in ("clothing", "quilt"):
        held = books.balances[f"stock:gifts:general:{kind}"]
        assert held >= 0
        assert sum(line.value for line in lines if line.unit == f"item:{kind}") == 0
        outside = sum(
            line.value
            for line in lines
            if line.unit == f"item:{kind}" and line.account.startswith("out:")
        )
        issued = sum(
            line.value
            for line in lines
            if line.unit == f"item:{kind}" and line.account.startswith("issued:")
        )
        assert -outside == held + issued
    assert books.load(Fund, "fund:gifts").available["general"] == books.balances[FREE]
