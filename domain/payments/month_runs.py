"""Runs of one month (月度批次): all who may be paid as the roll stands, and are not paid yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.benefits.affected_months import pay_turn
from domain.kernel.great_sums import require_whole
from domain.kernel.months import first_day
from domain.kernel.refusals import NotYet, PaidTwice
from domain.payments.pay_run_events import PayRunDrawnUp
from domain.payments.pay_run_lines import answer, draw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.benefits.schemes import Scheme
    from domain.kernel.aggregate import Act
    from domain.kernel.unit import Unit
    from domain.payments.pay_runs import PayRun


def draw_up(
    run: PayRun, act: Act, unit: Unit, *, scheme: Scheme, payer: Mapping[str, Any], month: str
) -> dict[str, Any]:
    """Draw a month's lines up; refuse a month to come, and one whose lines are paid."""
    if first_day(month) > act.on:
        raise NotYet(run.id, "{month} has not begun on {day}", month=month, day=act.on)
    unit.locks.take(pay_turn(scheme.id, month))
    drawn = unit.rolls.drawn_up(
        run.id, lambda: draw(unit, run=run.id, scheme=scheme.id, month=month)
    )
    if drawn.paid_before and not drawn.lines:
        raise PaidTwice(run.id, lines=str(drawn.paid_before), month=month)
    require_whole(run.id, drawn.total)
    run.record(
        PayRunDrawnUp,
        act,
        scheme=scheme.id,
        programme=scheme.programme,
        purpose=scheme.purpose,
        month=month,
        **payer,
        roll_at=drawn.at,
        count=len(drawn.lines),
        persons=drawn.persons,
        total=drawn.total,
        digest=drawn.digest,
        held_back=drawn.held_back,
    )
    return answer(drawn)
