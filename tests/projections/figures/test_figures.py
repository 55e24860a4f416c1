"""The figures of a small golden year: as the report prints them, down to their events."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from domain import EVENTS
from domain.funds.fund_events import FundOpened
from domain.kernel.event_fields import row_plan
from projections import figures, registers
from projections.accounts import balances
from projections.core.place_filter import Places
from projections.core.view import Moment
from projections.figures import evaluate
from projections.figures.period import Span
from projections.figures.person_counts import PersonCountCache
from projections.figures.terms.basic import BUREAU, Distinct
from scripts.golden.registers import areas
from scripts.scenarios.office import Office
from tests.projections.figures.golden_year import (
    HALF,
    PUBLIC,
    SCALE,
    YEAR,
    connection,
    golden,
    head,
)

if TYPE_CHECKING:
    from infra.ledger import Ledger
    from tests.projections.figures.golden_year import Database

__all__ = ["connection", "golden", "head"]

REPORT = Path(__file__).parents[2] / "golden" / "figures-2007.csv"


def report() -> list[dict[str, str]]:
    with REPORT.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_figure_agrees_with_the_report(connection: Database, head: Moment) -> None:
    found = list(figures.against(connection, report(), head, scale=Decimal(SCALE)))
    assert [row["id"] for row in found] == [row["id"] for row in report()]
    assert len(found) == len(figures.FIGURES) == 58
    differing = [(row["id"], row["printed"]) for row in found if not row["equal"]]
    # Of so few soldiers no share prints as it does of 539.
    assert [each for each in differing if each[0] != "veterans.trained-rate"] == []


def test_a_figure_is_described_as_the_report_describes_it() -> None:
    for row in report():
        figure = figures.BY_ID[row["id"]]
        assert (figure.kind, figure.unit, figure.print, figure.qualifier) == (
            row["kind"],
            row["unit"],
            row["print_rule"],
            row["qualifier"],
        )
        assert figure.basis == row["basis"]
        assert (figure.span is Span.TO_DATE) == row["period"].startswith("..")


@pytest.mark.parametrize("figure", figures.BY_ID)
def test_events_sum_to_each_term(connection: Database, head: Moment, figure: str) -> None:
    row = figures.one(connection, figure, head, YEAR)
    assert row is not None
    told = list(figures.events(connection, figure, head, YEAR))
    for term in row["terms"]:
        mine = [each for each in told if each["term"] == term["role"]]
        assert sum(each["contributes"]["value"] for each in mine) == term["value"]
        assert {each["contributes"]["unit"] for each in mine} == {term["unit"]}
        alone = figures.events(connection, figure, head, YEAR, term=term["role"])
        assert list(alone) == mine


def test_pages_of_events_join(connection: Database, head: Moment) -> None:
    figure = "dibao.average.rise"
    whole = list(figures.events(connection, figure, head, YEAR))
    paged: list[dict[str, Any]] = []
    while page := list(
        figures.events(
            connection,
            figure,
            head,
            YEAR,
            after=figures.key_of(figure, paged[-1]) if paged else (0, 0),
            limit=311,
        )
    ):
        paged += page
    assert paged == whole


def test_areas_sum_to_the_city(connection: Database, head: Moment) -> None:
    everywhere = figures.one(connection, "dibao.spend", head, YEAR)
    assert everywhere is not None
    districts = [
        row["id"]
        for row in registers.rows(connection, "areas", head, where={})
        if row.get("level") == "district" and row["state"] == "open"
    ]
    assert len(districts) >= 6
    parts = Counter[str]()
    for district in districts:
        which = figures.FigureFilter(period=YEAR.period, area=district)
        row = figures.one(connection, "dibao.spend", head, which)
        assert row is not None
        parts[district] = row["value"]
        told = figures.events(connection, "dibao.spend", head, which)
        assert sum(each["contributes"]["value"] for each in told) == row["value"]
    without_area = balances.BalanceFilter(
        where={"account": ("spent:*:*:dibao",)},
        places=[Places(("",), None, None)],
        since=YEAR.period.since,
    )
    rest = sum(row["value"] for row in balances.totals(connection, head, without_area))
    assert sum(parts.values()) + rest == everywhere["value"]


@pytest.mark.parametrize("boundaries", [None, date(2007, 7, 31), date(2007, 12, 31)])
def test_a_district_is_what_it_was_on_the_day_of_each_event_or_on_a_stated_one(
    golden: Ledger, connection: Database, head: Moment, boundaries: date | None
) -> None:
    places = {place.id: place for place in areas.PLACES}
    expected = Counter[str]()
    for event in Office(golden).events("payment:dibao:"):
        for fact in event.facts():
            if fact.measure == "payment-persons":
                day = boundaries or event.act.booked
                expected[areas.district_of(places[fact.area], day)] += fact.value
    assert (areas.NEW_DISTRICT in expected) == (boundaries != date(2007, 7, 31))
    for district in (areas.OLD_DISTRICT, areas.NEW_DISTRICT):
        which = figures.FigureFilter(period=YEAR.period, area=district, boundaries=boundaries)
        row = figures.one(connection, "dibao.average", head, which)
        assert row is not None
        assert row["denominator"]["value"] == expected[district]
        assert row["boundaries"] == str(boundaries or "event")


def test_a_figure_is_as_of_a_day_and_known_at_a_position(
    connection: Database, head: Moment
) -> None:
    months = figures.events(connection, "dibao.spend", head, PUBLIC)
    half = figures.period("2007-01-01..2007-06-30")
    row = figures.one(connection, "dibao.spend", head, figures.FigureFilter(period=half))
    assert row is not None
    first_six = sum(
        each["contributes"]["value"] for each in months if each["on"].isoformat() < "2007-07"
    )
    assert row["value"] == first_six
    as_of = figures.one(connection, "dibao.spend", Moment(head.position, half.until), YEAR)
    assert as_of is not None
    assert (as_of["value"], as_of["as_of"]) == (row["value"], half.until)
    nothing = figures.one(connection, "dibao.average", Moment(1), YEAR)
    assert nothing is not None
    assert (nothing["value"], nothing["printed"]) == (None, "")


def test_what_a_fund_is_stands_in_its_first_event(connection: Database, head: Moment) -> None:
    # So it may be read there alone, without what thousands of later events have changed.
    saying = [
        event
        for event in EVENTS.values()
        if event.TOPIC.startswith("fund.")
        and {part.name for part in row_plan(event)} & {"kind", "keeper"}
    ]
    assert saying == [FundOpened]
    words = {"kind": "fiscal", "keeper": BUREAU}
    where = {name: (word,) for name, word in words.items()}
    for position in (0, head.position // 9, head.position // 2, head.position):
        moment = Moment(position, date(2007, 3, 3) if position % 2 else None)
        rows = registers.rows(connection, "funds", moment, where=where)
        found = registers.opened(connection, "funds", moment, words)
        assert sorted(found) == [row["id"] for row in rows]
    assert found


def test_somebody_counts_once_unless_all_is_taken_back(connection: Database, head: Moment) -> None:
    chance = Random(2007)
    told = [
        (position, chance.randrange(3), chance.randrange(9), chance.choice((1, 1, 2, 0, -1, -3)))
        for position in range(1, 60)
    ]
    asked = evaluate.query_for(connection, head, YEAR, [])
    source = Distinct(measure="told-at-random")
    with connection.transaction(force_rollback=True):
        (series,) = connection.execute(
            "INSERT INTO views.fact_series (measure, unit, programme, fund, detail)"
            " VALUES (%s, 'person', '', '', '') RETURNING id",
            (source.measure,),
        ).fetchone() or (0,)
        for until, one in enumerate(told, start=1):
            connection.execute(
                "INSERT INTO views.fact_whos (position, series, place, booked, of_, who, value)"
                " VALUES (%s, %s, 1, '2007-05-05', %s, %s, %s)",
                (one[0], series, *one[1:]),
            )
            times: Counter[tuple[int, int]] = Counter()
            for _, of, who, value in told[:until]:
                times[of, who] += (value > 0) - (value < 0)
            counted = sum(each > 0 for each in times.values())
            assert source.total(asked, Span.PERIOD) == (counted, until)


def test_what_is_known_of_earlier_questions_changes_no_answer(
    connection: Database, head: Moment
) -> None:
    chance = Random(2007)
    counts = PersonCountCache(most=30)
    knowing = [replace(which, person_counts=counts) for which in (YEAR, HALF)]
    for _ in range(12):
        day = chance.choice((None, date(2007, 3, 3), date(2007, 9, 9)))
        moment = Moment(chance.randint(1, head.position), day)
        for which in knowing:
            fresh = replace(which, person_counts=figures.person_counts(remembered=False))
            found = figures.rows(connection, moment, which)
            assert found == figures.rows(connection, moment, fresh)
            assert len(counts) <= 30
