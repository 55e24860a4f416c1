"""A wrong payee is corrected over HTTP by two persons, and every check of the books holds."""

from __future__ import annotations

from typing import Any

from scripts.scenarios.office import CLERK, SECOND_TREASURER, TREASURER, fen
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
