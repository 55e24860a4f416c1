"""A promise names the budget class (功能科目) that whoever decides on the money says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain import decode
from domain.grants.grant_events import Share
from tests.domain.benefits import test_relief as relief
from tests.domain.benefits.stories import MONTH, RUN, SCHEME, a_crowd, draw_up, mid
from tests.domain.grants import test_contracts as contracts
from tests.domain.stories import a_grant, an_act, with_fund

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger

CLASS, OTHER = "2081002", "22960"


def promised(books: InMemoryLedger) -> list[Any]:
    """Return the promises of the funds, in their order."""
    return [decode(topic, state) for topic, state in books.stored if topic == "fund.committed.v1"]


def test_each_share_of_a_grant_has_its_own_class() -> None:
    books = with_fund(a_grant(100), "fund:y", holding=500)
    shares = (Share("fund:x", "general", 60, CLASS), Share("fund:y", "general", 40, OTHER))
    books.send("grant.award", "grant:1", an_act("approver-1"), shares=shares)
    assert [one.class_ for one in promised(books)] == [CLASS, OTHER]


def test_a_contract_and_a_relief_decision_say_a_class() -> None:
    books = contracts.signed(class_=CLASS)
    assert [one.class_ for one in promised(books)] == [CLASS]
    case = relief.a_case()
    decision = {"amount": 300, "class_": OTHER}
    case.send("relief.decide", relief.CASE, an_act("approver-1"), **decision)
    assert [one.class_ for one in promised(case)] == [OTHER]


def test_what_a_run_was_drawn_up_under_is_what_its_approval_promises() -> None:
    books, _ = a_crowd(2)
    drawn = draw_up(books, SCHEME, MONTH, class_=CLASS)
    for verb, by in (("review", "reviewer-1"), ("approve", "approver-1")):
        signed = {"digest": drawn.answer["digest"]}
        books.send(f"pay-run.{verb}", RUN, an_act(by, mid(MONTH)), **signed)
    assert [one.class_ for one in promised(books)] == [CLASS]


def test_a_promise_without_a_class_has_none() -> None:
    assert [one.class_ for one in promised(contracts.signed())] == [None]
