"""Honours (荣誉称号): conferred on a community, a body or a person, and withdrawn."""

from __future__ import annotations

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.chronology import require_not_before
from domain.kernel.disclosure import public
from domain.kernel.duplicates import told
from domain.kernel.facts import Fact
from domain.kernel.ids import SubjectId, Text, Word
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.refusals import UnknownSubject, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

# What a recipient of each kind counts as.
UNITS = {"area": "community", "organisation": "organisation", "project": "project"}
KNOWN = frozenset({"facility", "household", "person", "project"})


class Honour(Aggregate):
    """One award of one level to one recipient."""

    KIND = "honour"
    COLLECTION = "honours"
    ORDER, PUBLIC_ORDER = 240, 120
    LIFE = LifeCycle(begins=("honour.conferred",), ends=("honour.withdrawn",), dated=True)

    def __init__(self, subject: str) -> None:
        """Start not conferred."""
        super().__init__(subject)
        self.conferred: HonourConferred | None = None

    @command(roles=("clerk",), opens=True)
    def confer(
        self, act: Act, unit: Unit, *, award: Text, level: Word, recipient: SubjectId
    ) -> None:
        """Confer an award; a community is named by its area."""
        kind = recipient.partition(":")[0]
        if kind == "area":
            require_area(act, unit, recipient)
        if kind in KNOWN and not unit.exists(recipient):
            raise UnknownSubject(recipient)
        self.record(HonourConferred, act, award=award, level=level, recipient=recipient)

    @command(roles=("clerk",))
    def withdraw(self, act: Act) -> None:
        """Take the award back."""
        if self.conferred is None:
            raise WrongState(self.id, "has-ended", state="withdrawn")
        conferred = self.conferred
        require_not_before(self.id, act, conferred.act.on)
        self.record(
            HonourWithdrawn,
            act,
            award=conferred.award,
            level=conferred.level,
            recipient=conferred.recipient,
        )


class HonourOf(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Something happened to an award."""

    award: str
    level: str
    recipient: str

    def fact(self, measure: str, value: int = 1) -> Fact:
        """Count the recipient."""
        kind = self.recipient.partition(":")[0]
        return Fact(
            measure=measure,
            value=value,
            unit=UNITS.get(kind, "person" if kind == "person" else "site"),
            who=self.recipient,
            programme=self.award,
            area=self.recipient if kind == "area" else "",
            detail=self.level,
        )


class HonourConferred(HonourOf, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The award was conferred."""

    TOPIC = "honour.conferred"
    PUBLIC = public("award level recipient")
    STATE = "conferred"

    def apply(self, honour: Honour) -> None:
        """Keep what was conferred."""
        honour.conferred = self

    def tells(self) -> str:
        """Tell an award of one level to one recipient once a year."""
        return told("honour", self.award, self.level, self.recipient, self.act.on.year)

    def facts(self) -> tuple[Fact, ...]:
        """Count the conferral, and the award in the stock."""
        return (self.fact("honours-conferred"), self.fact("honours"))


class HonourWithdrawn(HonourOf, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The award was taken back."""

    TOPIC = "honour.withdrawn"
    PUBLIC = public("award level recipient")
    STATE = "withdrawn"

    def apply(self, honour: Honour) -> None:
        """Forget it."""
        honour.conferred = None

    def facts(self) -> tuple[Fact, ...]:
        """Count it out of the stock."""
        return (self.fact("honours", -1),)
