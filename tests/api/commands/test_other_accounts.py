"""Money that came back goes to a changed account by two persons, whoever of the holder changed."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.scenarios.office import APPROVER, CLERK, DAY, SECOND_TREASURER, TREASURER
from tests.api.commands.household_desk import Desk, claim_of, desk
from tests.api.commands.test_merged_persons import holds, merged
from tests.api.conftest import code_of

__all__ = ["desk"]
OTHER = {"account": "6222000000000000123"}


def paid(desk: Desk, scheme: str) -> str:
    """Pay a month of the only holder, and let the bank send it back."""
    desk.pay(scheme, "2007-01")
    run = f"pay-run:{scheme.partition(':')[2]}-2007-01"
    (row,) = desk.read("/v1/payments", run=run)["rows"]
    back: dict[str, Any] = {"reason": "销户", "bank_ref": "退-1"}
    desk.take(TREASURER, "payment.return", row["id"], on=DAY, **back)
    return str(row["id"])


def changed(desk: Desk, person: str) -> None:
    desk.take(CLERK, "person.change", person, on=DAY, sealed=OTHER)


def reissued_by_two(desk: Desk, payment: str) -> None:
    """Let one person propose it, who cannot confirm it, and another confirm it."""
    proposed = desk.take(TREASURER, "payment.reissue", payment, on=DAY)
    alone = desk.post(TREASURER, "proposal.confirm", proposed["proposed"], on=DAY)
    assert code_of(alone) == (409, "second-person-needed")
    desk.take(SECOND_TREASURER, "proposal.confirm", proposed["proposed"], on=DAY)


def test_a_payment_to_a_changed_account_is_paid_again_by_two(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, (person,) = desk.family(1)
    assert desk.claim(scheme, person).status_code == 201
    payment = paid(desk, scheme)
    changed(desk, person)
    reissued_by_two(desk, payment)
    holds(desk)


@pytest.mark.parametrize("who", [0, 1])
def test_so_is_a_households_of_whom_a_member_has_another_account(desk: Desk, who: int) -> None:
    scheme = desk.scheme()
    home, people = desk.family(2)
    assert desk.claim(scheme, home).status_code == 201
    payment = paid(desk, scheme)
    changed(desk, people[who])
    reissued_by_two(desk, payment)
    holds(desk)


def test_so_is_one_whose_member_has_moved_out_since(desk: Desk) -> None:
    scheme = desk.scheme()
    home, people = desk.family(2)
    other, _ = desk.family(1)
    assert desk.claim(scheme, home).status_code == 201
    payment = paid(desk, scheme)
    changed(desk, people[0])
    move = {"person": people[0], "from_": home}
    desk.take(CLERK, "household.move", other, on="2007-02-10", **move)
    reissued_by_two(desk, payment)
    holds(desk)


def test_so_is_one_under_an_id_that_was_merged(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, (known,) = desk.family(1)
    again = f"{known}-again"
    desk.take(CLERK, "person.register", again)
    assert desk.claim(scheme, again).status_code == 201
    payment = paid(desk, scheme)
    stop = {"on": DAY, "reason": "重复登记", "from_": "2007-04-01"}
    desk.take(CLERK, "entitlement.stop", claim_of(scheme, again), **stop)
    merged(desk, again, known)
    changed(desk, known)
    reissued_by_two(desk, payment)
    holds(desk)


def test_where_no_account_was_changed_one_pays_again(desk: Desk) -> None:
    scheme = desk.scheme()
    home, people = desk.family(2)
    assert desk.claim(scheme, home).status_code == 201
    payment = paid(desk, scheme)
    desk.take(CLERK, "person.change", people[0], on=DAY, sealed={"name": "甲"})
    receipt = desk.take(TREASURER, "payment.reissue", payment, on=DAY)
    assert "proposed" not in receipt
    assert desk.post(APPROVER, "payment.reissue", payment, on=DAY).status_code == 403
    holds(desk)
