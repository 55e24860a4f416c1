"""Campaigns: filed ten days before they start, and run as filed."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.refusals import Malformed, PlanNotFiled, UnknownSubject, WrongState
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import a_fund, an_act


def filed(on: date = date(2007, 3, 1), starts: date = date(2007, 3, 11)) -> InMemoryLedger:
    books = a_fund()
    what = {"title": "慈善行", "permit": "深民许1号", "fund": "fund:x"}
    act = an_act("fundraiser-1", on)
    books.send("campaign.file", "campaign:1", act, **what, starts=starts, ends=date(2007, 6, 1))
    return books


def start(books: InMemoryLedger, on: date) -> None:
    books.send("campaign.start", "campaign:1", an_act("fundraiser-1", on))


def test_a_campaign_starts_ten_days_after_its_plan_was_filed() -> None:
    start(filed(), date(2007, 3, 11))
    with pytest.raises(PlanNotFiled):
        start(filed(on=date(2007, 3, 2)), date(2007, 3, 11))
    with pytest.raises(PlanNotFiled):
        start(filed(), date(2007, 3, 10))


def test_a_campaign_that_was_never_filed_is_unknown() -> None:
    with pytest.raises(UnknownSubject):
        start(a_fund(), date(2007, 3, 11))


def test_a_campaign_starts_within_its_plan_and_ends_once() -> None:
    with pytest.raises(WrongState):
        start(filed(), date(2007, 6, 2))
    books = filed()
    with pytest.raises(WrongState):
        books.send("campaign.end", "campaign:1", an_act("fundraiser-1", date(2007, 4, 1)))
    start(books, date(2007, 3, 20))
    with pytest.raises(WrongState):
        start(books, date(2007, 3, 20))
    with pytest.raises(WrongState):
        books.send("campaign.end", "campaign:1", an_act("fundraiser-1", date(2007, 3, 19)))
    books.send("campaign.end", "campaign:1", an_act("fundraiser-1", date(2007, 6, 3)))
    with pytest.raises(WrongState):
        books.send("campaign.end", "campaign:1", an_act("fundraiser-1", date(2007, 6, 3)))


def test_a_plan_ends_after_it_starts() -> None:
    with pytest.raises(Malformed):
        filed(starts=date(2007, 6, 2))
