"""The words of an event are the words of the contract."""

from __future__ import annotations

from datetime import date

from domain.grants.grant_events import Share
from domain.kernel.event_fields import row
from tests.domain.stories import AN_ACT, a_fund, a_grant, an_act, with_role, words_of


def test_money_has_its_unit_and_what_was_not_said_is_left_out() -> None:
    books = a_fund(100)
    said = {"amount": 60, "earmark": "general", "to": "grant:1", "purpose": "aid-poor"}
    (event,) = books.send("fund.commit", "fund:x", AN_ACT, **said).events
    assert words_of(event) == said | {"amount": {"value": 60, "unit": "fen"}}
    assert row(event) == {}


def test_a_name_that_python_reserves_has_no_underscore_outside() -> None:
    said = {"amount": 1, "earmark": "general", "source": "fiscal", "document": "文"}
    (event,) = a_fund().send("fund.receive", "fund:x", AN_ACT, **said, class_="208").events
    assert words_of(event)["class"] == "208"


def test_days_and_what_is_nested_are_plain() -> None:
    books = a_grant(100)
    share = Share("fund:x", "general", 40)
    event = books.send("grant.award", "grant:1", an_act("approver-1"), shares=(share,)).events[-1]
    assert row(event) == {
        "shares": [
            {"fund": "fund:x", "earmark": "general", "amount": {"value": 40, "unit": "fen"}}
        ],
        "awarded": {"value": 40, "unit": "fen"},
        "state": "awarded",
    }
    through, later = date(2007, 12, 31), an_act(on=date(2008, 1, 31))
    (closed,) = books.send("period.soft-close", "period:2007", later, through=through).events
    assert row(closed) == {"through": "2007-12-31", "state": "soft-closed"}


def test_a_reversal_says_what_it_reverses_and_not_the_whole_of_it() -> None:
    (event,) = a_fund(100).send("event.reverse", "fund:x", an_act("approver-1"), of=2).events
    assert words_of(event) == {"of": 2, "original_topic": "fund.brought-in.v1"}


def test_the_state_of_a_row_may_be_said_by_the_event_itself() -> None:
    books = with_role(a_fund(), "li", "clerk", "reviewer")
    act = an_act("operator:local")
    states = [
        row(books.send("role.withdraw", "role:li", act, who="li", role=role).events[0])["state"]
        for role in ("clerk", "reviewer")
    ]
    assert states == ["granted", "withdrawn"]
