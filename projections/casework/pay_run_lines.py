"""The lines of a pay run beside those of the scheme's last run: new, gone, more, less, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

from domain.benefits.rates import Rates
from domain.payments.pay_run_lines import PAID_BEFORE
from projections.casework.pay_runs import history, last_runs
from projections.core.view import SCHEMA
from projections.decision_views import roll_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection

    from domain.benefits.rolls import RollLine
    from domain.payments.pay_run_lines import Drawn, HeldLine
    from projections.casework.pay_runs import Drawings, PayRunHistory, Tags

Change: TypeAlias = Literal["new", "gone", "more", "less", "same"]
CHANGES: tuple[Change, ...] = get_args(Change)
# What a line is held back for, as the contract names it.
HELD_FOR = {"dead": "died", "paid-twice": PAID_BEFORE}
# What may lie behind a change, what tells most of it first.
REASONS: Mapping[str, tuple[str, ...]] = {
    "new": (
        "withdrawn",
        "resumed",
        "granted",
        "joined",
        "adjusted",
        "assessed",
        "rate-set",
        "left",
    ),
    "gone": ("died", "stopped", "suspended", "ended", "assessed", "left", "adjusted", "rate-set"),
    "more": (
        "withdrawn",
        "adjusted",
        "rate-set",
        "assessed",
        "joined",
        "left",
        "died",
        "granted",
    ),
    "less": (
        "withdrawn",
        "adjusted",
        "rate-set",
        "assessed",
        "died",
        "left",
        "joined",
        "granted",
    ),
}
# What happened to an entitlement, its holder or its household, and the month from which it counts.
# A departure or a death counts from the next month on: then the month itself lies `late`.
CAUSES = f"""
    WITH e AS (
        SELECT * FROM {SCHEMA}.roll_entitlements WHERE entitlement = ANY (%(entitlements)b::text[])
    ), deaths (person, told, position, month) AS (
        SELECT person, 'died', position, month FROM {SCHEMA}.roll_deaths
        WHERE withdrawn_at > %(at)s
        UNION ALL SELECT person, 'withdrawn', withdrawn_at, month FROM {SCHEMA}.roll_deaths
    ), happened (entitlement, kind, position, month, late) AS (
        SELECT c.entitlement, c.kind, c.position, c.month, false
        FROM e JOIN {SCHEMA}.roll_changes c USING (entitlement)
        UNION ALL SELECT entitlement, 'granted', granted_at, starts, false FROM e
        UNION ALL SELECT entitlement, 'ended', granted_at, ends, true FROM e WHERE ends <> ''
        UNION ALL SELECT entitlement, 'joined', m.position, m.first, false
        FROM e JOIN {SCHEMA}.roll_members m ON m.household = e.holder AND m.withdrawn_at > %(at)s
        UNION ALL SELECT entitlement, 'left', m.left_at, m.last, true
        FROM e JOIN {SCHEMA}.roll_members m ON m.household = e.holder AND m.withdrawn_at > %(at)s
        WHERE m.left_at IS NOT NULL
        UNION ALL SELECT entitlement, 'withdrawn', m.withdrawn_at, m.first, true
        FROM e JOIN {SCHEMA}.roll_members m ON m.household = e.holder
        UNION ALL SELECT entitlement, told, position, month, true FROM (
            SELECT entitlement, person FROM e JOIN {SCHEMA}.roll_members ON household = holder
            UNION SELECT entitlement, holder FROM e
        ) theirs JOIN deaths USING (person)
        UNION ALL SELECT entitlement, told, position, %(month)s, false
        FROM e JOIN deaths ON person = e.holder
    )
    SELECT DISTINCT entitlement, kind, position FROM happened
    WHERE position <= %(at)s AND month <= %(month)s AND (kind <> 'ended' OR month < %(month)s)
      AND (position > %(since)s OR month > %(last)s OR (late AND month = %(last)s))
    ORDER BY entitlement, position"""
RATES = f"""SELECT tier, from_, max(position) FROM {SCHEMA}.roll_rates
    WHERE scheme = %s AND position <= %s GROUP BY tier, from_"""


class ComparedLine(NamedTuple):
    """A holder's line in a run and in the last one; an amount is None where there is none."""

    holder: str
    tag: str
    line: RollLine
    change: Change
    before: int | None
    after: int | None
    held_for: str
    reason: str
    causes: tuple[int, ...]


@dataclass
class PayRunComparison:
    """A run and the scheme's last month before it, drawn again, as known at a position."""

    connection: Connection[Any]
    run: str
    position: int
    tags: Tags
    drawings: Drawings

    @cached_property
    def history(self) -> PayRunHistory:
        """Return what became of the run."""
        return history(self.connection, self.run, self.position)

    @cached_property
    def drawn(self) -> Drawn:
        """Return its lines."""
        return self.drawings.of(self.connection, self.history.drawn_up, self.tags)

    @cached_property
    def before(self) -> Sequence[PayRunHistory]:
        """Return the runs of the scheme's last month."""
        return last_runs(self.connection, self.history.drawn_up, self.position)

    @property
    def is_as_drawn(self) -> bool:
        """Tell whether the lines are those that were drawn up, to the byte."""
        return self.drawn.digest == self.history.drawn_up.digest

    @cached_property
    def paid_before(self) -> Mapping[str, RollLine]:
        """Return what the last month's runs pay, by holder; what they held back is not there."""
        found = {}
        for told in self.before:
            drawn = self.drawings.of(self.connection, told.drawn_up, self.tags)
            for tag, line, _ in drawn.lines:
                if drawn.prefix + tag not in told.held:
                    found[line.holder] = line
        return found

    @cached_property
    def held(self) -> Mapping[str, HeldLine]:
        """Return the lines that the drawing-up left out, by holder.

        A stop is told of once: in the first run that does not pay any more.
        """
        return {
            one.line.holder: one
            for one in self.drawn.held
            if one.reason != "stopped" or one.line.holder in self.paid_before
        }

    @cached_property
    def lines(self) -> Sequence[ComparedLine]:
        """Return all lines, in the order of their payments."""
        found = [*self.drawn_lines(), *self.lines_left_out(), *self.lines_gone()]
        found.sort(key=lambda each: each.tag)
        return self.explained(found)

    def drawn_lines(self) -> Iterator[ComparedLine]:
        """Compare what is paid."""
        for tag, line, _ in self.drawn.lines:
            last = self.paid_before.get(line.holder)
            before = last.amount if last else None
            yield self.compared(tag, line, before=before, after=line.amount)

    def lines_left_out(self) -> Iterator[ComparedLine]:
        """Compare what is held back from the drawing-up on."""
        paid = {line.holder for _, line, _ in self.drawn.lines}
        for holder, (tag, line, reason) in self.held.items():
            if holder not in paid:
                last = self.paid_before.get(holder)
                before = last.amount if last else None
                held_for = HELD_FOR.get(reason, reason)
                yield self.compared(tag, line, before=before, after=None, held_for=held_for)

    def lines_gone(self) -> Iterator[ComparedLine]:
        """Compare who is on the roll no more."""
        there = {line.holder for _, line, _ in self.drawn.lines} | self.held.keys()
        gone = [holder for holder in self.paid_before if holder not in there]
        said = self.history.drawn_up
        for holder, tag in zip(gone, self.tags(said.scheme, gone, (said.month, "0")), strict=True):
            line = self.paid_before[holder]
            yield self.compared(tag, line, before=line.amount, after=None)

    def compared(
        self,
        tag: str,
        line: RollLine,
        *,
        before: int | None,
        after: int | None,
        held_for: str = "",
    ) -> ComparedLine:
        """Say how a line has changed; one that is and was not paid has not."""
        left, right = before or 0, after or 0
        change: Change = "same"
        if left != right:
            change = "more" if left < right else "less"
        if before is None and after is not None:
            change = "new"
        elif after is None and before is not None and held_for != PAID_BEFORE:
            change = "gone"
        elif after is None:
            change = "same"
        return ComparedLine(line.holder, tag, line, change, before, after, held_for, held_for, ())

    def explained(self, lines: Sequence[ComparedLine]) -> Sequence[ComparedLine]:
        """Add why lines have changed, and by which events."""
        causes = self.causes([each.line.entitlement for each in lines if each.change != "same"])
        rates = self.rates() if causes or self.before else {}
        return [self.explain(each, causes, rates) for each in lines]

    def explain(
        self,
        one: ComparedLine,
        causes: Mapping[str, Sequence[tuple[str, int]]],
        rates: Mapping[tuple[str, str], int],
    ) -> ComparedLine:
        """Name the reason and the positions of what lies behind a change."""
        if one.change == "same":
            return one
        found = list(causes.get(one.line.entitlement, ()))
        last = self.paid_before.get(one.holder)
        if last is not None and one.after is not None and last.rate_from != one.line.rate_from:
            position = rates.get((one.line.tier, one.line.rate_from))
            found += [("rate-set", position)] if position else []
        kinds = {kind for kind, _ in found}
        told = next((kind for kind in REASONS[one.change] if kind in kinds), "other")
        reason = one.held_for or (told if self.before else "first-run")
        return one._replace(reason=reason, causes=tuple(sorted({at for _, at in found})))

    def causes(self, entitlements: Sequence[str]) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Return (kind, position) of what has come about since the last run, by entitlement."""
        said = self.history.drawn_up
        given = {
            "entitlements": list(entitlements),
            "at": said.roll_at,
            "month": said.month,
            "since": max((each.drawn_up.roll_at for each in self.before), default=0),
            "last": max((each.drawn_up.month for each in self.before), default=""),
        }
        return happened(self.connection, given)

    @cached_property
    def in_force(self) -> Rates:
        """Return the rates that the run was drawn by."""
        said = self.history.drawn_up
        asked = (said.scheme, said.month, said.roll_at)
        return Rates(roll_queries.inputs(self.connection, *asked, only=[]), said.month)

    def rate_of(self, one: ComparedLine) -> int | None:
        """Return the rate that a line rests on, in fen; None where it has an amount of its own."""
        if one.after is None or not one.line.rate_from:
            return None
        return self.in_force.of(one.line.area, one.line.tier).amount

    def held_for(self, one: ComparedLine) -> str:
        """Say what a line is held back for, since the drawing-up or since the release."""
        reason = self.history.held.get(self.drawn.prefix + one.tag, "")
        return HELD_FOR.get(reason, reason) or one.held_for

    def rates(self) -> Mapping[tuple[str, str], int]:
        """Return the positions that set the scheme's rates, by tier and first day."""
        said = self.history.drawn_up
        rows = self.connection.execute(RATES, (said.scheme, said.roll_at)).fetchall()
        return {(tier, from_): position for tier, from_, position in rows}


def happened(
    connection: Connection[Any], given: Mapping[str, Any]
) -> dict[str, list[tuple[str, int]]]:
    """Return (kind, position) of what has come about, by entitlement: what CAUSES is given."""
    found: dict[str, list[tuple[str, int]]] = {}
    for entitlement, kind, position in connection.execute(CAUSES, given):
        found.setdefault(entitlement, []).append((kind, position))
    return found
