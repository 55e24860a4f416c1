"""A sum over several funds is told exactly, however great it is: no list ends at 2^63."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.http import tokens
from domain.funds.fund_events import FundOpened, FundReceived
from domain.kernel.money import Quantity
from domain.registers.areas import AreaOpened
from domain.registers.tallies import TallyReported
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, stored
from scripts.scenarios.office import TREASURER, Office, staffed
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
PLACE: dict[str, Any] = {"title": "北区", "level": "district", "code": "110101"}
COUNTED: dict[str, Any] = {
    "measure": "supply-station",
    "count": Quantity(MOST, "person-time"),
    "qualifier": "exact",
    "area": "area:n",
    "from_": date(2007, 1, 1),
    "to": date(2007, 12, 31),
}
ADDRESSES = (
    "/",
    "/funds",
    "/funds/x",
    "/years/2007",
    "/figures/supply-station.visits",
    "/open/v1/funds",
    "/open/v1/tallies",
    "/open/v1/balances",
    "/open/v1/funds/x/statement",
    "/open/v1/figures?period=2007",
    "/v1/journal",
    "/v1/journal?from=2007-01-01&to=2007-12-31",
    "/v1/exceptions",
)


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
    events.append(AreaOpened(originator_id="area:n", originator_version=1, act=an_act(), **PLACE))
    events += [
        TallyReported(originator_id=f"tally:{nth}", originator_version=1, act=an_act(), **COUNTED)
        for nth in range(len(FUNDS))
    ]
    with server_ledger.connection() as connection:
        append(connection, Batch([stored(event) for event in events]))
    catch_up(server_ledger)
    token, _ = tokens.issue(
        server_ledger.secret("token-key"),
        by=TREASURER,
        roles=("treasurer",),
        ttl=timedelta(hours=1),
    )
    with served(server_ledger) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def test_totals_beyond_what_eight_bytes_hold_are_exact(rich: Client) -> None:
    found = rich.get("/open/v1/balances", params={"account": "available:*"}).json()
    assert [row["value"] for row in found["rows"]] == [MOST] * len(FUNDS)
    assert [total["value"] for total in found["totals"]] == [IN_ALL]
    by_stage = rich.get("/open/v1/balances", params={"group_by": "stage"}).json()["rows"]
    assert {row["stage"]: row["value"] for row in by_stage} == {"available": IN_ALL, "out": -IN_ALL}


def test_a_figure_of_great_counts_is_exact_for_the_city_and_for_an_area(rich: Client) -> None:
    for asked in ({}, {"area": "area:n"}, {"boundaries": "2007-12-31"}):
        found = rich.get(
            "/open/v1/figures/supply-station.visits", params={"period": "2007", **asked}
        ).json()
        assert found["value"] == IN_ALL, asked
    rows = rich.get("/v1/figures/supply-station.visits/events", params={"period": "2007"}).json()[
        "rows"
    ]
    assert [row["contributes"]["value"] for row in rows] == [MOST] * len(FUNDS)


@pytest.mark.parametrize("asked", [{}, {"group_by": "area"}, {"group_by": "month"}])
def test_every_cut_of_great_accounts_adds_up(asked: dict[str, str], rich: Client) -> None:
    for zone in ("/open/v1", "/v1"):
        found = rich.get(f"{zone}/balances", params={"stage": "available", **asked}).json()
        assert sum(row["value"] for row in found["rows"]) == IN_ALL


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("form", ["html", "json", "csv", "xlsx", "jsonl"])
def test_no_page_or_list_ends_at_great_sums(address: str, form: str, rich: Client) -> None:
    path, mark, asked = address.partition("?")
    path = path if form == "html" or path == "/" else f"{path}.{form}"
    answer = rich.get(path + mark + asked, headers={"Accept": "text/html"})
    assert answer.status_code in (200, 404, 406), answer.text[:200]
