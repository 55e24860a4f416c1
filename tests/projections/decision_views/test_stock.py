"""The stock of goods: what the log says, however it grows; and what the public sees of goods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from infra.projector.projector import Projector
from infra.projector.rebuild import digests, rebuild
from projections.decision_views import stock
from scripts.scenarios.office import Office, staffed
from tests.fund_stages import balances
from tests.infra.commands.test_goods import GIFTS, STORE, a_charity, give, issue, pieces
from tests.projections.stored_events import seen_of

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event
    from infra.ledger import Ledger


@pytest.fixture
def office(ledger: Ledger) -> Office:
    """Tell of three gifts, an issue, a sale, and what was undone."""
    office = a_charity(staffed(Office(ledger)))
    give(office, "d-1", 30)
    give(office, "d-2", 20)
    issue(office, "g-1", 12)
    (undone,) = issue(office, "g-2", 5)["positions"]
    office.send("event.reverse", "goods:g-2", by="approver-1", of=undone)
    office.send("goods.sell", "goods:g-3", by="treasurer-1", goods=pieces(3),
                amount={"value": 900, "unit": "fen"}, **STORE)  # fmt: skip
    office.send("donation.receive", "donation:d-3", by="fundraiser-1", service="某人提供的广告",
                name_shown=False, **STORE)  # fmt: skip
    office.send("goods.value", "goods:d-3", by="treasurer-1", method="刊例价", source="评估单",
                amount={"value": 50_000, "unit": "fen"})  # fmt: skip
    return office


def seen(office: Office, topic: str) -> dict[str, Any]:
    """Return what the public sees of the last event of a topic."""
    event: Event = [event for event in office.events() if topic == event.TOPIC][-1]
    return dict(seen_of(event))


def test_the_stock_is_the_sum_of_its_postings_also_rebuilt(office: Office) -> None:
    ledger = office.ledger
    with psycopg.connect(ledger.database.app_url, autocommit=True) as connection:
        Projector(connection).catch_up()
        held = stock.held(connection, GIFTS, "general")
        assert held == {"clothing": balances(office)["stock:gifts:general:clothing"]}
        assert held == {"clothing": 35}
        before = list(digests(connection, ["stock"]))
    assert rebuild(ledger.pool, ["stock"]) == before


def test_the_public_sees_goods_by_the_piece_and_no_free_words_of_a_gift(office: Office) -> None:
    goods = [{"kind": "clothing", "quantity": {"value": 20, "unit": "item:clothing"}}]
    given = next(event for event in office.events("donation:d-2"))
    told = seen_of(given)
    assert told is not None
    assert told["what"]["goods"] == goods
    assert "service" not in seen(office, "donation.received")["what"]
    assert seen(office, "goods.sold")["postings"][0] == {
        "account": "out:gifts:general:sales",
        "value": 3,
        "unit": "item:clothing",
    }
    assert seen(office, "fund.sale-received")["what"]["cause"] == "goods:g-3"
    assert seen(office, "goods.valued")["what"]["of"] == "donation:d-3"
