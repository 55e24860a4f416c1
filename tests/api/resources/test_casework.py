"""Social assistance as a whole: a household's aid in one place, and whom to look at in time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from domain.kernel.refusals import ExcludedByScheme
from domain.payments.payment_events import PaymentMade
from infra.ledger import open_ledger
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    EVE,
    SECOND_TREASURER,
    TREASURER,
    Office,
    fen,
    staffed,
)
from scripts.scenarios.stories import AREA, FUND, a_fund, a_scheme, approved, release
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings
    from infra.ledger import Ledger

HOME, ALONE, WELL_OFF = "household:h-1", "household:h-2", "household:h-3"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DIBAO, PRICES = "scheme:dibao", "scheme:price-subsidy"
APRIL = "2007-04-01"
# What a month gives the first household: 3 x 300 yuan less its income.
HOMES = 50_000


class Desk(NamedTuple):
    """An office with a clerk's browser before it."""

    office: Office
    client: Client

    def ask(self, path: str, role: str = "clerk", **params: str) -> dict[str, Any]:
        """Read an address of the office."""
        answer = self.client.get(path, params=params, headers=self.token(role))
        return {"status": answer.status_code, **answer.json()}

    def token(self, role: str) -> dict[str, str]:
        """Return the headers of somebody in a role."""
        secret = self.office.ledger.secret("token-key")
        lent = {"by": f"{role}-1", "roles": (role,), "ttl": timedelta(hours=1)}
        return {"Authorization": f"Bearer {tokens.issue(secret, **lent)[0]}"}  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    """Tell the story, and open the desk."""
    with open_ledger(new_settings()) as ledger:
        office = told(ledger)
        catch_up(ledger)
        with served(ledger) as client:
            yield Desk(office, client)


def told(ledger: Ledger) -> Office:
    """Tell of three households in one spring."""
    office = staffed(Office(ledger))
    for who, role in {"auditor-1": "auditor", "registrar-1": "registrar"}.items():
        office.send("role.grant", f"role:{who}", by="operator:local", on=EVE, who=who, role=role)
    a_fund(office, holding=10_000_000)
    schemes(office)
    household(office, HOME, "a", "b", "c")
    household(office, ALONE, "d")
    household(office, WELL_OFF, "e", "f")
    dibao(office, HOME, income=40_000, tier="standard")
    dibao(office, ALONE, income=29_000, tier="severe-illness")
    assessed(office, WELL_OFF, income=63_000)
    for month in ("2007-03", "2007-04"):
        for scheme in ("dibao", "price-subsidy"):
            run = f"pay-run:{scheme}:{month}"
            approved(office, run, fund=FUND)
            release(office, run)
    relief(office, "case-1", "person:a", 600_000)
    relief(office, "case-2", "person:b", 500_000)
    relief(office, "case-3", "person:d", 900_000)
    stays(office)
    office.send("entitlement.stop", "entitlement:dibao-h-1", by=CLERK, on="2007-04-20",
                reason="收入超过标准", from_=APRIL)  # fmt: skip
    first = next(
        event.originator_id
        for event in office.events("payment:dibao:2007-03:")
        if isinstance(event, PaymentMade) and event.amount == HOMES
    )
    office.agreed("payment.supplement", first, by=TREASURER, second=SECOND_TREASURER, fund=FUND,
                  earmark="general", amount=fen(700), reason="少发",
                  act={"evidence": [{"name": "复核意见", "sha256": "a" * 64}]})  # fmt: skip
    return office


def schemes(office: Office) -> None:
    """Adopt a means-tested scheme with tiers, one that follows it, and one that it excludes."""
    rates = [
        {"tier": tier, "from": EVE, "amount": fen(amount), "authority": "市政府令第1号"}
        for tier, amount in {"standard": 30_000, "severe-illness": 33_000}.items()
    ]
    a_scheme(office, DIBAO, rate=1, per="household", formula="top-up", rates=rates)
    a_scheme(office, PRICES, rate=2_000, follows=DIBAO)
    a_scheme(office, "scheme:destitute", rate=50_000, per="household", excludes=[DIBAO])


def household(office: Office, home: str, *members: str) -> None:
    """Form a household."""
    persons = [f"person:{name}" for name in members]
    for person in persons:
        office.send("person.register", person, by=CLERK, on=EVE)
    office.send("household.form", home, by=CLERK, on=EVE, members=persons, area=AREA)


def assessed(office: Office, home: str, *, income: int, scheme: str = DIBAO) -> str:
    """Let a household apply, and check its means."""
    key = f"{scheme.partition(':')[2]}-{home.partition(':')[2]}"
    entitlement = f"entitlement:{key}"
    office.send("entitlement.apply", entitlement, by=CLERK, on=EVE, scheme=scheme, holder=home,
                area=AREA)  # fmt: skip
    office.send("entitlement.assess", entitlement, by=CLERK, on="2006-02-01", eligible=True,
                income=fen(income), facts_digest=DIGEST)  # fmt: skip
    return entitlement


def dibao(office: Office, home: str, *, income: int, tier: str) -> None:
    """Let a household be granted the allowance, its neighbours having been told."""
    entitlement = assessed(office, home, income=income)
    office.send("entitlement.publicise", entitlement, by=CLERK, on="2006-02-01",
                from_="2006-02-01", to="2006-02-08")  # fmt: skip
    office.send("entitlement.grant", entitlement, by=APPROVER, on="2006-02-09", tier=tier,
                from_="2007-03-01")  # fmt: skip


def relief(office: Office, key: str, person: str, amount: int) -> None:
    """Help one person once."""
    case = f"relief:{key}"
    office.send("relief.apply", case, by=CLERK, person=person, fund=FUND, earmark="general",
                programme="temporary-relief", purpose="aid-poor")  # fmt: skip
    office.send("relief.decide", case, by=APPROVER, amount=fen(amount))
    office.send("relief.pay", case, by=TREASURER)


def stays(office: Office) -> None:
    """Let one member be cared for by day, and another find refuge."""
    office.send("placement.admit", "placement:p-1", by=CLERK, kind="day-care",
                person="person:c", area=AREA)  # fmt: skip
    office.send("placement.admit", "placement:p-2", by=CLERK, kind="refuge",
                person="person:b", area=AREA)  # fmt: skip


def test_all_aid_of_a_household_stands_in_one_place(desk: Desk) -> None:
    said = desk.ask("/v1/households/h-1/aid", as_of="2007-04-30")
    assert said["members"] == ["person:a", "person:b", "person:c"]
    kinds = [row["kind"] for row in said["rows"]]
    assert (
        kinds
        == ["entitlement", *["following"] * 3, "relief", "relief", "placement"] + ["payment"] * 9
    )
    assert said["totals"] == [
        # Two months of 3 x 300 - 400 yuan, six price subsidies, one supplement, two relief cases.
        {"field": "paid", "value": 2 * 50_000 + 6 * 2_000 + 700 + 1_100_000, "unit": "fen"}
    ]


def test_an_entitlement_is_shown_with_what_it_gives_and_what_it_rests_on(desk: Desk) -> None:
    rows = desk.ask("/v1/households/h-2/aid", as_of="2007-03-31")["rows"]
    entitlement, following, *_ = rows
    assert entitlement["amount"] == fen(33_000 - 29_000)
    assert (entitlement["tier"], entitlement["facts_digest"]) == ("severe-illness", DIGEST)
    assert following["follows"] == entitlement["id"]
    assert following["amount"] == fen(2_000)


def test_an_exit_has_its_reason_and_shows_what_was_paid_after_it(desk: Desk) -> None:
    rows = desk.ask("/v1/households/h-1/aid", as_of="2007-04-30")["rows"]
    entitlement = rows[0]
    assert entitlement["state"] == "stopped"
    assert entitlement["reason"] == "收入超过标准"
    assert entitlement["stopped_from"] == "2007-04"
    assert "amount" not in entitlement
    assert {row["state"] for row in rows if row["kind"] == "following"} == {"stopped"}
    late = [row for row in rows if row.get("after_stop")]
    assert {(row["kind"], row["month"]) for row in late} == {("payment", "2007-04")}
    assert len(late) == 4


def test_the_aid_before_the_exit_is_shown_as_it_was_known(desk: Desk) -> None:
    position = next(
        place
        for place, event in zip(desk.office.positions(), desk.office.events(), strict=True)
        if event.TOPIC == "entitlement.stopped"
    )
    rows = desk.ask("/v1/households/h-1/aid", as_of="2007-04-30", known_at=str(position - 1))[
        "rows"
    ]
    assert rows[0]["state"] == "granted"
    assert rows[0]["amount"] == fen(50_000)


def test_a_refuge_is_told_nowhere(desk: Desk) -> None:
    rows = desk.ask("/v1/households/h-1/aid")["rows"]
    assert [row["placement"] for row in rows if row["kind"] == "placement"] == ["day-care"]


def test_only_who_works_with_persons_reads_a_households_aid(desk: Desk) -> None:
    for path in ("/v1/households/h-1/aid", "/v1/warnings"):
        assert desk.ask(path, "registrar")["code"] == "role-missing"
        for role in ("clerk", "reviewer", "approver", "treasurer", "auditor"):
            assert desk.ask(path, role)["status"] == 200
    assert desk.client.get("/open/v1/households/h-1/aid").status_code == 404
    assert desk.ask("/v1/households/none/aid")["code"] == "unknown-subject"


def test_a_scheme_that_excludes_another_is_not_granted_beside_it(desk: Desk) -> None:
    office = desk.office
    entitlement = assessed(office, ALONE, income=0, scheme="scheme:destitute")
    with pytest.raises(ExcludedByScheme):
        office.send("entitlement.grant", entitlement, by=APPROVER, on=APRIL, tier="a",
                    from_=APRIL)  # fmt: skip


def test_households_near_their_line_are_listed_by_a_rule(desk: Desk) -> None:
    said = desk.ask("/v1/warnings", kind="near-line", as_of="2007-03-31")
    assert [(row["subject"], row["value"], row["line"]) for row in said["rows"]] == [
        # 12 % below its own tier's line is not near; 5 % above the lowest line is.
        (WELL_OFF, fen(63_000), fen(60_000)),
    ]
    near = next(rule for rule in said["rules"] if rule["kind"] == "near-line")
    assert near == {
        "kind": "near-line",
        "rule": "rule:warning-near-line",
        "threshold": {"value": "10", "unit": "percent"},
        "from": None,
        "basis": "default",
    }


def test_a_rule_in_force_moves_a_threshold_until_it_is_reversed(desk: Desk) -> None:
    office = desk.office
    said: dict[str, Any] = {
        "rule": "warning-near-line",
        "amount": {"value": "12.5", "unit": "percent"},
    }
    receipt = office.send("rule.enact", "rule:warning-near-line", by=APPROVER, on=EVE, from_=EVE,
                          **said)  # fmt: skip
    catch_up(office.ledger)
    wider = desk.ask("/v1/warnings", kind="near-line", as_of="2007-03-31")
    assert [row["subject"] for row in wider["rows"]] == [ALONE, WELL_OFF]
    assert {rule["basis"] for rule in wider["rules"]} == {"rule", "default"}
    office.send("event.reverse", "rule:warning-near-line", by=APPROVER, of=receipt["positions"][0])
    catch_up(office.ledger)
    again = desk.ask("/v1/warnings", kind="near-line", as_of="2007-12-31")
    assert [row["subject"] for row in again["rows"]] == [WELL_OFF]


def test_checks_that_are_overdue_are_listed(desk: Desk) -> None:
    assert desk.ask("/v1/warnings", kind="check-overdue", as_of="2007-02-01")["rows"] == []
    said = desk.ask("/v1/warnings", kind="check-overdue", as_of="2007-02-02")
    assert [(row["subject"], row["last_on"], row["days"]) for row in said["rows"]] == [
        (HOME, "2006-02-01", 366),
        (ALONE, "2006-02-01", 366),
    ]
    assert {each["field"]: each["value"] for each in said["totals"]}["check-overdue"] == 2


def test_relief_is_added_up_over_a_household_and_twelve_months(desk: Desk) -> None:
    rows = desk.ask("/v1/warnings", kind="relief-high", as_of="2007-12-31")["rows"]
    assert [(row["subject"], row["value"], row["cases"]) for row in rows] == [
        (HOME, fen(1_100_000), 2)
    ]
    assert desk.ask("/v1/warnings", kind="relief-high", as_of="2008-03-15")["rows"] == []


def test_warnings_are_read_in_every_form(desk: Desk) -> None:
    answer = desk.client.get("/v1/warnings.csv?as_of=2007-12-31", headers=desk.token("auditor"))
    lines = answer.text.splitlines()
    assert lines[0].lstrip("\ufeff").startswith("id,kind,subject,entitlement,scheme")
    assert len(lines) == 1 + len(desk.ask("/v1/warnings", as_of="2007-12-31")["rows"])
    page = desk.ask("/v1/warnings", as_of="2007-12-31", limit="1")
    assert len(page["rows"]) == 1
    assert page["next"]
