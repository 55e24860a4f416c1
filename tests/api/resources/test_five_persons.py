"""Small counts are counts of persons: five cases, admissions or payments may be one person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER, CLERK, TREASURER, Office, fen, staffed
from scripts.scenarios.stories import AREA, a_fund, a_scheme, approved, entitled, release
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

FUND = "fund:migrant-care"


@pytest.fixture(scope="module", params=[1, 5])
def persons(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def web(new_settings: Callable[[], Settings], persons: int) -> Iterator[Client]:
    """Serve a ledger in which a few persons are helped ten times, and four paid for six months."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        office.send("area.open", AREA, by=APPROVER, on="2006-01-01", title="市", level="city")
        a_fund(office, FUND, holding=100_000)
        for nth in range(persons):
            office.send("person.register", f"person:p-{nth}", by=CLERK)
        for nth in range(10):
            helped(office, nth, f"person:p-{nth % persons}")
        paid_monthly(office, max(persons, 4))
        catch_up(ledger)
        with served(ledger) as client:
            yield client


def helped(office: Office, nth: int, person: str) -> None:
    """Help a person by a case of relief and by a stay."""
    case, stay = f"relief:c-{nth}", f"placement:s-{nth}"
    office.send("relief.apply", case, by=CLERK, person=person, fund=FUND, earmark="general",
                programme="migrant-care", purpose="aid-poor", area=AREA)  # fmt: skip
    office.send("relief.decide", case, by=APPROVER, amount=fen(100))
    office.send("relief.pay", case, by=TREASURER)
    office.send("placement.admit", stay, by=CLERK, kind="retired-officer", area=AREA, person=person)
    office.send("placement.discharge", stay, by=CLERK)


def paid_monthly(office: Office, many: int) -> None:
    """Pay so many persons for six months."""
    a_fund(office, holding=1_000_000)
    a_scheme(office, "scheme:dibao", rate=1000)
    entitled(office, many, "scheme:dibao")
    for month in range(3, 9):
        run = f"pay-run:dibao:2007-{month:02}"
        approved(office, run)
        release(office, run)


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("migrant-care.cases", 10),
        ("migrant-care.spend", 1000),
        ("retired-officers.received", 10),
        ("dibao.spend", 30_000),
        ("dibao.average", 1000),
    ],
)
def test_a_count_is_told_where_five_persons_stand_behind_it(
    web: Client, persons: int, figure: str, value: int
) -> None:
    said: dict[str, Any] = web.get(f"/open/v1/figures/{figure}?period=2007").json()
    if persons == 1:
        assert (said["value"], said["suppressed"], said["printed"]) == (None, True, "")
        assert {term["value"] for term in said["terms"]} == {None}
    else:
        assert (said["value"], said.get("suppressed")) == (value, None)


def test_a_share_that_leaves_few_out_is_not_told(new_settings: Callable[[], Settings]) -> None:
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        for nth in range(8):
            veteran = f"veteran:v-{nth}"
            office.send("person.register", f"person:v-{nth}", by=CLERK)
            office.send("veteran.receive", veteran, by=CLERK, person=f"person:v-{nth}",
                        category="义务兵", cohort=2007)  # fmt: skip
            if nth < 7:
                office.send("veteran.place", veteran, by=CLERK)
        catch_up(ledger)
        with served(ledger) as web:
            path = "/open/v1/figures/veterans.placed-rate"
            rate = web.get(f"{path}?period=2007").json()
            assert (rate["value"], rate["printed"], rate["suppressed"]) == (None, "", True)
            assert (rate["numerator"]["value"], rate["denominator"]["value"]) == (None, 8)
            rows = web.get(f"{path}/events?period=2007").json()["rows"]
            assert [row["contributes"]["value"] for row in rows] == [None, 8]
            office.send("veteran.place", "veteran:v-7", by=CLERK)
            catch_up(ledger)
            assert web.get(f"{path}?period=2007").json()["numerator"]["value"] == 8
