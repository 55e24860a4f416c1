"""Pay runs (发放批次): drawn up, reviewed, approved, released, settled; or rejected, or cancelled.

Drawing up and releasing are the same pure function of the roll at one position, so that what is
paid is what was approved, to the byte. Releasing can be sent again after a crash: the run's own
state says which lines are done, since each chunk of payments is saved with one event of the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from domain.benefits.affected_months import pay_turn
from domain.benefits.schemes import Scheme
from domain.funds.funds import Fund
from domain.kernel.aggregate import Act, Aggregate, command
from domain.kernel.chronology import require_cause
from domain.kernel.ids import Digest, Earmark, FundId, Month, SchemeId, Text, Word
from domain.kernel.refusals import (
    DigestMismatch,
    MakerIsChecker,
    Malformed,
    RollChanged,
    WrongState,
)
from domain.kernel.unit import Unit
from domain.office.roles import require_another, require_duties_apart
from domain.payments.arrears_runs import KIND as ARREARS
from domain.payments.arrears_runs import draw_up as draw_up_arrears
from domain.payments.arrears_runs import months_of
from domain.payments.arrears_runs import release as release_arrears
from domain.payments.month_runs import draw_up as draw_up_month
from domain.payments.pay_run_events import (
    PayRunApproved,
    PayRunCancelled,
    PayRunChunkReleased,
    PayRunRejected,
    PayRunReleased,
    PayRunReviewed,
    PayRunSettled,
)
from domain.payments.pay_run_lines import (
    Barred,
    Drawn,
    Payer,
    draw,
    release_lines,
    require_paid_by_runs,
)
from domain.payments.returned_lines import ReturnedLine, take_back

RunKind: TypeAlias = Literal["regular", "arrears"]
# So many lines are saved in one transaction.
CHUNK = 5_000


class PayRun(Aggregate):
    """One scheme's payments for one month, or a later part of them."""

    KIND = "pay-run"
    COLLECTION = "pay-runs"
    ORDER, PUBLIC_ORDER = 60, 150

    def __init__(self, subject: str) -> None:
        """Start not drawn up."""
        super().__init__(subject)
        self.state = ""
        # The act that the next one follows.
        self.last: Act | None = None
        self.drawer = ""
        self.reviewer = ""
        self.scheme = ""
        self.programme = ""
        self.purpose = ""
        # Of arrears: `arrears`, for the months `from_` to `month`.
        self.kind = ""
        self.from_ = ""
        self.month = ""
        self.fund = ""
        self.earmark = ""
        self.class_: str | None = None
        self.digest = ""
        self.roll_at = 0
        self.holders = 0
        self.total = 0
        self.released_lines = 0
        self.paid = 0
        self.persons_paid = 0
        self.amount_paid = 0
        self.held_lines = 0
        self.amount_held = 0

    @command(roles=("clerk",), opens=True)
    def draw_up(
        self,
        act: Act,
        unit: Unit,
        *,
        scheme: SchemeId,
        month: Month | None = None,
        fund: FundId,
        earmark: Earmark,
        class_: Word | None = None,
        kind: RunKind = "regular",
        from_: Month | None = None,
        to: Month | None = None,
    ) -> dict[str, Any]:
        """Draw up who is paid how much for a month, as the roll stands now (造册).

        Of `arrears` (补差): what is still due for the months `from` to `to`, less what was paid.
        """
        adopted = unit[Scheme, scheme]
        require_paid_by_runs(adopted)
        _ = unit[Fund, fund]
        payer = {"fund": fund, "earmark": earmark, "class_": class_}
        if kind == ARREARS:
            months = months_of(self.id, act, from_=from_, to=to, month=month)
            return draw_up_arrears(self, act, unit, scheme=adopted, payer=payer, months=months)
        if month is None or from_ or to:
            raise Malformed(
                self.id, "name the month; only arrears are for `from` to `to`", "/what/month"
            )
        return draw_up_month(self, act, unit, scheme=adopted, payer=payer, month=month)

    @command(roles=("reviewer",), not_by=("pay-run.draw-up",))
    def review(self, act: Act, *, digest: Digest) -> None:
        """Confirm the lines that the digest stands for (复核)."""
        self.require(act, "drawn-up")
        self.require_digest(digest)
        if act.by == self.drawer:
            raise MakerIsChecker(self.id, "{maker} drew it up: another reviews it", maker=act.by)
        self.record(PayRunReviewed, act, digest=digest)

    @command(roles=("approver",), not_by=("pay-run.draw-up", "pay-run.review"))
    def approve(self, act: Act, unit: Unit, *, digest: Digest) -> None:
        """Approve what was reviewed, and promise its total once (审批)."""
        fund = unit[Fund, self.fund]
        require_duties_apart(act, unit, fund)
        self.require(act, "reviewed")
        self.require_digest(digest)
        if act.by in (self.drawer, self.reviewer):
            raise MakerIsChecker(
                self.id, "{maker} drew it up or reviewed it: another approves it", maker=act.by
            )
        if self.total:
            fund.promise(
                act,
                amount=self.total,
                earmark=self.earmark,
                to=self.id,
                purpose=self.purpose,
                class_=self.class_,
                cause=self.id,
            )
        self.record(PayRunApproved, act, digest=digest)

    @command(roles=("reviewer", "approver"), not_by=("pay-run.draw-up",))
    def reject(self, act: Act, *, reason: Text | None = None) -> None:
        """Send the lines back before they are approved (退回)."""
        self.require(act, "drawn-up", "reviewed")
        if act.by == self.drawer:
            raise MakerIsChecker(
                self.id, "{maker} drew it up: cancel it, or let another reject it", maker=act.by
            )
        self.record(PayRunRejected, act, digest=self.digest, reason=reason or act.reason)

    @command(roles=("clerk", "approver", "treasurer"))
    def cancel(self, act: Act, unit: Unit, *, reason: Text | None = None) -> None:
        """Give the run up before its release, and free what was promised to it (撤销)."""
        require_duties_apart(act, unit)
        self.require(act, "drawn-up", "reviewed", "approved")
        if self.state == "approved" and self.total:
            unit[Fund, self.fund].release(
                act, amount=self.total, earmark=self.earmark, of=self.id, cause=self.id
            )
        self.record(PayRunCancelled, act, reason=reason or act.reason)

    @command(roles=("treasurer",), streams=True, not_by=("pay-run.draw-up",))
    def release(self, act: Act, unit: Unit) -> Iterator[None]:
        """Pay every line that nothing has stopped since (放款), chunk by chunk."""
        require_duties_apart(act, unit, unit[Fund, self.fund])
        self.require(act, "approved", "releasing")
        require_another(self.id, act, self.drawer, "pay-run.draw-up")
        if self.kind:
            yield from release_arrears(self, act, unit)
        else:
            yield from self.release_month(act, unit)
        self.record(
            PayRunReleased,
            act,
            paid=self.paid,
            paid_persons=self.persons_paid,
            paid_amount=self.amount_paid,
            held_lines=self.held_lines,
            held_amount=self.amount_held,
            holders=self.holders,
        )

    def release_month(self, act: Act, unit: Unit) -> Iterator[None]:
        """Pay the lines of one month."""
        unit.locks.take(pay_turn(self.scheme, self.month))
        drawn = self.drawn_up(unit)
        paid = unit.payments.paid(self.id, self.scheme, self.month)
        while self.released_lines < len(drawn.lines):
            stops = unit.rolls.stops_since(self.scheme, self.month, self.roll_at)
            first = self.released_lines
            self.release_chunk(
                act, unit, drawn, Barred(stops, paid), last=min(first + CHUNK, len(drawn.lines))
            )
            if self.released_lines < len(drawn.lines):
                yield

    def drawn_up(self, unit: Unit) -> Drawn:
        """Return what was drawn up, to the byte."""
        drawn = unit.rolls.drawn_again(
            self.id,
            self.digest,
            lambda: draw(unit, run=self.id, scheme=self.scheme, month=self.month, at=self.roll_at),
            at=self.roll_at,
        )
        if drawn.digest != self.digest:
            raise RollChanged(
                self.id,
                "the roll at position {position} is not what was drawn up: draw it up anew",
                position=str(self.roll_at),
            )
        return drawn

    def release_chunk(
        self, act: Act, unit: Unit, drawn: Drawn, barred: Barred, *, last: int
    ) -> None:
        """Pay lines up to `last`; the run's own event makes sure that nobody does so twice."""
        payer = Payer(self.id, self.scheme, self.programme, self.fund, self.earmark, self.month)
        first = self.released_lines
        chunk = release_lines(unit, act, payer, drawn.lines[first:last], barred)
        self.record(
            PayRunChunkReleased,
            act,
            scheme=self.scheme,
            month=self.month,
            from_line=first,
            to_line=last,
            paid=chunk.paid,
            persons=chunk.persons,
            amount=chunk.amount,
            held_back=tuple(chunk.held_back),
            guards=tuple(chunk.guards),
        )

    @command(roles=("treasurer",))
    def settle(
        self, act: Act, unit: Unit, *, bank_ref: Text, returned: tuple[ReturnedLine, ...] = ()
    ) -> None:
        """Take in the bank's return file; free what was held back (回盘核销)."""
        require_duties_apart(act, unit)
        self.require(act, "released")
        amount = take_back(self.id, act, unit, bank_ref=bank_ref, returned=returned)
        if self.amount_held:
            unit[Fund, self.fund].release(
                act, amount=self.amount_held, earmark=self.earmark, of=self.id, cause=self.id
            )
        self.record(
            PayRunSettled,
            act,
            bank_ref=bank_ref,
            returned_lines=len(returned),
            returned_amount=amount,
        )

    def require(self, act: Act, *states: str) -> None:
        """Refuse an act out of its order, or dated before the one that it follows."""
        if self.state not in states:
            raise WrongState(self.id, "wrong-stage", state=self.state, states=states)
        require_cause(self.id, act, self.last)

    def require_digest(self, digest: str) -> None:
        """Refuse to check anything but what was drawn up."""
        if digest != self.digest:
            raise DigestMismatch(
                self.id, "it was drawn up as {digest}: look at it again", digest=self.digest
            )
