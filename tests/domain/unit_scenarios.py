"""What holds for every unit of work, the one in memory and the one on PostgreSQL.

Each scenario gets a store and an own prefix for its subjects, so that scenarios may share a store.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import pytest

from domain.benefits.entitlement_events import EntitlementBroughtIn
from domain.benefits.entitlement_rules import HeldClaim
from domain.benefits.entitlements import Entitlement
from domain.benefits.household_events import HouseholdFormed
from domain.benefits.households import Household, HouseholdStay
from domain.benefits.person_events import PersonDeathReported, PersonRegistered
from domain.benefits.persons import Person
from domain.funds.donation_events import DonationReceived
from domain.funds.donations import Donation
from domain.funds.fund_events import FundOpened
from domain.funds.funds import Fund
from domain.funds.goods_pieces import Pieces, unit_of
from domain.kernel.aggregate import Act
from domain.kernel.money import Quantity
from domain.kernel.refusals import UnknownSubject
from domain.kernel.unit import Unit
from domain.office.periods import BooksClosed, Period

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from infra.commands.changes import Changes, Savepoint

DAY = date(2007, 3, 15)
ACT = Act(by="clerk-1", on=DAY, booked=DAY)


class SavedUnit(Unit, Protocol):
    """A unit as whoever saves it sees it."""

    def changes(self) -> Changes: ...

    def savepoint(self) -> AbstractContextManager[Savepoint]: ...


class Store(Protocol):
    """Begins units of work, and saves them."""

    def begin(self) -> AbstractContextManager[SavedUnit]: ...

    def save(self, unit: Any) -> None: ...


Scenario: TypeAlias = "Callable[[Store, str], None]"


class TakenBackError(Exception):
    """Ends the block of a savepoint."""


def a_fund(unit: SavedUnit, own: str) -> Fund:
    fund = unit.find(Fund, f"fund:{own}")
    what: dict[str, Any] = {"kind": "charity", "basis": "cash", "purposes": ("aid-poor",)}
    fund.record(FundOpened, ACT, title="资金", keeper="organisation:x", **what)
    return fund


def registered(unit: SavedUnit, *names: str) -> list[str]:
    persons = [unit.find(Person, f"person:{name}") for name in names]
    for person in persons:
        person.record(PersonRegistered, ACT)
    return [person.id for person in persons]


def entitled(unit: SavedUnit, key: str, holder: str) -> None:
    unit.find(Entitlement, f"entitlement:{key}").record(
        EntitlementBroughtIn,
        ACT,
        scheme="scheme:aid",
        programme="aid",
        holder=holder,
        payee=None,
        area="area:city",
        units=1,
        tier="a",
        amount=0,
        from_=DAY,
        until=None,
        origin="brought-in",
    )


def given(unit: SavedUnit, key: str, own: str, **what: Any) -> None:
    unit.find(Donation, f"donation:{key}").record(
        DonationReceived,
        ACT,
        fund=f"fund:{own}",
        earmark="general",
        name_shown=False,
        keeper="organisation:x",
        **what,
    )


def pieces(kind: str, number: int) -> Pieces:
    return Pieces(kind, Quantity(number, unit_of(kind)))


def a_subject_without_a_history_is_found_and_not_given(store: Store, own: str) -> None:
    with store.begin() as unit:
        assert unit.find(Person, f"person:{own}").version == 0
        assert not unit.exists(f"person:{own}")
        with pytest.raises(UnknownSubject):
            unit[Person, f"person:{own}"]
        with pytest.raises(UnknownSubject):
            unit.find(Household, f"person:{own}")
        assert not unit.exists(f"no-such-kind:{own}")
        assert unit.changes().events == []


def what_is_recorded_keeps_its_order_across_aggregates(store: Store, own: str) -> None:
    with store.begin() as unit:
        first, second = (unit.find(Person, f"person:{own}-{n}") for n in range(2))
        first.record(PersonRegistered, ACT)
        second.record(PersonRegistered, ACT)
        first.record(PersonDeathReported, ACT, date=DAY)
        assert unit.exists(first.id)
        recorded = [(e.originator_id, e.originator_version) for e in unit.changes().events]
    assert recorded == [(first.id, 1), (second.id, 1), (first.id, 2)]


def what_is_saved_is_seen_by_the_next_unit_and_what_is_not_is_gone(store: Store, own: str) -> None:
    with store.begin() as unit:
        registered(unit, f"{own}-saved")
        store.save(unit)
        assert unit.changes().events == []
    with store.begin() as unit:
        registered(unit, f"{own}-left")
    with store.begin() as unit:
        assert unit[Person, f"person:{own}-saved"].version == 1
        assert not unit.exists(f"person:{own}-left")


def a_savepoint_takes_back_what_its_block_recorded_and_no_more(store: Store, own: str) -> None:
    def taken_back() -> None:
        with unit.savepoint() as point:
            person.record(PersonDeathReported, ACT, date=DAY)
            registered(unit, f"{own}-other")
            assert (point.start, len(point.events)) == (1, 2)
            raise TakenBackError

    with store.begin() as unit:
        registered(unit, own)
        person = unit.find(Person, f"person:{own}")
        with pytest.raises(TakenBackError):
            taken_back()
        again = unit.find(Person, person.id)
        assert (again.version, again.died) == (1, None)
        assert not unit.exists(f"person:{own}-other")
        again.record(PersonDeathReported, ACT, date=DAY)
        store.save(unit)
    with store.begin() as unit:
        assert unit[Person, f"person:{own}"].version == 2


def a_fact_is_added_as_the_first_event_of_many_subjects(store: Store, own: str) -> None:
    with store.begin() as unit:
        fact = PersonRegistered(originator_id=f"person:{own}-0", originator_version=1, act=ACT)
        for n in range(3):
            unit.add(fact, f"person:{own}-{n}")
        assert [name for _, name in unit.changes().alike] == [f"person:{own}-{n}" for n in range(3)]
        assert unit.changes().facts() == [fact]
        store.save(unit)
    with store.begin() as unit:
        assert all(unit[Person, f"person:{own}-{n}"].version == 1 for n in range(3))


def donations_count_from_when_they_are_recorded(store: Store, own: str) -> None:
    fund = f"fund:{own}"
    with store.begin() as unit:
        a_fund(unit, own)
        given(unit, f"{own}-1", own, amount=100)
        assert unit.donations.ungathered(fund, "general", DAY) == 100
        store.save(unit)
    with store.begin() as unit:
        given(unit, f"{own}-2", own, amount=23)
        assert unit.donations.ungathered(fund, "general", DAY) == 123
        assert unit.donations.ungathered(fund, "general", date(2007, 3, 14)) == 0
        assert unit.donations.ungathered(fund, "other", DAY) == 0


def goods_count_from_when_they_are_recorded(store: Store, own: str) -> None:
    fund = f"fund:{own}"
    with store.begin() as unit:
        a_fund(unit, own)
        given(unit, f"{own}-1", own, goods=(pieces("quilt", 5),))
        store.save(unit)
    with store.begin() as unit:
        given(unit, f"{own}-2", own, goods=(pieces("quilt", 2), pieces("coat", 1)))
        held = unit.stock.pieces(fund, "general")
        assert {kind: pieces for kind, pieces in held.items() if pieces} == {"quilt": 7, "coat": 1}


def entitlements_count_for_a_household_and_its_members(store: Store, own: str) -> None:
    home = f"household:{own}"
    with store.begin() as unit:
        one, other = registered(unit, f"{own}-1", f"{own}-2")
        unit.find(Household, home).record(
            HouseholdFormed, ACT, members=(one, other), area="area:city", first="2007-03"
        )
        entitled(unit, f"{own}-1", one)
        store.save(unit)
    stored, changed = (
        HeldClaim(f"entitlement:{own}-{nth}", "scheme:aid", "granted", holder, "2007-03")
        for nth, holder in ((1, f"person:{own}-1"), (2, home))
    )
    with store.begin() as unit:
        assert unit[Household, home].members.keys() == {one, other}
        assert unit.entitlements.of(home) == (stored,)
        assert unit.entitlements.of(other) == ()
        entitled(unit, f"{own}-2", home)
        assert set(unit.entitlements.of(home)) == {stored, changed}
        assert unit.entitlements.of(other) == (changed,)
        unit[Entitlement, stored[0]].stop(ACT, reason="迁出", from_=DAY)
        stopped = stored._replace(state="stopped", last="2007-02")
        assert stopped in unit.entitlements.of(one)
        unit[Household, home].leave(ACT, person=other)
        assert unit.households.of(one) == (HouseholdStay(home, DAY),)
        assert unit.households.of(other) == (HouseholdStay(home, DAY, DAY),)


def names_are_locked_once_each(store: Store, own: str) -> None:
    with store.begin() as unit:
        for name in (f"{own}:b", f"{own}:a", f"{own}:b"):
            unit.locks.take(name)
        assert unit.changes().locks == (f"{own}:b", f"{own}:a")
    with store.begin() as unit:
        assert unit.changes().locks == ()
        unit.locks.take(f"{own}:a")


def the_log_gives_what_is_stored(store: Store, own: str) -> None:
    with store.begin() as unit:
        registered(unit, own)
        store.save(unit)
    with store.begin() as unit:
        found = [event for n in range(1, 200) if (event := unit.log.event_at(n)) is not None]
        assert f"person:{own}" in {event.originator_id for event in found}
        assert unit.log.event_at(10**9) is None


def payments_are_named_alike_for_the_same_parts(store: Store, own: str) -> None:
    with store.begin() as unit:
        names = unit.payments.tags("scheme:aid", [f"person:{own}", "person:x"], "2007-03", "0")
        assert names[0] == unit.payments.tag("scheme:aid", f"person:{own}", "2007-03", "0")
        assert len(set(names)) == 2
        assert unit.payments.paid("pay-run:aid:2007-03", "scheme:aid", "2007-03") == frozenset()


def a_closed_period_is_known_once_it_is_stored(store: Store, own: str) -> None:
    with store.begin() as unit:
        assert unit.periods.closed_through() is None
        through = date(1999, 12, 31)
        unit.find(Period, f"period:{own}").record(BooksClosed, ACT, through=through)
        store.save(unit)
    with store.begin() as unit:
        assert unit.periods.closed_through() == through


def no_address_of_this_machine_may_be_called(store: Store, own: str) -> None:
    with store.begin() as unit:
        assert unit.addresses.barred(f"https://127.0.0.1/{own}") is not None


SCENARIOS: tuple[Scenario, ...] = (
    a_subject_without_a_history_is_found_and_not_given,
    what_is_recorded_keeps_its_order_across_aggregates,
    what_is_saved_is_seen_by_the_next_unit_and_what_is_not_is_gone,
    a_savepoint_takes_back_what_its_block_recorded_and_no_more,
    a_fact_is_added_as_the_first_event_of_many_subjects,
    donations_count_from_when_they_are_recorded,
    goods_count_from_when_they_are_recorded,
    entitlements_count_for_a_household_and_its_members,
    names_are_locked_once_each,
    the_log_gives_what_is_stored,
    payments_are_named_alike_for_the_same_parts,
    no_address_of_this_machine_may_be_called,
    a_closed_period_is_known_once_it_is_stored,
)
EVERY_SCENARIO = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.__name__)
