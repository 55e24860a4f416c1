"""A desk that looks for people: some registered, changed, merged, erased; one paid family."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from domain.benefits.id_numbers import check_sign
from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER, CLERK, EVE, OPERATOR, Office, staffed
from scripts.scenarios.stories import AREA, SCHEME, a_fund, a_scheme, approved, release, settle
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client, Response

    from infra.config.settings import Settings

NAME, FORMER_NAME, TWIN_NAME = "甲子·丑寅", "戊己庚", "同名同姓"
ACCOUNT, FORMER_ACCOUNT = "9900 0000 1111 2222", "9900-0000-3333-4444"
KNOWN, HOME = "person:known", "household:home"
MARCH, APRIL = "pay-run:aid:2007-03", "pay-run:aid:2007-04"
BACK, ARREARS = "household:back", "pay-run:aid:2007-04-arrears"
RATE = 50_000
PAID = RATE
ERASED_NAME = "已去无踪"


def a_number(nth: int) -> str:
    """Return an ID number of nobody's."""
    body = f"00000119500101{nth:03}"
    return body + check_sign(body)


class PeopleDesk(NamedTuple):
    """A client before a ledger, with the tokens of its staff."""

    office: Office
    web: Client

    def headers(self, role: str = "clerk", **more: str) -> dict[str, str]:
        """Return the headers of somebody of the staff."""
        secret = self.office.ledger.secret("token-key")
        token, _ = tokens.issue(secret, by=f"{role}-1", roles=(role,), ttl=timedelta(hours=1))
        return {"Authorization": f"Bearer {token}", **more}

    def look(self, q: str, purpose: str = "service", *, role: str = "clerk") -> Response:
        """Look for somebody."""
        asked = {"q": q, "purpose": purpose}
        return self.web.get("/v1/people", params=asked, headers=self.headers(role))

    def ids(self, q: str) -> list[str]:
        """Return whom a look finds."""
        answer = self.look(q)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["rows"]]

    def reads(self) -> list[Any]:
        """Return the looks that the log has."""
        return [
            event
            for (name,) in self.office.rows(
                "SELECT DISTINCT originator_id FROM ledger.events WHERE topic = 'vault.read.v1'"
            )
            for event in self.office.events(name)
        ]


def told(office: Office) -> Office:
    """Register people, and pay a family."""

    def send(command: str, subject: str, **what: Any) -> None:
        office.send(command, subject, by=CLERK, **what)

    for role in ("auditor", "fundraiser"):
        office.send("role.grant", f"role:{role}-1", by=OPERATOR, who=f"{role}-1", role=role)
    papers = {"name": FORMER_NAME, "id_number": a_number(1), "account": FORMER_ACCOUNT}
    send("person.register", KNOWN, sealed=papers)
    send("person.change", KNOWN, sealed={"name": NAME, "account": ACCOUNT})
    for nth in range(25):
        send("person.register", f"person:twin-{nth:02}", sealed={"name": TWIN_NAME})
    send("person.register", "person:old-id", sealed={"name": "旧名旧", "id_number": a_number(2)})
    send("person.register", "person:new-id", sealed={"name": "新名新"})
    office.agreed("person.merge", "person:old-id", by=CLERK, second=APPROVER, into="person:new-id")
    gone = {"name": ERASED_NAME, "id_number": a_number(3), "account": "9900000055556666"}
    send("person.register", "person:gone", sealed=gone)
    send("person.change", "person:gone", sealed={"name": ERASED_NAME + "二"})
    send("person.erase", "person:gone")
    return paid(office)


def paid(office: Office) -> Office:
    """Pay a household of two, and others, for two months; the bank sends one payment back."""
    a_fund(office, holding=100_000_000)
    a_scheme(office, rate=RATE, per="household")
    people: dict[str, list[str]] = {"home": ["child"], "other": ["other"], "late": ["late"]}
    for nth, (home, [person]) in enumerate(people.items()):
        account = {"account": f"88880000{nth:08}"}
        name = {"name": f"甲小{'小' * (nth + 1)}"}
        office.send("person.register", f"person:{person}", by=CLERK, sealed=name | account)
        members = [f"person:{person}", *([KNOWN] if home == "home" else [])]
        form: dict[str, Any] = {"members": members, "area": AREA}
        office.send("household.form", f"household:{home}", by=CLERK, on=EVE, **form)
        terms: dict[str, Any] = {
            "scheme": SCHEME,
            "holder": f"household:{home}",
            "area": AREA,
            "tier": "a",
        }
        office.send(
            "entitlement.bring-in", f"entitlement:{home}", by=CLERK, on=EVE, from_=EVE, **terms
        )
    for run in (MARCH, APRIL):
        approved(office, run)
        release(office, run)
    settle(office, MARCH, paid_to(office, HOME, "2007-03"))
    paid_later(office)
    return office


def paid_later(office: Office) -> None:
    """Bring one more claim in, and pay by a run of arrears what it gave in April."""
    office.send("person.register", "person:back", by=CLERK)
    form: dict[str, Any] = {"members": ["person:back"], "area": AREA}
    office.send("household.form", BACK, by=CLERK, on=EVE, **form)
    terms: dict[str, Any] = {"scheme": SCHEME, "holder": BACK, "area": AREA, "tier": "a"}
    office.send("entitlement.bring-in", "entitlement:back", by=CLERK, on=EVE, from_=EVE, **terms)
    months = {"from_": "2007-04", "to": "2007-04", "month": "2007-04"}
    approved(office, ARREARS, kind="arrears", **months)
    release(office, ARREARS)


def paid_to(office: Office, holder: str, month: str) -> str:
    """Return a payment by its holder."""
    with office.ledger.connection() as connection:
        tag = office.ledger.vault.tag(connection, SCHEME, (holder, month, "0"))
    return f"payment:aid:{month}:{tag}"


@pytest.fixture(scope="package")
def desk(new_settings: Callable[[], Settings]) -> Iterator[PeopleDesk]:
    """Serve it."""
    with open_ledger(new_settings()) as ledger:
        office = told(staffed(Office(ledger)))
        catch_up(ledger)
        with served(ledger) as web:
            yield PeopleDesk(office, web)
