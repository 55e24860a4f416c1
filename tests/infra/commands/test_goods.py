"""Goods at a real store: the stock has its limit, whoever comes at the same time, by any door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.http.problems import describe
from domain.kernel.refusals import GoodsShort, UnitMismatch
from scripts.scenarios.office import EVE, OPERATOR, TREASURER, Office, fen, staffed
from tests.fund_stages import balances
from tests.infra.commands.test_races import at_once, offices

if TYPE_CHECKING:
    from infra.config.settings import Settings
    from infra.ledger import Ledger
    from scripts.scenarios.office import Receipt

GIFTS, RAISER = "fund:gifts", "fundraiser-1"
STORE: dict[str, Any] = {"fund": GIFTS, "earmark": "general"}
STOCK = "stock:gifts:general:clothing"


def a_charity(office: Office) -> Office:
    """Open a charity's fund, and let somebody raise for it."""
    office.send("role.grant", f"role:{RAISER}", by=OPERATOR, on=EVE, who=RAISER,
                role="fundraiser")  # fmt: skip
    office.send("fund.open", GIFTS, by=TREASURER, on=EVE, title="慈善基金", kind="charity",
                basis="cash", keeper="organisation:charity-federation",
                purposes=["aid-poor"])  # fmt: skip
    return office


def pieces(number: int, kind: str = "clothing") -> list[dict[str, Any]]:
    """Write so many pieces as they are sent."""
    return [{"kind": kind, "quantity": {"value": number, "unit": f"item:{kind}"}}]


def give(office: Office, key: str, number: int) -> Receipt:
    """Give clothing."""
    return office.send("donation.receive", f"donation:{key}", by=RAISER, goods=pieces(number),
                       name_shown=False, **STORE)  # fmt: skip


def issue(office: Office, key: str, number: int) -> Receipt:
    """Give clothing out."""
    return office.send("goods.issue", f"goods:{key}", by=TREASURER, goods=pieces(number),
                       programme="temporary-relief", **STORE)  # fmt: skip


@pytest.fixture
def office(ledger: Ledger) -> Office:
    return a_charity(staffed(Office(ledger)))


@pytest.mark.parametrize("doors", [1, 4])
def test_a_store_that_holds_so_much_gives_exactly_so_much(
    ledger_settings: Settings, doors: int
) -> None:
    """32 callers want a piece each of 20; half of them sell it."""
    with offices(ledger_settings, doors) as open_doors:
        office = a_charity(open_doors[0])
        give(office, "d-1", 20)

        def take(n: int) -> Receipt:
            if n % 2:
                return issue(open_doors[n % doors], f"g-{n}", 1)
            return open_doors[n % doors].send(
                "goods.sell", f"goods:g-{n}", by=TREASURER, goods=pieces(1), amount=fen(5), **STORE
            )

        outcomes = at_once(take)
        refused = [each for each in outcomes if not isinstance(each, dict)]
        assert len(outcomes) - len(refused) == 20
        assert {type(each) for each in refused} == {GoodsShort}
        held = balances(office)
        sold = held["available:gifts:general"] // 5
        assert held[STOCK] == 0
        assert held["issued:gifts:general:temporary-relief"] + sold == 20


def test_goods_given_and_issued_in_one_array_count_in_their_order(office: Office) -> None:
    def order(command: str, subject: str, number: int, **more: Any) -> dict[str, Any]:
        what = {**STORE, "goods": pieces(number), **more}
        by = RAISER if command.startswith("donation") else TREASURER
        return {"command": command, "subject": subject, "by": by, "act": {"on": EVE}, "what": what}

    given = order("donation.receive", "donation:1", 3, name_shown=False)
    out = {"programme": "temporary-relief"}
    with pytest.raises(GoodsShort):
        office.send_all([given, order("goods.issue", "goods:1", 4, **out)])
    office.send_all([given, order("goods.issue", "goods:1", 3, **out)])
    assert balances(office)[STOCK] == 0


def test_a_shortage_says_its_numbers_in_pieces(office: Office) -> None:
    give(office, "d-1", 2)
    with pytest.raises(GoodsShort) as short:
        issue(office, "g-1", 3)
    said = describe(short.value, instance="/v1/commands", language="en")
    assert (said["status"], said["code"]) == (409, "goods-short")
    assert said["numbers"] == {
        "wanted": {"value": 3, "unit": "item:clothing"},
        "in_stock": {"value": 2, "unit": "item:clothing"},
    }


def test_the_unit_of_goods_names_their_kind(office: Office) -> None:
    wrong = [{"kind": "clothing", "quantity": {"value": 1, "unit": "item:quilt"}}]
    with pytest.raises(UnitMismatch):
        office.send("donation.receive", "donation:1", by=RAISER, goods=wrong, name_shown=True,
                    **STORE)  # fmt: skip


def test_an_issue_undone_by_the_approver_fills_the_store_again(office: Office) -> None:
    give(office, "d-1", 2)
    (position,) = issue(office, "g-1", 2)["positions"]
    office.send("event.reverse", "goods:g-1", by="approver-1", of=position)
    issue(office, "g-2", 2)
    assert balances(office)[STOCK] == 0
