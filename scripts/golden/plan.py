"""The year decided: everything that must come out, by arithmetic, before the first command."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scripts.golden.benefits import bed_subsidy, dibao, flat_rates, insurance, relief
from scripts.golden.benefits.rates import Rates
from scripts.golden.funds import donations
from scripts.golden.funds.funds import FUND_OF
from scripts.golden.grants import contracts, grants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scripts.golden.benefits.claims import Claim

SUBSIDY = "price-subsidy"


@dataclass
class Plan:
    """All topics of the year."""

    seed: int
    scale: float
    rates: dict[str, Rates]
    dibao: dibao.Dibao
    flat_rates: dict[str, flat_rates.Flat]
    relief: dict[relief.Programme, list[relief.Case]]
    grants: grants.Grants
    raised: donations.Raised
    contracts: list[contracts.Contract]

    def fund_of(self, scheme: str) -> str:
        """Return the fund that pays a scheme: the one that serves its purpose."""
        return FUND_OF[self.rates[scheme].what["purpose"]]

    def needs(self) -> dict[str, int]:
        """Return what each fund will promise in the year, in fen."""
        needs: defaultdict[str, int] = defaultdict(int)
        needs[self.fund_of("dibao")] += drawn(self.dibao.claims, self.rates["dibao"])
        for scheme, planned in self.flat_rates.items():
            needs[self.fund_of(scheme)] += drawn(planned.claims, planned.rates)
        needs[self.fund_of(SUBSIDY)] += self.subsidies()
        premiums = insurance.need(self.dibao.claims, self.rates[insurance.SCHEME])
        needs[self.fund_of(insurance.SCHEME)] += premiums
        beds = bed_subsidy.need(self.rates[bed_subsidy.SCHEME])
        needs[self.fund_of(bed_subsidy.SCHEME)] += beds
        for contract in self.contracts:
            needs[contract.fund] += contract.amount
        for programme, cases in self.relief.items():
            needs[programme.fund] += sum(case.amount for case in cases)
        for grant in self.grants.grants:
            for share in grant.shares:
                needs[share.fund] += share.amount
        return dict(needs)

    def subsidies(self) -> int:
        """Return what the price subsidy of all members of dibao households costs."""
        rates = self.rates[SUBSIDY]
        return sum(
            claim.persons(month) * rates.of(claim.place, rates.tiers[0], month)
            for claim in self.dibao.claims
            for month in claim.drawn()
            if month >= dibao.SUBSIDY_FROM
        )


def drawn(claims: Iterable[Claim], rates: Rates) -> int:
    """Sum what the runs are drawn up for."""
    return sum(claim.amount(month, rates) for claim in claims for month in claim.drawn())


def plan(seed: int, scale: float, catalogue: Mapping[str, dict[str, Any]]) -> Plan:
    """Decide the year."""
    rates = {name: Rates(what) for name, what in catalogue.items()}
    bought = contracts.plan(seed, scale)
    of_lottery = sum(each.kept() for each in bought if each.fund == grants.LOTTERY)
    return Plan(
        seed,
        scale,
        rates,
        dibao.plan(seed, scale, rates["dibao"]),
        {
            "home-care": flat_rates.home_care(seed, scale, rates["home-care"]),
            **{
                scheme: flat_rates.plan(seed, scale, rates[scheme], scheme=scheme)
                for scheme in ("old-age", "veterans-pension", "self-employment", "skills-training")
            },
        },
        relief.plan(seed, scale),
        grants.plan(seed, bought=of_lottery),
        donations.plan(seed),
        bought,
    )
