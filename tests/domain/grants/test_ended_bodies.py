"""A body that was deregistered or revoked is promised and paid nothing from that day on."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.grants.grant_events import Share
from domain.kernel.payees import BodyEnded
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import a_grant, an_act

CHOIR, LINE = "organisation:choir", "contract:line"
FIRST, END = date(2007, 3, 1), date(2007, 6, 15)
DAYS = st.dates(FIRST, date(2007, 9, 30))


def registered(*, ends: str = "", end: date = END) -> InMemoryLedger:
    """Return books with an application of a registered body, which may have ended."""
    books = a_grant(100)
    what = {"title": "合唱团", "kind": "association", "activity": "elders", "area": "area:luohu"}
    books.send("organisation.register", CHOIR, an_act("registrar-1", date(2006, 1, 1)), **what)
    if ends:
        end_it(books, ends, end)
    return books


def end_it(books: InMemoryLedger, verb: str = "revoke", day: date = END) -> None:
    books.send(f"organisation.{verb}", CHOIR, an_act("registrar-1", day))


def award(books: InMemoryLedger, day: date) -> None:
    shares = (Share("fund:x", "general", 60),)
    books.send("grant.award", "grant:1", an_act("approver-1", day), shares=shares)


def pay(books: InMemoryLedger, day: date, amount: int = 1, nth: int = 1) -> None:
    what: dict[str, Any] = {"fund": "fund:x", "amount": amount, "instalment": nth}
    books.send("grant.pay", "grant:1", an_act("treasurer-1", day), **what)


def sign(books: InMemoryLedger, day: date) -> None:
    what: dict[str, Any] = {
        "body": CHOIR, "programme": "line", "fund": "fund:x", "earmark": "general", "amount": 90,
        "from_": FIRST, "until": date(2007, 12, 31),
    }  # fmt: skip
    books.send("contract.sign", LINE, an_act("approver-1", day), **what)


def test_a_body_that_has_ended_does_not_apply() -> None:
    books = registered(ends="revoke")
    applied: Any = books.at(books.positions["grant:1"][0])
    names = ("body", "project", "programme", "purpose", "title", "area", "amount")
    what = {name: getattr(applied, name) for name in names}
    with pytest.raises(BodyEnded):
        books.send("grant.apply", "grant:2", an_act("clerk-1", END), **what)
    books.send("grant.apply", "grant:2", an_act("clerk-1", END - timedelta(1)), **what)


@pytest.mark.parametrize("verb", ["revoke", "deregister"])
def test_a_body_that_has_ended_is_awarded_nothing(verb: str) -> None:
    books = registered(ends=verb)
    for day in (END, END + timedelta(30)):
        with pytest.raises(BodyEnded, match="organisation:choir ended on 2007-06-15"):
            award(books, day)
    award(books, END - timedelta(1))


def test_a_body_that_ends_after_its_award_is_paid_nothing_more() -> None:
    books = registered()
    award(books, FIRST)
    pay(books, FIRST)
    end_it(books)
    with pytest.raises(BodyEnded):
        pay(books, END, nth=2)
    pay(books, END - timedelta(1), nth=3)
    books.send("grant.give-back", "grant:1", an_act("clerk-2", END), amount=2)
    books.send("grant.close", "grant:1", an_act("clerk-2", END))


def test_no_contract_is_signed_with_a_body_that_has_ended_and_no_month_paid_to_it() -> None:
    books = registered()
    sign(books, FIRST)
    books.send("contract.confirm-month", LINE, an_act("reviewer-1", END), month="2007-03", units=1)
    end_it(books)
    with pytest.raises(BodyEnded):
        books.send("contract.pay", LINE, an_act(on=END), month="2007-03", amount=1)
    with pytest.raises(BodyEnded):
        sign(registered(ends="revoke"), END)


def test_a_body_that_is_not_in_the_register_is_no_concern_of_the_rule() -> None:
    books = a_grant(100)
    award(books, FIRST)
    pay(books, FIRST)
    assert [event.TOPIC for event in books.all()].count("grant.paid") == 1


@given(ended=DAYS, awarded=DAYS, paid=st.lists(DAYS, max_size=4))
def test_nothing_is_promised_or_paid_from_the_day_of_the_end(
    ended: date, awarded: date, paid: list[date]
) -> None:
    books = registered(ends="revoke", end=ended)
    with suppress(BodyEnded):
        award(books, awarded)
        for nth, day in enumerate(sorted(paid), 1):
            pay(books, max(day, awarded), nth=nth)
    got = [event.act.on for event in books.all() if event.TOPIC in {"grant.awarded", "grant.paid"}]
    assert all(day < ended for day in got)
    assert bool(got) == (awarded < ended)
