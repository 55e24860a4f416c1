"""What is due for past months by the rules as now known, less what was paid, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER, CLERK, EVE, TREASURER, Office, fen, staffed
from scripts.scenarios.stories import (
    AREA,
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    entitled,
    payments_of,
    release,
    stop,
)
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client, Response

    from infra.config.settings import Settings

MARCH, APRIL = "pay-run:aid:2007-03", "pay-run:aid:2007-04"
LATER = "2007-05-10"
# What became known in May of the holders, by their numbers; the last one is new.
SAME, STOPPED, DIED, RETURNED, GRANTED = range(5)


class Desk(NamedTuple):
    """An office with a clerk's browser before it."""

    office: Office
    client: Client

    def get(self, path: str, role: str = "clerk", **params: str) -> Response:
        """Read an address of the office, the views being at the head."""
        catch_up(self.office.ledger)
        secret = self.office.ledger.secret("token-key")
        token, _ = tokens.issue(secret, by=f"{role}-1", roles=(role,), ttl=timedelta(hours=1))
        headers = {"Authorization": f"Bearer {token}"}
        return self.client.get(f"/v1/{path}", params=params, headers=headers)

    def ask(self, **params: str) -> dict[str, Any]:
        """Read the arrears of the scheme."""
        answer = self.get("arrears", scheme=SCHEME, **params)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told


def told_late(office: Office) -> None:
    """Pay four persons in March and April; in May other things become known of both months."""
    a_fund(office, holding=1_000_000)
    a_scheme(office, rate=1_000)
    claims = entitled(office, 4)
    for run in (MARCH, APRIL):
        approved(office, run)
        release(office, run)
    stop(office, claims[STOPPED], from_="2007-04-01")
    office.send("person.report-death", f"person:aid-{DIED:06d}", by=CLERK, on=LATER,
                date="2007-03-18")  # fmt: skip
    bounced = payments_of(office, MARCH)[0]
    office.send("payment.return", bounced, by=TREASURER, on=LATER, reason="销户", bank_ref="退-1")
    office.send("payment.write-back", bounced, by=TREASURER, on=LATER)
    office.send("person.register", f"person:aid-{GRANTED:06d}", by=CLERK)
    office.send("entitlement.bring-in", f"entitlement:aid-{GRANTED:06d}", by=CLERK, scheme=SCHEME,
                area=AREA, tier="a", holder=f"person:aid-{GRANTED:06d}", from_=EVE)  # fmt: skip


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    """Tell the story, and open the desk."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        told_late(office)
        with served(ledger) as client:
            yield Desk(office, client)


def by_cause(answer: dict[str, Any]) -> dict[tuple[str, str], list[int]]:
    """Return the differences by month and cause, in their order."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in answer["rows"]:
        difference = row["difference"]["value"]
        assert difference == row["due"]["value"] - row["paid"]["value"]
        found.setdefault((row["month"], row["cause"]), []).append(difference)
    return found


def test_what_became_known_later_is_listed_with_its_cause(desk: Desk) -> None:
    answer = desk.ask()
    assert (answer["from"], answer["to"]) == ("2007-03", "2007-04")
    assert by_cause(answer) == {
        ("2007-03", "written-back"): [1_000],
        ("2007-03", "granted"): [1_000],
        ("2007-04", "stopped"): [-1_000],
        ("2007-04", "died"): [-1_000],
        ("2007-04", "granted"): [1_000],
    }
    topics = dict(desk.office.rows("SELECT notification_id, topic FROM ledger.events"))
    events = {row["cause"]: [topics[at] for at in row["causes"]] for row in answer["rows"]}
    assert "entitlement.stopped.v1" in events["stopped"]
    assert "person.death-reported.v1" in events["died"]
    sums = {total["field"]: total["value"] for total in answer["totals"]}
    assert sums["difference"] == sums["due"] - sums["paid"] == 1_000
    assert (sums["to_pay"], sums["to_recover"]) == (3_000, 2_000)


def test_as_it_was_known_before_nothing_was_in_arrears(desk: Desk) -> None:
    released = max(
        position
        for position, topic in desk.office.rows(
            "SELECT notification_id, topic FROM ledger.events ORDER BY 1"
        )
        if topic.startswith("pay-run.released")
    )
    assert desk.ask(known_at=str(released))["rows"] == []


def test_a_rate_set_later_is_the_cause_for_all(desk: Desk) -> None:
    before = len(desk.office.positions())
    desk.office.send("scheme.set-rate", SCHEME, by=APPROVER, on=LATER, tier="a",
                     from_="2007-04-01", amount=fen(1_200), act={"authority": "文2"})  # fmt: skip
    rows = desk.ask(**{"from": "2007-04"})["rows"]
    raised = [row for row in rows if row["cause"] == "rate-set"]
    assert [row["difference"]["value"] for row in raised] == [200, 200]
    assert all(row["causes"] == [before + 1] for row in raised)


def test_months_and_schemes_that_are_not_there_are_refused(desk: Desk) -> None:
    for params, status in (
        ({}, 422),
        ({"scheme": SCHEME, "from": "2007-13"}, 422),
        ({"scheme": SCHEME, "from": "2007-04", "to": "2007-03"}, 422),
        ({"scheme": SCHEME, "from": "2000-01", "to": "2007-03"}, 422),
        ({"scheme": "scheme:none"}, 404),
        ({"scheme": SCHEME, "area": AREA}, 422),
    ):
        assert desk.get("arrears", **params).status_code == status, params
    assert desk.get("arrears", "fundraiser", scheme=SCHEME).status_code == 403


def test_the_list_comes_in_every_form_and_by_pages(desk: Desk) -> None:
    whole = desk.ask()["rows"]
    page = desk.ask(limit="2")
    rest = desk.ask(after=page["next"], limit="100")
    assert page["rows"] + rest["rows"] == whole
    table = desk.get("arrears.csv", scheme=SCHEME).text.splitlines()
    assert table[0].lstrip("\ufeff").startswith("holder,month,due,due_unit,paid,paid_unit")
    assert len(table) == len(whole) + 1
    assert desk.get("arrears.xlsx", scheme=SCHEME).status_code == 200
