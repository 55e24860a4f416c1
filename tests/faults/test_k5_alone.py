"""K5: nobody moves money, or a right to money, alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scripts.scenarios.office import DAY, EVE, fen
from tests.faults.front_desk import (
    APPROVER,
    CITY,
    CLERK,
    DISTRICT,
    FUNDRAISER,
    FUNDRAISER_2,
    PAPER,
    TREASURER,
    TREASURER_2,
    YUAN,
    a_key,
)

if TYPE_CHECKING:
    from tests.faults.front_desk import FrontDesk, Json

HELD = 10**9
BOTH, DRAWER = "many-1", "many-2"
CHIEF, SECOND_CHIEF = "operator-1", "operator-2"
MONTH = "2007-03"


def moves_only_by_two(
    desk: FrontDesk, first: str, second: str, command: str, subject: str, **what: Any
) -> None:
    """Show that a command moves nothing until another than its sender confirms it."""
    moved = [*desk.office.events(subject)]
    receipt = desk.take(first, command, subject, **what)
    proposal, on = receipt["proposed"], what.get("on", DAY)
    assert [*desk.office.events(subject)] == moved
    assert desk.refused(first, "proposal.confirm", proposal, on=on) == "second-person-needed"
    desk.take(second, "proposal.confirm", proposal, on=on)
    made = [*desk.office.events(subject)][len(moved) :]
    assert {(each.act.by, each.act.confirmed_by) for each in made} == {(first, second)}


def test_k5_a_payment_of_589_is_not_supplemented_by_100_000_by_one(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(589 * YUAN), desk.fund(HELD)
    (person,) = desk.persons(1)
    desk.claim(scheme, person)
    (payment,) = desk.pay(scheme, MONTH, fund)
    more: Json = {"fund": fund, "earmark": "general", "amount": fen(100_000 * YUAN),
                  "reason": "少发", "on": "2007-03-20"}  # fmt: skip
    for _ in range(2):
        told = desk.refused(TREASURER, "payment.supplement", payment, **more)
        assert told == "over-entitled"
    moves_only_by_two(desk, TREASURER, TREASURER_2, "payment.supplement", payment, act=PAPER,
                      **more)  # fmt: skip
    desk.holds("alone")


def test_k5_an_unrated_claim_is_not_raised_from_100_to_100_000_by_one(desk: FrontDesk) -> None:
    scheme = desk.scheme(rates=[])
    (person,) = desk.persons(1)
    claim = desk.claim(scheme, person, amount=fen(100 * YUAN))
    terms: Json = {"tier": "a", "from": "2007-03-01", "amount": fen(100_000 * YUAN)}
    assert desk.refused(CLERK, "entitlement.adjust", claim, **terms) == "over-entitled"
    moves_only_by_two(desk, CLERK, APPROVER, "entitlement.adjust", claim, act=PAPER, **terms)


def test_k5_who_applied_as_clerk_does_not_grant_as_approver(desk: FrontDesk) -> None:
    claim, scheme = f"entitlement:{a_key('e')}", desk.scheme()
    (person,) = desk.persons(1)
    desk.take(BOTH, "entitlement.apply", claim, scheme=scheme, holder=person, area=DISTRICT)
    desk.take(CLERK, "entitlement.assess", claim, eligible=True)
    terms = {"tier": "a", "from": "2007-03-15"}
    assert desk.refused(BOTH, "entitlement.grant", claim, **terms) == "maker-is-checker"
    desk.take(APPROVER, "entitlement.grant", claim, **terms)


def test_k5_a_fundraiser_does_not_refund_alone(desk: FrontDesk) -> None:
    fund, subject = desk.fund(kind="charity"), f"donation:{a_key('d')}"
    desk.take(FUNDRAISER, "donation.receive", subject, fund=fund, earmark="general",
              amount=fen(500), name_shown=False)  # fmt: skip
    moves_only_by_two(desk, FUNDRAISER, FUNDRAISER_2, "donation.refund", subject,
                      amount=fen(500))  # fmt: skip


def test_k5_who_drew_up_a_run_does_not_release_it(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(), desk.fund(HELD)
    (person,) = desk.persons(1)
    desk.claim(scheme, person)
    run = f"pay-run:{a_key('r')}"
    what: Json = {"scheme": scheme, "month": MONTH, "fund": fund, "earmark": "general"}
    drawn = desk.take(DRAWER, "pay-run.draw-up", run, on=f"{MONTH}-15", **what) | {"run": run}
    desk.approve(drawn, MONTH)
    said = desk.post(DRAWER, "pay-run.release", run, on=f"{MONTH}-16").json()
    assert said["code"] == "maker-is-checker"
    desk.take(TREASURER, "pay-run.release", run, on=f"{MONTH}-16")
    (line,) = desk.lines(run)
    desk.take(DRAWER, "pay-run.settle", run, on=f"{MONTH}-17", bank_ref="回盘",
              returned=[{"payment": line["payment"], "reason": "销户"}])  # fmt: skip
    desk.take(DRAWER, "payment.reissue", line["payment"], on=f"{MONTH}-18")
    desk.take(TREASURER, "payment.return", line["payment"], on=f"{MONTH}-19", reason="销户",
              bank_ref="退-2")  # fmt: skip
    told = desk.refused(DRAWER, "payment.write-back", line["payment"], on=f"{MONTH}-20")
    assert told == "maker-is-checker"
    desk.holds("alone", "maker-not-checker")


def test_k5_an_operator_grants_himself_nothing(desk: FrontDesk) -> None:
    for role in ("treasurer", "clerk"):
        told = desk.refused(CHIEF, "role.grant", f"role:{CHIEF}", who=CHIEF, role=role)
        assert told in {"duties-conflict", "second-person-needed"}


@pytest.mark.parametrize("role", ["treasurer", "approver", "clerk"])
def test_k5_a_fundraiser_spends_from_no_charity_fund(desk: FrontDesk, role: str) -> None:
    what = {"who": FUNDRAISER, "role": role}
    assert desk.refused(CHIEF, "role.grant", f"role:{FUNDRAISER}", **what) == "duties-conflict"


def test_k5_another_operator_confirms_a_role(desk: FrontDesk) -> None:
    who = a_key("clerk")
    moves_only_by_two(desk, CHIEF, SECOND_CHIEF, "role.grant", f"role:{who}", who=who,
                      role="clerk")  # fmt: skip


def test_k5_who_soft_closed_does_not_open_again(desk: FrontDesk) -> None:
    period, through = "period:2005", {"through": "2005-12-31"}
    desk.take(TREASURER, "period.soft-close", period, on=EVE, **through)
    told = desk.post(TREASURER, "period.reopen", period, on=EVE, act={"reason": "漏记"}, **through)
    said = told.json()
    assert (told.status_code, said["code"]) == (409, "second-person-needed")
    assert any(word in said["detail"] for word in ("treasurer", "出纳", "财务"))
    moves_only_by_two(desk, TREASURER_2, TREASURER, "period.reopen", period, on=EVE,
                      act={"reason": "漏记"}, **through)  # fmt: skip


def test_k5_the_table_of_conflicts_is_on_a_page(desk: FrontDesk) -> None:
    page = desk.page("/roles", lang="en")
    assert "fundraiser" in page
    assert "treasurer" in page
    assert CITY not in page
