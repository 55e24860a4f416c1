"""The plain registers of the year, each planned and told in a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.golden import (
    bed_subsidy,
    care_line,
    contracts,
    entries,
    facilities,
    gifts_in_kind,
    honours,
    organisations,
    registrations,
    shelter,
    soldiers,
    stays,
    tallies,
    workers,
)

if TYPE_CHECKING:
    from scripts.golden.agenda import Agenda
    from scripts.golden.chance import Ids
    from scripts.golden.plan import Plan


def plan_events(agenda: Agenda, ids: Ids, decided: Plan) -> None:
    """Put every register on the calendar; facilities come before those who stay in them."""
    seed, scale = decided.seed, decided.scale
    organisations.plan_events(agenda, organisations.plan(seed))
    facilities.plan_events(agenda, seed)
    bed_subsidy.plan_events(agenda, ids)
    stays.plan_events(agenda, ids, stays.plan(seed, scale))
    shelter.plan_events(agenda, ids, shelter.plan(seed, scale))
    care_line.plan_events(agenda, ids, care_line.plan(seed, scale))
    self_employed = len(decided.flat[soldiers.REGISTER].claims)
    soldiers.plan_events(agenda, ids, soldiers.plan(seed, scale, self_employed=self_employed))
    workers.plan_events(agenda, ids)
    contracts.plan_events(agenda, decided.contracts)
    entries.plan_events(agenda, entries.plan(seed))
    honoured = [*honours.plan(seed), *honours.charity_list(decided.raised.gifts)]
    honours.plan_events(agenda, honoured)
    tallies.plan_events(agenda, tallies.plan(seed))
    gifts_in_kind.plan_events(agenda, gifts_in_kind.plan(seed))
    registrations.plan_events(agenda, ids, registrations.plan(seed, scale))
