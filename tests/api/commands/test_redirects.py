"""A wrong payee is corrected over HTTP by two persons, and every check of the books holds."""

from __future__ import annotations

from typing import Any

from infra.verify.runner import verify
from scripts.scenarios.office import APPROVER, CLERK, REVIEWER, SECOND_TREASURER, TREASURER, fen
from scripts.scenarios.stories import FUND
from tests.api.commands.household_desk import MONTH, Desk, desk

__all__ = ["desk"]


def test_two_persons_ask_the_one_back_and_pay_the_other(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, (wrong, right) = desk.family(2)
    assert desk.claim(scheme, wrong).status_code == 201
    desk.pay(scheme)
    assert desk.claim(scheme, right).status_code == 201
    (payment,) = (row["id"] for row in desk.read("/v1/payments", scheme=scheme)["rows"])
    what: dict[str, Any] = {"to": right, "reason": "错付", "on": "2007-03-16"}
    beyond = desk.post(TREASURER, "payment.redirect", payment, amount=fen(301), **what)
    assert (beyond.status_code, beyond.json()["code"]) == (409, "over-recovery")
    proposed = desk.take(TREASURER, "payment.redirect", payment, **what)["proposed"]
    assert len(desk.read("/v1/payments", scheme=scheme)["rows"]) == 1
    told = desk.take(SECOND_TREASURER, "proposal.confirm", proposed, on="2007-03-16")

    rows = {row["id"]: row for row in desk.read("/v1/payments", scheme=scheme)["rows"]}
    assert rows[told["payment"]]["redirects"] == payment
    assert [row["amount"]["value"] for row in rows.values()] == [300, 300]
    debt = desk.read(f"/v1/recoveries/{told['recovery'].partition(':')[2]}")
    assert (debt["payments"], debt["amount"]["value"]) == ([payment], 300)
    spent = desk.read("/v1/balances", stage="spent", programme=scheme.partition(":")[2])["rows"]
    assert [row["value"] for row in spent] == [300]
    again = desk.post(TREASURER, "payment.redirect", payment, amount=fen(1), **what)
    assert (again.status_code, again.json()["code"]) == (409, "over-recovery")
    order = {"scheme": scheme, "month": MONTH, "fund": FUND, "earmark": "general"}
    drawn = desk.post(CLERK, "pay-run.draw-up", "pay-run:twice", on="2007-03-17", **order)
    assert (drawn.status_code, drawn.json()["code"]) == (409, "paid-twice")


def test_who_applies_after_arrears_were_drawn_changes_none_of_their_lines(desk: Desk) -> None:
    """A redirected payment to somebody without a claim is looked at by the claims of the day."""
    scheme = desk.scheme(per="person", formula="flat")
    _, (wrong, right, late) = desk.family(3)
    assert desk.claim(scheme, wrong).status_code == 201
    desk.pay(scheme)
    (payment,) = (row["id"] for row in desk.read("/v1/payments", scheme=scheme)["rows"])
    proposed = desk.take(
        TREASURER, "payment.redirect", payment, to=right, reason="错付", on="2007-03-16",
        act={"reason": "名单外，经批准"},
    )["proposed"]  # fmt: skip
    desk.take(SECOND_TREASURER, "proposal.confirm", proposed, on="2007-03-16")
    assert desk.claim(scheme, late).status_code == 201
    run = f"pay-run:{scheme.partition(':')[2]}-arrears"
    order = {"scheme": scheme, "kind": "arrears", "from": MONTH, "to": MONTH, "fund": FUND,
             "earmark": "general", "on": "2007-03-17"}  # fmt: skip
    drawn = desk.take(CLERK, "pay-run.draw-up", run, **order)
    assert desk.claim(scheme, right, tier="a").status_code == 201
    for by, act in ((REVIEWER, "review"), (APPROVER, "approve")):
        desk.take(by, f"pay-run.{act}", run, on="2007-03-17", digest=drawn["digest"])
    desk.take(TREASURER, "pay-run.release", run, on="2007-03-17")
    ledger = desk.office.ledger
    (found,) = verify(ledger.pool, ["arrears-once"], decisions=ledger.decisions, vault=ledger.vault)
    assert (found["holds"], found["breaches"]) == (True, [])
    assert found["examined"] > 0
