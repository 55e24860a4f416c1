"""Gifts of parts, pledges in instalments and gifts told wrongly, over HTTP and in public."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from infra.ledger import open_ledger
from infra.verify.runner import verify
from scripts.scenarios.office import (
    DAY,
    EVE,
    OPERATOR,
    STAFF,
    TREASURER,
    Office,
    an_order,
    fen,
    new_key,
    staffed,
)
from scripts.scenarios.stories import a_fund
from tests.api.commands.served_office import COMMANDS, bearer
from tests.api.conftest import catch_up, code_of, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client, Response

    from infra.config.settings import Settings

RAISER, SECOND = "fundraiser-1", "fundraiser-2"
ONE, TWO = "fund:gifts", "fund:other-gifts"
PLACE = {"fund": ONE, "earmark": "general"}
_numbers = count(1)


class Desk(NamedTuple):
    """An office with a client before it."""

    office: Office
    web: Client

    def post(self, by: str, command: str, subject: str, **what: Any) -> Response:
        """Send a command as somebody."""
        role = "fundraiser" if by in (RAISER, SECOND) else STAFF[by]
        headers = {"Authorization": bearer(self.office, by, role), "Idempotency-Key": new_key()}
        return self.web.post(COMMANDS, json=an_order(command, subject, on=DAY, **what),
                             headers=headers)  # fmt: skip

    def confirmed(self, answer: Response) -> Response:
        """Let another person confirm what was proposed."""
        return self.post(SECOND, "proposal.confirm", answer.json()["proposed"])

    def row(self, gift: str) -> dict[str, Any]:
        """Read the public row of a gift."""
        catch_up(self.office.ledger)
        found: dict[str, Any] = self.web.get(f"/open/v1/donations/{gift.partition(':')[2]}").json()
        return found

    def held(self) -> dict[str, int]:
        """Read what the two funds hold."""
        catch_up(self.office.ledger)
        rows = self.web.get("/open/v1/balances").json()["rows"]
        return {
            row["account"]: row["value"]
            for row in rows
            if row["value"] and row["account"].startswith(("received:", "available:"))
        }


@pytest.fixture
def desk(ledger_settings: Settings) -> Iterator[Desk]:
    """Open two funds that live of gifts."""
    with open_ledger(ledger_settings) as ledger:
        office = staffed(Office(ledger))
        for who in (RAISER, SECOND):
            office.send("role.grant", f"role:{who}", by=OPERATOR, who=who, role="fundraiser")
        for fund in (ONE, TWO):
            a_fund(office, fund)
        with served(ledger) as client:
            yield Desk(office, client)


def test_one_gift_goes_to_several_funds(desk: Desk) -> None:
    gift = f"donation:{next(_numbers)}"
    parts = [{"fund": ONE, "earmark": "general", "amount": fen(60)},
             {"fund": TWO, "earmark": "school", "amount": fen(40)}]  # fmt: skip
    wrong = desk.post(RAISER, "donation.receive", gift, parts=parts, amount=fen(99),
                      name_shown=False)  # fmt: skip
    assert code_of(wrong) == (422, "malformed")
    taken = desk.post(RAISER, "donation.receive", gift, parts=parts, name_shown=False)
    assert taken.status_code == 201, taken.text
    assert desk.held() == {"received:gifts:general": 60, "received:other-gifts:school": 40}
    assert (desk.row(gift)["amount"], len(desk.row(gift)["parts"])) == (fen(100), 2)
    unnamed = desk.post(RAISER, "donation.refund", gift, amount=fen(10))
    assert code_of(unnamed) == (409, "wrong-state")
    refund = desk.post(RAISER, "donation.refund", gift, amount=fen(10), fund=TWO)
    assert desk.confirmed(refund).status_code == 201
    assert desk.held()["received:other-gifts:school"] == 30
    holds(desk)


def test_a_pledge_comes_in_instalments(desk: Desk) -> None:
    gift = f"donation:{next(_numbers)}"
    assert desk.post(RAISER, "donation.pledge", gift, amount=fen(100), **PLACE).status_code == 201
    told = []
    for amount in (30, 30, 40):
        came = desk.post(RAISER, "donation.receive", gift, amount=fen(amount), name_shown=False,
                         **PLACE)  # fmt: skip
        assert came.status_code == 201, came.text
        row = desk.row(gift)
        told.append((row["state"], row["amount"]["value"]))
    assert told == [("part-received", 30), ("part-received", 60), ("received", 100)]
    more = desk.post(RAISER, "donation.receive", gift, amount=fen(1), name_shown=False, **PLACE)
    assert code_of(more) == (409, "already-exists")
    totals = desk.web.get("/open/v1/donations").json()["totals"]
    assert [each["value"] for each in totals if each["field"] == "amount"] == [100]
    holds(desk)


def test_a_gathered_gift_is_corrected_by_two(desk: Desk) -> None:
    gift = f"donation:{next(_numbers)}"
    given = {"amount": fen(1000), "name_shown": False, **PLACE}
    assert desk.post(RAISER, "donation.receive", gift, **given).status_code == 201
    desk.office.send("fund.gather", ONE, by=TREASURER, on=DAY, earmark="general", through=DAY)
    wrong = desk.post(RAISER, "donation.correct", gift, amount=fen(100))
    assert wrong.status_code == 201, wrong.text
    assert desk.held() == {"available:gifts:general": 1000}
    alone = desk.post(RAISER, "proposal.confirm", wrong.json()["proposed"])
    assert code_of(alone) == (409, "second-person-needed")
    assert desk.confirmed(wrong).status_code == 201
    assert desk.held() == {"available:gifts:general": 100}
    assert desk.row(gift)["amount"] == fen(100)
    moved = desk.confirmed(desk.post(RAISER, "donation.correct", gift, fund=TWO, earmark="school"))
    assert moved.status_code == 201, moved.text
    assert desk.held() == {"received:other-gifts:school": 100}
    assert desk.row(gift)["fund"] == TWO
    early = an_order("donation.correct", gift, on=EVE, amount=fen(5))
    headers = {"Authorization": bearer(desk.office, RAISER, "fundraiser")}
    refused = desk.web.post(COMMANDS, json=early, headers=headers | {"Idempotency-Key": new_key()})
    assert code_of(refused) == (409, "before-its-cause")
    by_treasurer = desk.post(TREASURER, "donation.correct", gift, amount=fen(5))
    assert code_of(by_treasurer) == (403, "role-missing")
    holds(desk)


def test_a_gift_in_several_places_is_corrected_in_public_too(desk: Desk) -> None:
    gift = f"donation:{next(_numbers)}"
    first = [{"fund": ONE, "earmark": "general", "amount": fen(60)},
             {"fund": TWO, "earmark": "school", "amount": fen(40)}]  # fmt: skip
    assert desk.post(RAISER, "donation.receive", gift, parts=first, name_shown=False).is_success
    desk.office.send("fund.gather", ONE, by=TREASURER, on=DAY, earmark="general", through=DAY)
    partly = desk.post(RAISER, "donation.correct", gift, amount=fen(90))
    assert (code_of(partly), partly.json()["rule"]) == ((409, "wrong-state"), "has-parts")
    really = [{"fund": ONE, "earmark": "general", "amount": fen(20)},
              {"fund": TWO, "earmark": "general", "amount": fen(70)}]  # fmt: skip
    proposed = desk.post(RAISER, "donation.correct", gift, parts=really)
    assert desk.confirmed(proposed).status_code == 201
    assert desk.held() == {"available:gifts:general": 20, "received:other-gifts:general": 70}
    row = desk.row(gift)
    assert (row["amount"], [part["amount"] for part in row["parts"]]) == (
        fen(90), [fen(20), fen(70)],
    )  # fmt: skip
    one = desk.confirmed(desk.post(RAISER, "donation.correct", gift, parts=really[1:]))
    assert one.status_code == 201, one.text
    assert desk.held() == {"received:other-gifts:general": 70}
    holds(desk)


def holds(desk: Desk) -> None:
    """Let every check of the store hold."""
    ledger = desk.office.ledger
    catch_up(ledger)
    found = verify(ledger.pool, decisions=ledger.decisions, vault=ledger.vault)
    broken = [(each["check"], each["breaches"]) for each in found if not each["holds"]]
    assert broken == []
