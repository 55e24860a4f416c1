"""The roll's inputs: who is entitled to what, who lives with whom, which rates are known.

A decision view: commands bring it up to the head themselves. Rows are never lost, so that the roll
at any position can be drawn again: what came later has a later position, and what is set once
(a grant, a departure) carries the position from which on it counts.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

from domain.kernel.months import month_of, moved
from projections.core.copy_writer import NULL, CopyWriter, plain
from projections.core.view import View
from projections.decision_views.merged_persons import merged
from projections.decision_views.roll_members import SAYS_OF_MEMBERS
from projections.decision_views.roll_tables import TABLES, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.benefits.entitlement_events import (
        EntitlementAdjusted,
        EntitlementApplied,
        EntitlementAssessed,
        EntitlementBroughtIn,
        EntitlementGranted,
        EntitlementStopped,
        EntitlementSuspended,
        EntitlementTerms,
        EntitlementWithdrawn,
    )
    from domain.benefits.schemes import SchemeAdopted, SchemeRateSet
    from domain.bodies.facility_events import (
        FacilityBroughtIn,
        FacilityClosed,
        FacilityOpened,
        FacilityResized,
    )
    from domain.bodies.organisation_events import OrganisationEnded
    from domain.payments.pay_run_events import PayRunDrawnUp
    from domain.registers.areas import AreaMoved, AreaOpened
    from projections.core.view import Recorded

# Rows that are new: their table and columns.
APPLIED = "roll_entitlements (entitlement, scheme, holder, payee, area, state, units, programme)"
BROUGHT_IN = (
    "roll_entitlements (entitlement, scheme, holder, payee, area, state, granted_at, tier, amount,"
    " units, starts, ends, until, since, programme, granted_on)"
)
CHANGED = (
    "roll_changes (position, entitlement, kind, day, month, tier, amount, units, income, version)"
)
BEDS = "roll_beds (facility, position, month, beds, body)"
ENDED = "roll_ends (body, position, month)"
ADOPTED = "roll_schemes (scheme, position, pays, formula, after_death_months, follows)"
RATE = "roll_rates (scheme, position, line, area, tier, from_, amount)"
AREA = "roll_areas (area, position, on_, parent)"
RUN = "roll_runs (run, scheme, first, month, kind, position)"
# What is set later in rows that are there, those of the same page included.
GRANTED = """UPDATE roll_entitlements SET state = 'granted', granted_at = %s, tier = %s,
    amount = %s, units = %s, starts = %s, ends = %s, until = %s, since = %s, granted_on = %s
    WHERE entitlement = %s"""
# Before the grant an assessment is the entitlement's own; after it, it is a change.
ASSESSED = """UPDATE roll_entitlements SET income = %s, income_from = %s, state = 'assessed'
    WHERE entitlement = %s"""
STATE = "UPDATE roll_entitlements SET state = %s WHERE entitlement = %s"
STOPPED = "UPDATE roll_entitlements SET state = %s, stop = %s WHERE entitlement = %s"
# A stop or suspension counts no longer, as known from a position on.
WITHDRAWN = """UPDATE roll_changes SET withdrawn_at = %(at)s
    WHERE entitlement = %(entitlement)s AND version = %(version)s"""


class RollView(View):
    """What a roll is drawn from."""

    NAME = "roll"
    EDITION = 3
    DECIDES = True
    TABLES = TABLES
    TOPICS: ClassVar[tuple[str, ...]]

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Copy the new rows of the page, then set what changed, in the order of the log."""
        new: defaultdict[str, list[str]] = defaultdict(list)
        changed: list[tuple[str, Any]] = []
        for place, event in ((r.position, r.event) for r in page):
            for target, row in SAYS[event.TOPIC](place, event):
                if target.startswith("roll_"):
                    new[target].append("\t".join(map(text, row)) + "\n")
                else:
                    changed.append((target, row))
        for target, rows in new.items():
            writer.copy(target, rows)
        for sql, same in groupby(changed, key=itemgetter(0)):
            writer.settled().executemany(sql, [row for _, row in same])


def text(value: object) -> str:
    """Write a value for COPY."""
    return NULL if value is None else plain(str(value))


def applied(_: int, e: EntitlementApplied) -> Said:
    """Enter an application."""
    row = (e.originator_id, e.scheme, e.holder, e.payee or "", e.area, "applied", e.units)
    return [(APPLIED, (*row, e.programme))]


def assessed(place: int, e: EntitlementAssessed) -> Said:
    """Keep the income that was found."""
    month = month_of(e.act.on)
    if e.again:
        row = (
            place,
            e.originator_id,
            "assessed",
            e.act.on,
            month,
            "",
            0,
            int(e.eligible),
            e.income,
            e.originator_version,
        )
        return [(CHANGED, row)]
    return [(ASSESSED, (e.income, month, e.originator_id))]


def publicised(_: int, e: Any) -> Said:
    """Note the state."""
    return [(STATE, ("publicised", e.originator_id))]


def granted(place: int, e: EntitlementGranted) -> Said:
    """Keep what was granted, from when."""
    row = (place, e.tier, e.amount, e.units, month_of(e.from_), *end(e), e.from_, e.act.booked)
    return [(GRANTED, (*row, e.originator_id))]


def brought_in(place: int, e: EntitlementBroughtIn) -> Said:
    """Keep what was granted before this ledger began."""
    row = (e.originator_id, e.scheme, e.holder, e.payee or "", e.area, "granted", place)
    terms = (e.tier, e.amount, e.units, month_of(e.from_), *end(e), e.from_)
    return [(BROUGHT_IN, (*row, *terms, e.programme, e.act.booked))]


def end(e: EntitlementTerms) -> tuple[str, str]:
    """Return the last month and the last day of a grant; empty where none is set."""
    return (month_of(e.until), e.until.isoformat()) if e.until else ("", "")


def adjusted(place: int, e: EntitlementAdjusted) -> Said:
    """Keep other terms from a month on."""
    month = month_of(e.from_)
    row = (place, e.originator_id, "adjusted", e.from_, month, e.tier, e.amount, e.units, 0)
    return [(CHANGED, (*row, e.originator_version))]


def rested(place: int, e: EntitlementSuspended) -> Said:
    """Keep a suspension or a resumption from a month on."""
    kind = e.TOPIC.partition(".")[2]
    row = (place, e.originator_id, kind, e.from_, month_of(e.from_), "", 0, 0, 0)
    return [(CHANGED, (*row, e.originator_version)), (STATE, (e.STATE, e.originator_id))]


def stopped(place: int, e: EntitlementStopped) -> Said:
    """Keep a stop from a month on."""
    month = month_of(e.from_)
    row = (place, e.originator_id, "stopped", e.from_, month, "", 0, 0, 0)
    return [(CHANGED, (*row, e.originator_version)), (STOPPED, (e.STATE, month, e.originator_id))]


def withdrawn(place: int, e: EntitlementWithdrawn) -> Said:
    """Let a stop or a suspension count no longer, and note from which month that changes."""
    row = (place, e.originator_id, "withdrawn", e.from_, month_of(e.from_), "", 0, 0, 0)
    given = {"at": place, "entitlement": e.originator_id, "version": e.version}
    state: tuple[str, Any] = (STATE, (e.state, e.originator_id))
    if e.withdrawn == "stopped":
        state = (STOPPED, (e.state, "", e.originator_id))
    return [(CHANGED, (*row, e.originator_version)), (WITHDRAWN, given), state]


def opened(place: int, e: FacilityOpened | FacilityBroughtIn) -> Said:
    """Note the beds of a facility in use."""
    return [(BEDS, (e.originator_id, place, month_of(e.act.on), e.beds, e.body))]


def resized(place: int, e: FacilityResized) -> Said:
    """Note the beds of a facility in use; what went counts to the end of the month."""
    if e.before.state != "open":
        return []
    month = month_of(e.act.on)
    month = month if e.beds > e.before.beds else moved(month, 1)
    return [(BEDS, (e.originator_id, place, month, e.beds, ""))]


def closed(place: int, e: FacilityClosed) -> Said:
    """Note that a facility has no beds from the next month on."""
    return [(BEDS, (e.originator_id, place, moved(month_of(e.act.on), 1), 0, ""))]


def ended(place: int, e: OrganisationEnded) -> Said:
    """Note the month in which a body ended."""
    return [(ENDED, (e.originator_id, place, month_of(e.act.on)))]


def adopted(place: int, e: SchemeAdopted) -> Said:
    """Enter a scheme and its rates."""
    row = (e.originator_id, place, e.pays, e.formula, e.after_death_months, e.follows)
    return [(ADOPTED, row)] + [
        (RATE, (e.originator_id, place, n, r.area or "", r.tier, r.from_.isoformat(), r.amount))
        for n, r in enumerate(e.rates)
    ]


def rate_set(place: int, e: SchemeRateSet) -> Said:
    """Enter a rate."""
    row = (e.originator_id, place, 0, e.area or "", e.tier, e.from_.isoformat(), e.amount)
    return [(RATE, row)]


def placed(place: int, e: AreaOpened | AreaMoved) -> Said:
    """Note what lies above an area from a day on."""
    return [(AREA, (e.originator_id, place, e.act.on, e.parent or ""))]


def drawn_up(place: int, e: PayRunDrawnUp) -> Said:
    """Note a run of a scheme and month, or of arrears of some months."""
    return [(RUN, (e.originator_id, e.scheme, e.from_ or e.month, e.month, e.kind, place))]


SAYS: dict[str, Callable[[int, Any], Said]] = {
    **SAYS_OF_MEMBERS,
    "entitlement.applied": applied,
    "entitlement.assessed": assessed,
    "entitlement.publicised": publicised,
    "entitlement.granted": granted,
    "entitlement.brought-in": brought_in,
    "entitlement.adjusted": adjusted,
    "entitlement.suspended": rested,
    "entitlement.resumed": rested,
    "entitlement.stopped": stopped,
    "entitlement.withdrawn": withdrawn,
    "facility.opened": opened,
    "facility.brought-in": opened,
    "facility.resized": resized,
    "facility.closed": closed,
    "organisation.deregistered": ended,
    "organisation.revoked": ended,
    "scheme.adopted": adopted,
    "scheme.rate-set": rate_set,
    "person.merged": merged,
    "area.opened": placed,
    "area.moved": placed,
    "pay-run.drawn-up": drawn_up,
}
RollView.TOPICS = tuple(SAYS)
