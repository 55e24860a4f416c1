"""Targets: stated for a period, measured by events, shown in both zones and on the year's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER, CLERK, EVE, OPERATOR, Office, staffed
from scripts.scenarios.stories import AREA
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

BUREAU = "organisation:civil-affairs-bureau"
REGISTRAR = "registrar-1"
Q = dict[str, Any]


@pytest.fixture(scope="module")
def office(new_settings: Callable[[], Settings]) -> Iterator[Office]:
    """Tell of a plan for 2012 and of its first months."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        office.send("role.grant", f"role:{REGISTRAR}", by=OPERATOR, on=EVE, who=REGISTRAR,
                    role="registrar")  # fmt: skip
        office.send("area.open", AREA, by=APPROVER, on=EVE, title="全市", level="city")
        target(office, "service-centres", {"value": 4, "unit": "site"})
        target(office, "community-bodies", {"value": 8, "unit": "organisation"})
        target(office, "party-coverage", {"value": "100", "unit": "percent"})
        target(office, "elders-in-homes", {"value": "4", "unit": "percent"})
        target(office, "unmeasured", {"value": 5, "unit": "project"})
        centres(office)
        bodies(office)
        catch_up(ledger)
        yield office


@pytest.fixture(scope="module")
def web(office: Office) -> Iterator[Client]:
    with served(office.ledger) as client:
        yield client


def target(office: Office, figure: str, value: Q, period: str = "2012") -> int:
    """State a target; return its position."""
    said: Q = {"keeper": BUREAU, "qualifier": "exact", "scope": "target", "source": "工作计划"}
    receipt = office.send("statement.record", f"statement:{figure}-{period}", by=CLERK, on=EVE,
                          figure=f"target:{figure}", value=value, period=period,
                          published_on="2012-04-28", **said)  # fmt: skip
    return int(receipt["positions"][0])


def centres(office: Office) -> None:
    """Open three centres in the year, and one before it."""
    for nth, day in enumerate(("2011-11-01", "2012-01-10", "2012-02-10", "2012-03-10")):
        office.send("entry.open", f"entry:centre-{nth}", by=CLERK, on=day, area=AREA,
                    register="service-centre", title="社区服务中心")  # fmt: skip


def bodies(office: Office) -> None:
    """Register and record community bodies; four report, of whom three must have the party."""
    for nth in range(6):
        verb = "record" if nth % 2 else "register"
        office.send(f"organisation.{verb}", f"organisation:b-{nth}", by=REGISTRAR,
                    on="2012-01-05", title="社区组织", kind="association", area=AREA,
                    activity="community")  # fmt: skip
    office.send("organisation.register", "organisation:c-1", by=REGISTRAR, on="2012-01-05",
                title="行业协会", kind="association", area=AREA, activity="trade")  # fmt: skip
    for nth, (members, organised) in enumerate(((5, True), (3, True), (9, False), (2, False))):
        office.send("organisation.file-report", f"organisation:b-{nth}", by=REGISTRAR,
                    on="2012-03-31", year=2011, party_members=members,
                    party_organisation=organised)  # fmt: skip


def of(web: Client, path: str = "/open/v1/targets", **params: str) -> dict[str, dict[str, Any]]:
    """Read the targets by their figures."""
    rows = web.get(path, params={"period": "2012"} | params).json()["rows"]
    return {row["figure"]: row for row in rows}


def test_a_target_is_held_against_what_events_have_made(web: Client) -> None:
    centres = of(web)["service-centres"]
    assert centres["target"] == {"value": 4, "unit": "site"}
    assert centres["value"] == {"value": 3, "unit": "site"}
    assert centres["progress"] == {
        "value": "75.0",
        "unit": "percent",
        "rounding": "half-up:1",
        "numerator": {"value": 3, "unit": "site"},
        "denominator": {"value": 4, "unit": "site"},
    }
    assert (centres["due"], centres["printed"], centres["basis"]) == ("2012-12-31", "3个", "events")


def test_registered_and_recorded_community_bodies_count_together(web: Client) -> None:
    assert of(web)["community-bodies"]["value"] == {"value": 6, "unit": "organisation"}


def test_the_party_is_asked_for_where_it_applies(web: Client) -> None:
    coverage = of(web)["party-coverage"]
    assert coverage["value"] == {"value": "66.7", "unit": "percent"}
    assert (coverage["printed"], coverage["progress"]["value"]) == ("67%", "66.7")


def test_what_nothing_measures_has_no_progress(web: Client) -> None:
    rows = of(web)
    for figure in ("unmeasured", "elders-in-homes"):
        assert (rows[figure]["value"], rows[figure]["progress"]) == (None, None)


def test_progress_is_asked_for_as_of_a_day(web: Client) -> None:
    assert of(web, as_of="2012-02-01")["service-centres"]["progress"]["value"] == "25.0"


def test_a_target_is_of_its_period_and_falls_with_its_statement(
    web: Client, office: Office
) -> None:
    position = target(office, "service-centres", {"value": 10, "unit": "site"}, "2013")
    catch_up(office.ledger)
    # Of a year of which only statements are known, nothing is nought.
    assert of(web, period="2013")["service-centres"]["progress"] is None
    office.send("event.reverse", "statement:service-centres-2013", by=APPROVER, of=position)
    catch_up(office.ledger)
    assert of(web, period="2013") == {}


def test_what_measures_a_target_is_shown_down_to_its_events(web: Client) -> None:
    rows = web.get("/open/v1/figures/service-centres/events", params={"period": "2012"}).json()
    assert sum(row["contributes"]["value"] for row in rows["rows"]) == 3
    assert web.get("/figures/service-centres?period=2012").status_code == 200
    assert "service-centres" not in {
        row["id"] for row in web.get("/open/v1/figures?period=2012").json()["rows"]
    }


def test_the_years_page_shows_targets_and_so_does_its_twin(web: Client) -> None:
    page = web.get("/years/2012", headers={"Accept-Language": "en"}).text
    assert "Targets and progress" in page
    assert "75.0%" in page
    assert page.index('id="targets"') < page.index('id="chapter-'), "what is wanted comes first"
    assert [row["figure"] for row in web.get("/years/2012.json").json()["targets"]] == sorted(
        of(web)
    )
    assert "Targets and progress" not in web.get("/years/2007?lang=en").text


def test_targets_are_read_as_a_table(web: Client) -> None:
    lines = web.get("/open/v1/targets.csv?period=2012").text.splitlines()
    assert "target,target_unit" in lines[0]
    assert len(lines) == 1 + len(of(web))
