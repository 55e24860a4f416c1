"""The desk of an office that knows households and their claims, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

import httpx
import pytest

from infra.ledger import Ledger
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    REVIEWER,
    STAFF,
    TREASURER,
    Office,
    an_order,
    new_key,
    staffed,
)
from scripts.scenarios.stories import AREA, FUND, a_fund, a_scheme
from tests.api.commands.served_office import COMMANDS, bearer
from tests.api.conftest import catch_up, served

MONTH = "2007-03"
_numbers = count(1)


class Desk(NamedTuple):
    """A client of a ledger, with the tokens of its staff."""

    office: Office
    web: httpx.Client

    def post(
        self, by: str, command: str, subject: str, *, on: str = EVE, **what: Any
    ) -> httpx.Response:
        """Post a command."""
        headers = {
            "Authorization": bearer(self.office, by, STAFF[by]),
            "Idempotency-Key": new_key(),
        }
        order = an_order(command, subject, on=on, **what)
        return self.web.post(COMMANDS, json=order, headers=headers)

    def take(self, by: str, command: str, subject: str, **what: Any) -> dict[str, Any]:
        """Post a command that is taken; return its receipt."""
        answer = self.post(by, command, subject, **what)
        assert answer.status_code == 201, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    def family(self, size: int) -> tuple[str, list[str]]:
        """Form a household of so many persons."""
        name = f"hh-{next(_numbers)}"
        people = [f"person:{name}-{nth}" for nth in range(size)]
        for person in people:
            self.take(CLERK, "person.register", person)
        home = f"household:{name}"
        self.take(CLERK, "household.form", home, members=people, area=AREA)
        return home, people

    def scheme(self, **more: Any) -> str:
        """Adopt a scheme of households that tops up to 300 a member."""
        scheme = f"scheme:hh-{next(_numbers)}"
        terms: dict[str, Any] = {"per": "household", "formula": "top-up"}
        a_scheme(self.office, scheme, rate=300, **(terms | more))
        return scheme

    def claim(self, scheme: str, holder: str, **more: Any) -> httpx.Response:
        """Bring an entitlement in."""
        what = {"scheme": scheme, "holder": holder, "area": AREA, "tier": "a", "from": EVE} | more
        return self.post(CLERK, "entitlement.bring-in", claim_of(scheme, holder), **what)

    def draw_up(self, scheme: str, month: str = MONTH, suffix: str = "") -> dict[str, Any]:
        """Draw a month up."""
        run = f"pay-run:{scheme.partition(':')[2]}-{month}{suffix}"
        what = {"scheme": scheme, "month": month, "fund": FUND, "earmark": "general"}
        return self.take(CLERK, "pay-run.draw-up", run, on=f"{month}-15", **what) | {"run": run}

    def pay(self, scheme: str, month: str = MONTH) -> None:
        """Draw a month up and pay it."""
        drawn = self.draw_up(scheme, month)
        for by, act in ((REVIEWER, "review"), (APPROVER, "approve")):
            self.take(by, f"pay-run.{act}", drawn["run"], on=DAY, digest=drawn["digest"])
        self.take(TREASURER, "pay-run.release", drawn["run"], on=DAY)

    def read(self, address: str, **asked: str) -> dict[str, Any]:
        """Read an address of the office as it is now."""
        catch_up(self.office.ledger)
        headers = {"Authorization": bearer(self.office, CLERK, STAFF[CLERK])}
        answer = self.web.get(address, params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def figure(self, figure: str, day: str) -> dict[str, Any]:
        """Read a figure of 2007 as of a day, and hold it against the events behind it."""
        asked = {"period": "2007", "as_of": day}
        found = self.read(f"/v1/figures/{figure}", **asked)
        for term in found["terms"]:
            events = self.read(f"/v1/figures/{figure}/events", term=term["role"], **asked)
            assert sum(row["contributes"]["value"] for row in events["rows"]) == term["value"]
        return found

    def elders(self, day: str) -> int:
        """Count those who get home care on a day."""
        return int(self.figure("home-care.elders", day)["value"])

    def cover(self, day: str) -> tuple[int, int]:
        """Count the insured members, and all."""
        found = self.figure("dibao.inpatient-cover", day)
        return found["numerator"]["value"], found["denominator"]["value"]

    def states(self, scheme: str, day: str, **more: str) -> dict[str, str]:
        """Return the state of each holder's claim on a day."""
        rows = self.read("/v1/entitlements", scheme=scheme, as_of=day, **more)["rows"]
        return {row["holder"]: row["state"] for row in rows}


def claim_of(scheme: str, holder: str) -> str:
    """Name an entitlement."""
    return f"entitlement:{scheme.partition(':')[2]}-{holder.partition(':')[2]}"


def totals(drawn: dict[str, Any]) -> tuple[int, int, int]:
    """Return the lines, the persons and the fen of a drawing-up."""
    return drawn["count"], drawn["persons"]["value"], drawn["total"]["value"]


@pytest.fixture(scope="module")
def desk(server_ledger: Ledger) -> Iterator[Desk]:
    """Open the office."""
    office = staffed(Office(server_ledger))
    a_fund(office, holding=10**9)
    # A year is there once something has happened in it.
    office.send("person.register", "person:of-2007", by=CLERK, on=DAY)
    with served(office.ledger) as client:
        desk = Desk(office, client)
        desk.post(APPROVER, "area.open", AREA, title="全市", level="city")
        yield desk
