"""What the public sees of registers: facilities without refuges, contracts without small counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.resources.public import OPEN
from infra.ledger import open_ledger
from projections.decision_views.roll import RollView
from projections.disclosure import small_counts
from scripts.scenarios.office import APPROVER, CLERK, DAY, OPERATOR, REVIEWER, Office, fen, staffed
from scripts.scenarios.stories import AREA, a_fund
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

REGISTRAR = "registrar-1"


@pytest.fixture(scope="module")
def web(new_settings: Callable[[], Settings]) -> Iterator[Client]:
    """Serve a ledger with one subject in each register."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        office.send("role.grant", f"role:{REGISTRAR}", by=OPERATOR, who=REGISTRAR,
                    role="registrar")  # fmt: skip
        a_fund(office, holding=100_000)
        office.send("area.open", AREA, by=APPROVER, on="2006-01-01", title="市", level="city")
        for number in range(3):
            house(office, f"home-{number}", "elder-home")
            house(office, f"safe-{number}", "refuge")
        told(office)
        catch_up(ledger)
        with served(ledger) as client:
            yield client


def house(office: Office, key: str, kind: str) -> None:
    office.send("facility.open", f"facility:{key}", by=CLERK, kind=kind, body="organisation:x",
                area=AREA, beds={"value": 9, "unit": "bed"}, title=key)  # fmt: skip


def told(office: Office) -> None:
    office.send("organisation.register", "organisation:x", by=REGISTRAR, title="X",
                kind="private-unit", activity="social-work", area=AREA)  # fmt: skip
    office.send("person.register", "person:a", by=CLERK)
    office.send("worker.appoint", "worker:w", by=REGISTRAR, person="person:a",
                body="organisation:x", established=True)  # fmt: skip
    office.send("honour.confer", "honour:h", by=CLERK, award="model", level="city",
                recipient="person:a")  # fmt: skip
    office.send("contract.sign", "contract:c", by=APPROVER, body="organisation:x",
                programme="care-line", fund="fund:x", earmark="general", amount=fen(100),
                from_="2007-03-01", until="2007-03-31")  # fmt: skip
    rescued = {"rescued": {"value": 3, "unit": "person"}, "calls": {"value": 3, "unit": "hour"}}
    office.send("contract.confirm-month", "contract:c", by=REVIEWER, month="2007-03", units=1,
                outcomes=rescued)  # fmt: skip
    office.send("tally.report", "tally:t", by=CLERK, measure="visits", qualifier="exact",
                count={"value": 2, "unit": "person"}, area=AREA, from_=DAY, to=DAY)  # fmt: skip
    office.send("tally.report", "tally:seven", by=CLERK, measure="calls", qualifier="exact",
                count={"value": 7, "unit": "person"}, area=AREA, from_=DAY, to=DAY)  # fmt: skip
    office.send("veteran.receive", "veteran:v", by=CLERK, person="person:a", category="义务兵",
                cohort=2007)  # fmt: skip
    office.send("veteran.place", "veteran:v", by=CLERK)
    for nth in range(6):
        office.send("placement.admit", f"placement:r-{nth}", by=CLERK, kind="refuge", area=AREA,
                    facility="facility:safe-0")  # fmt: skip
        office.send("registration.enter", f"registration:m-{nth}", by=REGISTRAR, kind="marriage",
                    office="罗湖", area=AREA)  # fmt: skip
    office.send("entry.open", "entry:e", by=CLERK, register_="charity-shop", title="E", area=AREA)


def rows(web: Client, name: str, **asked: Any) -> list[dict[str, Any]]:
    answer = web.get(f"/open/v1/{name}", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def test_the_public_waits_for_no_roll() -> None:
    assert not [address.path for address in OPEN if RollView.NAME in address.views]


def test_a_refuge_is_in_no_public_list(web: Client) -> None:
    homes = [f"facility:home-{number}" for number in range(3)]
    assert [row["id"] for row in rows(web, "facilities")] == homes
    assert rows(web, "facilities", kind="refuge") == []


def test_pages_of_facilities_join_around_the_refuges(web: Client) -> None:
    found: list[str] = []
    asked: dict[str, Any] = {"limit": 2}
    while True:
        page = web.get("/open/v1/facilities", params=asked).json()
        found += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        asked["after"] = page["next"]
    assert found == [f"facility:home-{number}" for number in range(3)]


@pytest.mark.parametrize("path", ["facilities/safe-0", "facilities/safe-0/events"])
def test_a_refuge_is_not_there_for_the_public(web: Client, path: str) -> None:
    answer = web.get(f"/open/v1/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-subject")


def test_the_public_feed_commits_to_a_refuge_and_names_it_nowhere(web: Client) -> None:
    events = web.get("/open/v1/events", params={"limit": 1000}).json()["rows"]
    assert not [event for event in events if "safe-" in str(event)]
    homes = [f"facility:home-{number}" for number in range(3)]
    assert [event["subject"] for event in events if "facility" in str(event)] == homes


def test_a_contract_tells_of_no_persons_and_a_tally_of_no_few(web: Client) -> None:
    (row,) = rows(web, "contracts")
    assert "outcomes" not in row
    (tally,) = rows(web, "tallies", measure="visits")
    assert tally["count"] == {"value": None, "unit": "person", "suppressed": True}


def test_a_share_of_few_people_is_not_told(web: Client) -> None:
    few = {"value": None, "unit": "person", "suppressed": True}
    rate = web.get("/open/v1/figures/veterans.placed-rate?period=2007").json()
    assert (rate["value"], rate["suppressed"], rate["printed"]) == (None, True, "")
    assert (rate["numerator"], rate["denominator"]) == (few, few)
    assert all({name: term[name] for name in few} == few for term in rate["terms"])
    events = web.get("/open/v1/figures/veterans.placed-rate/events?period=2007").json()["rows"]
    assert [row["contributes"] for row in events] == [few, few]


def test_an_honoured_person_is_not_named(web: Client) -> None:
    (row,) = rows(web, "honours")
    assert row["recipient"] == "匿名"
    answer = web.get("/open/v1/honours", params={"recipient": "person:a"})
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["organisations", "entries"])
def test_a_plain_register_is_public(web: Client, name: str) -> None:
    (row,) = rows(web, name)
    assert row["title"]


@pytest.mark.parametrize("name", ["workers", "placements", "veterans", "registrations"])
def test_registers_of_persons_and_couples_are_not_public(web: Client, name: str) -> None:
    assert web.get(f"/open/v1/{name}").status_code == 404


def test_stays_in_a_refuge_are_a_total_of_the_city_and_nothing_else(web: Client) -> None:
    figure = web.get("/open/v1/figures/refuge.helped?period=2007").json()
    assert (figure["value"], figure["printed"]) == (6, "6人")
    assert [(term["value"], term["events"]) for term in figure["terms"]] == [(6, None)]
    told = web.get("/open/v1/figures/refuge.helped/events?period=2007").json()["rows"]
    assert [(row["subject"], row["contributes"]["value"]) for row in told] == [(None, 6)]
    # Where they are, nobody is told, and no event is marked as one of theirs.
    for period in ("2007", "2006-01"):
        path = f"/open/v1/figures/refuge.helped?period={period}&area={AREA}"
        assert web.get(path).json()["not_by_area"] is True
    assert told[0]["position"] == figure["known_at"]["position"]
    assert 'href="/figures/refuge.helped' in web.get("/years/2007").text
    page = web.get("/figures/refuge.helped?period=2007").text
    assert "只公布全市合计" in page
    assert f'href="/events/{told[0]["position"]}"' not in page.partition('id="events"')[2]


def test_the_public_feed_commits_to_what_concerns_persons_and_shows_nothing(web: Client) -> None:
    """Nothing but its own digest, position and instant tells one bare commitment from another."""
    events = web.get("/open/v1/events", params={"limit": 1000}).json()["rows"]
    bare = [event for event in events if event["type"] == "commitment.v1"]
    assert len(bare) > 12
    own = {"id", "sequence", "time", "data"}
    assert len({str({n: v for n, v in event.items() if n not in own}) for event in bare}) == 1
    assert all(event["data"].keys() == {"commitment"} for event in bare)
    persons = {"placement", "registration", "person", "veteran", "worker"}
    assert not persons & {event["type"].partition(".")[0] for event in events}


@pytest.mark.parametrize(
    "asked",
    [{"topic": "placement.*"}, {"topic": "placement.admitted"}, {"topic": "person*"},
     {"subject": "placement:r-0"}, {"subject": "person:a"}, {"subject": "facility:safe-0"}],
)  # fmt: skip
def test_a_bare_commitment_is_not_found_by_what_it_binds(
    web: Client, asked: dict[str, str]
) -> None:
    for form in ("json", "jsonl"):
        answer = web.get(f"/open/v1/events.{form}", params=asked)
        assert answer.status_code == 200
        assert "commitment" not in answer.text


def test_bare_commitments_are_found_by_their_own_topic(web: Client) -> None:
    rows = web.get("/open/v1/events", params={"topic": "commitment*"}).json()["rows"]
    assert {row["type"] for row in rows} == {"commitment.v1"}


def test_the_history_of_a_fund_and_of_a_home_says_nothing_of_persons(web: Client) -> None:
    for path in ("funds/x", "facilities/home-0"):
        rows = web.get(f"/open/v1/{path}/events").json()["rows"]
        assert rows
        assert not [row for row in rows if row["type"] == "commitment.v1"]
        assert not [row for row in rows if "version" in row["data"]]
        assert not {"version", "position"} & web.get(f"/open/v1/{path}").json().keys()


def test_couples_are_counted_in_public_and_not_listed(web: Client) -> None:
    figure = web.get("/open/v1/figures/marriage.registered?period=2007").json()
    assert (figure["value"], figure["unit"]) == (6, "couple")
    told = web.get("/open/v1/figures/marriage.registered/events?period=2007").json()["rows"]
    assert [(row["subject"], row["contributes"]["value"]) for row in told] == [(None, 6)]


def test_a_count_that_is_not_shown_is_not_told_by_its_number_of_events(web: Client) -> None:
    rate = web.get("/open/v1/figures/veterans.placed-rate?period=2007").json()
    assert {term["events"] for term in rate["terms"]} == {None}


def test_records_lists_downloads_figures_and_pages_ask_one_rule(
    web: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six couples and seven persons are told of, until the one threshold lies above them."""

    def told_of(limit: int, period: str) -> list[bool]:
        seven, six = {"value": 7, "unit": "person"}, {"value": 6, "unit": "couple"}
        (row,) = rows(web, "tallies", measure="calls", limit=limit)
        events = web.get("/open/v1/events", params={"limit": limit}).json()["rows"]
        (record,) = [each for each in events if each["subject"] == "tally:seven"]
        path = f"marriage.registered?period={period}"
        figure = web.get(f"/open/v1/figures/{path}").json()
        page = web.get(f"/figures/{path}", headers={"Accept": "text/html"}).text
        csv = web.get("/open/v1/tallies.csv", params={"limit": limit}).text
        return [
            row["count"] == seven,
            record["data"]["what"]["count"] == seven,
            (figure["value"], figure["terms"][0]["value"]) == (6, 6),
            six["value"] == figure["value"] and "<b>6" in page,
            "calls,7,person" in csv,
        ]

    assert told_of(900, "2007") == [True] * 5
    monkeypatch.setattr(small_counts, "THRESHOLD", 8)
    assert told_of(901, "2007-01-01..2007-12-31") == [False] * 5
