"""What was said of persons and households by mistake is withdrawn, over HTTP, for all days."""

from __future__ import annotations

from infra.verify.runner import verify
from scripts.scenarios.office import APPROVER, CLERK, DAY, EVE, TREASURER, fen
from scripts.scenarios.stories import AREA, FUND
from tests.api.commands.household_desk import Desk, claim_of, desk, totals
from tests.api.conftest import catch_up, code_of

__all__ = ["desk"]
LATER = "2007-04-20"
MONTHS = ["2007-02", "2007-03", "2007-04"]


def holds(desk: Desk) -> None:
    """Let every check of the store hold."""
    ledger = desk.office.ledger
    catch_up(ledger)
    found = verify(ledger.pool, decisions=ledger.decisions, vault=ledger.vault)
    assert [(each["check"], each["breaches"]) for each in found if not each["holds"]] == []


def test_the_month_after_a_mistaken_death_is_drawn_again(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat", after_death_months=1)
    _, (one, other) = desk.family(2)
    for person in (one, other):
        assert desk.claim(scheme, person).status_code == 201
    desk.take(CLERK, "person.report-death", one, on=DAY, date="2007-01-02")
    desk.pay(scheme, "2007-03")
    assert desk.states(scheme, "2007-04-30")[one] == "ended"

    receipt = desk.take(CLERK, "person.withdraw-death", one, on=LATER)
    (told,) = receipt["claims"]
    assert (told["entitlement"], told["unpaid"]) == (claim_of(scheme, one), MONTHS)
    assert set(desk.states(scheme, "2007-04-30").values()) == {"granted"}
    late = desk.draw_up(scheme, "2007-03", "-late")
    assert totals(late) == (1, 1, 300)
    assert code_of(desk.post(CLERK, "person.withdraw-death", one, on=LATER)) == (409, "wrong-state")
    holds(desk)


def test_the_dead_who_live_are_counted_again_as_known_since(desk: Desk) -> None:
    home, (one, _) = desk.family(2)
    scheme = desk.scheme(programme="dibao")
    assert desk.claim(scheme, home).status_code == 201
    before = desk.cover(LATER)
    desk.take(CLERK, "person.report-death", one, on=DAY, date="2007-02-02")
    assert desk.cover(LATER) == (before[0], before[1] - 1)
    receipt = desk.take(CLERK, "person.withdraw-death", one, on=LATER)
    assert desk.cover(LATER) == before
    known = {"period": "2007", "as_of": LATER, "known_at": str(receipt["positions"][0] - 1)}
    then = desk.read("/v1/figures/dibao.inpatient-cover", **known)
    assert then["denominator"]["value"] == before[1] - 1
    holds(desk)


def test_a_mistaken_move_is_withdrawn_by_both_ends(desk: Desk) -> None:
    scheme = desk.scheme()
    (home, people), (other, _) = desk.family(3), desk.family(1)
    for each in (home, other):
        assert desk.claim(scheme, each).status_code == 201
    drawn = totals(desk.draw_up(scheme, "2007-05"))
    desk.take(CLERK, "household.move", other, on=DAY, person=people[0], from_=home)
    again = desk.post(CLERK, "household.withdraw-leave", home, on=LATER, person=people[0])
    assert code_of(again) == (409, "in-another-household")

    desk.take(CLERK, "household.withdraw-join", other, on=LATER, person=people[0])
    receipt = desk.take(CLERK, "household.withdraw-leave", home, on=LATER, person=people[0])
    assert receipt["claims"][0]["unpaid"] == ["2007-04"]
    assert totals(desk.draw_up(scheme, "2007-05", "-again")) == drawn
    row = desk.read(f"/v1/households/{home.partition(':')[2]}", as_of=DAY)
    assert sorted(row["members"]) == sorted(people)
    holds(desk)


def test_who_never_lived_there_may_live_elsewhere_on_those_days(desk: Desk) -> None:
    home, (one, other) = desk.family(2)
    desk.take(CLERK, "household.withdraw-join", home, on=LATER, person=one)
    desk.take(CLERK, "household.form", f"{home}-x", on=EVE, members=[one], area=AREA)
    assert desk.read(f"/v1/households/{home.partition(':')[2]}")["members"] == [other]
    holds(desk)


def test_a_changed_account_is_sealed_beside_the_old_one(desk: Desk) -> None:
    _, (one,) = desk.family(1)
    for account in ("62220001", "62220002"):
        desk.take(CLERK, "person.change", one, on=DAY, sealed={"account": account})
    with desk.office.ledger.connection() as connection:
        vault = desk.office.ledger.vault
        kept = [vault.read(connection, f"{one}#{nth}") for nth in (1, 2)]
    assert kept == [{"account": "62220001"}, {"account": "62220002"}]

    desk.take(CLERK, "person.erase", one, on=DAY)
    with desk.office.ledger.connection() as connection:
        kept = [vault.read(connection, f"{one}#{nth}") for nth in (1, 2)]
    assert kept == [None, None]
    refused = desk.post(CLERK, "person.change", one, on=DAY, sealed={"account": "1"})
    assert code_of(refused) == (409, "wrong-state")
    holds(desk)


def test_who_has_another_account_is_paid_again_by_two(desk: Desk) -> None:
    scheme = desk.scheme(per="person", formula="flat")
    _, people = desk.family(2)
    for person in people:
        assert desk.claim(scheme, person).status_code == 201
    desk.pay(scheme, "2007-03")
    run = f"pay-run:{scheme.partition(':')[2]}-2007-03"
    paid = [row["id"] for row in desk.read("/v1/payments", run=run)["rows"]]
    returned = [{"payment": payment, "reason": "账号不符"} for payment in paid]
    desk.take(TREASURER, "pay-run.settle", run, on=DAY, bank_ref="回盘-1", returned=returned)
    desk.take(CLERK, "person.change", people[0], on=DAY, sealed={"account": "62220009"})
    receipts = [desk.take(TREASURER, "payment.reissue", each, on=DAY) for each in paid]
    assert sorted("proposed" in receipt for receipt in receipts) == [False, True]
    (proposed,) = (receipt["proposed"] for receipt in receipts if "proposed" in receipt)
    alone = desk.post(TREASURER, "proposal.confirm", proposed, on=DAY)
    assert code_of(alone) == (409, "second-person-needed")
    desk.take(APPROVER, "proposal.confirm", proposed, on=DAY)
    states = [row["state"] for row in desk.read("/v1/payments", run=run)["rows"]]
    assert states == ["reissued", "reissued"]
    holds(desk)


def test_relief_is_paid_again_to_another_account_by_two(desk: Desk) -> None:
    _, people = desk.family(2)
    cases = [f"relief:{person.partition(':')[2]}" for person in people]
    for person, case in zip(people, cases, strict=True):
        desk.take(CLERK, "relief.apply", case, on=DAY, person=person, programme="temporary",
                  fund=FUND, earmark="general", area=AREA, purpose="aid-poor")  # fmt: skip
        desk.take(APPROVER, "relief.decide", case, on=DAY, amount=fen(500))
        desk.take(TREASURER, "relief.pay", case, on=DAY)
        desk.take(TREASURER, "relief.return", case, on=DAY, reason="账号不符", bank_ref="回盘-2")
    desk.take(CLERK, "person.change", people[0], on=DAY, sealed={"account": "62220010"})
    changed, same = (desk.take(TREASURER, "relief.reissue", case, on=DAY) for case in cases)
    assert "proposed" not in same
    alone = desk.post(TREASURER, "proposal.confirm", changed["proposed"], on=DAY)
    assert code_of(alone) == (409, "second-person-needed")
    desk.take(APPROVER, "proposal.confirm", changed["proposed"], on=DAY)
    states = {row["id"]: row["state"] for row in desk.read("/v1/relief-cases")["rows"]}
    assert [states[case] for case in cases] == ["reissued", "reissued"]
    holds(desk)
