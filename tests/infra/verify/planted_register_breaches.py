"""Breaches of the rules of registers, planted into a good store (see plants.py)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from domain.benefits.entitlement_events import EntitlementBroughtIn
from domain.benefits.household_events import (
    HouseholdFormed,
    HouseholdJoined,
    HouseholdLeaveWithdrawn,
    HouseholdLeft,
)
from domain.benefits.person_events import PersonDeathReported
from domain.benefits.schemes import SchemeAdopted
from domain.bodies.facility_events import FacilityOccupied
from domain.bodies.organisation_events import (
    OrganisationChanged,
    OrganisationRegistered,
    OrganisationRevoked,
    OrganisationStanding,
)
from domain.bodies.placement_events import PlacementAdmitted, PlacementDischarged
from domain.funds.donation_events import DonationPledged, DonationReceived
from domain.funds.fund_events import FundReceived, FundRecovered
from domain.grants.contract_events import ContractMonthConfirmed, ContractPaid, ContractSigned
from domain.grants.grant_events import GrantApplied, GrantPaid
from domain.kernel.aggregate import Event
from domain.payments.payment_events import PaymentReturned
from domain.registers.honours import HonourConferred
from domain.registers.registrations import RegistrationEntered, RegistrationInspected
from scripts.scenarios.office import TREASURER
from scripts.scenarios.stories import FUND
from tests.infra.verify.good_story import CONTRACT, ELDERS, FAMILY, HOME, HOUSEHOLD, MEMBER
from tests.infra.verify.spoilt_store import Store, an_act

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY = "organisation:spoilt"


def bed_taken_twice(store: Store) -> Sequence[int]:
    move: dict[str, Any] = {"kind": "elder-home", "placement": "placement:p-3", "taken": 2}
    return [store.append(store.made(FacilityOccupied, HOME, **move))]


def in_two_places(store: Store) -> Sequence[int]:
    first = store.position("placement.admitted", "placement:p-2")
    stay: dict[str, Any] = {"kind": "day-care", "area": "area:city", "person": ELDERS[1]}
    return [first, store.append(store.made(PlacementAdmitted, "placement:p-4", **stay))]


def month_paid_unconfirmed(store: Store) -> Sequence[int]:
    return [store.append(paid_month(store, "2007-04", TREASURER))]


def month_paid_by_who_confirmed_it(store: Store) -> Sequence[int]:
    confirmed = store.position("contract.month-confirmed")
    return [confirmed, store.append(paid_month(store, "2007-03", "reviewer-1"))]


def month_paid_twice(store: Store) -> Sequence[int]:
    paid = store.position("contract.paid")
    return [paid, store.append(paid_month(store, "2007-03", TREASURER))]


def paid_month(store: Store, month: str, by: str) -> Event:
    what: dict[str, Any] = {"fund": FUND, "earmark": "general", "programme": "care-line"}
    return store.made(ContractPaid, CONTRACT, an_act(by), month=month, amount=1, **what)


def inspected_by_who_entered_it(store: Store) -> Sequence[int]:
    couple: dict[str, Any] = {"kind": "marriage", "area": "area:city"}
    entered = life(store, "registration:r", RegistrationEntered, office="罗湖", **couple)
    inspected = life(store, "registration:r", RegistrationInspected, compliant=True, **couple)
    return [entered, inspected]


def confirmed_by_who_signed(store: Store) -> Sequence[int]:
    signed = store.position("contract.signed")
    what: dict[str, Any] = {"month": "2007-04", "units": 1, "outcomes": {}}
    confirmed = store.made(ContractMonthConfirmed, CONTRACT, an_act("approver-1"),
                           programme="care-line", **what)  # fmt: skip
    return [signed, store.append(confirmed)]


def changed_when_it_was_revoked(store: Store) -> Sequence[int]:
    standing = OrganisationStanding("registered", "association", "elders", "area:city")
    over = revoked(store, BODY)
    changed = life(store, BODY, OrganisationChanged, title="新", before=standing, after=standing)
    return [over, changed]


def registered_twice(store: Store) -> Sequence[int]:
    couple: dict[str, Any] = {"kind": "marriage", "office": "罗湖", "area": "area:city"}
    return [life(store, "registration:r", RegistrationEntered, **couple) for _ in range(2)]


def revoked_that_never_was(store: Store) -> Sequence[int]:
    standing = OrganisationStanding("registered", "association", "elders", "area:city")
    return [life(store, BODY, OrganisationRevoked, before=standing)]


def discharged_before_the_admission(store: Store) -> Sequence[int]:
    admitted = store.position("placement.admitted", "placement:p-2")
    early = an_act("clerk-1", booked=date(2007, 3, 1))
    what: dict[str, Any] = {"kind": "elder-home", "area": "area:city"}
    gone = store.made(PlacementDischarged, "placement:p-2", early, **what)
    return [admitted, store.append(gone)]


def granted_beside_what_excludes_it(store: Store) -> Sequence[int]:
    return beside(store, "person:aid-000000", "entitlement:aid-000000")


def granted_to_the_household_of_who_has_it(store: Store) -> Sequence[int]:
    return beside(store, MEMBER, FAMILY)


def joined_where_a_scheme_excludes_theirs(store: Store) -> Sequence[int]:
    has = store.position("entitlement.brought-in", FAMILY)
    gone = store.made(HouseholdLeft, HOUSEHOLD, person=MEMBER, last="2007-02", members=())
    store.append(gone)
    beside(store, MEMBER, FAMILY)
    back = store.made(HouseholdJoined, HOUSEHOLD, person=MEMBER, first="2007-04", members=(MEMBER,))
    return [has, store.append(back)]


def beside(store: Store, holder: str, other: str) -> Sequence[int]:
    """Adopt a scheme that excludes both others of the story, and grant it."""
    has = store.position("entitlement.brought-in", other)
    what: dict[str, Any] = {"programme": "x", "purpose": "aid-poor", "per": "person",
                            "pays": "monthly", "formula": "flat", "title": "补助"}  # fmt: skip
    adopted = store.made(SchemeAdopted, "scheme:x", excludes=("scheme:aid", "scheme:low"), **what)
    terms: dict[str, Any] = {"programme": "x", "area": "area:city", "origin": "brought-in",
                             "tier": "a", "from_": date(2007, 3, 1)}  # fmt: skip
    given = store.made(EntitlementBroughtIn, "entitlement:x", scheme="scheme:x", holder=holder,
                       **terms)  # fmt: skip
    return [has, store.append(adopted, given) + 1]


def in_two_households(store: Store) -> Sequence[int]:
    formed = store.position("household.formed", HOUSEHOLD)
    home: dict[str, Any] = {"members": (MEMBER,), "area": "area:city", "first": "2007-03"}
    return [formed, life(store, "household:x", HouseholdFormed, **home)]


def brought_back_from_another_household(store: Store) -> Sequence[int]:
    gone = store.made(HouseholdLeft, HOUSEHOLD, person=MEMBER, last="2007-03", members=())
    store.append(gone)
    home: dict[str, Any] = {"members": (MEMBER,), "area": "area:city", "first": "2007-03"}
    there = life(store, "household:x", HouseholdFormed, **home)
    stay: dict[str, Any] = {"since": date(2006, 1, 1), "first": "2006-01", "left_on": gone.act.on}
    back = store.made(
        HouseholdLeaveWithdrawn,
        HOUSEHOLD,
        person=MEMBER,
        members=(MEMBER,),
        area="area:city",
        **stay,
    )
    return [there, store.append(back)]


def held_after_its_end(store: Store) -> Sequence[int]:
    granted = store.position("entitlement.brought-in", FAMILY)
    store.spoil("UPDATE views.roll_entitlements SET until = '2006-12-31' WHERE granted_at = %(at)s",
                at=granted)  # fmt: skip
    return [granted]


def back_to_another_earmark(store: Store) -> Sequence[int]:
    source = f"advanced:x:2007:{CONTRACT}"
    what: dict[str, Any] = {"amount": 5, "earmark": "general", "cause": CONTRACT}
    return [store.append(store.made(FundRecovered, FUND, source=source, **what))]


def given_for_another_earmark(store: Store) -> Sequence[int]:
    pledged = life(store, "donation:d", DonationPledged, fund=FUND, earmark="2007", amount=5)
    received = life(store, "donation:d", DonationReceived, fund=FUND, earmark="general", amount=5,
                    name_shown=False, keeper="organisation:x")  # fmt: skip
    return [pledged, received]


def signed_for_another_purpose(store: Store) -> Sequence[int]:
    promised = store.append(store.promise(amount=1, to="contract:n", cause="contract:n"))
    what: dict[str, Any] = {"body": "organisation:x", "programme": "care-line", "fund": FUND}
    signed = life(store, "contract:n", ContractSigned, purpose="aid-elderly", earmark="general",
                  amount=1, from_=date(2007, 3, 1), until=date(2007, 3, 31), **what)  # fmt: skip
    return [promised, signed]


def life(store: Store, subject: str, kind: type[Event], /, **what: Any) -> int:
    """Add the next event of a subject, whatever it is."""
    return store.append(store.made(kind, subject, an_act("clerk-1"), **what))


def moved_to_no_area(store: Store) -> Sequence[int]:
    """Let a return count in no district: the districts are more than the city."""
    store.verify("dense-positions")
    store.spoil("INSERT INTO views.balance_places (area) VALUES ('') ON CONFLICT DO NOTHING")
    store.spoil(
        "UPDATE views.balance_tail t SET place = p.id"
        " FROM views.balance_series s, views.balance_places p"
        " WHERE p.area = '' AND s.id = t.series AND s.class = 'spent' AND value < 0"
    )
    return []


def dated_after_its_recording(store: Store) -> Sequence[int]:
    return [store.append(store.received(an_act(booked=date(2199, 1, 1))))]


def sent_back_before_it_was_paid(store: Store) -> Sequence[int]:
    made = store.position("payment.made", "payment:low:2007-03:%")
    payment = store.event(made).originator_id
    what: dict[str, Any] = {"run": "pay-run:low:2007-03", "fund": FUND, "earmark": "general",
                            "programme": "low", "amount": 60}  # fmt: skip
    early = an_act(booked=date(2007, 3, 1))
    back = store.made(PaymentReturned, payment, early, reason="销户", bank_ref="回", **what)
    return [made, store.append(back)]


def death_that_the_roll_does_not_know(store: Store) -> Sequence[int]:
    granted = store.position("entitlement.brought-in", "entitlement:aid-000001")
    life(store, "person:aid-000001", PersonDeathReported, date=date(2007, 3, 1))
    store.verify("dense-positions")
    store.spoil("DELETE FROM views.roll_deaths")
    return [granted]


def told_twice(store: Store) -> Sequence[int]:
    what: dict[str, Any] = {"award": "model", "level": "city", "recipient": "area:city"}
    return [life(store, f"honour:twice-{nth}", HonourConferred, **what) for nth in range(2)]


def signed_with_a_body_that_has_ended(store: Store) -> Sequence[int]:
    ended = revoked(store, BODY)
    what: dict[str, Any] = {"fund": FUND, "earmark": "general", "programme": "care-line"}
    term = {"from_": date(2007, 3, 1), "until": date(2007, 4, 30)}
    signed = life(store, "contract:late", ContractSigned, body=BODY, project=None,
                  purpose="aid-poor", amount=1, posts=None, **what, **term)  # fmt: skip
    return [ended, signed]


def granted_to_a_body_that_has_ended(store: Store) -> Sequence[int]:
    asked: dict[str, Any] = {"body": BODY, "project": "project:joy", "programme": "joy"}
    life(store, "grant:late", GrantApplied, purpose="aid-poor", title="合唱", area="area:city",
         amount=9, **asked)  # fmt: skip
    ended = revoked(store, BODY)
    money: dict[str, Any] = {"fund": FUND, "earmark": "general", "amount": 1, "instalment": 1}
    return [ended, life(store, "grant:late", GrantPaid, **money)]


def revoked(store: Store, body: str) -> int:
    """Register a body, and revoke it."""
    life(store, body, OrganisationRegistered, title="合唱团", kind="association",
         activity="elders", area="area:city")  # fmt: skip
    standing = OrganisationStanding("registered", "association", "elders", "area:city")
    return life(store, body, OrganisationRevoked, before=standing)


def more_than_a_number_holds(store: Store) -> Sequence[int]:
    got: dict[str, Any] = {"earmark": "general", "source": "fiscal", "document": "单"}
    return [store.append(store.made(FundReceived, FUND, amount=2**63 - 1, **got))]


PLANTS = [
    ("sums-bounded", more_than_a_number_holds),
    ("ended-bodies", signed_with_a_body_that_has_ended),
    ("ended-bodies", granted_to_a_body_that_has_ended),
    ("days-in-order", dated_after_its_recording),
    ("days-in-order", sent_back_before_it_was_paid),
    ("already-told", told_twice),
    ("maker-not-checker", inspected_by_who_entered_it),
    ("maker-not-checker", confirmed_by_who_signed),
    ("within-purpose", back_to_another_earmark),
    ("within-purpose", given_for_another_earmark),
    ("within-purpose", signed_for_another_purpose),
    ("lives-in-order", changed_when_it_was_revoked),
    ("lives-in-order", registered_twice),
    ("lives-in-order", revoked_that_never_was),
    ("lives-in-order", discharged_before_the_admission),
    ("excluding-schemes", granted_beside_what_excludes_it),
    ("excluding-schemes", granted_to_the_household_of_who_has_it),
    ("claims-in-force", held_after_its_end),
    ("claims-in-force", death_that_the_roll_does_not_know),
    ("one-household", in_two_households),
    ("one-household", brought_back_from_another_household),
    ("excluding-schemes", joined_where_a_scheme_excludes_theirs),
    ("beds-not-overfilled", bed_taken_twice),
    ("one-place-at-a-time", in_two_places),
    ("paid-when-confirmed", month_paid_unconfirmed),
    ("paid-when-confirmed", month_paid_by_who_confirmed_it),
    ("paid-when-confirmed", month_paid_twice),
    ("totals-agree", moved_to_no_area),
]
