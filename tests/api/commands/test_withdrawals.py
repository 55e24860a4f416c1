"""A mistaken stop or suspension is withdrawn over HTTP: rolls, figures and registers forget it."""

from __future__ import annotations

from scripts.scenarios.office import CLERK, TREASURER
from tests.api.commands.household_desk import Desk, claim_of, desk, totals
from tests.api.commands.test_merged_persons import holds

__all__ = ["desk"]
DECIDED, WITHDRAWN = "2007-05-02", "2007-06-20"


def decide(desk: Desk, claim: str, verb: str, from_: str) -> None:
    """Stop, suspend or resume a claim."""
    desk.take(CLERK, f"entitlement.{verb}", claim, on=DECIDED, reason="核查", from_=from_)


def test_months_held_back_in_error_are_drawn_again(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, people = desk.family(2)
    claims = [claim_of(scheme, person) for person in people]
    assert all(desk.claim(scheme, person).status_code == 201 for person in people)
    decide(desk, claims[0], "suspend", "2007-03-01")
    desk.pay(scheme)
    receipt = desk.take(CLERK, "entitlement.withdraw", claims[0], on=WITHDRAWN, reason="误录")
    (told,) = receipt["claims"]
    assert told["unpaid"] == ["2007-03", "2007-04", "2007-05", "2007-06"]
    assert (told["entitlement"], told["paid"], receipt["recoveries"]) == (claims[0], [], [])
    again = desk.draw_up(scheme, suffix="-more")
    assert totals(again) == (1, 1, 300)

    (line,) = (
        row
        for row in desk.read(f"/v1/pay-runs/{again['run'].partition(':')[2]}/lines")["rows"]
        if row["holder"] == people[0]
    )
    assert (line["state"], line["amount"]["value"]) == ("drawn-up", 300)


def test_a_withdrawal_is_told_as_the_reason_of_a_new_line(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, people = desk.family(2)
    claim = claim_of(scheme, people[0])
    assert all(desk.claim(scheme, person).status_code == 201 for person in people)
    decide(desk, claim, "stop", "2007-03-01")
    desk.pay(scheme)
    desk.take(CLERK, "entitlement.withdraw", claim, on=WITHDRAWN, reason="误录")
    run = desk.draw_up(scheme, "2007-04")["run"].partition(":")[2]

    rows = desk.read(f"/v1/pay-runs/{run}/comparison")["rows"]
    assert {row["holder"]: row["reason"] for row in rows}[people[0]] == "withdrawn"


def test_registers_and_figures_show_the_claim_as_if_it_had_not_been_stopped(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat", programme="home-care")
    _, people = desk.family(2)
    claim = claim_of(scheme, people[0])
    assert all(desk.claim(scheme, person).status_code == 201 for person in people)
    there = desk.elders("2007-12-31")
    decide(desk, claim, "stop", "2007-03-01")
    assert (desk.elders("2007-04-30"), desk.elders("2007-12-31")) == (there - 1, there - 1)
    assert desk.states(scheme, "2007-05-31")[people[0]] == "stopped"
    before = desk.take(CLERK, "entitlement.withdraw", claim, on=WITHDRAWN, reason="误录")
    known = str(before["positions"][0] - 1)

    assert (desk.elders("2007-04-30"), desk.elders("2007-12-31")) == (there, there)
    for day in ("2007-04-30", "2007-05-31", "2007-12-31"):
        assert desk.states(scheme, day)[people[0]] == "granted"
    assert desk.states(scheme, "2007-05-31", known_at=known)[people[0]] == "stopped"
    answer = desk.post(CLERK, "entitlement.withdraw", claim, on=WITHDRAWN, reason="再次")
    assert (answer.status_code, answer.json()["rule"]) == (409, "nothing-to-withdraw")


def test_only_a_clerk_withdraws_and_says_why(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, (person,) = desk.family(1)
    claim = claim_of(scheme, person)
    assert desk.claim(scheme, person).status_code == 201
    decide(desk, claim, "stop", "2007-03-01")

    assert desk.post(TREASURER, "entitlement.withdraw", claim, reason="误录").status_code == 403
    wordless = desk.post(CLERK, "entitlement.withdraw", claim, on=WITHDRAWN)
    assert (wordless.status_code, wordless.json()["code"]) == (422, "malformed")
    early = desk.post(CLERK, "entitlement.withdraw", claim, on="2007-05-01", reason="误录")
    assert (early.status_code, early.json()["rule"]) == (409, "out-of-order")


def test_a_suspension_below_a_stop_is_withdrawn_in_registers_and_figures(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat", programme="home-care")
    _, (person,) = desk.family(1)
    claim = claim_of(scheme, person)
    assert desk.claim(scheme, person).status_code == 201
    rested = {"on": "2007-03-02", "reason": "核查", "from_": "2007-03-01"}
    at = desk.take(CLERK, "entitlement.suspend", claim, **rested)["positions"][0]
    ended = {"on": "2007-05-02", "reason": "迁出", "from_": "2007-06-01"}
    desk.take(CLERK, "entitlement.stop", claim, **ended)
    days = ("2007-02-28", "2007-03-31", "2007-05-31", "2007-06-30")
    assert [desk.states(scheme, day)[person] for day in days] == [
        "granted", "suspended", "suspended", "stopped",
    ]  # fmt: skip
    there = [desk.elders(day) for day in days]
    told = desk.take(CLERK, "entitlement.withdraw", claim, on=WITHDRAWN, reason="误录", of=at)
    (month,) = told["claims"]
    assert month["unpaid"] == ["2007-03", "2007-04", "2007-05"]

    assert [desk.states(scheme, day)[person] for day in days] == [
        "granted", "granted", "granted", "stopped",
    ]  # fmt: skip
    assert [desk.elders(day) for day in days] == [there[0], there[1] + 1, there[2] + 1, there[3]]
    known = str(told["positions"][0] - 1)
    assert desk.states(scheme, "2007-05-31", known_at=known)[person] == "suspended"
    (row,) = desk.read("/v1/entitlements", holder=person)["rows"]
    assert (row["state"], row["counts_from"]) == ("stopped", "2007-06-01")
    again = desk.post(CLERK, "entitlement.withdraw", claim, on=WITHDRAWN, reason="误录", of=at)
    assert (again.status_code, again.json()["rule"]) == (409, "nothing-to-withdraw")
    holds(desk)
