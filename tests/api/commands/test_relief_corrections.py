"""Relief that comes back and is recovered, over HTTP: registers, aid, figures and places agree."""

from __future__ import annotations

from typing import Any

from scripts.scenarios.office import APPROVER, CLERK, SECOND_TREASURER, TREASURER, fen
from scripts.scenarios.stories import AREA, FUND
from tests.api.commands.household_desk import Desk, desk

__all__ = ["desk"]
PROGRAMME = "medical"


def a_case(desk: Desk, name: str, person: str) -> str:
    """Apply for a person."""
    place: dict[str, Any] = {"fund": FUND, "earmark": "general", "programme": PROGRAMME}
    case = f"relief:{name}"
    desk.take(CLERK, "relief.apply", case, person=person, purpose="aid-poor", area=AREA, **place)
    return case


def pay(desk: Desk, case: str, amount: int) -> None:
    """Decide and pay a case."""
    desk.take(APPROVER, "relief.decide", case, amount=fen(amount))
    desk.take(TREASURER, "relief.pay", case)


def spent(desk: Desk) -> list[tuple[str | None, int]]:
    """Return what was spent, by area."""
    asked = {"stage": "spent", "programme": PROGRAMME, "group_by": "area"}
    rows = desk.read("/v1/balances", **asked)["rows"]
    return [(row["area"], row["value"]) for row in rows if row["value"]]


def test_what_comes_back_of_relief_lowers_spending_where_it_was_spent(desk: Desk) -> None:
    home, people = desk.family(2)
    one, two = (a_case(desk, f"r-{nth}", person) for nth, person in enumerate(people))
    pay(desk, one, 500)
    pay(desk, two, 400)
    assert spent(desk) == [(AREA, 900)]
    back: dict[str, Any] = {"reason": "销户", "bank_ref": "退-1"}
    desk.take(TREASURER, "relief.return", one, amount=fen(200), **back)
    desk.take(SECOND_TREASURER, "relief.write-back", one)
    owed: dict[str, Any] = {"payments": [two], "amount": fen(300), "reason": "重复救助"}
    desk.take(CLERK, "recovery.establish", "recovery:relief", **owed)

    assert spent(desk) == [(AREA, 400)]
    row = desk.read("/v1/relief-cases/r-0")
    assert (row["state"], row["paid"]["value"]) == ("part-written-back", 300)
    aid = desk.read(f"/v1/households/{home.partition(':')[2]}/aid")
    kinds = {row["id"]: row["kind"] for row in aid["rows"]}
    assert kinds == {one: "relief", two: "relief", "recovery:relief": "recovery"}
    assert [t["value"] for t in aid["totals"] if t["field"] == "paid"] == [700]


def test_an_application_is_refused_and_taken_back(desk: Desk) -> None:
    _, (person, other) = desk.family(2)
    refused, back = a_case(desk, "refused", person), a_case(desk, "taken-back", other)
    wordless = desk.post(APPROVER, "relief.reject", refused)
    assert (wordless.status_code, wordless.json()["code"]) == (422, "malformed")
    assert desk.post(CLERK, "relief.reject", refused, reason="不符").status_code == 403
    desk.take(APPROVER, "relief.reject", refused, reason="不符合条件")
    desk.take(CLERK, "relief.withdraw", back, reason="申请人撤回")

    states = {row["id"]: row["state"] for row in desk.read("/v1/relief-cases")["rows"]}
    assert (states[refused], states[back]) == ("rejected", "withdrawn")
    decided = desk.post(APPROVER, "relief.decide", refused, amount=fen(1))
    assert (decided.status_code, decided.json()["code"]) == (409, "wrong-state")


def test_what_cannot_come_back_is_refused_by_name(desk: Desk) -> None:
    _, (person,) = desk.family(1)
    case = a_case(desk, "bounds", person)
    back: dict[str, Any] = {"reason": "销户", "bank_ref": "退-2"}
    early = desk.post(TREASURER, "relief.return", case, **back)
    assert (early.status_code, early.json()["code"]) == (409, "wrong-state")
    pay(desk, case, 100)
    for amount, status, code in ((101, 409, "over-recovery"), (0, 422, "malformed")):
        answer = desk.post(TREASURER, "relief.return", case, amount=fen(amount), **back)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert desk.post(CLERK, "relief.return", case, **back).status_code == 403
    before = desk.post(TREASURER, "relief.return", case, on="2005-12-31", **back)
    assert before.json()["code"] == "before-its-cause"
