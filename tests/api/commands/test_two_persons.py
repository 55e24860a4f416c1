"""Nobody moves money, or a right to money, alone: each act is refused to the first person."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    OPERATOR,
    REVIEWER,
    SECOND_TREASURER,
    TREASURER,
    Office,
    an_order,
    fen,
    staffed,
)
from scripts.scenarios.stories import (
    AREA,
    FUND,
    RUN,
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    entitled,
    payments_of,
    release,
    settle,
)
from tests.api.conftest import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from domain.kernel.aggregate import Event
    from infra.ledger import Ledger

# One person with three duties that do not exclude each other.
MANY, RAISER, SECOND_RAISER, CHIEF = "many-1", "raiser-1", "raiser-2", "operator-2"
HELD = {
    MANY: ("clerk", "approver", "treasurer"),
    RAISER: ("fundraiser",),
    SECOND_RAISER: ("fundraiser",),
    CHIEF: ("operator",),
}
PAPER = {"evidence": [{"name": "复核意见书", "sha256": "a" * 64}]}
GENERAL: dict[str, Any] = {"fund": FUND, "earmark": "general"}
_numbers = count(1)


class Desk(NamedTuple):
    """An office, and a client of its server."""

    office: Office
    web: Client

    def post(self, by: str, command: str, subject: str, /, **what: Any) -> tuple[int, str]:
        """Send a command over HTTP; return the status and the refusal's code."""
        act = what.pop("act", None)
        roles = HELD.get(by) or (by.rpartition("-")[0],)
        secret = self.office.ledger.secret("token-key")
        token, _ = tokens.issue(secret, by=by, roles=roles, ttl=timedelta(hours=1))
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"two-{next(_numbers)}"}
        order = an_order(command, subject, on=DAY, act=act, **what)
        answer = self.web.post("/v1/commands", json=order, headers=headers)
        return answer.status_code, answer.json().get("code", "")


@pytest.fixture(scope="module")
def desk(server_ledger: Ledger) -> Iterator[Desk]:
    office = staffed(Office(server_ledger))
    for who, roles in HELD.items():
        for role in roles:
            office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
    a_fund(office, holding=10**9)
    a_scheme(office, rate=58_900)
    entitled(office, 3)
    approved(office)
    release(office)
    settle(office, RUN, payments_of(office)[0])
    with served(server_ledger) as web:
        yield Desk(office, web)


# Who may not, who may, the command, its subject, and what it says.
Row = tuple[str, str, str, str, dict[str, Any]]


def granted(office: Office) -> Row:
    """Apply for a right to money."""
    office.send("person.register", "person:new", by=CLERK, on=EVE)
    whose: dict[str, Any] = {"scheme": SCHEME, "holder": "person:new", "area": AREA}
    office.send("entitlement.apply", "entitlement:new", by=MANY, **whose)
    office.send("entitlement.assess", "entitlement:new", by=CLERK, eligible=True)
    terms = {"tier": "a", "from": DAY}
    return MANY, APPROVER, "entitlement.grant", "entitlement:new", terms


def decided(office: Office) -> Row:
    """Apply for relief."""
    office.send("person.register", "person:needy", by=CLERK, on=EVE)
    asked = {**GENERAL, "person": "person:needy", "programme": "relief", "purpose": "aid-poor"}
    office.send("relief.apply", "relief:r", by=MANY, **asked)
    return MANY, APPROVER, "relief.decide", "relief:r", {"amount": fen(5)}


def awarded(office: Office) -> Row:
    """Apply for a grant."""
    what: dict[str, Any] = {"programme": "joy", "purpose": "aid-poor", "title": "合唱"}
    office.send("project.open", "project:p", by=CLERK, **what)
    asked: dict[str, Any] = {"body": "organisation:choir", "project": "project:p", "area": AREA}
    office.send("grant.apply", "grant:g", by=MANY, amount=fen(9), **(what | asked))
    return MANY, APPROVER, "grant.award", "grant:g", {"shares": [{**GENERAL, "amount": fen(9)}]}


def released(office: Office) -> Row:
    """Draw up a run, and let others check it."""
    run = "pay-run:aid:2007-02"
    what = {**GENERAL, "scheme": SCHEME, "month": "2007-02"}
    digest = office.send("pay-run.draw-up", run, by=MANY, **what)["digest"]
    office.send("pay-run.review", run, by=REVIEWER, digest=digest)
    office.send("pay-run.approve", run, by=APPROVER, digest=digest)
    return MANY, TREASURER, "pay-run.release", run, {}


def written_back(office: Office) -> Row:
    """Pay again what came back; it comes back once more."""
    payment = payments_of(office)[0]
    office.send("payment.reissue", payment, by=TREASURER)
    office.send("payment.return", payment, by=TREASURER, reason="销户", bank_ref="退-2")
    return TREASURER, SECOND_TREASURER, "payment.write-back", payment, {}


def mirrored(office: Office) -> Row:
    """Enter money."""
    taken: dict[str, Any] = {"earmark": "general", "source": "fiscal", "document": "追加拨款单"}
    receipt = office.send("fund.receive", FUND, by=MANY, on=EVE, amount=fen(7), **taken)
    return MANY, APPROVER, "event.reverse", FUND, {"of": receipt["positions"][0]}


def refunded(office: Office) -> Row:
    """Receive a gift."""
    gift = {**GENERAL, "amount": fen(50), "name_shown": False}
    office.send("donation.receive", "donation:d", by=RAISER, **gift)
    return RAISER, SECOND_RAISER, "donation.refund", "donation:d", {"amount": fen(50)}


def supplemented(office: Office) -> Row:
    """Choose a payment of the run that the first treasurer released."""
    what = {**GENERAL, "amount": fen(1_000), "reason": "少发", "act": PAPER}
    return TREASURER, SECOND_TREASURER, "payment.supplement", payments_of(office)[1], what


def raised(office: Office) -> Row:
    """Bring in a claim of 100 on a scheme without rates."""
    what: dict[str, Any] = {"title": "临时补助", "programme": "other", "purpose": "aid-poor"}
    office.send("scheme.adopt", "scheme:free", by=APPROVER, on=EVE, per="person", pays="monthly",
                formula="flat", **what)  # fmt: skip
    office.send("person.register", "person:free", by=CLERK, on=EVE)
    whose: dict[str, Any] = {"scheme": "scheme:free", "holder": "person:free", "area": AREA}
    office.send("entitlement.bring-in", "entitlement:free", by=CLERK, on=EVE, tier="a",
                amount=fen(10_000), from_=EVE, **whose)  # fmt: skip
    act = PAPER | {"reason": "重病"}
    terms = {"tier": "a", "from": DAY, "amount": fen(10_000_000), "act": act}
    return CLERK, APPROVER, "entitlement.adjust", "entitlement:free", terms


def raised_tier(office: Office) -> Row:
    """Set a higher rate beside the one that a claim has."""
    office.send("scheme.set-rate", SCHEME, by=APPROVER, on=EVE, tier="b", from_=EVE,
                amount=fen(60_000))  # fmt: skip
    claim = next(event for event in office.events("entitlement:aid-")).originator_id
    return CLERK, APPROVER, "entitlement.adjust", claim, {"tier": "b", "from": DAY}


PROPOSED = [refunded, supplemented, raised, raised_tier]


@pytest.mark.parametrize("row", PROPOSED, ids=[row.__name__ for row in PROPOSED])
def test_what_one_person_sends_moves_nothing_until_another_confirms_it(
    desk: Desk, row: Callable[[Office], Row]
) -> None:
    first, second, command, subject, what = row(desk.office)
    before = list(desk.office.events(subject)), held(desk.office)
    assert desk.post(first, command, subject, **what) == (201, "")
    assert (list(desk.office.events(subject)), held(desk.office)) == before
    proposal = [*desk.office.events("proposal:")][-1].originator_id
    refused = desk.post(first, "proposal.confirm", proposal)
    assert refused == (409, "second-person-needed")
    assert desk.post(second, "proposal.confirm", proposal) == (201, "")
    made = list(desk.office.events(subject))[len(before[0]) :]
    assert {(event.act.by, event.act.confirmed_by) for event in made} == {(first, second)}


def held(office: Office) -> list[Event]:
    """Return the events of the fund."""
    return list(office.events(FUND))


def test_an_amount_that_no_rate_gives_stands_on_a_reason_and_a_document(desk: Desk) -> None:
    terms = {"tier": "a", "from": DAY, "amount": fen(20_000)}
    for act in ({}, PAPER, {"reason": "重病"}):
        refused = desk.post(CLERK, "entitlement.adjust", "entitlement:free", act=act, **terms)
        assert refused == (409, "over-entitled")


def test_terms_that_give_no_more_are_one_persons_act(desk: Desk) -> None:
    """In `raised_tier` it was put into a higher tier."""
    claim = next(event for event in desk.office.events("entitlement:aid-")).originator_id
    assert desk.post(CLERK, "entitlement.adjust", claim, tier="a", **{"from": DAY}) == (201, "")
    assert [*desk.office.events(claim)][-1].TOPIC == "entitlement.adjusted"
    desk.office.send("entitlement.assess", claim, by=CLERK, eligible=False)
    assert desk.post(CLERK, "entitlement.adjust", claim, tier="a", **{"from": DAY}) == (201, "")
    assert [*desk.office.events("proposal:")][-1].TOPIC == "entitlement.proposed"
    desk.office.send("entitlement.assess", claim, by=CLERK, eligible=True)


ROWS = [granted, decided, awarded, released, written_back, mirrored]


@pytest.mark.parametrize("row", ROWS, ids=[row.__name__ for row in ROWS])
def test_the_first_person_is_refused_and_another_is_not(
    desk: Desk, row: Callable[[Office], Row]
) -> None:
    first, second, command, subject, what = row(desk.office)
    assert desk.post(first, command, subject, **what) == (409, "maker-is-checker")
    assert desk.post(second, command, subject, **what) == (201, "")


def test_who_soft_closed_neither_closes_nor_opens_again(desk: Desk) -> None:
    year: dict[str, Any] = {"through": "2005-12-31"}
    assert desk.post(TREASURER, "period.soft-close", "period:2005", **year) == (201, "")
    for command in ("period.close", "period.reopen"):
        refused = desk.post(TREASURER, command, "period:2005", **year)
        assert refused == (409, "second-person-needed")
    assert desk.post(SECOND_TREASURER, "period.reopen", "period:2005", **year) == (201, "")
    proposal = [*desk.office.events("proposal:")][-1].originator_id
    assert [*desk.office.events("period:2005")][-1].TOPIC == "period.soft-closed"
    assert desk.post(TREASURER, "proposal.confirm", proposal) == (201, "")
    assert [*desk.office.events("period:2005")][-1].TOPIC == "period.reopened"


def test_a_payment_of_589_is_not_supplemented_by_100_000_without_a_document(desk: Desk) -> None:
    payment = payments_of(desk.office)[2]
    what = {**GENERAL, "amount": fen(10_000_000), "reason": "少发"}
    refused = desk.post(SECOND_TREASURER, "payment.supplement", payment, **what)
    assert refused == (409, "over-entitled")
    taken = desk.post(SECOND_TREASURER, "payment.supplement", payment, act=PAPER, **what)
    assert taken == (201, "")


@pytest.mark.parametrize(
    ("who", "role"),
    [(RAISER, "treasurer"), (RAISER, "approver"), (RAISER, "clerk"), (REVIEWER, "approver"),
     (TREASURER, "auditor"), (CLERK, "supervisor"), (APPROVER, "operator"), (CHIEF, "treasurer")],
)  # fmt: skip
def test_duties_that_exclude_each_other_are_refused_at_the_grant(
    desk: Desk, who: str, role: str
) -> None:
    what = {"who": who, "role": role}
    assert desk.post(CHIEF, "role.grant", f"role:{who}", **what) == (409, "duties-conflict")


def test_an_operator_grants_himself_nothing(desk: Desk) -> None:
    what = {"who": CHIEF, "role": "clerk"}
    assert desk.post(CHIEF, "role.grant", f"role:{CHIEF}", **what) == (409, "second-person-needed")


def test_the_catalogue_says_whose_earlier_act_keeps_a_sender_out(desk: Desk) -> None:
    token, _ = tokens.issue(
        desk.office.ledger.secret("token-key"), by=CLERK, roles=("clerk",), ttl=timedelta(hours=1)
    )
    listed = desk.web.get("/v1/commands", headers={"Authorization": f"Bearer {token}"}).json()
    by_name = {one["command"]: one for one in listed}
    assert by_name["entitlement.grant"]["not_by"] == ["entitlement.apply", "entitlement.assess"]
    assert by_name["pay-run.release"]["not_by"] == ["pay-run.draw-up"]
    assert by_name["event.reverse"]["not_by"] == ["original"]
    named = {each for one in listed for each in one["not_by"]} - {"original"}
    # Each names a command that may be sent.
    assert named <= set(by_name)
