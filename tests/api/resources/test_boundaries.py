"""Areas by the boundaries of then and of now: one area moves, another is new."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from api.http import tokens
from infra.ledger import Ledger, open_ledger
from projections.core import event_log
from projections.core.view import Moment
from projections.figures import district_spans
from scripts.scenarios.office import APPROVER, CLERK, EVE, TREASURER, Office, fen, staffed
from scripts.scenarios.stories import FUND, a_fund
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

EAST, WEST, NEW, STREET = "area:east", "area:west", "area:new", "area:street"
FIGURE = "/v1/figures/supply-station.visits"
PUBLIC = f"/open{FIGURE}"
COUNTS = {"2007-02": (STREET, 1000), "2007-08": (STREET, 200), "2007-09": (NEW, 30)}
HELPED = {"2007-02": 700, "2007-08": 50}
THEN, NOW = "2007-01-01", "2007-12-31"


@pytest.fixture(scope="module")
def ledger(new_settings: Callable[[], Settings]) -> Iterator[Ledger]:
    """Count in a street that moves from the east to the west, and in a district that is new."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        office.send("area.open", "area:city", by=APPROVER, on=EVE, title="市", level="city")
        for area in (EAST, WEST):
            opened(office, area, "district", EVE)
        opened(office, STREET, "sub-district", EVE, EAST)
        office.send("area.move", STREET, by=APPROVER, on="2007-06-01", parent=WEST)
        opened(office, NEW, "district", "2007-07-01")
        for month, (area, count) in COUNTS.items():
            office.send("tally.report", f"tally:{month}", by=CLERK, on=f"{month}-28",
                        measure="supply-station", qualifier="exact", area=area,
                        count={"value": count, "unit": "person-time"},
                        from_=f"{month}-01", to=f"{month}-28")  # fmt: skip
        helped(office)
        catch_up(ledger)
        yield ledger


@pytest.fixture(scope="module")
def web(ledger: Ledger) -> Iterator[Client]:
    """Serve it to a clerk."""
    token, _ = tokens.issue(
        ledger.secret("token-key"), by=CLERK, roles=("clerk",), ttl=timedelta(hours=1)
    )
    with served(ledger) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def opened(office: Office, area: str, level: str, on: str, parent: str = "area:city") -> None:
    office.send("area.open", area, by=APPROVER, on=on, title=area, level=level, parent=parent)


def helped(office: Office) -> None:
    """Help somebody of the street before it moves, and after."""
    a_fund(office, holding=10_000, purposes=("aid-poor",))
    office.send("person.register", "person:p", by=CLERK, on=EVE)
    for case, amount in HELPED.items():
        relief, day = f"relief:{case}", f"{case}-20"
        office.send("relief.apply", relief, by=CLERK, on=day, person="person:p", fund=FUND,
                    earmark="general", programme="hospice", purpose="aid-poor",
                    area=STREET)  # fmt: skip
        office.send("relief.decide", relief, by=APPROVER, on=day, amount=fen(amount))
        office.send("relief.pay", relief, by=TREASURER, on=day)


@pytest.mark.parametrize(
    ("area", "boundaries", "count"),
    [
        # By the boundaries of each event's day.
        (EAST, "event", 1000), (WEST, "event", 200), (NEW, "event", 30), (STREET, "event", 1200),
        # As they were, and as they are.
        (EAST, THEN, 1200), (WEST, THEN, 0), (STREET, THEN, 1200),
        (EAST, NOW, 0), (WEST, NOW, 1200), (NEW, NOW, 30), (STREET, NOW, 1200),
    ],
)  # fmt: skip
def test_a_figure_is_told_by_then_and_by_now(
    web: Client, area: str, boundaries: str, count: int
) -> None:
    asked = {"period": "2007", "area": area, "boundaries": boundaries}
    found = web.get(FIGURE, params=asked).json()
    assert (found["value"], found["boundaries"]) == (count, boundaries)
    rows = web.get(f"{FIGURE}/events", params=asked).json()["rows"]
    assert sum(row["contributes"]["value"] for row in rows) == count
    lines = web.get(f"{FIGURE}.csv", params=asked).text.splitlines()
    assert str(count) in lines[1].split(",")


def test_a_pivot_by_district_has_the_boundaries_of_each_day(web: Client) -> None:
    asked = {"measure": "spent", "rows": "area", "columns": "month"}
    rows = web.get("/v1/pivot", params=asked).json()["rows"]
    assert [(row["area"], row["2007-02"], row["2007-08"]) for row in rows] == [
        (EAST, {"value": 700, "unit": "fen"}, None),
        (WEST, None, {"value": 50, "unit": "fen"}),
    ]


def test_only_an_area_that_moved_has_days(ledger: Ledger) -> None:
    with ledger.connection() as connection:
        spans = district_spans(connection, Moment(event_log.head(connection).position))
    assert [span for span in spans if span.area != STREET] == [
        (area, area, None, None) for area in sorted((EAST, WEST, NEW))
    ]
    assert [span for span in spans if span.area == STREET] == [
        (EAST, STREET, None, date(2007, 5, 31)),
        (WEST, STREET, date(2007, 6, 1), None),
    ]


def test_in_public_persons_are_counted_by_district_and_the_boundaries_of_each_day(
    web: Client,
) -> None:
    told = {
        area: web.get(PUBLIC, params={"period": "2007", "area": area}).json()["value"]
        for area in (EAST, WEST)
    }
    assert told == {EAST: 1000, WEST: 200}
    for asked in ({"area": STREET}, *({"area": EAST, "boundaries": day} for day in (THEN, NOW))):
        found = web.get(PUBLIC, params={"period": "2007", **asked}).json()
        assert (found["value"], found["suppressed"]) == (None, True)


@pytest.mark.parametrize("boundaries", ["event", THEN, NOW])
def test_the_city_is_the_same_by_any_boundaries(web: Client, boundaries: str) -> None:
    found = web.get(FIGURE, params={"period": "2007", "boundaries": boundaries}).json()
    assert found["value"] == 1230


@pytest.mark.parametrize("wrong", ["then", "2007-13-01", "1899-12-31"])
def test_boundaries_are_a_day_or_those_of_each_event(web: Client, wrong: str) -> None:
    answer = web.get(FIGURE, params={"period": "2007", "boundaries": wrong})
    assert answer.status_code == 422
