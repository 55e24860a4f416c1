"""K8, K9: sign what you can see, and one bad line never stops a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.scenarios.office import EVE, fen
from tests.faults.front_desk import (
    APPROVER,
    CLERK,
    DISTRICT,
    REVIEWER,
    TREASURER,
    a_key,
)

if TYPE_CHECKING:
    from tests.faults.front_desk import FrontDesk, Json

HELD, RATE = 10**9, 30_000


def sums(said: Json) -> Json:
    """Return the totals by their fields."""
    return {each["field"]: each["value"] for each in said["totals"]}


def test_k8_the_lines_of_a_drawn_up_run_are_what_is_signed(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(RATE), desk.fund(HELD)
    people = desk.persons(4)
    claims = [desk.claim(scheme, person) for person in people]
    first = desk.pay(scheme, "2007-03", fund)
    assert len(first) == 4
    desk.take(CLERK, "entitlement.suspend", claims[0], on="2007-04-01", reason="核查",
              from_="2007-04-01")  # fmt: skip
    (new,) = desk.persons(1)
    desk.claim(scheme, new, **{"from": "2007-04-01"})
    drawn = desk.draw_up(scheme, "2007-04", fund)

    key = drawn["run"].partition(":")[2]
    said = desk.get(f"pay-runs/{key}/lines", REVIEWER)
    assert (said["digest"], said["held_back"]) == (drawn["digest"], 1)
    assert sums(said) == {"amount": drawn["total"]["value"], "persons": 4}
    rows = {row["holder"]: row for row in said["rows"]}
    assert rows.keys() == {*people, new}
    held = rows.pop(people[0])
    assert (held["state"], held["held_back_for"], held["change"]) == (
        "held-back", "suspended", "gone",
    )  # fmt: skip
    assert {row["change"] for row in rows.values()} == {"same", "new"}
    assert rows[new]["reason"] == "granted"
    for row in rows.values():
        assert (row["amount"], row["rate"], row["tier"], row["area"]) == (
            fen(RATE), fen(RATE), "a", DISTRICT,
        )  # fmt: skip
    compared = desk.get(f"pay-runs/{key}/comparison", REVIEWER)
    assert sums(compared) == {
        "new": 1, "gone": 1, "more": 0, "less": 0, "same": 3, "before": 4 * RATE,
        "after": 4 * RATE,
    }  # fmt: skip


@pytest.mark.parametrize("by", [REVIEWER, APPROVER])
def test_k8_a_run_is_rejected_and_drawn_anew(desk: FrontDesk, by: str) -> None:
    scheme, fund = desk.scheme(), desk.fund(HELD)
    (person,) = desk.persons(1)
    desk.claim(scheme, person)
    drawn = desk.draw_up(scheme, "2007-03", fund)
    desk.take(by, "pay-run.reject", drawn["run"], on="2007-03-16", reason="名单有误")
    told = desk.refused(REVIEWER, "pay-run.review", drawn["run"], on="2007-03-16",
                        digest=drawn["digest"])  # fmt: skip
    assert told == "wrong-state"
    assert desk.draw_up(scheme, "2007-03", fund)["count"] == 1


def test_k8_a_run_that_is_approved_from_a_wrong_fund_is_cancelled(desk: FrontDesk) -> None:
    scheme, wrong, right = desk.scheme(), desk.fund(HELD), desk.fund(HELD)
    (person,) = desk.persons(1)
    desk.claim(scheme, person)
    run = desk.approve(desk.draw_up(scheme, "2007-03", wrong), "2007-03")

    def free() -> int:
        asked = {"account": f"available:{wrong.partition(':')[2]}:general"}
        return sum(row["value"] for row in desk.rows("balances", **asked))

    assert free() == HELD - 30_000
    desk.take(TREASURER, "pay-run.cancel", run, on="2007-03-17", reason="资金用错")
    assert free() == HELD
    assert desk.refused(TREASURER, "pay-run.release", run, on="2007-03-17") == "wrong-state"
    assert len(desk.pay(scheme, "2007-03", right)) == 1
    desk.holds("run-total", "within-commitment")


def test_k9_a_tier_that_the_scheme_has_not_is_refused(desk: FrontDesk) -> None:
    scheme = desk.scheme()
    one, other = desk.persons(2)
    terms = {"tier": "z", "from": "2007-04-01"}
    claim = desk.claim(scheme, one)
    assert desk.refused(CLERK, "entitlement.adjust", claim, **terms) == "rate-missing"
    new, asked = f"entitlement:{a_key('e')}", {"scheme": scheme, "holder": other, "area": DISTRICT}
    assert desk.refused(
        CLERK, "entitlement.bring-in", new, on=EVE, **asked, **terms
    ) == "rate-missing"  # fmt: skip
    desk.take(CLERK, "entitlement.apply", new, on=EVE, **asked)
    desk.take(CLERK, "entitlement.assess", new, on=EVE, eligible=True)
    assert desk.refused(APPROVER, "entitlement.grant", new, **terms) == "rate-missing"


def test_k9_where_a_rate_is_missing_the_line_is_held_back_by_name(desk: FrontDesk) -> None:
    scheme, fund = desk.scheme(), desk.fund(HELD)
    desk.take(APPROVER, "scheme.set-rate", scheme, on=EVE, act={"authority": "市政府令第2号"},
              tier="b", from_="2007-06-01", amount=fen(500))  # fmt: skip
    one, other = desk.persons(2)
    desk.claim(scheme, one)
    desk.claim(scheme, other, tier="b")
    drawn = desk.draw_up(scheme, "2007-03", fund)
    assert (drawn["count"], drawn["held_back"], drawn["total"]) == (1, 1, fen(RATE))
    (held,) = desk.lines(drawn["run"], state="held-back")
    assert (held["holder"], held["held_back_for"]) == (other, "rate-missing")
    assert desk.draw_up(scheme, "2007-06", fund)["count"] == 2
