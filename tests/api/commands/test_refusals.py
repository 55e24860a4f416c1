"""What a form may not say and what a rule forbids, over HTTP: the contract's code, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import httpx
import pytest

from api.http import tokens
from infra.ledger import Ledger
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    OPERATOR,
    REVIEWER,
    TREASURER,
    Office,
    an_order,
    fen,
    staffed,
)
from scripts.scenarios.stories import AREA, FUND, a_fund, a_scheme, approved, entitled
from tests.api.conftest import catch_up, code_of, served

REGISTRAR, FUNDRAISER = "registrar-1", "fundraiser-1"
ROLES = {
    APPROVER: "approver",
    CLERK: "clerk",
    REVIEWER: "reviewer",
    TREASURER: "treasurer",
    REGISTRAR: "registrar",
    FUNDRAISER: "fundraiser",
}
LATER, BEFORE, LONG_AGO = "2007-04-15", "2007-03-01", "2005-01-01"
COUPLE: dict[str, Any] = {"kind": "marriage", "office": "罗湖", "area": AREA}
STAY: dict[str, Any] = {"kind": "elder-home", "area": AREA, "facility": "facility:full"}
BODY: dict[str, Any] = {
    "title": "合唱团",
    "kind": "private-unit",
    "activity": "elders",
    "area": AREA,
}
GIFTS: dict[str, Any] = {"fund": "fund:gifts", "earmark": "general"}
CLAIM: dict[str, Any] = {"area": AREA, "tier": "a", "from": DAY}


def pieces(number: int) -> list[dict[str, Any]]:
    """Write so many pieces of clothing."""
    return [{"kind": "clothing", "quantity": {"value": number, "unit": "item:clothing"}}]


@pytest.fixture(scope="module")
def office(server_ledger: Ledger) -> Office:
    """Tell what the refused commands run into."""
    office = staffed(Office(server_ledger))
    for who in (REGISTRAR, FUNDRAISER):
        office.send("role.grant", f"role:{who}", by=OPERATOR, who=who, role=ROLES[who])
    a_fund(office, holding=10_000)
    a_scheme(office, rate=10)
    entitled(office, 3)
    approved(office)
    for scheme, per in {"scheme:other": "person", "scheme:home": "household"}.items():
        a_scheme(office, scheme, rate=20, per=per, excludes=["scheme:aid"])
    office.send("household.form", "household:h", by=CLERK, members=["person:aid-000002"], area=AREA)
    houses(office)
    register(office)
    bought(office)
    gifts(office)
    return office


def houses(office: Office) -> None:
    """Fill a home of one bed; another person stays in another home."""
    for home in ("full", "other"):
        office.send("facility.open", f"facility:{home}", by=CLERK, kind="elder-home",
                    body="organisation:y", area=AREA, beds={"value": 1, "unit": "bed"})  # fmt: skip
    for nth, home in enumerate(("full", "other")):
        stay = STAY | {"person": f"person:aid-00000{nth}", "facility": f"facility:{home}"}
        office.send("placement.admit", f"placement:{home}", by=CLERK, **stay)


def register(office: Office) -> None:
    """Register two couples, one of them no more, and a body that is revoked; close an area."""
    for key in ("a", "b"):
        office.send("registration.enter", f"registration:{key}", by=REGISTRAR, **COUPLE)
    office.send("registration.annul", "registration:b", by=REGISTRAR, reason="胁迫")
    office.send("organisation.register", "organisation:x", by=REGISTRAR, **BODY)
    office.send("organisation.revoke", "organisation:x", by=REGISTRAR)
    office.send("area.open", "area:old", by=APPROVER, on=BEFORE, title="旧区", level="district",
                parent=AREA)  # fmt: skip
    office.send("area.close", "area:old", by=APPROVER)


def bought(office: Office) -> None:
    """Buy a service for March."""
    office.send("contract.sign", "contract:c", by=APPROVER, body="organisation:z",
                programme="care-line", fund=FUND, earmark="general", amount=fen(100),
                from_="2007-03-01", until="2007-03-31")  # fmt: skip


def gifts(office: Office) -> None:
    """Take in three pieces of clothing and some cash."""
    office.send("fund.open", "fund:gifts", by=TREASURER, on="2006-01-01", title="慈善基金",
                kind="charity", basis="cash", keeper="organisation:charity-luohu",
                purposes=["aid-poor"])  # fmt: skip
    given = GIFTS | {"name_shown": False}
    office.send("donation.receive", "donation:d", by=FUNDRAISER, goods=pieces(3), **given)
    office.send("donation.receive", "donation:e", by=FUNDRAISER, amount=fen(500), **given)


@pytest.fixture(scope="module")
def web(office: Office) -> Iterator[httpx.Client]:
    """Give a client of the story's server."""
    with served(office.ledger) as client:
        yield client


def post(
    web: httpx.Client, office: Office, by: str, body: object, key: str = "refused"
) -> httpx.Response:
    """Post an order as somebody of the staff."""
    secret = office.ledger.secret("token-key")
    token, _ = tokens.issue(secret, by=by, roles=(ROLES[by],), ttl=timedelta(hours=1))
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    return web.post("/v1/commands", json=body, headers=headers)


class Case(NamedTuple):
    """A command that is refused: who sends it, what it says, and with which answer."""

    by: str
    command: str
    subject: str
    answer: tuple[int, str]
    what: dict[str, Any]
    on: str = DAY


def promise(**more: Any) -> dict[str, Any]:
    """Say a promise that would be taken, but for what is said otherwise."""
    said = {"amount": fen(1), "earmark": "general", "to": "grant:g", "purpose": "aid-poor"}
    return said | more


MALFORMED, UNKNOWN = (422, "malformed"), (404, "unknown-subject")
WRONG_STATE, EXISTS = (409, "wrong-state"), (409, "already-exists")
AMOUNTS: list[object] = [1.5, 1.0, "1", 0, -1, 2**53 + 1, None, True]
FORMS = [
    *(promise(amount={"value": amount, "unit": "fen"}) for amount in AMOUNTS),
    *(promise(amount={"value": 1, "unit": unit}) for unit in ("yuan", "person", "item:clothing")),
    *(promise(**more) for more in ({"more": 1}, {"purpose": "fun"}, {"to": "Grant:g"}, {"to": 1})),
    *(promise(earmark=earmark) for earmark in ("a:b", "A", "", "a\u0000", "x" * 97)),
]
CASES = {
    "an unknown fund": Case(TREASURER, "fund.commit", "fund:none", UNKNOWN, promise()),
    "a day before the fund": Case(
        TREASURER, "fund.commit", FUND, WRONG_STATE, promise(), on=LONG_AGO
    ),
    "a day that is none": Case(
        TREASURER, "fund.commit", FUND, MALFORMED, promise(), on="2007-02-29"
    ),
    "a control character": Case(
        CLERK, "project.open", "project:p", MALFORMED,
        {"title": "a\u0007b", "programme": "x", "purpose": "community"},
    ),
    "a run released before it is approved": Case(
        TREASURER, "pay-run.settle", "pay-run:aid:2007-03", WRONG_STATE, {"bank_ref": "回盘"}
    ),
    "a marriage registered twice": Case(
        REGISTRAR, "registration.enter", "registration:a", EXISTS, COUPLE
    ),
    "a marriage annulled twice": Case(
        REGISTRAR, "registration.annul", "registration:b", WRONG_STATE, {"reason": "胁迫"}
    ),
    "a discharge before the admission": Case(
        CLERK, "placement.discharge", "placement:full", WRONG_STATE, {}, on=BEFORE
    ),
    "a discharge of somebody who was not admitted": Case(
        CLERK, "placement.discharge", "placement:none", UNKNOWN, {}
    ),
    "a transfer to a full facility": Case(
        CLERK, "placement.transfer", "placement:other", WRONG_STATE, {"facility": "facility:full"}
    ),
    "an admission to a full facility": Case(
        CLERK, "placement.admit", "placement:third", WRONG_STATE, STAY
    ),
    "an organisation revoked and then changed": Case(
        REGISTRAR, "organisation.change", "organisation:x", WRONG_STATE, {"title": "新名"}
    ),
    "a contract with a body that was revoked": Case(
        APPROVER, "contract.sign", "contract:revoked", (409, "body-ended"),
        {"body": "organisation:x", "programme": "care-line", "fund": FUND, "earmark": "general",
         "amount": fen(1), "from": "2007-03-01", "until": "2007-03-31"},
    ),
    "an organisation with a code of a wrong digit": Case(
        REGISTRAR, "organisation.register", "organisation:y", (409, "credit-code-invalid"),
        BODY | {"credit_code": "91350100M000100Y44"}, on="2016-01-01",
    ),
    "a month written in other digits": Case(
        REVIEWER, "contract.confirm-month", "contract:c", MALFORMED,
        {"month": "200\u0667-03", "units": 1}, on=LATER,
    ),
    "a confirmed month outside its contract": Case(
        REVIEWER, "contract.confirm-month", "contract:c", WRONG_STATE,
        {"month": "2007-04", "units": 1}, on=LATER,
    ),
    "a payment for a month that is not confirmed": Case(
        TREASURER, "contract.pay", "contract:c", WRONG_STATE,
        {"month": "2007-03", "amount": fen(1)},
    ),
    "goods issued that are not there": Case(
        TREASURER, "goods.issue", "goods:i", (409, "goods-short"),
        GIFTS | {"programme": "aid", "goods": pieces(4)},
    ),
    "a scheme that excludes what the person has": Case(
        CLERK, "entitlement.bring-in", "entitlement:other", (409, "excluded-by-scheme"),
        CLAIM | {"scheme": "scheme:other", "holder": "person:aid-000002"},
    ),
    "a scheme that excludes what a member of the household has": Case(
        CLERK, "entitlement.bring-in", "entitlement:home", (409, "excluded-by-scheme"),
        CLAIM | {"scheme": "scheme:home", "holder": "household:h"},
    ),
    "a person in two placements that exclude each other": Case(
        CLERK, "placement.admit", "placement:two", (409, "excluded-by-scheme"),
        {"kind": "shelter", "area": AREA, "person": "person:aid-000000"},
    ),
    "an area that was not there on the day": Case(
        REGISTRAR, "registration.enter", "registration:c", (409, "area-unknown"),
        COUPLE | {"area": "area:old"},
    ),
    "an area that never was": Case(
        CLERK, "entry.open", "entry:e", (409, "area-unknown"),
        {"register": "charity-shop", "title": "店", "area": "area:none"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FORMS, ids=str)
def test_what_a_form_may_not_say_is_malformed(
    web: httpx.Client, office: Office, what: dict[str, Any]
) -> None:
    head = office.positions()
    answer = post(web, office, TREASURER, an_order("fund.commit", FUND, on=DAY) | {"what": what})
    assert code_of(answer) == MALFORMED
    assert all(error["pointer"].startswith("/what/") for error in answer.json()["errors"])
    assert answer.json()["errors"]
    assert office.positions() == head


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_a_rule_forbids_is_refused_with_its_code_and_keeps_nothing(
    web: httpx.Client, office: Office, case: Case
) -> None:
    head = office.positions()
    order = an_order(case.command, case.subject, on=case.on) | {"what": case.what}
    answer = post(web, office, case.by, order)
    assert code_of(answer) == case.answer, answer.text
    assert answer.json()["detail"]
    assert office.positions() == head
    # The key was not used up: the same one serves a command that is taken.
    assert web.get("/v1/receipts/refused").status_code in {401, 404}


STATED: dict[str, Any] = {
    "figure": "system.cash", "value": fen(10**6), "qualifier": "exact", "scope": "system",
    "period": "2007", "source": "统计表", "published_on": "2007-12-31",
}  # fmt: skip


def test_a_statement_of_a_keeper_beside_its_events_is_kept_and_not_counted(
    web: httpx.Client, office: Office
) -> None:
    taken: dict[str, int] = {}
    for keeper in ("luohu", "yantian"):
        what = STATED | {"keeper": f"organisation:charity-{keeper}"}
        order = an_order("statement.record", f"statement:{keeper}", on="2007-12-31", **what)
        answer = post(web, office, CLERK, order, key=keeper)
        assert answer.status_code == 201
        (taken[keeper],) = answer.json()["positions"]
    catch_up(office.ledger)
    figure = web.get("/open/v1/figures/system.cash?period=2007").json()
    # Luohu is known by its gift of 500 fen, Yantian only by what it states.
    assert (figure["value"], figure["basis"]) == (500 + 10**6, "mixed")
    luohu = {"position": taken["luohu"], "keeper": "organisation:charity-luohu"}
    assert figure["left_out"] == [luohu | fen(10**6) | {"why": "counted-by-events"}]
    page = web.get("/figures/system.cash?period=2007&lang=en").text
    assert "Statements that are not counted" in page
    assert f'href="/events/{taken["luohu"]}' in page
    assert "left_out" not in web.get("/open/v1/figures/federation.cash?period=2007").json()
