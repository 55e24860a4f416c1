"""Figures and balances of a small golden year as the open zone is told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from projections import figures, registers
from projections.accounts import balances
from projections.disclosure import small_counts
from projections.figures import step_sums
from projections.figures.areas import moves_of
from projections.figures.published_money import published_money, steps_of
from tests.projections.figures.golden_year import PUBLIC, YEAR, connection, golden, head

if TYPE_CHECKING:
    from projections.core.view import Moment
    from tests.projections.figures.golden_year import Database

ANY_LOG = step_sums.LogKey(0, 0, 0)
__all__ = ["connection", "golden", "head"]


def test_public_events_name_nobody_and_show_no_single_payment(
    connection: Database, head: Moment
) -> None:
    told = list(figures.events(connection, "dibao.spend", head, PUBLIC))
    row = figures.one(connection, "dibao.spend", head, PUBLIC)
    assert row is not None
    assert len(told) == 12
    assert {each["subject"] for each in told} == {None}
    assert sum(each["contributes"]["value"] for each in told) == row["value"]
    grants = islice(figures.events(connection, "elders-joy.grant", head, PUBLIC), 3)
    assert all(each["subject"].startswith("grant:") for each in grants)


def test_few_people_are_not_shown_in_public(connection: Database, head: Moment) -> None:
    row = figures.one(connection, "migrant-care.cases", head, PUBLIC)
    open_row = figures.one(connection, "migrant-care.cases", head, YEAR)
    assert row is not None
    assert open_row is not None
    assert 0 < open_row["value"] < small_counts.THRESHOLD
    assert (row["value"], row["suppressed"], row["printed"]) == (None, True, "")
    assert row["terms"][0]["value"] is None


@pytest.mark.parametrize("figure", ["hospice.persons", "migrant-care.cases", "shelter.assisted"])
def test_persons_are_counted_in_public_as_one_row(
    connection: Database, head: Moment, figure: str
) -> None:
    told = list(figures.events(connection, figure, head, PUBLIC))
    assert [(row["position"], row["subject"]) for row in told] == [(head.position, None)]
    paged: list[dict[str, Any]] = []
    after = (0, 0)
    while page := list(figures.events(connection, figure, head, PUBLIC, after=after, limit=1)):
        paged += page
        after = figures.key_of(figure, page[-1])
    assert paged == told


def test_in_public_what_is_not_spent_on_persons_is_available(
    connection: Database, head: Moment
) -> None:
    office = {
        row["account"]: row["value"]
        for row in balances.rows(connection, head, balances.BalanceFilter())
        if row["unit"] == "fen"
    }
    published = figures.published_money(connection, head)
    which = balances.BalanceFilter(zone="open", published=published)
    rows = [row for row in balances.rows(connection, head, which) if row["unit"] == "fen"]
    shown = {row["account"]: row["value"] for row in rows}
    persons = (":pay-run:", ":relief:", ":recovery:", ":payment:")
    assert [account for account in office if any(kind in account for kind in persons)]
    assert not [account for account in shown if any(kind in account for kind in persons)]
    assert not {"owed", "returned", "lost"} & {account.partition(":")[0] for account in shown}
    assert sum(shown.values()) == sum(office.values()) == 0
    dibao = [name for name in office if name.startswith("spent:") and name.endswith(":dibao")]
    assert {name: shown.get(name) for name in dibao} == {name: office[name] for name in dibao}


def test_what_is_published_is_kept_until_something_of_it_moves(
    connection: Database, head: Moment
) -> None:
    """And it is what a process says that was never asked before."""
    moments = [
        head._replace(position=position, is_named=position % 2 == 0)
        for position in range(head.position, 0, -head.position // 23)
    ]
    kept = [published_money(connection, moment) for moment in moments]
    assert len({id(found) for found in kept}) < len(moments) == 23
    module = import_module("projections.figures.published_money")
    for moment, found in zip(moments, kept, strict=True):
        module._kept.clear()
        step_sums._kept.clear()
        assert published_money(connection, moment) == found


def test_what_moves_later_leaves_what_was_found_of_the_months_before(
    connection: Database, head: Moment
) -> None:
    steps = steps_of(connection, head._replace(is_named=True))
    step_sums._kept.clear()
    import_module("projections.figures.published_money")._kept.clear()
    told = [
        published_money(connection, head._replace(position=each.position + 1, is_named=True))
        for each in steps
    ]
    boundaries = {
        len(moves_of(connection, head._replace(position=each.position))) for each in steps
    }
    assert len(boundaries) > 2
    assert len(told[-1]) > 20
    assert len(step_sums._kept) == len(steps)


def test_the_steps_of_a_year_are_the_year(connection: Database, head: Moment) -> None:
    """Cut at its steps or asked as a whole: each line comes about by one step, and by no other."""
    steps = steps_of(connection, head)
    whole = step_sums.StepQuestion(connection, [each.position for each in steps], head.position)
    once = whole.sums(0, steps[-1].position)
    cut = [
        each._replace(step=0)
        for each in step_sums.sums_of_steps(connection, ANY_LOG, steps, head.position)
    ]
    assert len(once) > 20
    assert sorted(step_sums.added_up(cut), key=repr) == sorted(once, key=repr)


def test_the_public_is_told_of_a_year_what_the_office_is_unless_it_is_of_few(
    connection: Database, head: Moment
) -> None:
    told = {row["id"]: row for row in figures.rows(connection, head, PUBLIC)}
    for row in figures.rows(connection, head, YEAR):
        public = told[row["id"]]
        if "suppressed" not in public:
            assert (public["value"], public["printed"]) == (row["value"], row["printed"])
    assert len([row for row in told.values() if "suppressed" not in row]) >= 40


def test_persons_and_their_money_are_told_by_closed_months_and_years_of_districts(
    connection: Database, head: Moment
) -> None:
    def value(figure: str, moment: Moment = head, **asked: Any) -> object:
        row = figures.one(connection, figure, moment, replace(PUBLIC, **asked))
        assert row is not None
        return row["value"]

    month = figures.period("2007-03")
    assert value("dibao.spend", period=month)
    assert value("home-care.elders", period=month) is None
    day, before = (head._replace(as_of=date(2007, 3, each)) for each in (30, 2))
    assert value("dibao.spend", day) == value("dibao.spend", before)
    named = [head._replace(position=head.position - back, is_named=True) for back in range(40)]
    assert len({value("dibao.spend", each) for each in named}) == 1
    communities = registers.opened(connection, "areas", head, {"level": "community"})
    for area in sorted(communities)[:3]:
        assert value("dibao.spend", area=area, level="community") is None
