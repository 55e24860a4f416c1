"""Marriages and divorces (婚姻登记): entered, inspected, annulled. Nobody is named here at all."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.chronology import require_not_before
from domain.kernel.facts import Fact
from domain.kernel.ids import AreaId, Text
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.refusals import MakerIsChecker, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

RegistrationKind: TypeAlias = Literal["marriage", "divorce"]


class Registration(Aggregate):
    """One couple's marriage or divorce, entered by an office."""

    KIND = "registration"
    COLLECTION = "registrations"
    ORDER = 220
    LIFE = LifeCycle(begins=("registration.entered",), ends=("registration.annulled",), dated=True)

    def __init__(self, subject: str) -> None:
        """Start not entered."""
        super().__init__(subject)
        self.state = ""
        self.kind = ""
        self.area = ""
        self.entered_by = ""
        self.entered_on = date.min
        self.inspected = False

    @command(roles=("registrar",), opens=True)
    def enter(
        self, act: Act, unit: Unit, *, kind: RegistrationKind, office: Text, area: AreaId
    ) -> None:
        """Register a couple (登记)."""
        require_area(act, unit, area)
        self.record(RegistrationEntered, act, kind=kind, office=office, area=area)

    @command(roles=("registrar",))
    def annul(self, act: Act, *, reason: Text) -> None:
        """Annul the registration (撤销), with the reason in writing."""
        self.require_entered(act)
        self.record(RegistrationAnnulled, act, reason=reason, kind=self.kind, area=self.area)

    @command(roles=("reviewer",), not_by=("registration.enter",))
    def inspect(self, act: Act, *, compliant: bool) -> None:
        """Check whether it was registered as the law asks (合格); once, by another person."""
        self.require_entered(act)
        if self.inspected:
            raise WrongState(self.id, "already-inspected")
        if act.by == self.entered_by:
            raise MakerIsChecker(self.id, "{maker} entered it: another inspects it", maker=act.by)
        self.record(RegistrationInspected, act, compliant=compliant, kind=self.kind, area=self.area)

    def require_entered(self, act: Act) -> None:
        """Refuse an act on what is annulled, or before it was entered."""
        if self.state != "entered":
            raise WrongState(self.id, "has-ended", state=self.state)
        require_not_before(self.id, act, self.entered_on)


class RegistrationOfCouple(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Something happened to one couple's registration."""

    kind: str
    area: str

    def fact(self, measure: str) -> Fact:
        """Count the couple."""
        return Fact(measure=measure, unit="couple", area=self.area, detail=self.kind)


class RegistrationEntered(
    RegistrationOfCouple, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A couple was registered."""

    TOPIC = "registration.entered"
    STATE = "entered"

    office: str

    def apply(self, registration: Registration) -> None:
        """Keep what was entered, by whom and when."""
        registration.state = "entered"
        registration.kind = self.kind
        registration.area = self.area
        registration.entered_by = self.act.by
        registration.entered_on = self.act.on

    def facts(self) -> tuple[Fact, ...]:
        """Count the couple."""
        return (self.fact("registrations"),)


class RegistrationAnnulled(
    RegistrationOfCouple, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The registration does not hold."""

    TOPIC = "registration.annulled"
    STATE = "annulled"

    reason: str

    def apply(self, registration: Registration) -> None:
        """Set the state."""
        registration.state = "annulled"

    def facts(self) -> tuple[Fact, ...]:
        """Count the annulment; the year's registrations stay what they were."""
        return (self.fact("registrations-annulled"),)


class RegistrationInspected(
    RegistrationOfCouple, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The registration was inspected."""

    TOPIC = "registration.inspected"

    compliant: bool

    def apply(self, registration: Registration) -> None:
        """Remember it."""
        registration.inspected = True

    def facts(self) -> tuple[Fact, ...]:
        """Count the inspection, and what complies."""
        inspected = self.fact("registrations-inspected")
        if not self.compliant:
            return (inspected,)
        return (inspected, self.fact("registrations-compliant"))
