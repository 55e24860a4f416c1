"""K3, K4: parts add up, and no data is not nought."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.scenarios.office import EVE, fen
from tests.faults.front_desk import (
    APPROVER,
    CITY,
    CLERK,
    DISTRICT,
    TREASURER,
    TREASURER_2,
    FrontDesk,
    a_key,
)

EAST, LATE = "area:east", "area:late"
RATE, HELD = 30_000, 10**9
SPEND = "dibao.spend"


def paid_story(desk: FrontDesk) -> str:
    """Pay ten persons of two districts and of none; let money come back in every way."""
    scheme, fund = desk.scheme(RATE, programme="dibao"), desk.fund(HELD)
    desk.take(APPROVER, "area.open", EAST, on=EVE, title="东区", level="district", parent=CITY)
    people = desk.persons(10)
    for nth, person in enumerate(people):
        desk.claim(scheme, person, area=(DISTRICT, EAST, CITY)[nth % 3])
    run = desk.approve(desk.draw_up(scheme, "2007-03", fund), "2007-03")
    desk.take(TREASURER, "pay-run.release", run, on="2007-03-16")
    first, second, third, fourth, *_ = (row["payment"] for row in desk.lines(run))
    back = [{"payment": each, "reason": "销户"} for each in (first, second)]
    desk.take(TREASURER, "pay-run.settle", run, on="2007-03-17", bank_ref="回盘", returned=back)
    desk.take(TREASURER, "payment.reissue", first, on="2007-03-18")
    desk.take(TREASURER_2, "payment.write-back", second, on="2007-03-18")
    owed = f"recovery:{a_key('r')}"
    desk.take(CLERK, "recovery.establish", owed, on="2007-03-19", payments=[third, fourth],
              amount=fen(40_000), reason="多发")  # fmt: skip
    desk.take(TREASURER, "recovery.receive", owed, on="2007-03-20", amount=fen(25_000))
    desk.take(APPROVER, "recovery.write-off", owed, on="2007-03-21", amount=fen(15_000),
              act={"reason": "无力偿还"})  # fmt: skip
    return fund


@pytest.fixture(scope="module")
def fund(desk: FrontDesk) -> str:
    return paid_story(desk)


def test_k3_the_city_is_its_districts_and_what_is_tied_to_none(desk: FrontDesk, fund: str) -> None:
    assert fund
    whole = desk.get(f"figures/{SPEND}", period="2007")
    parts = [desk.value(SPEND, area=area) for area in (DISTRICT, EAST)]
    assert whole["value"] == 9 * RATE - 40_000
    assert whole["value"] == sum(parts) + whole["untied"]["value"]
    desk.holds("totals-agree")


def test_k3_the_funds_page_and_the_years_say_one_number(desk: FrontDesk, fund: str) -> None:
    key = fund.partition(":")[2]
    said = desk.get(f"funds/{key}/statement", from_="2007-01-01", to="2007-12-31")
    out = {row["stage"]: row["value"] for row in said["out"] if row["programme"] == "dibao"}
    assert out == {"spent": desk.value(SPEND), "lost": 15_000}


@pytest.mark.parametrize("figure", ["lottery.sales", "system.cash", "federation.cash"])
def test_k3_what_has_no_places_is_not_known_by_district(
    desk: FrontDesk, fund: str, figure: str
) -> None:
    assert fund
    for said in (desk.get(f"figures/{figure}", period="2007", area=EAST),
                 desk.public(f"figures/{figure}", period="2007", area=EAST)):  # fmt: skip
        assert (said["value"], said["not_by_area"]) == (None, True)


def test_k3_cash_and_authority_are_never_added_up(desk: FrontDesk) -> None:
    budget = desk.fund(basis="allotment")
    desk.take(TREASURER, "fund.allot", budget, on="2007-01-05", amount=fen(700), earmark="2007",
              source="fiscal", document="文")  # fmt: skip
    desk.fund(300)
    for said in (desk.get("balances", account="available:*:*"),
                 desk.public("balances", account="available:*:*")):  # fmt: skip
        sums = {each["basis"]: each["value"] for each in said["totals"]}
        assert sums.keys() == {"cash", "allotment"}
        assert sums["allotment"] == 700


def test_k3_lottery_reports_have_a_row_a_day_and_a_month(desk: FrontDesk) -> None:
    for day, amount in (("2007-05-01", 500), ("2007-05-02", 70)):
        desk.take(CLERK, "lottery.report-sales", "lottery:welfare", on=day, day=day,
                  amount=fen(amount))  # fmt: skip
    desk.take(TREASURER, "lottery.extract", "lottery:welfare", on="2007-05-31", month="2007-05",
              amount=fen(200))  # fmt: skip
    said = desk.public("lottery-reports")
    assert [row["id"].rpartition(":")[2] for row in said["rows"]] == [
        "2007-05", "2007-05-01", "2007-05-02",
    ]  # fmt: skip
    sums = {each["field"]: each["value"] for each in said["totals"]}
    assert sums == {"amount": desk.value("lottery.sales"), "extracted": 200}


def test_k3_an_area_is_it_and_all_below_it_in_figures_and_balances(
    desk: FrontDesk, fund: str
) -> None:
    account = {"account": f"spent:{fund.partition(':')[2]}:*:dibao", "group_by": "stage"}

    def held(**area: str) -> int:
        return sum(row["value"] for row in desk.rows("balances", **account, **area))

    for area in (DISTRICT, EAST):
        assert held(area=area) == desk.value(SPEND, area=area)
    assert held(area=CITY) == desk.value(SPEND)
    assert held(area_exact=CITY) == desk.get(f"figures/{SPEND}", period="2007")["untied"]["value"]


def test_k3_class_is_the_budgets_and_stage_the_accounts(desk: FrontDesk) -> None:
    for asked in ({"class": "spent"}, {"group_by": "class"}):
        answer = desk.ask("balances", **asked)
        assert answer.status_code == 422
        assert "stage" in answer.json()["detail"]
    budget = desk.fund(basis="allotment")
    desk.take(TREASURER, "fund.allot", budget, on="2007-01-06", amount=fen(9), earmark="2007",
              source="fiscal", document="文", class_="2081002")  # fmt: skip
    rows = desk.rows("journal", class_="2081002", fund=budget)
    assert {row["class"] for row in rows} == {"2081002"}


@pytest.mark.parametrize("year", ["1999", "2005", "2030"])
def test_k4_a_year_of_nothing_is_404_with_the_years_there_are(desk: FrontDesk, year: str) -> None:
    answer = desk.ask("figures", period=year)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert "2007" in answer.json()["detail"]
    for path in (f"/years/{year}", f"/open/v1/figures?period={year}"):
        assert desk.web.get(path).status_code == 404


def test_k4_of_a_year_of_statements_the_rest_is_no_nought(desk: FrontDesk) -> None:
    desk.take(CLERK, "statement.record", "statement:sales-2006", on="2007-01-05",
              figure="lottery.sales", keeper="organisation:lottery-centre",
              value=fen(77_000_000_000), qualifier="exact", scope="city", period="2006",
              source="年报", published_on="2007-01-05")  # fmt: skip
    said = {row["id"]: row for row in desk.rows("figures", period="2006")}
    assert said["lottery.sales"]["value"] == 77_000_000_000
    assert (said[SPEND]["value"], said[SPEND]["printed"]) == (None, "")
    page = desk.page("/years/2006")
    assert "7.70亿元" in page
    assert "0.00亿元" not in page


def test_k4_a_district_says_its_district_everywhere(desk: FrontDesk, fund: str) -> None:
    assert fund
    asked = {"period": "2007", "area": EAST}
    said = desk.get(f"figures/{SPEND}", **asked)
    assert (said["scope"], said["area"]) == ("district", EAST)
    table = desk.web.get(f"/open/v1/figures/{SPEND}.csv", params=asked)
    assert "district" in table.text.splitlines()[1]
    assert EAST in table.text.splitlines()[1]
    name = f'filename="figures-{SPEND}-area-east-2007.csv"'
    assert name in table.headers["content-disposition"]
    twin = desk.web.get(f"/figures/{SPEND}.xlsx", params=asked)
    assert name.replace("csv", "xlsx") in twin.headers["content-disposition"]
    year = desk.web.get("/years/2007.csv").headers["content-disposition"]
    assert 'filename="years-2007.csv"' in year
    page = desk.page(f"/figures/{SPEND}", **asked)
    assert EAST in page
    assert "area=area%3Aeast" in page


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("figures", {"programme": "nonsense"}, 422),
        ("balances", {"programme": "nonsense"}, 422),
        ("balances", {"fund": "fund:none"}, 404),
        ("journal", {"fund": "fund:none"}, 404),
        ("donations", {"fund": "fund:none"}, 404),
        ("balances", {"area": "area:none"}, 404),
    ],
)
def test_k4_a_filter_that_names_nothing_is_no_empty_list(
    desk: FrontDesk, path: str, asked: dict[str, Any], status: int
) -> None:
    assert desk.ask(path, **asked).status_code == status


def test_k4_what_happened_in_areas_opened_later_is_told_beside(desk: FrontDesk, fund: str) -> None:
    desk.take(APPROVER, "area.open", LATE, on="2007-06-01", title="新区", level="district",
              parent=CITY)  # fmt: skip
    project, grant = f"project:{a_key('p')}", f"grant:{a_key('g')}"
    desk.take(CLERK, "project.open", project, title="项目", programme="dibao", purpose="aid-poor")
    desk.take(CLERK, "grant.apply", grant, on="2007-06-02", body="organisation:o", project=project,
              programme="dibao", purpose="aid-poor", title="修缮", area=LATE,
              amount=fen(77))  # fmt: skip
    desk.take(APPROVER, "grant.award", grant, on="2007-06-03",
              shares=[{"fund": fund, "earmark": "general", "amount": fen(77)}])  # fmt: skip
    desk.take(TREASURER, "grant.pay", grant, on="2007-06-04", fund=fund, amount=fen(77),
              instalment=1)  # fmt: skip
    desk.take(CLERK, "grant.account", grant, on="2007-06-05", amount=fen(77), evidence=[])
    said = desk.get(f"figures/{SPEND}", period="2007", boundaries="2007-01-01")
    assert said["outside_boundaries"] == fen(77)
    parts = [desk.value(SPEND, area=area, boundaries="2007-01-01") for area in (DISTRICT, EAST)]
    assert said["value"] == sum(parts) + said["untied"]["value"] + 77
