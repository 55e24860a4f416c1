"""Roles: granted, withdrawn, and the duties that are kept apart."""

from __future__ import annotations

import pytest

from domain.grants.grant_events import Share
from domain.kernel.refusals import AlreadyExists, DutiesConflict, Malformed, Refused, WrongState
from domain.office.roles import Role
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import a_fund, a_grant, an_act, with_fund, with_old_roles, with_role

OPERATOR = an_act("operator:local")
SHARE = {"amount": 10, "earmark": "general"}


def held(books: InMemoryLedger, who: str) -> frozenset[str]:
    return books.load(Role, f"role:{who}").roles


def test_somebody_may_hold_several_roles() -> None:
    books = with_role(InMemoryLedger(), "li", "clerk", "treasurer")
    assert held(books, "li") == {"clerk", "treasurer"}


def test_a_role_is_granted_once_in_each_scope() -> None:
    books = with_role(InMemoryLedger(), "li", "clerk")
    with pytest.raises(AlreadyExists):
        with_role(books, "li", "clerk")
    books.send("role.grant", "role:li", OPERATOR, who="li", role="clerk", scope="area:luohu")
    books.send("role.withdraw", "role:li", OPERATOR, who="li", role="clerk", scope="area:luohu")
    assert held(books, "li") == {"clerk"}


def test_a_withdrawal_without_a_scope_takes_the_role_wherever_it_is_held() -> None:
    books = with_role(InMemoryLedger(), "li", "clerk", "reviewer")
    books.send("role.grant", "role:li", OPERATOR, who="li", role="clerk", scope="area:luohu")
    books.send("role.withdraw", "role:li", OPERATOR, who="li", role="clerk")
    assert held(books, "li") == {"reviewer"}
    with pytest.raises(WrongState):
        books.send("role.withdraw", "role:li", OPERATOR, who="li", role="clerk")


def test_the_history_of_roles_stays() -> None:
    books = with_role(InMemoryLedger(), "li", "clerk")
    books.send("role.withdraw", "role:li", OPERATOR, who="li", role="clerk")
    assert [event.TOPIC for event in books.all()] == ["role.granted", "role.withdrawn"]


def test_roles_are_kept_on_their_own_subject() -> None:
    with pytest.raises(Malformed):
        InMemoryLedger().send("role.grant", "role:wang", OPERATOR, who="li", role="clerk")


@pytest.mark.parametrize("role", ["supervisor", "auditor"])
@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("bring-in", SHARE | {"as_stated_in": "账"}),
        ("receive", SHARE | {"source": "fiscal", "document": "文"}),
        ("commit", SHARE | {"to": "grant:1", "purpose": "aid-poor"}),
        ("carry-over", {"amount": 10, "from_earmark": "general", "to_earmark": "2008"}),
        ("surrender", SHARE | {"to": "fiscal"}),
    ],
)
def test_who_watches_money_never_writes_it(
    role: str, command: str, what: dict[str, object]
) -> None:
    books = with_old_roles(a_fund(100), "li", "treasurer", role)
    with pytest.raises(DutiesConflict):
        books.send(f"fund.{command}", "fund:x", an_act("li"), **what)


@pytest.mark.parametrize("kind", ["charity", "named"])
def test_a_fundraiser_never_spends_from_a_fund_of_gifts(kind: str) -> None:
    books = with_old_roles(InMemoryLedger(), "li", "treasurer", "fundraiser")
    with_fund(books, "fund:gifts", holding=100, kind=kind)
    what = SHARE | {"to": "grant:1", "purpose": "aid-poor"}
    with pytest.raises(DutiesConflict):
        books.send("fund.commit", "fund:gifts", an_act("li"), **what)
    with pytest.raises(DutiesConflict):
        books.send("fund.surrender", "fund:gifts", an_act("li"), **SHARE, to="fiscal")
    books.send("fund.commit", "fund:gifts", an_act("wang"), **what)


def test_a_fundraiser_may_spend_from_another_fund() -> None:
    books = with_old_roles(a_fund(100), "li", "treasurer", "fundraiser")
    what = SHARE | {"to": "grant:1", "purpose": "aid-poor"}
    assert books.send("fund.commit", "fund:x", an_act("li"), **what).events


def test_duties_are_those_held_now_not_those_held_once() -> None:
    books = with_old_roles(a_grant(), "li", "auditor", "approver")
    books.send("role.withdraw", "role:li", OPERATOR, who="li", role="auditor")
    shares = (Share("fund:x", "general", 10),)
    assert books.send("grant.award", "grant:1", an_act("li"), shares=shares).events


def test_a_refused_act_writes_nothing() -> None:
    books = with_role(a_fund(100), "li", "auditor")
    before = len(books.stored)
    with pytest.raises(Refused):
        books.send("fund.surrender", "fund:x", an_act("li"), **SHARE, to="fiscal")
    assert len(books.stored) == before
