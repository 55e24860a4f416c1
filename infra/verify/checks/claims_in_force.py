"""The check of claims in force: views and events agree on which entitlements count on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from domain import decode
from domain.benefits.entitlement_events import (
    EntitlementAdjusted,
    EntitlementApplied,
    EntitlementAssessed,
    EntitlementBroughtIn,
    EntitlementGranted,
    EntitlementResumed,
    EntitlementStopped,
    EntitlementSuspended,
    EntitlementWithdrawn,
)
from domain.benefits.person_events import PersonDeathReported, PersonDeathWithdrawn
from domain.benefits.schemes import SchemeAdopted
from domain.kernel.months import month_of, moved
from infra.verify.check import Findings, QueryCheck
from projections import registers
from projections.casework.claims_to_decide import NOT_ELIGIBLE, claims_to_decide
from projections.core import view
from projections.core.event_log import stored_names
from projections.core.view import Moment
from projections.figures.terms.claims import IN_FORCE

if TYPE_CHECKING:
    from infra.verify.check import CheckContext

SENTENCE = (
    "On the day of the last event, and at the ends of the years before it, rolls and figures have"
    " those entitlements in force that their events say are granted, begun, neither ended, stopped"
    " nor suspended, and whose holders live; and the registers say on the last day what is"
    " stopped, suspended or ended; what waits for a decision is listed as its events have it."
)
READ = """SELECT notification_id, topic, state FROM ledger.events
    WHERE topic = ANY (%s) AND notification_id <= %s ORDER BY notification_id"""
TOPICS = stored_names(
    EntitlementAdjusted,
    EntitlementAssessed,
    EntitlementApplied,
    EntitlementBroughtIn,
    EntitlementGranted,
    EntitlementSuspended,
    EntitlementResumed,
    EntitlementStopped,
    EntitlementWithdrawn,
    PersonDeathReported,
    PersonDeathWithdrawn,
    SchemeAdopted,
)
VIEWS = ("registers", "roll")
EARLIEST = 10


class ClaimRest(NamedTuple):
    """A suspension or resumption: since when, which of them, its number in the claim's stream."""

    since: date
    rested: bool
    version: int


@dataclass
class ClaimSpan:
    """One entitlement as its events have it, with what rests it in the order of the log."""

    scheme: str
    programme: str
    holder: str
    position: int = 0
    first: date = date.max
    last: date = date.max
    stop: date = date.max
    rests: list[ClaimRest] = field(default_factory=list)
    # Whether the conditions were found to be met after the grant, from which day on.
    findings: list[tuple[date, bool]] = field(default_factory=list)

    def unfit(self, day: date) -> date | None:
        """Return the day of the last finding up to a day, if the conditions are not met by it."""
        found = [each for each in self.findings if each[0] <= day]
        return found[-1][0] if found and not found[-1][1] else None

    def stands(self, day: date) -> bool:
        """Tell whether it is granted, begun, not ended, not stopped and not suspended on a day."""
        return self.first <= day <= self.last and day < self.stop and not self.rests_on(day)

    def rests_on(self, day: date) -> bool:
        """Tell whether it is suspended on a day: what was recorded last decides."""
        rests = [rest.rested for rest in self.rests if rest.since <= day]
        return bool(rests) and rests[-1]

    def decide(self, event: EntitlementStopped | EntitlementWithdrawn) -> None:
        """Stop it, or take the stop or a suspension back."""
        if isinstance(event, EntitlementStopped):
            self.stop = event.from_
        elif event.withdrawn == "stopped":
            self.stop = date.max
        else:
            self.rests = [rest for rest in self.rests if rest.version != event.version]


class ClaimSpans:
    """All entitlements, the dead, and how long schemes pay for them."""

    def __init__(self) -> None:
        """Start with nobody entitled."""
        self.claims: dict[str, ClaimSpan] = {}
        self.died: dict[str, date] = {}
        self.months: dict[str, int] = {}
        self.last_day = date.min

    def see(self, position: int, event: Any) -> None:
        """Take an event in."""
        subject = event.originator_id
        self.last_day = max(self.last_day, event.act.on)
        match event:
            case SchemeAdopted():
                self.months[subject] = event.after_death_months
            case PersonDeathReported():
                self.died[subject] = event.date
            case PersonDeathWithdrawn():
                del self.died[subject]
            case EntitlementApplied() | EntitlementBroughtIn():
                self.claims[subject] = ClaimSpan(event.scheme, event.programme, event.holder)
        match event:
            case EntitlementGranted() | EntitlementBroughtIn():
                self.grant(position, event)
            case EntitlementSuspended() | EntitlementResumed():
                rested = isinstance(event, EntitlementSuspended)
                rest = ClaimRest(event.from_, rested, event.originator_version)
                self.claims[subject].rests.append(rest)
            case EntitlementStopped() | EntitlementWithdrawn():
                self.claims[subject].decide(event)
            case EntitlementAssessed() if event.again:
                self.claims[subject].findings.append((event.act.on, event.eligible))
            case EntitlementAdjusted():
                self.claims[subject].findings.append((event.from_, True))

    def grant(self, position: int, event: EntitlementGranted | EntitlementBroughtIn) -> None:
        """Note from when to when."""
        claim = self.claims[event.originator_id]
        claim.position, claim.first = position, event.from_
        claim.last = event.until or date.max

    def in_force(self, day: date) -> dict[int, str]:
        """Return what is in force on a day: entitlements by the positions of their grants."""
        return {
            claim.position: subject
            for subject, claim in self.claims.items()
            if claim.stands(day) and not self.over_by_death(claim, day)
        }

    def state(self, claim: ClaimSpan, day: date) -> str:
        """Return the state of a claim that was granted, on a day."""
        if day >= claim.stop:
            return "stopped"
        if claim.last < day or self.over_by_death(claim, day):
            return "ended"
        return "suspended" if claim.rests_on(day) else "granted"

    def over_by_death(self, claim: ClaimSpan, day: date) -> bool:
        """Tell whether the holder is dead for more months than the scheme pays."""
        died = self.died.get(claim.holder)
        if died is None or died > day:
            return False
        months = self.months.get(claim.scheme, 0)
        return not months or moved(month_of(died), months) < month_of(day)

    def to_decide(self, day: date) -> dict[int, str]:
        """Return the claims of persons who died, or who were found not eligible, while they ran."""
        found: dict[int, str] = {}
        for subject, claim in self.claims.items():
            died, unfit = self.died.get(claim.holder), claim.unfit(day)
            since = [each for each in (died, unfit) if each is not None and each <= day]
            if claim.position and claim.stop == date.max and any(d <= claim.last for d in since):
                found[claim.position] = subject
        return found

    def days(self) -> list[date]:
        """Return the last day, and the ends of at most ten years before it."""
        first = min((claim.first for claim in self.claims.values()), default=self.last_day)
        years = range(max(first.year, self.last_day.year - EARLIEST), self.last_day.year)
        return [*(date(year, 12, 31) for year in years), self.last_day]


def ask(asked: CheckContext) -> Findings:
    """Fold the claims, and hold rolls and registers against them."""
    found, spans = Findings(), ClaimSpans()
    reached = view.position(asked.connection, *VIEWS)
    for position, topic, state in asked.rows("spans", READ, (TOPICS, reached)):
        spans.see(position, decode(topic, state))
    found.examined = len(spans.claims)
    for day in spans.days() if spans.claims else ():
        wanted = spans.in_force(day)
        compare(found, f"in force on {day}", on_rolls(asked, spans, reached, day), wanted)
    if spans.claims:
        on_registers(asked, found, spans, reached)
        on_the_list(asked, found, spans, reached)
    return found


def on_rolls(asked: CheckContext, spans: ClaimSpans, reached: int, day: date) -> dict[int, str]:
    """Return the positions of the grants in force by the roll's tables, with their entitlements."""
    known = {claim.position: subject for subject, claim in spans.claims.items()}
    found: dict[int, str] = {}
    for programme in sorted({claim.programme for claim in spans.claims.values()}):
        given = {"programme": programme, "position": reached, "as_of": day}
        for position, *_ in asked.connection.execute(IN_FORCE.encode(), given):
            found[position] = known.get(position, "")
    return found


def on_registers(asked: CheckContext, found: Findings, spans: ClaimSpans, reached: int) -> None:
    """Hold the states of the register on the last day against the claims."""
    day = spans.last_day
    wanted: defaultdict[str, dict[int, str]] = defaultdict(dict)
    shown: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for subject, claim in spans.claims.items():
        if claim.position:
            wanted[spans.state(claim, day)][claim.position] = subject
    for row in registers.rows(asked.connection, "entitlements", Moment(reached, day), where={}):
        if position := spans.claims[str(row["id"])].position:
            shown[str(row["state"])][position] = str(row["id"])
    for state in sorted(wanted.keys() | shown.keys()):
        compare(found, f"{state} on {day} in the registers", shown[state], wanted[state])


def on_the_list(asked: CheckContext, found: Findings, spans: ClaimSpans, reached: int) -> None:
    """Hold the list of claims that wait for a decision against the claims of persons."""
    day = spans.last_day
    waiting = claims_to_decide(asked.connection, Moment(reached, day), day=day)
    shown = {
        spans.claims[each.entitlement].position: each.entitlement
        for each in waiting
        if each.kind == NOT_ELIGIBLE or each.person == each.holder
    }
    compare(found, f"waiting for a decision on {day}", shown, spans.to_decide(day))


def compare(found: Findings, what: str, shown: dict[int, str], wanted: dict[int, str]) -> None:
    """Take down each entitlement of which only the views, or only the events, say something."""
    for position in sorted(shown.keys() ^ wanted.keys()):
        says = "and not by its events" if position in shown else "by its events alone"
        found.breach([position], shown.get(position) or wanted.get(position, ""), f"{what}, {says}")


QUESTION = QueryCheck("claims-in-force", SENTENCE, ask)
