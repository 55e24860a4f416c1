"""What may happen, and what happened: the table of contents of the bureau's work."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from domain import (
    areas,
    campaigns,
    contract_events,
    donation_events,
    entitlement_events,
    entries,
    facility_events,
    fund_events,
    goods_events,
    grant_events,
    honours,
    households,
    lottery_reports,
    organisation_events,
    pay_run_events,
    payment_events,
    periods,
    persons,
    placement_events,
    projects,
    recoveries,
    registrations,
    relief_cases,
    roles,
    rules,
    schemes,
    statements,
    tallies,
    veterans,
    webhooks,
    workers,
)
from domain.areas import Area
from domain.campaigns import Campaign
from domain.contracts import Contract
from domain.donations import Donation
from domain.entitlements import Entitlement
from domain.entries import Entry
from domain.facilities import Facility
from domain.funds import Fund
from domain.goods import Goods
from domain.grants import Grant
from domain.honours import Honour
from domain.households import Household
from domain.kernel import Aggregate, Event
from domain.lottery_reports import Lottery
from domain.organisations import Organisation
from domain.pay_runs import PayRun
from domain.payments import Payment
from domain.periods import Period
from domain.persons import Person
from domain.placements import Placement
from domain.projects import Project
from domain.recoveries import Recovery
from domain.registrations import Registration
from domain.relief_cases import ReliefCase
from domain.roles import Role
from domain.rules import Rule
from domain.schemes import Scheme
from domain.statements import Statement
from domain.tallies import Tally
from domain.veterans import Veteran
from domain.webhooks import Webhook
from domain.workers import Worker

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
        f"{kind.TOPIC}.v{kind.VERSION}": kind
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
