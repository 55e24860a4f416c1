"""A sum over several funds is told exactly, however great it is: no list ends at 2^63."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.funds.fund_events import FundOpened, FundReceived
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, stored
from scripts.scenarios.office import Office, staffed
from tests.api.conftest import catch_up, served
from tests.infra.verify.spoilt_store import an_act

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client

    from infra.ledger import Ledger

# What eight bytes hold.
MOST = 2**63 - 1
FUNDS = ("fund:x", "fund:y", "fund:z")
IN_ALL = MOST * len(FUNDS)


@pytest.fixture(scope="module")
def rich(server_ledger: Ledger) -> Iterator[Client]:
    """Give funds that hold as much as eight bytes do."""
    staffed(Office(server_ledger))
    opened: dict[str, Any] = {
        "title": "资金",
        "kind": "fiscal",
        "basis": "cash",
        "keeper": "organisation:civil-affairs-bureau",
        "purposes": ("aid-poor",),
    }
    got: dict[str, Any] = {
        "amount": MOST,
        "earmark": "general",
        "source": "fiscal",
        "document": "单",
    }
    events = [
        kind(originator_id=fund, originator_version=version, act=an_act(), **what)
        for fund in FUNDS
        for version, (kind, what) in enumerate(((FundOpened, opened), (FundReceived, got)), 1)
    ]
    with server_ledger.connection() as connection:
        append(connection, Batch([stored(event) for event in events]))
    catch_up(server_ledger)
    with served(server_ledger) as client:
        yield client


def test_totals_beyond_what_eight_bytes_hold_are_exact(rich: Client) -> None:
    found = rich.get("/open/v1/balances", params={"account": "available:*"}).json()
    assert [row["value"] for row in found["rows"]] == [MOST] * len(FUNDS)
    assert [total["value"] for total in found["totals"]] == [IN_ALL]
    by_stage = rich.get("/open/v1/balances", params={"group_by": "stage"}).json()["rows"]
    assert {row["stage"]: row["value"] for row in by_stage} == {"available": IN_ALL, "out": -IN_ALL}


@pytest.mark.parametrize("address", ["/", "/funds", "/funds/x", "/open/v1/funds"])
@pytest.mark.parametrize("form", ["html", "json", "csv", "xlsx", "jsonl"])
def test_no_page_or_list_ends_at_great_sums(address: str, form: str, rich: Client) -> None:
    path = address if form == "html" or address == "/" else f"{address}.{form}"
    answer = rich.get(path, headers={"Accept": "text/html"})
    assert answer.status_code in (200, 404), answer.text[:200]
