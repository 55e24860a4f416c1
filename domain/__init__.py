"""What may happen, and what happened: the table of contents of the bureau's work."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from domain.benefits import entitlement_events, households, persons, relief_cases, schemes
from domain.benefits.entitlements import Entitlement
from domain.benefits.households import Household
from domain.benefits.persons import Person
from domain.benefits.relief_cases import ReliefCase
from domain.benefits.schemes import Scheme
from domain.bodies import facility_events, organisation_events, placement_events, veterans, workers
from domain.bodies.facilities import Facility
from domain.bodies.organisations import Organisation
from domain.bodies.placements import Placement
from domain.bodies.veterans import Veteran
from domain.bodies.workers import Worker
from domain.funds import campaigns, donation_events, fund_events, goods_events, lottery_reports
from domain.funds.campaigns import Campaign
from domain.funds.donations import Donation
from domain.funds.funds import Fund
from domain.funds.goods import Goods
from domain.funds.lottery_reports import Lottery
from domain.grants import contract_events, grant_events, projects
from domain.grants.contracts import Contract
from domain.grants.grants import Grant
from domain.grants.projects import Project
from domain.kernel.aggregate import Aggregate, Event, stored_name
from domain.office import periods, roles, webhooks
from domain.office.periods import Period
from domain.office.roles import Role
from domain.office.webhooks import Webhook
from domain.payments import pay_run_events, payment_events, recoveries
from domain.payments.pay_runs import PayRun
from domain.payments.payments import Payment
from domain.payments.recoveries import Recovery
from domain.registers import areas, entries, honours, registrations, rules, statements, tallies
from domain.registers.areas import Area
from domain.registers.entries import Entry
from domain.registers.honours import Honour
from domain.registers.registrations import Registration
from domain.registers.rules import Rule
from domain.registers.statements import Statement
from domain.registers.tallies import Tally

if TYPE_CHECKING:
    from types import ModuleType

AGGREGATES: tuple[type[Aggregate], ...] = (
    Fund,
    Scheme,
    Household,
    Person,
    Entitlement,
    PayRun,
    Payment,
    ReliefCase,
    Recovery,
    Campaign,
    Donation,
    Goods,
    Project,
    Grant,
    Lottery,
    Organisation,
    Worker,
    Facility,
    Contract,
    Placement,
    Veteran,
    Registration,
    Entry,
    Honour,
    Tally,
    Statement,
    Rule,
    Area,
    Role,
    Period,
    Webhook,
)
WITH_EVENTS: tuple[ModuleType, ...] = (
    fund_events,
    schemes,
    households,
    persons,
    entitlement_events,
    pay_run_events,
    payment_events,
    relief_cases,
    recoveries,
    campaigns,
    donation_events,
    goods_events,
    projects,
    grant_events,
    lottery_reports,
    organisation_events,
    workers,
    facility_events,
    contract_events,
    placement_events,
    veterans,
    registrations,
    entries,
    honours,
    tallies,
    statements,
    rules,
    areas,
    roles,
    periods,
    webhooks,
)


def events_in(modules: tuple[ModuleType, ...]) -> dict[str, type[Event]]:
    """Return every event of the modules under its stored name, `<topic>.v<version>`."""
    return {
        stored_name(kind): kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Event) and hasattr(kind, "TOPIC")
    }


EVENTS = events_in(WITH_EVENTS)
KINDS = {kind.KIND: kind for kind in AGGREGATES}
COLLECTIONS = {kind.COLLECTION: kind for kind in AGGREGATES}
DECODERS = {topic: msgspec.json.Decoder(kind) for topic, kind in EVENTS.items()}


def decode(topic: str, state: bytes) -> Event:
    """Read a stored event (`topic` with its version)."""
    return DECODERS[topic].decode(state)


def matching(glob: str) -> tuple[str, ...]:
    """Return the stored topics that a glob names, with its version or without."""
    return tuple(
        name
        for name, kind in EVENTS.items()
        if fnmatchcase(kind.TOPIC, glob) or fnmatchcase(name, glob)
    )
