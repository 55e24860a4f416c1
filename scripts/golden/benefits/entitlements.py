"""Entitlements through the year: brought in or applied for, reviewed, suspended, stopped."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from scripts.golden.benefits import people
from scripts.golden.benefits.claims import DEATHS, LATE, Claim, Ending, HouseholdClaim
from scripts.golden.kernel.commands import EVE, YEAR, Order, fen, first_of, on_day, order
from scripts.golden.office.officers import APPROVER_AID, clerk
from scripts.golden.registers.areas import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.golden.benefits.rates import Rates
    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

MEMBERS = 8
SETTLED_INCOME = 120_000
# How many households found another one, how many move, and from where on new ones are numbered:
# the first stands from the beginning, and somebody moves to it.
SPLIT, RELOCATED, NEW_HOMES = 6, 12, 1_000_000


AnyClaim = TypeVar("AnyClaim", bound=Claim)


class Register(Generic[AnyClaim]):
    """Tells the claims of one scheme."""

    def __init__(self, scheme: str, ids: Ids, rates: Rates) -> None:
        """Remember the scheme, its rates and how holders are named."""
        self.scheme, self.ids, self.rates = scheme, ids, rates
        self.grace = int(rates.what.get("after_death_months", 0))

    def holder(self, claim: AnyClaim) -> str:
        """Name who is entitled."""
        return self.ids.person(self.scheme, claim.number)

    def order(self, verb: str, claim: AnyClaim, what: dict[str, Any], *, on: date) -> Order:
        """Write a command of the claim's clerk."""
        subject = self.ids.entitlement(self.scheme, claim.number)
        by = clerk(PLACES[claim.place].id)
        return order(f"entitlement.{verb}", subject, what, by=by, on=on)

    def identity(self, claim: AnyClaim) -> dict[str, Any]:
        """Say who is entitled to what, and where."""
        area = PLACES[claim.place].id
        return {"scheme": f"scheme:{self.scheme}", "holder": self.holder(claim), "area": area}

    def registered(self, claim: AnyClaim, day: date) -> Iterator[Order]:
        """Register the holder."""
        yield people.registered(self.ids, self.scheme, claim.number, on=day)

    def brought_in(self, claim: AnyClaim) -> Iterator[Order]:
        """Bring in what existed before the year."""
        yield from self.registered(claim, EVE)
        start = date(YEAR - 1, 1 + claim.number % 12, 1).isoformat()
        what = {**self.identity(claim), "tier": claim.tier, "from": start}
        yield self.order("bring-in", claim, what, on=EVE)

    def plan_events(self, agenda: Agenda, claims: Iterable[AnyClaim]) -> None:
        """Note on the agenda what happens to each claim."""
        for claim in claims:
            if not claim.stock:
                self.plan_grant(agenda, claim)
            if claim.gap != (0, 0):
                for month, verb in zip(claim.gap, ("suspend", "resume"), strict=True):
                    agenda.add(on_day(month - 1, 20), self.paused, claim, verb, month)
            self.plan_ending(agenda, claim)

    def plan_grant(self, agenda: Agenda, claim: AnyClaim) -> None:
        """Note the way to a grant: applied, assessed, publicised, granted after the notice."""
        month, shift = claim.first - 1, claim.number % 3
        agenda.add(on_day(month, 11 + shift), self.applied, claim)
        agenda.add(on_day(month, 12 + shift), self.assessed, claim)
        agenda.add(on_day(month, 15), self.publicised, claim)
        agenda.add(on_day(month, 23 + shift), self.granted, claim)

    def plan_ending(self, agenda: Agenda, claim: AnyClaim) -> None:
        """Note how the claim ends."""
        last, shift = claim.last, claim.number % 4
        if claim.ending is Ending.EXIT:
            agenda.add(on_day(last, 12 + shift), self.stopped, claim, last + 1, "条件不再符合")
        if claim.ending is Ending.HELD:
            agenda.add(on_day(last + 1, 8), self.stopped, claim, last + 1, "放款前核查不符")
        if claim.ending in DEATHS:
            months = self.grace + claim.overpaid
            died = on_day(last - months, 3 + claim.number % 9)
            reported = on_day(last if claim.ending in LATE else last - months, 14 + shift)
            agenda.add(reported, self.death, claim, died, reported)
        if claim.ending in DEATHS | LATE:
            month = last - claim.overpaid + 1
            why = "死亡" if claim.ending in DEATHS else "迁出未报"
            agenda.add(on_day(last, 14 + shift), self.stopped, claim, month, why)

    def applied(self, claim: AnyClaim) -> Iterator[Order]:
        """Register the holder and apply."""
        day = on_day(claim.first - 1, 11 + claim.number % 3)
        yield from self.registered(claim, day)
        yield self.order("apply", claim, self.identity(claim), on=day)

    def assessed(self, claim: AnyClaim) -> Iterator[Order]:
        """Assess the income before the grant."""
        day = on_day(claim.first - 1, 12 + claim.number % 3)
        yield self.order("assess", claim, self.assessment(claim, self.income(claim)), on=day)

    def income(self, claim: AnyClaim) -> int:
        """Return what the assessment before the grant finds."""
        return SETTLED_INCOME + claim.number % 7 * 10_000

    def assessment(self, claim: AnyClaim, income: int) -> dict[str, Any]:
        """Say what was found; the papers stay outside, their digest binds them."""
        digest = sha256(f"{self.scheme}:{claim.number}:{income}".encode()).hexdigest()
        return {"income": fen(income), "eligible": True, "facts_digest": digest}

    def publicised(self, claim: AnyClaim) -> Iterator[Order]:
        """Post the notice for a week."""
        day = on_day(claim.first - 1, 15)
        what = {"from": day.isoformat(), "to": (day + timedelta(days=6)).isoformat()}
        yield self.order("publicise", claim, what, on=day)

    def granted(self, claim: AnyClaim) -> Iterator[Order]:
        """Grant from the first of the next month."""
        what = {"tier": claim.tier, "from": first_of(claim.first)}
        one = self.order("grant", claim, what, on=on_day(claim.first - 1, 23 + claim.number % 3))
        yield one | {"by": APPROVER_AID}

    def paused(self, claim: AnyClaim, verb: str, month: int) -> Iterator[Order]:
        """Suspend or resume from the first of the next month."""
        reason = "未按期复核" if verb == "suspend" else "复核合格"
        what = {"reason": reason, "from": first_of(month)}
        yield self.order(verb, claim, what, on=on_day(month - 1, 20))

    def stopped(self, claim: AnyClaim, month: int, reason: str) -> Iterator[Order]:
        """Stop from the first of a month, which may lie behind when it was learnt late."""
        day = stop_day(claim)
        what = {"reason": reason, "from": first_of(month)}
        yield self.order("stop", claim, what, on=day)

    def death(self, claim: AnyClaim, died: date, reported: date) -> Iterator[Order]:
        """Report the holder's death."""
        if reported < died:
            raise ValueError(f"a death of {died} cannot be reported on {reported}")
        by = clerk(PLACES[claim.place].id)
        yield people.died(self.holder(claim), died, by, on=reported)


def stop_day(claim: Claim) -> date:
    """Return the day on which a stop is entered."""
    if claim.ending is Ending.HELD:
        return on_day(claim.last + 1, 8)
    return on_day(claim.last, (12 if claim.ending is Ending.EXIT else 14) + claim.number % 4)


def eve_of(month: int) -> date:
    """Return the day before a month begins."""
    return on_day(month, 1) - timedelta(days=1)


class Households(Register[HouseholdClaim]):
    """Tells the claims of households: members come and go, incomes are reviewed."""

    def holder(self, claim: HouseholdClaim) -> str:
        """Name the household."""
        return self.ids.household(claim.number)

    def member(self, claim: HouseholdClaim, index: int) -> str:
        """Name a member."""
        return self.ids.person(self.scheme, claim.number * MEMBERS + index)

    def registered(self, claim: HouseholdClaim, day: date) -> Iterator[Order]:
        """Register the members and form the household."""
        for index in range(claim.size):
            yield people.registered(self.ids, self.scheme, claim.number * MEMBERS + index, on=day)
        members = [self.member(claim, index) for index in range(claim.size)]
        what = {"members": members, "area": PLACES[claim.place].id}
        by = clerk(PLACES[claim.place].id)
        yield order("household.form", self.holder(claim), what, by=by, on=day)

    def brought_in(self, claim: HouseholdClaim) -> Iterator[Order]:
        """Bring in the household with the income that was last assessed."""
        yield from super().brought_in(claim)
        yield self.order("assess", claim, self.assessment(claim, claim.earlier_income), on=EVE)

    def income(self, claim: HouseholdClaim) -> int:
        """Return the household's income."""
        return claim.income

    def plan_events(self, agenda: Agenda, claims: Iterable[HouseholdClaim]) -> None:
        """Note reviews and changes of members beside what every claim has."""
        kept = list(claims)
        super().plan_events(agenda, kept)
        leaving = [claim for claim in kept if claim.left and not claim.lost]
        mover = leaving.pop() if leaving else None
        if mover:
            agenda.add(EVE, self.kin, mover)
            agenda.add(eve_of(mover.left), self.moved_to_kin, mover)
        for claim in kept:
            if claim.stock and claim.review:
                shift = claim.number % 8
                agenda.add(on_day(claim.review - 1, 12 + shift), self.reviewed, claim)
                agenda.add(on_day(claim.review - 1, 21 + shift // 2), self.adjusted, claim)
            if claim.joined:
                agenda.add(on_day(claim.joined, 1), self.came, claim)
            if claim.left and claim is not mover:
                if claim.lost:
                    died = on_day(claim.left - 1, 14 + claim.number % 9)
                    agenda.add(died + timedelta(days=3), self.member_died, claim, died)
                agenda.add(eve_of(claim.left), self.went, claim)
        for claim in leaving[:SPLIT]:
            agenda.add(on_day(claim.left, 1), self.split, claim)
        self.plan_homes(agenda, kept)

    def plan_homes(self, agenda: Agenda, claims: Iterable[HouseholdClaim]) -> None:
        """Note which households move to another part of the city."""
        steady = [each for each in claims if each.stock and not each.review and not each.left]
        for number, claim in enumerate(steady[:RELOCATED]):
            agenda.add(
                on_day(4 + number % 6, 17), self.relocated, claim, on_day(4 + number % 6, 17)
            )

    def split(self, claim: HouseholdClaim) -> Iterator[Order]:
        """Let who has left the household form one of their own."""
        by = clerk(PLACES[claim.place].id)
        what = {"members": [self.member(claim, claim.size - 1)], "area": PLACES[claim.place].id}
        home = self.ids.household(NEW_HOMES + claim.number)
        yield order("household.form", home, what, by=by, on=on_day(claim.left, 1))

    def kin(self, claim: HouseholdClaim) -> Iterator[Order]:
        """Form the household of a relative who gets no benefit."""
        number, area = NEW_HOMES * MEMBERS, PLACES[claim.place].id
        yield people.registered(self.ids, self.scheme, number, on=EVE)
        what = {"members": [self.ids.person(self.scheme, number)], "area": area}
        home = self.ids.household(NEW_HOMES)
        yield order("household.form", home, what, by=clerk(area), on=EVE)

    def moved_to_kin(self, claim: HouseholdClaim) -> Iterator[Order]:
        """Let the last member move to the relative on the last day that it is counted for."""
        by = clerk(PLACES[claim.place].id)
        what = {"person": self.member(claim, claim.size - 1), "from": self.holder(claim)}
        home, day = self.ids.household(NEW_HOMES), eve_of(claim.left)
        yield order("household.move", home, what, by=by, on=day)

    def relocated(self, claim: HouseholdClaim, day: date) -> Iterator[Order]:
        """Note that a household has moved to the next community."""
        place = PLACES[(claim.place + 1) % len(PLACES)]
        by, what = clerk(PLACES[claim.place].id), {"area": place.id}
        yield order("household.relocate", self.holder(claim), what, by=by, on=day)

    def reviewed(self, claim: HouseholdClaim) -> Iterator[Order]:
        """Assess the household again."""
        day = on_day(claim.review - 1, 12 + claim.number % 8)
        yield self.order("assess", claim, self.assessment(claim, claim.income), on=day)

    def adjusted(self, claim: HouseholdClaim) -> Iterator[Order]:
        """Pay by the assessment from the first of the next month."""
        what = {"tier": claim.tier, "from": first_of(claim.review)}
        yield self.order(
            "adjust", claim, what, on=on_day(claim.review - 1, 21 + claim.number % 8 // 2)
        )

    def came(self, claim: HouseholdClaim) -> Iterator[Order]:
        """Register a new member and let it join."""
        day, number = on_day(claim.joined, 1), claim.number * MEMBERS + claim.size
        yield people.registered(self.ids, self.scheme, number, on=day)
        yield self.moved("join", claim, claim.size, on=day)

    def went(self, claim: HouseholdClaim) -> Iterator[Order]:
        """Let the last member leave on the last day that it is counted for."""
        yield self.moved("leave", claim, claim.size - 1, on=eve_of(claim.left))

    def moved(self, verb: str, claim: HouseholdClaim, index: int, *, on: date) -> Order:
        """Write that a member joins or leaves."""
        by = clerk(PLACES[claim.place].id)
        what = {"person": self.member(claim, index)}
        return order(f"household.{verb}", self.holder(claim), what, by=by, on=on)

    def member_died(self, claim: HouseholdClaim, died: date) -> Iterator[Order]:
        """Report the death of the last member."""
        by = clerk(PLACES[claim.place].id)
        reported = died + timedelta(days=3)
        yield people.died(self.member(claim, claim.size - 1), died, by, on=reported)

    def death(self, claim: HouseholdClaim, died: date, reported: date) -> Iterator[Order]:
        """Report the death of a person who lived alone."""
        if reported < died:
            raise ValueError(f"a death of {died} cannot be reported on {reported}")
        by = clerk(PLACES[claim.place].id)
        yield people.died(self.member(claim, 0), died, by, on=reported)
