"""Two registrations of one person are merged by two persons, over HTTP."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain.kernel.refusals import ExcludedByScheme
from infra.verify.runner import verify
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    REVIEWER,
    TREASURER,
    an_order,
    fen,
)
from scripts.scenarios.stories import AREA, FUND
from tests.api.commands.household_desk import Desk, claim_of, desk
from tests.api.conftest import catch_up, code_of

__all__ = ["desk"]
HEADS = "SELECT subject, row FROM views.register_heads WHERE subject = ANY (%s)"


def holds(desk: Desk) -> None:
    """Let every check of the store hold."""
    ledger = desk.office.ledger
    catch_up(ledger)
    found = verify(ledger.pool, decisions=ledger.decisions, vault=ledger.vault)
    assert [(each["check"], each["breaches"]) for each in found if not each["holds"]] == []


def two(desk: Desk) -> tuple[str, str]:
    """Register somebody twice."""
    _, (known,) = desk.family(1)
    again = f"{known}-again"
    desk.take(CLERK, "person.register", again)
    return known, again


def registered(desk: Desk, *persons: str) -> dict[str, Any]:
    """Return the rows that the register has of persons."""
    catch_up(desk.office.ledger)
    with desk.office.ledger.connection() as connection:
        return dict(connection.execute(HEADS, (list(persons),)).fetchall())


def merged(desk: Desk, again: str, known: str) -> dict[str, Any]:
    """Propose a merge and confirm it; return the receipt of the confirmation."""
    proposed = desk.take(CLERK, "person.merge", again, on=DAY, into=known)["proposed"]
    alone = desk.post(CLERK, "proposal.confirm", proposed, on=DAY)
    assert code_of(alone) == (409, "second-person-needed")
    return desk.take(APPROVER, "proposal.confirm", proposed, on=DAY)


def test_the_old_id_shows_the_new_one_and_takes_no_act(desk: Desk) -> None:
    known, again = two(desk)
    receipt = merged(desk, again, known)
    topics = [event["topic"] for event in receipt["events"]]
    assert topics == ["proposal.confirmed", "person.merged", "person.merged-in"]
    rows = registered(desk, again, known)
    assert (rows[again]["state"], rows[again]["into"]) == ("merged", known)
    assert rows[known]["others"] == [again]
    scheme = desk.scheme(per="person", formula="flat")
    for refused in (
        desk.claim(scheme, again),
        desk.post(CLERK, "person.change", again, on=DAY, sealed={"name": "甲"}),
        desk.post(CLERK, "household.form", f"household:{again[7:]}", members=[again], area=AREA),
        desk.post(CLERK, "person.merge", known, on=DAY, into=again),
    ):
        problem = json.loads(refused.text)
        assert (refused.status_code, problem["code"], problem["rule"]) == (
            409, "wrong-state", "is-merged",
        )  # fmt: skip
        assert known in problem["detail"]
    assert desk.claim(scheme, known).status_code == 201
    holds(desk)


def test_a_list_by_either_id_finds_what_was_recorded_under_both(desk: Desk) -> None:
    known, again = two(desk)
    scheme = desk.scheme(per="person", formula="flat")
    for each in (known, again):
        assert desk.claim(scheme, each).status_code == 201
    stop = {"on": DAY, "reason": "重复登记", "from_": "2007-04-01"}
    desk.take(CLERK, "entitlement.stop", claim_of(scheme, again), **stop)
    before = desk.read("/v1/entitlements", holder=known)
    assert [row["holder"] for row in before["rows"]] == [known]
    merged(desk, again, known)
    for each in (known, again):
        rows = desk.read("/v1/entitlements", holder=each)["rows"]
        assert {row["holder"] for row in rows} == {known, again}
    at = str(before["known_at"]["position"])
    then = desk.read("/v1/entitlements", holder=known, known_at=at)["rows"]
    assert [row["holder"] for row in then] == [known]


def test_a_merge_that_rests_on_what_has_changed_since_is_refused(desk: Desk) -> None:
    known, again = two(desk)
    proposed = desk.take(CLERK, "person.merge", again, on=DAY, into=known)["proposed"]
    scheme = desk.scheme(per="person", formula="flat")
    assert desk.claim(scheme, again).status_code == 201
    late = desk.post(APPROVER, "proposal.confirm", proposed, on=DAY)
    assert (code_of(late), late.json()["rule"]) == ((409, "wrong-state"), "claim-goes-on")
    assert claim_of(scheme, again) in late.json()["detail"]
    holds(desk)


def test_merges_of_the_merged_lead_to_one_id_and_never_in_a_circle(desk: Desk) -> None:
    one, other, third = (two(desk)[1] for _ in range(3))
    proposed = {
        pair: desk.take(CLERK, "person.merge", pair[0], on=DAY, into=pair[1])["proposed"]
        for pair in ((one, other), (other, one), (other, third), (third, one))
    }
    desk.take(APPROVER, "proposal.confirm", proposed[one, other], on=DAY)
    for pair in ((other, one), (third, one)):
        late = desk.post(APPROVER, "proposal.confirm", proposed[pair], on=DAY)
        assert (code_of(late), late.json()["rule"]) == ((409, "wrong-state"), "is-merged")
    desk.take(APPROVER, "proposal.confirm", proposed[other, third], on=DAY)
    rows = registered(desk, one, other, third)
    assert (rows[one]["into"], rows[other]["into"]) == (other, third)
    assert rows[third]["others"] == [other, one]
    for old in (one, other):
        refused = desk.post(CLERK, "person.change", old, on=DAY, sealed={"name": "甲"})
        assert third in refused.json()["detail"]
    holds(desk)


def test_of_two_merges_into_each_other_at_once_one_wins(desk: Desk) -> None:
    one, other = (two(desk)[1] for _ in range(2))
    pairs = ((one, other), (other, one))
    proposed = [
        desk.take(CLERK, "person.merge", each, on=DAY, into=into)["proposed"]
        for each, into in pairs
    ]
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda each: desk.post(APPROVER, "proposal.confirm", each, on=DAY), proposed)
        )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert {row["state"] for row in registered(desk, one, other).values()} == {
        "merged", "registered",
    }  # fmt: skip
    holds(desk)


def test_what_names_nobody_or_oneself_is_refused(desk: Desk) -> None:
    known, again = two(desk)
    assert code_of(desk.post(CLERK, "person.merge", again, into=again))[0] == 422
    assert code_of(desk.post(CLERK, "person.merge", again, into="household:x"))[0] == 422
    assert code_of(desk.post(CLERK, "person.merge", again, into="person:nobody"))[0] == 404
    assert code_of(desk.post(CLERK, "person.merge", again))[0] == 422
    assert code_of(desk.post(APPROVER, "person.merge", again, into=known))[0] == 403


def test_a_month_is_paid_once_under_two_ids(desk: Desk) -> None:
    known, again = two(desk)
    scheme = desk.scheme(per="person", formula="flat")
    for each in (known, again):
        assert desk.claim(scheme, each).status_code == 201
    desk.pay(scheme, "2007-01")
    before = desk.draw_up(scheme, "2007-03")
    assert before["count"] == 2
    claim = claim_of(scheme, again)
    desk.take(CLERK, "entitlement.stop", claim, on=DAY, reason="重复登记", from_="2007-04-01")
    receipt = merged(desk, again, known)
    (told,) = receipt["twice"]
    assert (told["scheme"], told["months"]) == (scheme, ["2007-01"])
    (warned,) = desk.read("/v1/warnings", kind="paid-twice", as_of=DAY)["rows"]
    (payment,) = warned["payments"]
    assert (warned["subject"], warned["entitlement"], warned["value"]) == (known, claim, fen(300))
    assert desk.read("/v1/warnings", kind="paid-twice", as_of="2007-03-14")["rows"] == []
    asked = {"payments": [payment], "amount": fen(300), "reason": "重复发放"}
    desk.take(CLERK, "recovery.establish", f"recovery:{again[7:]}", on=DAY, **asked)
    assert desk.read("/v1/warnings", kind="paid-twice", as_of=DAY)["rows"] == []
    assert desk.draw_up(scheme, "2007-02")["count"] == 1
    paid = desk.post(CLERK, "pay-run.draw-up", f"pay-run:{scheme[7:]}-2007-01-x", on=DAY,
                     scheme=scheme, month="2007-01", fund=FUND, earmark="general")  # fmt: skip
    assert code_of(paid) == (409, "paid-twice")
    for by, act in ((REVIEWER, "review"), (APPROVER, "approve")):
        desk.take(by, f"pay-run.{act}", before["run"], on=DAY, digest=before["digest"])
    released = desk.take(TREASURER, "pay-run.release", before["run"], on=DAY)
    topics = [event["topic"] for event in released["events"]]
    assert topics.count("payment.made") in {0, 1}
    rows = desk.read("/v1/payments", run=before["run"])["rows"]
    assert len(rows) == 1
    holds(desk)


def test_claims_of_the_old_id_count_for_the_new_one_in_one_array(desk: Desk) -> None:
    known, again = two(desk)
    scheme = desk.scheme(per="person", formula="flat")
    other = desk.scheme(per="person", formula="flat", excludes=[scheme])
    assert desk.claim(scheme, again).status_code == 201
    stop = {"on": DAY, "reason": "重复登记", "from_": "2007-04-01"}
    desk.take(CLERK, "entitlement.stop", claim_of(scheme, again), **stop)
    proposed = desk.take(CLERK, "person.merge", again, on=DAY, into=known)["proposed"]
    wanted: dict[str, Any] = {
        "scheme": other,
        "holder": known,
        "area": AREA,
        "tier": "a",
        "from": EVE,
    }
    orders = [
        an_order("proposal.confirm", proposed, on=DAY) | {"by": APPROVER},
        an_order("entitlement.bring-in", claim_of(other, known), on=DAY, from_=EVE, **wanted)
        | {"by": CLERK},
    ]
    with pytest.raises(ExcludedByScheme):
        desk.office.send_all(orders)
    merged_now = desk.take(APPROVER, "proposal.confirm", proposed, on=DAY)
    assert merged_now["twice"] == []
    assert code_of(desk.claim(other, known)) == (409, "excluded-by-scheme")
    assert desk.claim(other, known, **{"from": "2007-04-01"}).status_code == 201
    holds(desk)


def test_the_id_number_of_either_is_the_persons(desk: Desk) -> None:
    known, again = two(desk)
    number = "440301198001010018"
    desk.take(CLERK, "person.change", again, on=DAY, sealed={"id_number": number})
    refused = desk.post(CLERK, "person.change", known, on=DAY, sealed={"id_number": number})
    assert code_of(refused) == (409, "already-told")
    merged(desk, again, known)
    desk.take(CLERK, "person.change", known, on=DAY, sealed={"id_number": number})
    _, (somebody,) = desk.family(1)
    refused = desk.post(CLERK, "person.change", somebody, on=DAY, sealed={"id_number": number})
    assert code_of(refused) == (409, "already-told")
    assert known in refused.json()["detail"]
    assert again not in refused.json()["detail"]
    holds(desk)
