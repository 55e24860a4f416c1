"""Schemes that exclude each other are not granted side by side, in one array neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.kernel.refusals import ExcludedByScheme, Malformed
from infra.commands.command import Receipts
from scripts.scenarios.office import CLERK, EVE, Office, an_order, staffed
from scripts.scenarios.stories import AREA, a_scheme
from tests.infra.commands.test_group_commit import a_request

if TYPE_CHECKING:
    from infra.ledger import Ledger

HOME, MEMBER = "household:h", "person:h-1"


def claim(scheme: str, holder: str) -> dict[str, Any]:
    """Write the bringing in of an entitlement."""
    said: dict[str, Any] = {"scheme": f"scheme:{scheme}", "holder": holder, "area": AREA}
    subject = f"entitlement:{scheme}-{holder.partition(':')[2]}"
    return an_order("entitlement.bring-in", subject, on=EVE, **said, tier="a", from_=EVE) | {
        "by": CLERK
    }


@pytest.fixture
def office(ledger: Ledger) -> Office:
    """Adopt a scheme of households and one of persons that excludes it, and form a household."""
    office = staffed(Office(ledger))
    a_scheme(office, "scheme:home", rate=10, per="household")
    a_scheme(office, "scheme:alone", rate=10, excludes=["scheme:home"])
    office.send("person.register", MEMBER, by=CLERK, on=EVE)
    office.send("household.form", HOME, by=CLERK, on=EVE, members=[MEMBER], area=AREA)
    return office


@pytest.mark.parametrize("first", [0, 1])
def test_a_household_and_its_member_in_one_array(office: Office, first: int) -> None:
    claims = [claim("home", HOME), claim("alone", MEMBER)]
    head = office.positions()
    with pytest.raises(ExcludedByScheme):
        office.send_all([claims[first], claims[1 - first]])
    assert office.positions() == head


@pytest.mark.parametrize("first", [0, 1])
def test_a_household_and_its_member_one_after_the_other(office: Office, first: int) -> None:
    claims = [claim("home", HOME), claim("alone", MEMBER)]
    office.send_all([claims[first]])
    with pytest.raises(ExcludedByScheme):
        office.send_all([claims[1 - first]])


@pytest.mark.parametrize("first", [0, 1])
def test_a_refused_command_between_them_hides_neither(office: Office, first: int) -> None:
    """It is refused once it has recorded something of the first one."""
    claims = [claim("home", HOME), claim("alone", MEMBER)]
    before, after = claims[first], claims[1 - first]
    assessed = an_order(
        "entitlement.assess", before["subject"], on=EVE, act={"booked": EVE}, eligible=True
    )
    sent = [a_request(order, CLERK) for order in (before, assessed, after)]
    outcomes = office.ledger.executor.execute(sent)
    assert [type(each) for each in outcomes] == [Receipts, Malformed, ExcludedByScheme]
