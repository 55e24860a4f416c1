"""The plain registers of the year, each planned and told in a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.golden.benefits import bed_subsidy
from scripts.golden.bodies import facilities, organisations, shelter, stays, veterans, workers
from scripts.golden.funds import gifts_in_kind
from scripts.golden.grants import care_line, contracts
from scripts.golden.registers import entries, honours, registrations, tallies

if TYPE_CHECKING:
    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids
    from scripts.golden.plan import Plan


def plan_events(agenda: Agenda, ids: Ids, decided: Plan) -> None:
    """Put every register on the calendar; facilities come before those who stay in them."""
    seed, scale = decided.seed, decided.scale
    organisations.plan_events(agenda, organisations.plan(seed))
    facilities.plan_events(agenda, seed)
    bed_subsidy.plan_events(agenda, ids, decided.rates[bed_subsidy.SCHEME])
    stays.plan_events(agenda, ids, stays.plan(seed, scale))
    shelter.plan_events(agenda, ids, shelter.plan(seed, scale))
    care_line.plan_events(agenda, ids, care_line.plan(seed, scale))
    self_employed = len(decided.flat_rates[veterans.REGISTER].claims)
    veterans.plan_events(agenda, ids, veterans.plan(seed, scale, self_employed=self_employed))
    workers.plan_events(agenda, ids)
    contracts.plan_events(agenda, decided.contracts)
    entries.plan_events(agenda, entries.plan(seed))
    honoured = [*honours.plan(seed), *honours.charity_list(decided.raised.gifts)]
    honours.plan_events(agenda, honoured)
    tallies.plan_events(agenda, tallies.plan(seed))
    gifts_in_kind.plan_events(agenda, gifts_in_kind.plan(seed))
    registrations.plan_events(agenda, ids, registrations.plan(seed, scale))
