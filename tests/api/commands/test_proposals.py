"""What needs two persons is proposed by one and confirmed by another, over HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest

from api.http import tokens
from scripts.scenarios.office import CLERK, DAY, EVE, OPERATOR, TREASURER, Office, an_order, staffed
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client, Response

    from infra.ledger import Ledger

FIRST, SECOND, THIRD = "operator-2", "operator-3", "operator-4"
_numbers = count(1)


class Desk(NamedTuple):
    """An office, and a client of its server."""

    office: Office
    web: Client

    def headers(self, by: str, *roles: str) -> dict[str, str]:
        """Return the headers of a sender whose token carries these roles, or all that he holds."""
        secret = self.office.ledger.secret("token-key")
        carried = roles or ("operator", "treasurer", "clerk")
        token, _ = tokens.issue(secret, by=by, roles=carried, ttl=timedelta(hours=1))
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": f"key-{next(_numbers)}"}

    def send(self, by: str, *orders: dict[str, Any], roles: tuple[str, ...] = ()) -> Response:
        """Send one command, or several as an array."""
        body = orders[0] if len(orders) == 1 else list(orders)
        return self.web.post("/v1/commands", json=body, headers=self.headers(by, *roles))

    def confirm(self, by: str, proposal: str, *, on: str = DAY, **what: Any) -> Response:
        """Confirm a proposal."""
        return self.send(by, an_order("proposal.confirm", proposal, on=on, **what))

    def reject(self, by: str, proposal: str, *, on: str = DAY, reason: str = "不妥") -> Response:
        """Reject a proposal."""
        return self.send(by, an_order("proposal.reject", proposal, on=on, reason=reason))

    def propose(self, by: str = FIRST, who: str | None = None) -> str:
        """Propose a role for somebody new; return the proposal."""
        answer = self.send(by, grant_to(who or f"new-{next(_numbers)}"))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["proposed"])

    def state(self, proposal: str) -> str:
        """Return the state of a proposal."""
        catch_up(self.office.ledger)
        path = f"/v1/proposals/{proposal.partition(':')[2]}?as_of={DAY}"
        return str(self.web.get(path, headers=self.headers(FIRST)).json()["state"])


def grant_to(who: str, *, on: str = DAY, role: str = "clerk") -> dict[str, Any]:
    """Write the grant of a role."""
    return an_order("role.grant", f"role:{who}", on=on, who=who, role=role)


def refusal(answer: Response) -> tuple[int, str]:
    """Return the status and the code of a refusal."""
    return answer.status_code, answer.json().get("code", "")


@pytest.fixture(scope="module")
def desk(server_ledger: Ledger) -> Iterator[Desk]:
    office = staffed(Office(server_ledger))
    for who in (FIRST, SECOND, THIRD):
        office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role="operator")
    with served(server_ledger) as web:
        yield Desk(office, web)


def test_a_proposal_changes_nothing_until_another_person_confirms_it(desk: Desk) -> None:
    order = grant_to("wang")
    receipt = desk.send(FIRST, order).json()
    proposal = receipt["proposed"]
    stated = msgspec.json.encode(order, order="sorted")
    assert receipt["digest"] == sha256(stated).hexdigest()
    assert receipt["lapses"] == str(date.fromisoformat(DAY) + timedelta(days=30))
    assert [(e["topic"], e["subject"]) for e in receipt["events"]] == [("role.proposed", proposal)]
    assert list(desk.office.events("role:wang")) == []

    confirmed = desk.confirm(SECOND, proposal, digest=receipt["digest"])
    assert confirmed.status_code == 201
    topics = [event["topic"] for event in confirmed.json()["events"]]
    assert topics == ["proposal.confirmed", "role.granted"]
    (granted,) = desk.office.events("role:wang")
    assert (granted.act.by, granted.act.confirmed_by) == (FIRST, SECOND)
    assert granted.act.proposal == proposal
    assert desk.state(proposal) == "confirmed"


def test_what_is_refused_is_refused_when_it_is_proposed(desk: Desk) -> None:
    assert refusal(desk.send(FIRST, grant_to(CLERK))) == (409, "already-exists")
    conflict = grant_to(TREASURER, role="auditor")
    assert refusal(desk.send(FIRST, conflict)) == (409, "duties-conflict")
    assert refusal(desk.send(CLERK, grant_to("li"))) == (403, "role-missing")


def test_it_is_decided_anew_when_it_is_confirmed(desk: Desk) -> None:
    one, other = desk.propose(who="zhao"), desk.propose(who="zhao")
    assert desk.confirm(SECOND, one).status_code == 201
    assert refusal(desk.confirm(SECOND, other)) == (409, "already-exists")
    assert desk.state(other) == "proposed"


def test_its_proposer_does_not_confirm_it_in_whatever_role(desk: Desk) -> None:
    proposal = desk.propose()
    answer = desk.confirm(FIRST, proposal)
    assert refusal(answer) == (409, "second-person-needed")
    assert "operator" in answer.json()["detail"]
    desk.office.send("role.grant", f"role:{FIRST}", by=OPERATOR, who=FIRST, role="clerk")
    as_clerk = desk.send(FIRST, an_order("proposal.confirm", proposal, on=DAY), roles=("clerk",))
    assert refusal(as_clerk) == (409, "second-person-needed")


def test_who_holds_none_of_its_roles_does_not_confirm_it(desk: Desk) -> None:
    proposal = desk.propose()
    assert refusal(desk.confirm(CLERK, proposal)) == (403, "role-missing")
    assert refusal(desk.reject(CLERK, proposal)) == (403, "role-missing")
    # The token does not carry the role that is held.
    order = an_order("proposal.confirm", proposal, on=DAY)
    assert refusal(desk.send(SECOND, order, roles=("clerk",))) == (403, "role-missing")


@pytest.mark.parametrize("whose", ["confirmer", "proposer"])
def test_a_role_that_was_withdrawn_meanwhile_does_not_count(desk: Desk, whose: str) -> None:
    who = f"operator-of-{whose}"
    desk.office.send("role.grant", f"role:{who}", by=OPERATOR, who=who, role="operator")
    by, second = (who, SECOND) if whose == "proposer" else (FIRST, who)
    proposal = desk.propose(by)
    desk.office.send("role.withdraw", f"role:{who}", by=OPERATOR, who=who, role="operator")
    refused = refusal(desk.confirm(second, proposal))
    assert refused == ((409, "wrong-state") if whose == "proposer" else (403, "role-missing"))


def test_nobody_confirms_a_role_for_himself(desk: Desk) -> None:
    proposal = desk.propose(who=SECOND)
    assert refusal(desk.confirm(SECOND, proposal)) == (409, "second-person-needed")
    assert desk.confirm(THIRD, proposal).status_code == 201


def test_it_lapses_after_thirty_days(desk: Desk) -> None:
    first = date.fromisoformat(DAY)
    too_late, last = (str(first + timedelta(days=days)) for days in (31, 30))
    proposal = desk.propose()
    assert refusal(desk.confirm(SECOND, proposal, on=too_late)) == (409, "wrong-state")
    assert refusal(desk.reject(SECOND, proposal, on=too_late)) == (409, "wrong-state")
    before = str(first - timedelta(days=1))
    assert refusal(desk.confirm(SECOND, proposal, on=before)) == (409, "before-its-cause")
    assert desk.confirm(SECOND, proposal, on=last).status_code == 201


def test_a_digest_of_something_else_is_refused(desk: Desk) -> None:
    refused = desk.confirm(SECOND, desk.propose(), digest="0" * 64)
    assert refusal(refused) == (409, "digest-mismatch")


def test_what_is_decided_is_decided_once(desk: Desk) -> None:
    taken_back, rejected, confirmed = desk.propose(), desk.propose(), desk.propose()
    assert desk.reject(FIRST, taken_back).status_code == 201
    assert desk.reject(SECOND, rejected).status_code == 201
    assert desk.confirm(SECOND, confirmed).status_code == 201
    for proposal in (taken_back, rejected, confirmed):
        assert refusal(desk.confirm(THIRD, proposal)) == (409, "wrong-state")
        assert refusal(desk.reject(THIRD, proposal)) == (409, "wrong-state")
    assert refusal(desk.confirm(SECOND, "proposal:none")) == (404, "unknown-subject")


def test_arrays_and_dry_runs_propose_too(desk: Desk) -> None:
    desk.office.send("role.grant", f"role:{THIRD}", by=OPERATOR, who=THIRD, role="clerk")
    person = an_order("person.register", "person:two", on=DAY)
    made = desk.send(THIRD, grant_to("sun"), person, grant_to("zhou")).json()
    assert len({receipt.get("proposed") for receipt in made}) == 3
    assert made[1]["events"][0]["topic"] == "person.registered"
    headers = desk.headers(FIRST)
    dry = desk.web.post("/v1/commands?dry_run=true", json=grant_to("qian"), headers=headers)
    assert (dry.status_code, dry.json()["positions"]) == (200, [])
    catch_up(desk.office.ledger)
    assert desk.web.get(
        f"/v1/proposals/{dry.json()['proposed'].partition(':')[2]}", headers=headers
    ).status_code == 404  # fmt: skip


def test_the_same_key_proposes_and_confirms_once(desk: Desk) -> None:
    headers, order = desk.headers(FIRST), grant_to("wu")
    first, again = (desk.web.post("/v1/commands", json=order, headers=headers) for _ in "ab")
    assert (again.status_code, again.json()["replayed"]) == (200, True)
    assert again.json()["proposed"] == first.json()["proposed"]


def test_the_list_tells_what_is_proposed_by_whom_and_until_when(desk: Desk) -> None:
    proposal = desk.propose(who="feng")
    catch_up(desk.office.ledger)

    def rows(**asked: str) -> dict[str, dict[str, Any]]:
        """Ask as of a day on which nothing has lapsed, unless told otherwise."""
        said = desk.web.get("/v1/proposals", params={"as_of": DAY, "lang": "en"} | asked,
                            headers=desk.headers(FIRST))  # fmt: skip
        assert said.status_code == 200, said.text
        return {row["id"]: row for row in said.json()["rows"]}

    row = rows(state="proposed", kind="role", by=FIRST, subject="role:feng")[proposal]
    assert (row["command"], row["subject"]) == ("role.grant", "role:feng")
    assert (row["by"], row["since"], row["second"]) == (FIRST, DAY, ["operator"])
    assert row["lapses"] == str(date.fromisoformat(DAY) + timedelta(days=30))
    assert row["says"] == "let feng act as clerk"
    assert rows(lang="zh")[proposal]["says"] == "授予 feng 角色 clerk"
    assert proposal not in rows(by=SECOND)
    assert proposal in rows(state="lapsed", as_of=str(date.fromisoformat(DAY) + timedelta(days=31)))
    whole = desk.web.get(f"/v1/proposals/{proposal.partition(':')[2]}", headers=desk.headers(FIRST))
    assert whole.json()["what"] == {"who": "feng", "role": "clerk"}
    for query in ("state=open", "kind=fund", "nonsense=1"):
        asked = desk.web.get(f"/v1/proposals?{query}", headers=desk.headers(FIRST))
        assert asked.status_code == 422, query
    for suffix in ("csv", "xlsx", "jsonl"):
        listed = desk.web.get(f"/v1/proposals.{suffix}", headers=desk.headers(FIRST))
        assert listed.status_code == 200, suffix


def test_of_a_hundred_confirmations_at_once_one_wins(desk: Desk) -> None:
    proposal = desk.propose(who="zheng")
    with ThreadPoolExecutor(25) as pool:
        answers = list(
            pool.map(lambda n: desk.confirm((SECOND, THIRD)[n % 2], proposal), range(100))
        )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] + [409] * 99
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"wrong-state"}
    assert [event.TOPIC for event in desk.office.events("role:zheng")] == ["role.granted"]
