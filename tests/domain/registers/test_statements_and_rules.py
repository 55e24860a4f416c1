"""Statements stand until they are reversed; rules hold from a day on."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.money import Quantity, Ratio
from domain.kernel.refusals import AlreadyExists, Malformed
from domain.registers.rules import Rule
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act, words_of

CLERK, APPROVER = an_act("clerk-1"), an_act("approver-1")
MEN = "rule:bus.men-age"


def stated(books: InMemoryLedger, value: Quantity | Ratio) -> InMemoryLedger:
    books.send(
        "statement.record",
        "statement:sales-2006",
        CLERK,
        figure="lottery.sales",
        keeper="organisation:lottery-centre",
        value=value,
        qualifier="more than",
        scope="system",
        period="2006",
        source="年报",
        published_on=date(2007, 1, 20),
    )
    return books


def enacted(books: InMemoryLedger, years: int, from_: date) -> InMemoryLedger:
    amount = Quantity(years, "year")
    books.send("rule.enact", MEN, APPROVER, rule="bus.men-age", amount=amount, from_=from_)
    return books


def test_a_statement_is_recorded_again_only_after_it_was_reversed() -> None:
    books = stated(InMemoryLedger(), Quantity(96_400, "fen"))
    with pytest.raises(AlreadyExists):
        stated(books, Quantity(1, "fen"))
    books.send("event.reverse", "statement:sales-2006", APPROVER, of=1)
    stated(books, Quantity(96_401, "fen"))
    facts = [fact for event in books.all() for fact in event.facts()]
    assert sum(fact.value for fact in facts) == 96_401
    assert {(f.measure, f.who, f.detail) for f in facts} == {
        ("stated:lottery.sales", "organisation:lottery-centre", "system:2006")
    }


def test_a_stated_ratio_is_kept_with_what_it_was_made_of() -> None:
    ratio = Ratio("27.2", numerator=Quantity(272, "fen"), denominator=Quantity(1000, "fen"))
    event = stated(InMemoryLedger(), ratio).at(1)
    assert words_of(event)["value"] == {
        "value": "27.2",
        "unit": "percent",
        "numerator": {"value": 272, "unit": "fen"},
        "denominator": {"value": 1000, "unit": "fen"},
    }
    assert event.facts() == ()


def test_a_rule_holds_from_its_day_to_the_next_one() -> None:
    books = enacted(enacted(InMemoryLedger(), 70, date(2000, 1, 1)), 65, date(2007, 7, 1))
    rule = books.load(Rule, MEN)
    assert rule.value_on(date(1999, 12, 31)) is None
    for day, years in ((date(2007, 6, 30), 70), (date(2007, 7, 1), 65)):
        value = rule.value_on(day)
        assert value is not None
        assert value.value == years


def test_a_rule_has_one_value_from_a_day() -> None:
    books = enacted(InMemoryLedger(), 70, date(2007, 7, 1))
    with pytest.raises(AlreadyExists):
        enacted(books, 65, date(2007, 7, 1))
    books.send("event.reverse", MEN, APPROVER, of=1)
    enacted(books, 65, date(2007, 7, 1))


def test_a_rule_is_kept_under_its_own_name() -> None:
    share = Ratio("35")
    with pytest.raises(Malformed):
        InMemoryLedger().send(
            "rule.enact", "rule:x", APPROVER, rule="y", amount=share, from_=date.min
        )
    assert (
        InMemoryLedger()
        .send("rule.enact", "rule:x", APPROVER, rule="x", amount=share, from_=date(2007, 1, 1))
        .events
    )
