"""A death, or a finding, queues a claim for a decision: the same list wherever one looks."""

from __future__ import annotations

from typing import Any

from infra.verify.runner import verify
from scripts.scenarios.office import CLERK, DAY
from tests.api.commands.household_desk import Desk, claim_of, desk

__all__ = ["desk"]

MONTHS = ("2007-01", "2007-02", "2007-03")
END = "2007-03-31"


def waiting(desk: Desk, kind: str = "after-death") -> dict[str, dict[str, Any]]:
    """Return the warnings of a kind by their entitlements."""
    rows = desk.read("/v1/warnings", kind=kind, as_of=END)["rows"]
    return {row["entitlement"]: row for row in rows}


def aid(desk: Desk, home: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = desk.read(
        f"/v1/households/{home.partition(':')[2]}/aid", as_of=END
    )["rows"]
    return rows


def overpaid(desk: Desk) -> set[str]:
    """Return what `verify` says was paid before a stop became known; its checks hold."""
    ledger = desk.office.ledger
    names = ["not-after-stop", "claims-in-force"]
    answers = list(verify(ledger.pool, names, decisions=ledger.decisions, vault=ledger.vault))
    assert all(answer["holds"] for answer in answers), answers
    return {row["subject"] for answer in answers for row in answer.get("overpaid", ())}


def test_a_death_learnt_late_queues_every_claim_and_offers_a_recovery(desk: Desk) -> None:
    low = desk.scheme()
    care = desk.scheme(per="person", formula="flat", after_death_months=1)
    prices = desk.scheme(per="person", formula="flat", follows=low)
    home, (person,) = desk.family(1)
    for scheme, holder in ((low, home), (care, person)):
        assert desk.claim(scheme, holder).status_code == 201
    for month in MONTHS:
        for scheme in (low, care, prices):
            desk.pay(scheme, month)
    assert waiting(desk) == {}
    desk.take(CLERK, "person.report-death", person, on=DAY, date="2007-01-20")

    listed = waiting(desk)
    assert listed.keys() == {claim_of(low, home), claim_of(care, person)}
    of_home, of_person = listed[claim_of(low, home)], listed[claim_of(care, person)]
    # Two months of the household's and of what follows it; one that the scheme does not pay.
    assert (of_home["value"]["value"], len(of_home["payments"])) == (2 * 300 + 2 * 300, 4)
    assert (of_person["value"]["value"], len(of_person["payments"])) == (300, 1)
    assert of_person["rule"] == care
    assert of_home["last_on"] == "2007-01-20"
    late = {row["id"] for row in aid(desk, home) if row.get("after_stop")}
    asked_back = {*of_home["payments"], *of_person["payments"]}
    assert asked_back <= late | {row["id"] for row in aid(desk, home)}
    assert {row["id"] for row in aid(desk, home) if row.get("to_decide")} == listed.keys()
    assert asked_back <= overpaid(desk)
    assert desk.states(care, END) == {person: "ended"}

    what = {"payments": of_person["payments"], "amount": of_person["value"], "reason": "亡后发放"}
    desk.take(CLERK, "recovery.establish", "recovery:late", on=DAY, **what)
    assert "payments" not in waiting(desk)[claim_of(care, person)]
    for scheme, holder in ((low, home), (care, person)):
        desk.take(CLERK, "entitlement.stop", claim_of(scheme, holder), on=DAY, reason="死亡",
                  from_="2007-02-01")  # fmt: skip
    assert waiting(desk) == {}
    overpaid(desk)


def test_the_death_of_a_member_waits_until_the_household_is_assessed_anew(desk: Desk) -> None:
    low = desk.scheme()
    home, (dead, _) = desk.family(2)
    assert desk.claim(low, home).status_code == 201
    desk.take(CLERK, "person.report-death", dead, on=DAY, date="2007-02-20")
    (row,) = waiting(desk).values()
    assert (row["subject"], "payments" in row) == (home, False)
    assert aid(desk, home)[0]["to_decide"] == ["after-death"]
    desk.take(CLERK, "entitlement.assess", claim_of(low, home), on=DAY, eligible=True)
    assert waiting(desk) == {}


def test_who_is_found_not_eligible_is_held_back_and_listed(desk: Desk) -> None:
    low = desk.scheme()
    home, _ = desk.family(2)
    claim = claim_of(low, home)
    assert desk.claim(low, home).status_code == 201
    desk.take(CLERK, "entitlement.assess", claim, on="2007-03-01", eligible=False)
    assert desk.draw_up(low)["held_back"] == 1
    assert waiting(desk, "not-eligible")[claim]["last_on"] == "2007-03-01"
    assert aid(desk, home)[0]["to_decide"] == ["not-eligible"]
    overpaid(desk)
    desk.take(CLERK, "entitlement.assess", claim, on=DAY, eligible=True)
    assert waiting(desk, "not-eligible") == {}


def test_a_stop_or_a_suspension_dated_ahead_has_not_come(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, (stopped, rested, both) = desk.family(3)
    for person in (stopped, rested, both):
        assert desk.claim(scheme, person).status_code == 201

    def act(verb: str, person: str, day: str) -> None:
        desk.take(CLERK, f"entitlement.{verb}", claim_of(scheme, person), on="2007-03-01",
                  reason="核查", from_=day)  # fmt: skip

    act("stop", stopped, "2007-06-01")
    act("suspend", rested, "2007-05-01")
    act("resume", rested, "2007-07-01")
    act("suspend", both, "2007-04-01")
    act("stop", both, "2007-08-01")
    seen = {
        day: tuple(desk.states(scheme, day)[who] for who in (stopped, rested, both))
        for day in ("2007-03-31", "2007-05-31", "2007-06-30", "2007-08-31")
    }
    assert seen == {
        "2007-03-31": ("granted", "granted", "granted"),
        "2007-05-31": ("granted", "suspended", "suspended"),
        "2007-06-30": ("stopped", "suspended", "suspended"),
        "2007-08-31": ("stopped", "granted", "stopped"),
    }
    assert desk.states(scheme, "2007-05-31", state="suspended").keys() == {rested, both}
    overpaid(desk)
