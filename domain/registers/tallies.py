"""Tallies (本单位工作量统计): own work, counted and not named: visits, training."""

from __future__ import annotations

from datetime import date

from domain.kernel.aggregate import Act, Event, command
from domain.kernel.disclosure import REVERSED, public
from domain.kernel.duplicates import told
from domain.kernel.facts import Fact
from domain.kernel.ids import AreaId, Word
from domain.kernel.money import Quantity
from domain.kernel.refusals import AlreadyExists, Malformed, UnitMismatch
from domain.kernel.reversals import Reversal, Reversible
from domain.kernel.unit import Unit
from domain.registers.areas import require_area
from domain.registers.statements import Qualifier


class TallyReversed(Reversal, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The tally does not stand."""

    TOPIC = "tally.reversed"
    PUBLIC = REVERSED
    STATE = "reversed"


class Tally(Reversible):
    """One count of one kind of work, in an area, over some days."""

    KIND = "tally"
    COLLECTION = "tallies"
    ORDER, PUBLIC_ORDER = 250, 130
    REVERSAL = TallyReversed

    def __init__(self, subject: str) -> None:
        """Start not reported."""
        super().__init__(subject)
        self.stands = False

    @command(roles=("clerk",), opens=None)
    def report(
        self,
        act: Act,
        unit: Unit,
        *,
        measure: Word,
        count: Quantity,
        base: Quantity | None = None,
        qualifier: Qualifier,
        area: AreaId,
        from_: date,
        to: date,
    ) -> None:
        """Report a count, perhaps of a base; it counts in the year in which it takes effect."""
        if self.stands:
            raise AlreadyExists(self.id)
        if to < from_:
            raise Malformed(self.id, "it ends before it begins on {first}", "/what/to", first=from_)
        if act.on < from_ or act.on.year > to.year:
            raise Malformed(
                self.id,
                "the work of {first} to {last} takes effect in that time",
                "/act/on",
                first=from_,
                last=to,
            )
        self.check_base(count, base)
        require_area(act, unit, area)
        said = {"measure": measure, "count": count, "base": base, "qualifier": qualifier}
        self.record(TallyReported, act, **said, area=area, from_=from_, to=to)

    def check_base(self, count: Quantity, base: Quantity | None) -> None:
        """Refuse a base of other things, or of fewer."""
        if base is None:
            return
        if base.unit != count.unit:
            raise UnitMismatch(
                self.id,
                "a count in {unit} has its base in the same unit, not in {base}",
                unit=count.unit,
                base=base.unit,
            )
        if base.value < count.value:
            raise Malformed(
                self.id,
                "the count, {count}, is more than its base",
                "/what/base",
                count=str(count.value),
            )


class TallyReported(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """So much work was done."""

    TOPIC = "tally.reported"
    PUBLIC = public("measure count base qualifier area from to")
    STATE = "reported"

    measure: str
    count: Quantity
    base: Quantity | None = None
    qualifier: str
    area: str
    from_: date
    to: date

    def apply(self, tally: Tally) -> None:
        """Let it stand."""
        tally.stands = True

    def undo(self, tally: Tally) -> None:
        """Let it fall."""
        tally.stands = False

    def tells(self) -> str:
        """Tell the same work of the same days in one place once."""
        return told("tally", self.measure, self.area, self.from_, self.to)

    def facts(self) -> tuple[Fact, ...]:
        """Count the work, and what it is a part of."""
        counted = (self.fact("tally", self.count),)
        return counted if self.base is None else (*counted, self.fact("tally-base", self.base))

    def fact(self, kind: str, counted: Quantity) -> Fact:
        """Count one of the two."""
        return Fact(
            measure=f"{kind}:{self.measure}",
            value=counted.value,
            unit=counted.unit,
            area=self.area,
            detail=self.qualifier,
        )
