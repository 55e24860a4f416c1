"""The exceptions of months that were paid too little: planted and found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from infra.audit.exception_row import AuditContext
from infra.audit.exceptions import exceptions
from infra.ledger import open_ledger
from infra.verify.check import LogAtHead
from projections.core.view import Moment
from scripts.scenarios.office import APPROVER, Office, fen, staffed
from scripts.scenarios.stories import (
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    draw_up,
    entitled,
    payments_of,
    release,
    stop,
)
from tests.api.conftest import catch_up
from tests.api.resources.test_arrears import APRIL, LATER, MARCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings


@pytest.fixture
def office(new_settings: Callable[[], Settings]) -> Iterator[Office]:
    """Pay four persons in March and April; May is drawn up and not paid."""
    with open_ledger(new_settings()) as ledger:
        told = staffed(Office(ledger))
        a_fund(told, holding=1_000_000)
        a_scheme(told, rate=1_000)
        entitled(told, 4)
        for run in (MARCH, APRIL):
            approved(told, run)
            release(told, run)
        draw_up(told, "pay-run:aid:2007-05")
        yield told


def found(office: Office, day: date, min_days: int | None = None) -> list[dict[str, Any]]:
    """Return the exceptions of this kind on a day."""
    position = catch_up(office.ledger)
    ledger = office.ledger
    with ledger.connection() as connection:

        def tag(scheme: str, *parts: str) -> str:
            return ledger.vault.tag(connection, scheme, parts)

        log = LogAtHead(connection, position, tag)
        return exceptions(AuditContext(log, Moment(position, None), day), ("underpaid",), min_days)


def test_who_was_paid_what_is_due_is_no_exception(office: Office) -> None:
    assert found(office, date(2007, 6, 10)) == []


def test_a_rate_raised_back_is_one_for_each_claim_until_the_arrears_are_paid(
    office: Office,
) -> None:
    stop(office, "entitlement:aid-000000", from_="2007-03-01")
    raised = office.send("scheme.set-rate", SCHEME, by=APPROVER, on=LATER, tier="a",
                         from_="2007-03-01", amount=fen(1_200),
                         act={"authority": "文2"})["positions"]  # fmt: skip
    rows = found(office, date(2007, 5, 20))
    assert [row["subject"] for row in rows] == [f"entitlement:aid-{n:06d}" for n in (1, 2, 3)]
    for row in rows:
        assert (row["amount"], row["events"], row["days"]) == (fen(400), raised, 49)
        assert row["detail"] == "scheme:aid 2007-03 rate-set; scheme:aid 2007-04 rate-set"
    # April is over for who looks in May, not for who looks in April.
    assert [row["amount"] for row in found(office, date(2007, 4, 20))] == [fen(200)] * 3
    assert found(office, date(2007, 5, 20), min_days=50) == []

    run = "pay-run:aid:2007-04-arrears"
    terms: dict[str, Any] = {"kind": "arrears", "from_": "2007-03", "to": "2007-04"}
    approved(office, run, on=LATER, month="2007-04", **terms)
    release(office, run, on=LATER)
    assert found(office, date(2007, 5, 20)) == []


def test_money_that_was_given_up_is_lacking_again(office: Office) -> None:
    back = payments_of(office, MARCH)[0]
    office.send("payment.return", back, by="treasurer-1", on=LATER, reason="销户", bank_ref="退-1")
    assert found(office, date(2007, 5, 20)) == []
    office.send("payment.write-back", back, by="treasurer-1", on=LATER)
    (row,) = found(office, date(2007, 5, 20))
    assert (row["amount"], row["detail"]) == (fen(1_000), "scheme:aid 2007-03 written-back")
