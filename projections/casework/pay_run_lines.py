"""The lines of a pay run beside those of the scheme's last run: new, gone, more, less, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

from domain.benefits.rates import Rates
from domain.payments.pay_run_lines import PAID_BEFORE
from projections.casework.causes import RATES, REASONS, happened
from projections.casework.pay_runs import history, last_runs
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
        """Return all lines, in the order of their payments; of arrears those that are drawn."""
        if self.history.drawn_up.kind:
            return arrears_lines(self.drawn)
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


def arrears_lines(drawn: Drawn) -> Sequence[ComparedLine]:
    """Return the lines of arrears: all are new, but for what is asked back."""
    paid = [
        ComparedLine(line.holder, tag, line, "new", None, line.amount, "", "arrears", ())
        for tag, line, _ in drawn.lines
    ]
    held = [
        ComparedLine(
            one.line.holder, one.tag, one.line, "same", None, None, one.reason, one.reason, ()
        )
        for one in drawn.held
    ]
    return sorted([*paid, *held], key=attrgetter("tag"))
