"""K7, K11: one thing told twice, and ways to correct what happens every day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scripts.scenarios.office import EVE, fen
from tests.faults.front_desk import (
    APPROVER,
    CITY,
    CLERK,
    DISTRICT,
    FUNDRAISER,
    FUNDRAISER_2,
    REGISTRAR,
    TREASURER,
    TREASURER_2,
    a_key,
)

if TYPE_CHECKING:
    from tests.faults.front_desk import FrontDesk, Json

HELD, RATE = 10**9, 30_000
CODE = "91350100M000100Y43"
NUMBER, FULL_WIDTH = "440301199001011234", "４４０３０１１９９００１０１１２３４"


def a_payment(desk: FrontDesk, on: str = "2007-03") -> tuple[str, str, str]:
    """Pay one person; return the payment, the claim and the person."""
    scheme, fund = desk.scheme(RATE), desk.fund(HELD)
    (person,) = desk.persons(1)
    claim = desk.claim(scheme, person)
    (payment,) = desk.pay(scheme, on, fund)
    return payment, claim, person


def a_body(**more: Any) -> tuple[str, str, Json]:
    """Register a body."""
    what: Json = {"title": "社", "kind": "association", "activity": "elders", "area": CITY}
    return REGISTRAR, "organisation.register", what | more


def test_k7_a_credit_code_is_one_bodys(desk: FrontDesk) -> None:
    by, command, what = a_body(credit_code=CODE)
    first = f"organisation:{a_key('o')}"
    desk.take(by, command, first, on="2016-01-01", **what)
    answer = desk.post(by, command, f"organisation:{a_key('o')}", on="2016-01-02", **what)
    assert (answer.status_code, answer.json()["code"]) == (409, "already-told")
    assert first in answer.json()["detail"]


@pytest.mark.parametrize("number", [NUMBER, FULL_WIDTH])
def test_k7_an_id_number_is_one_persons_in_whatever_digits(desk: FrontDesk, number: str) -> None:
    first = f"person:{a_key('id')}"
    told = desk.post(CLERK, "person.register", first, on=EVE,
                     sealed={"name": "甲", "id_number": number})  # fmt: skip
    if told.status_code == 201:
        again = desk.post(CLERK, "person.register", f"person:{a_key('id')}", on=EVE,
                          sealed={"name": "乙", "id_number": NUMBER})  # fmt: skip
        assert first in again.json()["detail"]
    else:
        again = told
    assert (again.status_code, again.json()["code"]) == (409, "already-told")


def test_k7_a_document_an_honour_and_a_tally_are_told_once(desk: FrontDesk) -> None:
    budget = desk.fund(basis="allotment")
    money: Json = {"amount": fen(100), "earmark": "2007", "source": "fiscal",
                   "document": "深财社〔2007〕9号"}  # fmt: skip
    honour: Json = {"award": "model", "level": "city", "recipient": CITY}
    work: Json = {"measure": "visits", "count": {"value": 30, "unit": "person-time"},
                  "qualifier": "exact", "area": CITY, "from": "2007-05-01",
                  "to": "2007-05-31"}  # fmt: skip
    on = "2007-05-31"
    for by, command, first, second, what in (
        (TREASURER, "fund.allot", budget, budget, money),
        (CLERK, "honour.confer", f"honour:{a_key('h')}", f"honour:{a_key('h')}", honour),
        (CLERK, "tally.report", f"tally:{a_key('t')}", f"tally:{a_key('t')}", work),
    ):
        desk.take(by, command, first, on=on, **what)
        assert desk.refused(by, command, second, on=on, **what) == "already-told"
        desk.take(by, command, second, on=on, act={"reason": "两次"}, **what)
    desk.holds("already-told")


def test_k11_a_part_of_a_payment_comes_back(desk: FrontDesk) -> None:
    payment, _, _ = a_payment(desk)
    back: Json = {"on": "2007-03-20", "reason": "限额", "bank_ref": "退", "amount": fen(10_000)}
    desk.take(TREASURER, "payment.return", payment, **back)
    row = desk.get(f"payments/{payment.partition(':')[2]}", CLERK)
    assert row["state"] == "part-returned"
    too_much = back | {"amount": fen(20_001)}
    assert desk.refused(TREASURER, "payment.return", payment, **too_much) == "over-recovery"
    desk.take(TREASURER, "payment.return", payment, **(back | {"amount": fen(20_000)}))
    desk.holds("sums-zero", "identity")


def test_k11_a_mistaken_stop_and_a_mistaken_death_are_withdrawn(desk: FrontDesk) -> None:
    _, claim, person = a_payment(desk)
    desk.take(CLERK, "entitlement.stop", claim, on="2007-03-20", reason="迁出", from_="2007-04-01")
    assert desk.state(claim, "2007-04-30") == "stopped"
    desk.take(CLERK, "entitlement.withdraw", claim, on="2007-03-21", act={"reason": "误停"})
    assert desk.state(claim, "2007-04-30") == "granted"
    desk.take(CLERK, "person.report-death", person, on="2007-03-22", date="2007-03-22")
    assert desk.state(claim, "2007-04-30") == "ended"
    told = desk.take(CLERK, "person.withdraw-death", person, on="2007-03-23",
                     act={"reason": "同名"})  # fmt: skip
    assert desk.state(claim, "2007-04-30") == "granted"
    assert "claims" in told


def test_k11_a_changed_account_is_paid_again_by_two(desk: FrontDesk) -> None:
    payment, _, person = a_payment(desk)
    desk.take(TREASURER, "payment.return", payment, on="2007-03-20", reason="销户", bank_ref="退")
    desk.take(CLERK, "person.change", person, on="2007-03-21", sealed={"account": "6222000000001"},
              act={"reason": "换卡"})  # fmt: skip
    proposed = desk.take(TREASURER, "payment.reissue", payment, on="2007-03-22")["proposed"]
    desk.take(TREASURER_2, "proposal.confirm", proposed, on="2007-03-22")
    assert desk.get(f"payments/{payment.partition(':')[2]}", CLERK)["state"] == "reissued"


def test_k11_a_household_moves_to_another_area(desk: FrontDesk) -> None:
    home, _ = desk.household(2)
    desk.take(CLERK, "household.relocate", home, on="2007-03-15", area=CITY)
    assert desk.get(f"households/{home.partition(':')[2]}", CLERK)["area"] == CITY
    row = desk.get(f"households/{home.partition(':')[2]}", CLERK, as_of="2007-03-14")
    assert row["area"] == DISTRICT


def test_k11_relief_is_refused_withdrawn_and_comes_back(desk: FrontDesk) -> None:
    fund, people = desk.fund(HELD), desk.persons(3)
    cases = [f"relief:{a_key('r')}" for _ in people]
    for case, person in zip(cases, people, strict=True):
        desk.take(CLERK, "relief.apply", case, person=person, fund=fund, earmark="general",
                  programme="medical", purpose="aid-poor", area=DISTRICT)  # fmt: skip
    desk.take(APPROVER, "relief.reject", cases[0], reason="不符合条件")
    desk.take(CLERK, "relief.withdraw", cases[1], reason="申请人撤回")
    desk.take(APPROVER, "relief.decide", cases[2], amount=fen(500))
    desk.take(TREASURER, "relief.pay", cases[2])
    desk.take(TREASURER, "relief.return", cases[2], amount=fen(200), reason="销户", bank_ref="退")
    states = {row["id"]: row["state"] for row in desk.rows("relief-cases", CLERK)}
    assert [states[case] for case in cases] == ["rejected", "withdrawn", "part-returned"]


def test_k11_a_gathered_gift_is_corrected_and_is_no_refund(desk: FrontDesk) -> None:
    fund, gift = desk.fund(kind="charity"), f"donation:{a_key('d')}"
    desk.take(FUNDRAISER, "donation.receive", gift, fund=fund, earmark="general",
              amount=fen(1000), name_shown=False)  # fmt: skip
    desk.take(TREASURER, "fund.gather", fund, on="2007-03-16", earmark="general",
              through="2007-03-15")  # fmt: skip
    desk.agreed(FUNDRAISER, FUNDRAISER_2, "donation.correct", gift, on="2007-03-17",
                amount=fen(100), act={"reason": "多记一位"})  # fmt: skip
    row = desk.public(f"donations/{gift.partition(':')[2]}")
    assert row["amount"] == fen(100)
    assert "refund" not in row["state"]


def test_k11_a_pledge_in_instalments_and_a_gift_for_two_funds(desk: FrontDesk) -> None:
    one, two = desk.fund(kind="charity"), desk.fund(kind="charity")
    pledge, gift = f"donation:{a_key('d')}", f"donation:{a_key('d')}"
    place: Json = {"fund": one, "earmark": "general"}
    desk.take(FUNDRAISER, "donation.pledge", pledge, amount=fen(100), **place)
    for amount, state in ((60, "part-received"), (40, "received")):
        desk.take(FUNDRAISER, "donation.receive", pledge, amount=fen(amount), name_shown=False,
                  **place)  # fmt: skip
        assert desk.public(f"donations/{pledge.partition(':')[2]}")["state"] == state
    parts = [{"fund": one, "earmark": "general", "amount": fen(6)},
             {"fund": two, "earmark": "school", "amount": fen(4)}]  # fmt: skip
    desk.take(FUNDRAISER, "donation.receive", gift, parts=parts, name_shown=False)
    assert desk.public(f"donations/{gift.partition(':')[2]}")["amount"] == fen(10)


def test_k11_a_grant_gives_back_after_its_close(desk: FrontDesk) -> None:
    fund, grant, project = desk.fund(HELD), f"grant:{a_key('g')}", f"project:{a_key('p')}"
    desk.take(CLERK, "project.open", project, title="项目", programme="x", purpose="aid-poor")
    desk.take(CLERK, "grant.apply", grant, body="organisation:o", project=project, programme="x",
              purpose="aid-poor", title="修缮", area=CITY, amount=fen(100))  # fmt: skip
    desk.take(APPROVER, "grant.award", grant,
              shares=[{"fund": fund, "earmark": "general", "amount": fen(100)}])  # fmt: skip
    desk.take(TREASURER, "grant.pay", grant, fund=fund, amount=fen(100), instalment=1)
    desk.take(CLERK, "grant.account", grant, amount=fen(100), evidence=[])
    desk.take(CLERK, "grant.close", grant, on="2007-04-01")
    desk.take(CLERK, "grant.give-back", grant, on="2007-05-01", amount=fen(30))
    asked = {"account": f"available:{fund.partition(':')[2]}:general"}
    assert sum(row["value"] for row in desk.rows("balances", **asked)) == HELD - 70
    desk.holds("identity", "within-purpose")
