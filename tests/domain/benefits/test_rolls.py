"""What a roll means: whom a month pays, how much, and why not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.roll_inputs import EntitlementRow, MemberRow, RateRow, RollInputs
from domain.benefits.rolls import RollLine, draw_roll, stops

PARENTS = {"area:east-1": "area:east", "area:east": "area:city"}
RATES = (
    RateRow("", "a", "2006-01-01", 300),
    RateRow("", "a", "2007-07-15", 330),
    RateRow("area:east", "a", "2006-01-01", 360),
    RateRow("", "b", "2007-01-01", 500),
)


def row(name: str = "1", **more: Any) -> EntitlementRow:
    """Return an ordinary person's entitlement, otherwise as told."""
    what: dict[str, object] = {
        "entitlement": f"entitlement:{name}",
        "holder": f"person:{name}",
        "payee": "",
        "area": "area:west-1",
        "tier": "a",
        "amount": 0,
        "units": 1,
        "income": 0,
        "starts": "2006-05",
    }
    return EntitlementRow(**(what | more))  # type: ignore[arg-type]


def inputs(*rows: EntitlementRow, **more: object) -> RollInputs:
    """Return the inputs of a flat monthly scheme, otherwise as told."""
    what: dict[str, object] = {
        "at": 1,
        "scheme": "scheme:x",
        "pays": "monthly",
        "formula": "flat",
        "after_death_months": 0,
        "rates": RATES,
        "parents": PARENTS,
        "entitlements": rows,
    }
    return RollInputs(**(what | more))  # type: ignore[arg-type]


def paid(month: str, *rows: EntitlementRow, **more: object) -> dict[str, int]:
    """Return what each holder gets."""
    lines = draw_roll(inputs(*rows, **more), month)
    return {line.holder: line.amount for line in lines if not line.stopped}


@pytest.mark.parametrize(
    ("month", "what", "is_paid"),
    [
        ("2006-04", {}, False),
        ("2006-05", {}, True),
        ("2007-03", {"ends": "2007-03"}, True),
        ("2007-04", {"ends": "2007-03"}, False),
        ("2007-02", {"stop": "2007-03"}, True),
        ("2007-03", {"stop": "2007-03"}, False),
        ("2007-03", {"suspended": True}, False),
        ("2007-03", {"died": "2007-03"}, True),
        ("2007-04", {"died": "2007-03"}, False),
    ],
)
def test_a_month_is_paid_whole_from_the_grant_to_the_end_the_stop_or_the_death(
    month: str, what: dict[str, Any], *, is_paid: bool
) -> None:
    assert bool(paid(month, row(**what))) is is_paid


@pytest.mark.parametrize(("month", "is_paid"), [("2007-09", True), ("2007-10", False)])
def test_a_pension_runs_on_after_a_death_as_long_as_the_law_says(
    month: str, *, is_paid: bool
) -> None:
    lines = paid(month, row(died="2007-03"), after_death_months=6)

    assert bool(lines) is is_paid


def test_a_scheme_that_pays_once_pays_the_first_month_only() -> None:
    once = {"pays": "once"}

    assert paid("2006-05", row(), **once) == {"person:1": 300}
    assert paid("2006-06", row(), **once) == {}


@pytest.mark.parametrize(
    ("month", "area", "amount", "since"),
    [
        ("2006-12", "area:west-1", 300, "2006-01-01"),
        ("2007-06", "area:west-1", 300, "2006-01-01"),
        ("2007-07", "area:west-1", 330, "2007-07-15"),
        ("2007-07", "area:east-1", 360, "2006-01-01"),
        ("2007-07", "area:east", 360, "2006-01-01"),
        ("2007-07", "area:city", 330, "2007-07-15"),
    ],
)
def test_the_rate_of_the_nearest_area_counts_from_the_month_of_its_day(
    month: str, area: str, amount: int, since: str
) -> None:
    (line,) = draw_roll(inputs(row(area=area)), month)

    assert (line.amount, line.rate_from) == (amount, since)


def test_before_the_first_rate_a_line_is_held_back() -> None:
    (line,) = draw_roll(inputs(row(tier="b")), "2006-12")

    assert (line.stopped, line.amount) == ("rate-missing", 0)


def test_who_is_not_paid_needs_no_rate() -> None:
    (line,) = draw_roll(inputs(row(tier="b", suspended=True)), "2006-12")

    assert (line.stopped, line.amount) == ("suspended", 0)


def test_an_amount_of_its_own_stands_instead_of_the_rate() -> None:
    assert paid("2007-01", row(amount=123, tier="none")) == {"person:1": 123}


def test_units_multiply_the_rate() -> None:
    beds = row(holder="facility:home", units=40)

    assert paid("2007-01", beds, formula="per-unit") == {"facility:home": 12_000}
    assert draw_roll(inputs(beds, formula="per-unit"), "2007-01")[0].members == ()


@given(size=st.integers(1, 9), income=st.integers(0, 4_000), rate=st.integers(1, 1_000))
def test_a_household_is_topped_up_to_the_rate_of_its_members(
    size: int, income: int, rate: int
) -> None:
    home = row(holder="household:1", income=income)
    members = [MemberRow("household:1", f"person:{nth}", "2006-01") for nth in range(size)]
    lines = draw_roll(
        inputs(
            home, members=members, formula="top-up", rates=[RateRow("", "a", "2006-01-01", rate)]
        ),
        "2007-01",
    )

    if rate * size > income:
        (line,) = lines
        assert line.amount + income == rate * size
        assert len(line.members) == size
    else:
        assert lines == ()


@pytest.mark.parametrize(
    ("month", "what", "counts"),
    [
        ("2007-02", {"first": "2007-03"}, False),
        ("2007-03", {"first": "2007-03"}, True),
        ("2007-03", {"first": "2006-01", "last": "2007-03"}, True),
        ("2007-04", {"first": "2006-01", "last": "2007-03"}, False),
        ("2007-03", {"first": "2006-01", "died": "2007-03"}, True),
        ("2007-04", {"first": "2006-01", "died": "2007-03"}, False),
    ],
)
def test_a_member_counts_from_the_first_month_to_the_month_of_leaving_or_death(
    month: str, what: dict[str, Any], *, counts: bool
) -> None:
    members = [
        MemberRow("household:1", "person:always", "2006-01"),
        MemberRow("household:1", "person:now-and-then", **what),
    ]
    (line,) = draw_roll(inputs(row(holder="household:1"), members=members), month)

    assert ("person:now-and-then" in line.members) is counts


def test_a_household_that_nobody_is_left_of_is_held_back() -> None:
    members = [MemberRow("household:1", "person:1", "2006-01", died="2006-12")]
    (line,) = draw_roll(inputs(row(holder="household:1"), members=members), "2007-01")

    assert line.stopped == "no-members"


def test_of_two_entitlements_of_one_holder_the_second_is_held_back() -> None:
    lines = draw_roll(inputs(row("1"), row("2", holder="person:1")), "2007-01")

    assert [line.stopped for line in lines] == ["", "paid-elsewhere"]


def test_a_line_without_a_rate_is_held_back_and_the_rest_is_drawn() -> None:
    lines = draw_roll(inputs(row("1"), row("2", tier="z")), "2007-01")

    assert [(line.holder, line.amount, line.stopped) for line in lines] == [
        ("person:1", 300, ""),
        ("person:2", 0, "rate-missing"),
    ]


@pytest.mark.parametrize(("units", "stopped"), [(5, ""), (6, "closed")])
def test_a_facility_is_paid_for_no_more_beds_than_it_has(units: int, stopped: str) -> None:
    (line,) = draw_roll(inputs(row(holder="facility:1", units=units, beds=5)), "2007-01")

    assert line.stopped == stopped


def test_who_was_found_not_eligible_is_held_back() -> None:
    (line,) = draw_roll(inputs(row(eligible=False)), "2007-01")

    assert (line.amount, line.stopped) == (0, "not-eligible")


def followed(*rows: EntitlementRow, rates: tuple[RateRow, ...]) -> RollInputs:
    """Return the inputs of a scheme that follows a household scheme."""
    members = [
        MemberRow("household:1", "person:1", "2006-01"),
        MemberRow("household:1", "person:2", "2006-01"),
        MemberRow("household:2", "person:3", "2006-01"),
    ]
    return inputs(rates=rates, followed=inputs(*rows, members=members))


def test_a_scheme_that_follows_pays_every_member_of_the_followed_roll() -> None:
    homes = (row("1", holder="household:1"), row("2", holder="household:2", suspended=True))
    what = followed(*homes, rates=(RateRow("", "all", "2007-08-01", 20),))
    lines = draw_roll(what, "2007-08")

    assert [(line.holder, line.amount, line.tier, line.stopped) for line in lines] == [
        ("person:1", 20, "all", ""),
        ("person:2", 20, "all", ""),
        ("person:3", 0, "a", "suspended"),
    ]


def test_a_scheme_that_follows_pays_nothing_before_its_first_rate() -> None:
    what = followed(row("1", holder="household:1"), rates=(RateRow("", "all", "2007-08-01", 20),))

    assert {line.stopped for line in draw_roll(what, "2007-07")} == {"rate-missing"}


def test_a_scheme_that_follows_takes_the_tier_followed_where_it_has_rates_for_it() -> None:
    both = (RateRow("", "a", "2007-08-01", 20), RateRow("", "b", "2007-08-01", 30))
    homes = (row("1", holder="household:1"), row("2", holder="household:2", tier="b"))
    lines = draw_roll(followed(*homes, rates=both), "2007-08")

    assert [line.amount for line in lines] == [20, 20, 30]


def test_a_new_entitlement_beside_a_stopped_one_is_not_stopped() -> None:
    old, new = row("1", stop="2007-02"), row("2", holder="person:1", starts="2007-02")

    assert paid("2007-02", old, new) == {"person:1": 300}
    assert stops(inputs(old, new), "2007-02") == {}


def test_stops_name_holders_and_the_dead() -> None:
    members = [
        MemberRow("household:1", "person:alive", "2006-01"),
        MemberRow("household:1", "person:dead", "2006-01", died="2007-01"),
    ]
    rows = (row("1", holder="household:1"), row("2", stop="2007-02"), row("3", suspended=True))

    assert stops(inputs(*rows, members=members), "2007-02") == {
        "person:dead": "died",
        "person:2": "stopped",
        "person:3": "suspended",
    }


def test_lines_are_ordered_by_holder() -> None:
    lines = draw_roll(inputs(row("3"), row("1"), row("2")), "2007-01")

    assert [line.holder for line in lines] == ["person:1", "person:2", "person:3"]
    assert all(isinstance(line, RollLine) for line in lines)
