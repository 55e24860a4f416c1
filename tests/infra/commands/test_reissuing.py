"""What the bank sent back is paid again only to those who are still due it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.kernel.refusals import PaidAfterStop
from scripts.scenarios.office import (
    CLERK,
    EVE,
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
    a_fund,
    a_scheme,
    approved,
    payments_of,
    release,
    settle,
)
from tests.fund_stages import Stages, stages

if TYPE_CHECKING:
    from infra.ledger import Ledger

LOW, RUN = "scheme:low", "pay-run:low:2007-03"
HOME, PEOPLE = "household:low", ["person:low-1", "person:low-2"]


@pytest.fixture
def office(ledger: Ledger) -> Office:
    """Pay a household of two for March; the bank sends it back."""
    office = staffed(Office(ledger))
    a_fund(office, holding=1000)
    a_scheme(office, LOW, rate=30, per="household", formula="top-up")
    orders = [an_order("person.register", person, on=EVE) for person in PEOPLE]
    orders.append(an_order("household.form", HOME, on=EVE, members=PEOPLE, area=AREA))
    terms: dict[str, Any] = {"scheme": LOW, "holder": HOME, "area": AREA, "tier": "a", "from": EVE}
    orders.append(an_order("entitlement.bring-in", "entitlement:low", on=EVE, **terms))
    office.send_all(order | {"by": CLERK} for order in orders)
    approved(office, RUN)
    release(office, RUN)
    settle(office, RUN, *payments_of(office, RUN))
    return office


def test_a_household_is_not_paid_again_for_the_dead_but_for_those_who_are_left(
    office: Office,
) -> None:
    (payment,) = payments_of(office, RUN)
    office.send("person.report-death", PEOPLE[0], by=CLERK, date="2007-02-27")
    with pytest.raises(PaidAfterStop):
        office.send("payment.reissue", payment, by=TREASURER)
    office.send("payment.write-back", payment, by=TREASURER)
    office.agreed("payment.supplement", payment, by=TREASURER, second=SECOND_TREASURER, fund=FUND,
                  earmark="general", amount=fen(30), reason="一人去世")  # fmt: skip
    assert stages(office) == Stages(available=970, committed=0, spent=30, returned=0)


def test_a_household_whose_member_died_in_the_month_is_paid_again(office: Office) -> None:
    (payment,) = payments_of(office, RUN)
    office.send("person.report-death", PEOPLE[0], by=CLERK, date="2007-03-02")
    office.send("payment.reissue", payment, by=TREASURER)
    assert stages(office) == Stages(available=940, committed=0, spent=60, returned=0)
