"""A small year told to a real store, for the doors that read it.

A fiscal fund of 1,000,000 fen pays six persons 1,000 each in March: one comes back from the bank,
one was paid too much. A charity fund takes in three gifts and helps one person. One grant is half
paid. A title tries to be a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.scenarios.office import CLERK, EVE, OPERATOR, TREASURER, Office, fen, staffed
from scripts.scenarios.stories import (
    AREA,
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

if TYPE_CHECKING:
    from infra.ledger import Ledger

APPROVER, FUNDRAISER = "approver-1", "fundraiser-1"
GIFTS = "fund:gifts"
MORE_STAFF = {FUNDRAISER: "fundraiser", "auditor-1": "auditor", "downstream-1": "subscriber",
              "registrar-1": "registrar"}  # fmt: skip
HOSTILE = "=HYPERLINK(1)"


def told(ledger: Ledger) -> Office:
    """Tell the year."""
    office = staffed(Office(ledger))
    for who, role in MORE_STAFF.items():
        office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
    a_fund(office, holding=1_000_000, purposes=("aid-poor", "community"))
    a_scheme(office, rate=1000)
    entitled(office, 6)
    approved(office)
    release(office)
    first, second, *_ = payments_of(office)
    settle(office, RUN, first)
    office.send("recovery.establish", "recovery:r-1", by=CLERK, payments=[second],
                amount=fen(300), reason="多发")  # fmt: skip
    gifts(office)
    grant(office)
    return office


def gifts(office: Office) -> None:
    """Take in gifts, and help one person from them."""
    office.send("fund.open", GIFTS, by=TREASURER, on=EVE, title="慈善基金", kind="charity",
                basis="cash", keeper="organisation:charity-federation",
                purposes=["aid-poor"])  # fmt: skip
    given = (("organisation:acme", True), ("person:aid-000000", True), (None, False))
    for nth, (donor, shown) in enumerate(given, start=1):
        who: dict[str, Any] = {} if donor is None else {"donor": donor}
        office.send("donation.receive", f"donation:d-{nth}", by=FUNDRAISER, fund=GIFTS,
                    earmark="general", amount=fen(5000 * nth), name_shown=shown,
                    **who)  # fmt: skip
    office.send("fund.gather", GIFTS, by=TREASURER, on="2007-03-16", earmark="general",
                through="2007-03-15")  # fmt: skip
    relief = "relief:case-1"
    office.send("relief.apply", relief, by=CLERK, on="2007-03-17", person="person:aid-000001",
                fund=GIFTS, earmark="general", programme="hospice", purpose="aid-poor",
                area=AREA)  # fmt: skip
    office.send("relief.decide", relief, by=APPROVER, on="2007-03-18", amount=fen(2500))
    office.send("relief.pay", relief, by=TREASURER, on="2007-03-19")


def grant(office: Office) -> None:
    """Award a grant and pay its first half."""
    office.send("project.open", "project:p-1", by=CLERK, title=HOSTILE, programme="building",
                purpose="community")  # fmt: skip
    office.send("grant.apply", "grant:g-1", by=CLERK, body="organisation:home-1",
                project="project:p-1", programme="building", purpose="community", title="修缮",
                area=AREA, amount=fen(40_000))  # fmt: skip
    shares = [{"fund": "fund:x", "earmark": "general", "amount": fen(40_000)}]
    office.send("grant.award", "grant:g-1", by=APPROVER, shares=shares)
    office.send("grant.pay", "grant:g-1", by=TREASURER, fund="fund:x", amount=fen(20_000),
                instalment=1)  # fmt: skip


__all__ = ["GIFTS", "HOSTILE", "RUN", "SCHEME", "told"]
