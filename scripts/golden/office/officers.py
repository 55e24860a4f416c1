"""Who acts in the golden year: synthetic officers, each with one role, granted before any act."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scripts.golden.kernel.commands import Order, order
from scripts.golden.registers.areas import APPROVER, DISTRICTS

if TYPE_CHECKING:
    from collections.abc import Iterator

SINCE = date(2006, 9, 1)
OPERATOR = "operator:local"

CLERK = "clerk-city"
REVIEWER = "reviewer-city"
APPROVER_SCHEMES = "approver-schemes"
APPROVER_AID = "approver-aid"
APPROVER_GRANTS = "approver-grants"
TREASURER = "treasurer-payments"
TREASURER_FUNDS = "treasurer-funds"
FUNDRAISER = "fundraiser-federation"
REGISTRAR = "registrar-organisations"
PUBLISHER = "publisher-city"

CITY_ROLES = {
    CLERK: "clerk",
    REVIEWER: "reviewer",
    APPROVER: "approver",
    APPROVER_SCHEMES: "approver",
    APPROVER_AID: "approver",
    APPROVER_GRANTS: "approver",
    TREASURER: "treasurer",
    TREASURER_FUNDS: "treasurer",
    FUNDRAISER: "fundraiser",
    REGISTRAR: "registrar",
    "supervisor-charity": "supervisor",
    "auditor-city": "auditor",
    PUBLISHER: "publisher",
    "subscriber-finance": "subscriber",
}


def clerk(area: str) -> str:
    """Return the clerk of the district that an area id begins with."""
    return f"clerk-{area.removeprefix('area:').split('-')[0]}"


def registrar(area: str) -> str:
    """Return who registers couples in a district."""
    return f"registrar-{area.removeprefix('area:').split('-')[0]}"


def fundraiser(district: str) -> str:
    """Return who raises money for a district's charity."""
    return f"fundraiser-{district}"


def roles() -> dict[str, str]:
    """Return everybody's role."""
    local = {clerk(district.id): "clerk" for district in DISTRICTS}
    raising = {fundraiser(district.key): "fundraiser" for district in DISTRICTS}
    entering = {registrar(district.id): "registrar" for district in DISTRICTS}
    return CITY_ROLES | local | raising | entering


def confirmed(proposed: Order, proposal: str) -> Order:
    """Confirm what somebody proposed, on its day, by a treasurer who did not propose it."""
    by = TREASURER if proposed["by"] == TREASURER_FUNDS else TREASURER_FUNDS
    on = date.fromisoformat(proposed["act"]["on"])
    return order("proposal.confirm", proposal, {}, by=by, on=on)


def granted() -> Iterator[Order]:
    """Grant every role."""
    for who, role in roles().items():
        what = {"who": who, "role": role}
        yield order("role.grant", f"role:{who}", what, by=OPERATOR, on=SINCE)
