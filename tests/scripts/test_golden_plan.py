"""What the golden year must give is decided by arithmetic, whatever the seed and the scale."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.golden import targets
from scripts.golden.benefits import dibao, flat_rates, relief, schemes
from scripts.golden.benefits.claims import Ending, Fate
from scripts.golden.benefits.rates import Rates
from scripts.golden.funds import donations, lottery
from scripts.golden.grants import contracts, grants
from scripts.golden.kernel.chance import shares
from scripts.golden.targets import WAN, scaled, window
from tests.scripts.golden_figures import printed, report

SEEDS = st.integers(0, 10**6)
SCALES = st.integers(1, 30).map(lambda hundredths: hundredths / 100)
CATALOGUE = schemes.read_all()
RATES = {name: Rates(what) for name, what in CATALOGUE.items()}
OF_REPORT = {
    "dibao.spend": targets.DIBAO_SPEND,
    "dibao.average": targets.DIBAO_AVERAGE,
    "price-subsidy.rate": targets.PRICE_SUBSIDY_RATE,
    "home-care.elders": targets.HOME_CARE_ELDERS,
    "home-care.spend": targets.HOME_CARE_SPEND,
    "welfare-bodies.grant": targets.WELFARE_BODIES_GRANT,
    "elders-joy.grant": targets.ELDERS_JOY_GRANT,
    "elders-joy.bodies": targets.ELDERS_JOY_BODIES,
    "hospice.persons": targets.HOSPICE_PERSONS,
    "lottery.sales": targets.LOTTERY_SALES,
    "lottery.released": targets.LOTTERY_RELEASED,
    "lottery.projects": targets.LOTTERY_PROJECTS,
    "federation.cash": targets.FEDERATION_CASH,
    "system.cash": targets.SYSTEM_CASH,
    "migrant-care.cases": targets.MIGRANT_CARE_CASES,
    "migrant-care.spend": targets.MIGRANT_CARE_SPEND,
    "community-projects.approved": targets.COMMUNITY_PROJECTS,
    "community-projects.city-money": targets.COMMUNITY_CITY_MONEY,
    "veterans.pensioners": targets.VETERANS_PENSIONERS,
    "shelter.assisted": targets.SHELTER_ASSISTED,
    "home-care.bodies": targets.HOME_CARE_BODIES,
    "private-homes.preparing": targets.HOMES_PREPARING,
    "care-line.elders": targets.CARE_LINE_ELDERS,
    "care-line.rescues": targets.CARE_LINE_RESCUES,
    "charity-education.bases": targets.EDUCATION_BASES,
    "charity-education.projects": targets.EDUCATION_PROJECTS,
    "community-stations.total": targets.STATIONS,
    "community-stations.shared": targets.STATIONS_SHARED,
    "community-stations.committees": targets.COMMITTEES_SHARED,
    "harmony.province": targets.HARMONY_PROVINCE,
    "harmony.city": targets.HARMONY_CITY,
    "veterans.received": targets.VETERANS_RECEIVED,
    "retired-officers.received": targets.OFFICERS_RECEIVED,
    "retired-officers.total": targets.OFFICERS_IN_CARE,
    "retired-officers.workers": targets.MILITARY_STAFF,
    "organisations.new": targets.ORGANISATIONS_NEW,
    "organisations.revoked": targets.REVOKED,
    "social-work.bodies": targets.SOCIAL_WORK_BODIES,
    "social-work.staff": targets.SOCIAL_WORK_STAFF,
    "social-work.bought": targets.SOCIAL_WORK_POSTS,
    "marriage.registered": targets.MARRIAGES,
    "marriage.divorced": targets.DIVORCES,
}


@pytest.mark.parametrize("name", OF_REPORT)
def test_a_target_is_the_figure_of_the_report(name: str) -> None:
    row, target = report()[name], OF_REPORT[name]
    assert (target.value, target.scales) == (int(row["value"]), row["scales"] == "yes")


@given(st.integers(WAN, 10**12), st.sampled_from([WAN // 100, WAN // 10, WAN]))
def test_a_window_holds_what_prints_alike(value: int, step: int) -> None:
    rule = {WAN // 100: "万元:2", WAN // 10: "万元:1", WAN: "万元:0"}[step]
    alike = window(value, step)
    assert value in alike
    assert printed(alike[0], rule) == printed(alike[-1], rule) == printed(value, rule)
    assert printed(alike[-1] + 1, rule) != printed(value, rule)


@given(st.integers(1, 10**9), st.integers(1, 1000))
def test_a_crowd_grows_half_up_and_is_never_nobody(value: int, hundredths: int) -> None:
    found = scaled(value, hundredths / 100)
    assert found == max(1, int(Fraction(hundredths, 100) * value + Fraction(1, 2)))


@given(
    st.integers(10**6, 10**12),
    st.lists(st.floats(0.01, 100), min_size=1, max_size=300),
    st.sampled_from([1, 100, 1000]),
)
def test_shares_sum_to_the_whole_and_none_is_empty(
    total: int, weights: list[float], grain: int
) -> None:
    parts = shares(total, weights, grain)
    assert sum(parts) == total
    assert min(parts) >= grain
    assert all(part % grain == 0 for part in parts[:-1])


@settings(max_examples=60, deadline=None)
@given(SEEDS, SCALES)
def test_dibao_meets_its_money_and_its_person_months(seed: int, scale: float) -> None:
    planned = dibao.plan(seed, scale, RATES["dibao"])
    assert planned.money() == targets.DIBAO_SPEND.at(scale)
    assert planned.counted() == planned.person_months
    assert round(planned.money() / planned.counted() / 100) == 235


@settings(max_examples=60, deadline=None)
@given(SEEDS, SCALES)
def test_incomes_and_payments_of_dibao_are_those_of_a_household(seed: int, scale: float) -> None:
    planned = dibao.plan(seed, scale, RATES["dibao"])
    for claim in planned.claims:
        for month in claim.drawn():
            rate = planned.rates.of(claim.place, claim.tier, month)
            amount, persons = claim.amount(month, planned.rates), claim.persons(month)
            assert 1 <= persons <= 6
            assert 5_000 * persons <= amount < rate * persons


@settings(max_examples=60, deadline=None)
@given(SEEDS, SCALES)
def test_home_care_meets_its_money_and_its_elders(seed: int, scale: float) -> None:
    planned = flat_rates.home_care(seed, scale, RATES["home-care"])
    assert planned.money() in window(targets.HOME_CARE_SPEND.at(scale), targets.WAN // 100)
    assert planned.entitled() == targets.HOME_CARE_ELDERS.at(scale)
    assert {claim.tier for claim in planned.claims} == set(planned.rates.tiers)


@pytest.mark.parametrize("scheme", ["old-age", "veterans-pension", "self-employment"])
@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, scale=SCALES)
def test_a_claim_has_one_story(scheme: str, seed: int, scale: float) -> None:
    planned = flat_rates.plan(seed, scale, RATES[scheme], scheme=scheme)
    for claim in planned.claims:
        assert 1 <= claim.first <= claim.last <= 12
        assert claim.overpaid < claim.last
        if claim.ending is not Ending.OPEN:
            assert not claim.fates
            assert claim.last + (claim.ending is Ending.HELD) <= 12
    granted = sum(not claim.stock for claim in planned.claims)
    assert granted == scaled(flat_rates.CROWDS[scheme].granted, scale)


@settings(max_examples=40, deadline=None)
@given(SEEDS, SCALES)
def test_half_of_what_the_bank_returns_is_paid_again(seed: int, scale: float) -> None:
    planned = flat_rates.home_care(seed, scale, RATES["home-care"])
    fates = [fate for claim in planned.claims for fate in claim.fates.values()]
    lines = sum(len(claim.paid()) for claim in planned.claims)
    assert len(fates) >= 0.005 * lines
    assert fates.count(Fate.REISSUED) * 2 == len(fates)


@settings(max_examples=40, deadline=None)
@given(SEEDS, SCALES)
def test_relief_meets_its_cases_and_its_money(seed: int, scale: float) -> None:
    cases = relief.plan(seed, scale)
    care = cases[relief.MIGRANT_CARE]
    assert len(care) == targets.MIGRANT_CARE_CASES.at(scale)
    assert sum(case.amount for case in care) == targets.MIGRANT_CARE_SPEND.at(scale)
    assert all(case.amount > 0 for case in care)
    persons = {case.person for case in cases[relief.HOSPICE]}
    assert len(persons) == targets.HOSPICE_PERSONS.at(scale)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_grants_meet_what_was_released(seed: int) -> None:
    bought = sum(c.kept() for c in contracts.plan(seed, 1) if c.fund == grants.LOTTERY)
    planned = grants.plan(seed, bought=bought)
    of_lottery = [g for g in planned.grants if g.shares[0].fund == grants.LOTTERY]
    promised = bought - grants.OLD_TAKEN_BACK
    promised += sum(grant.amount - grant.rest() for grant in of_lottery)
    assert promised == targets.LOTTERY_RELEASED.value
    projects = {grants.CARE_LINE_PROJECT, *(grant.project for grant in of_lottery)}
    assert len(projects) == targets.LOTTERY_PROJECTS.value
    assert sum(grant.rest() > 0 for grant in of_lottery) > 0


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_a_grant_pays_no_more_than_it_has_and_gets_back_no_more_than_it_paid(seed: int) -> None:
    for grant in grants.plan(seed).grants:
        paid = sum(amount for _, _, amount in grant.instalments)
        done = sum(amount for _, _, amount in (*grant.accounts, *grant.given_back))
        assert 0 < paid <= grant.amount
        assert done <= paid
        assert grant.closed is None or (done == paid and grant.closed <= date(2007, 12, 31))
        assert all(day >= grant.awarded for day, _, _ in grant.instalments)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_gifts_and_sales_meet_what_was_raised(seed: int) -> None:
    planned = donations.plan(seed)
    raised: dict[str, int] = {}
    for gift in planned.gifts:
        keeper = donations.keeper(gift.fund) if "charity-" in gift.fund else "federation"
        raised[keeper] = raised.get(keeper, 0) + gift.amount
    assert raised["federation"] == targets.FEDERATION_CASH.value
    others = sum(planned.stated[district] for district in donations.BY_STATEMENT)
    assert sum(raised.values()) + others == targets.SYSTEM_CASH.value
    assert sum(lottery.sales(seed).values()) == targets.LOTTERY_SALES.value


def test_what_a_keeper_states_beside_its_events_would_be_seen_if_it_were_counted() -> None:
    assert targets.SYSTEM_CASH.value - donations.STATED_LESS not in window(
        targets.SYSTEM_CASH.value, targets.SYSTEM_CASH.step
    )
