"""Discharged soldiers (退役士兵): received by cohort, then placed or self-employed, and trained."""

from __future__ import annotations

from domain.benefits.households import require_registered
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.chronology import require_not_before
from domain.kernel.facts import Fact
from domain.kernel.ids import AreaId, OrganisationId, PersonId, Text
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.payees import require_body
from domain.kernel.refusals import Malformed, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

EARLIEST, LATEST = 1949, 2199


class Veteran(Aggregate):
    """One discharged soldier or cadre, from the day the city received them."""

    KIND = "veteran"
    COLLECTION = "veterans"
    ORDER = 210
    LIFE = LifeCycle(begins=("veteran.received",), dated=True)

    def __init__(self, subject: str) -> None:
        """Start not received."""
        super().__init__(subject)
        self.state = ""
        self.received: VeteranReceived | None = None

    @command(roles=("clerk",), opens=True)
    def receive(
        self,
        act: Act,
        unit: Unit,
        *,
        person: PersonId,
        category: Text,
        cohort: int,
        area: AreaId | None = None,
    ) -> None:
        """Receive a person of a cohort, which is named by its year."""
        if not EARLIEST <= cohort <= LATEST:
            raise Malformed(self.id, "a cohort is a year, from 1949 on", "/what/cohort")
        require_registered(unit, person)
        if area is not None:
            require_area(act, unit, area)
        said = {"person": person, "category": category, "cohort": cohort}
        self.record(VeteranReceived, act, **said, area=area)

    @command(roles=("clerk",))
    def place(self, act: Act, unit: Unit, *, body: OrganisationId | None = None) -> None:
        """Place the veteran in a job (安置)."""
        require_body(act, unit, self.id, body)
        self.settle(VeteranPlaced, act, body=body)

    @command(roles=("clerk",))
    def choose_self_employment(self, act: Act) -> None:
        """Let the veteran choose self-employment (自谋职业); its scheme pays the grant for it."""
        self.settle(VeteranSelfEmploymentChosen, act)

    @command(roles=("clerk",))
    def train(self, act: Act, *, course: Text | None = None) -> None:
        """Train the veteran; who is trained twice counts once."""
        self.note(VeteranTrained, act, course=course)

    def settle(self, kind: type[VeteranNoted], act: Act, **what: object) -> None:
        """Record how the veteran earns a living, which is said once."""
        if self.state != "received":
            raise WrongState(self.id, "wrong-stage", state=self.state, states=("received",))
        self.note(kind, act, **what)

    def note(self, kind: type[VeteranNoted], act: Act, **what: object) -> None:
        """Record an event that counts the veteran under the cohort."""
        received = self.received
        if received is None:
            raise WrongState(self.id, "not-received")
        require_not_before(self.id, act, received.act.on)
        self.record(
            kind,
            act,
            person=received.person,
            cohort=received.cohort,
            area=received.area,
            **what,
        )


class VeteranNoted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Something happened to a veteran of a cohort."""

    person: str
    cohort: int
    area: str | None = None

    def fact(self, measure: str) -> Fact:
        """Count the person under the cohort."""
        return Fact(measure=measure, who=self.person, area=self.area or "", detail=str(self.cohort))


class VeteranReceived(
    VeteranNoted, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The city received the veteran."""

    TOPIC = "veteran.received"
    STATE = "received"

    category: str

    def apply(self, veteran: Veteran) -> None:
        """Keep who was received."""
        veteran.state = "received"
        veteran.received = self

    def facts(self) -> tuple[Fact, ...]:
        """Count the person."""
        return (self.fact("veterans-received"),)


class VeteranPlaced(VeteranNoted, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The veteran has a job."""

    TOPIC = "veteran.placed"
    STATE = "placed"

    body: str | None = None

    def apply(self, veteran: Veteran) -> None:
        """Set the state."""
        veteran.state = "placed"

    def facts(self) -> tuple[Fact, ...]:
        """Count the person as placed, and as provided for."""
        return (self.fact("veterans-placed"), self.fact("veterans-settled"))


class VeteranSelfEmploymentChosen(
    VeteranNoted, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The veteran works for himself."""

    TOPIC = "veteran.self-employment-chosen"
    STATE = "self-employed"

    def apply(self, veteran: Veteran) -> None:
        """Set the state."""
        veteran.state = "self-employed"

    def facts(self) -> tuple[Fact, ...]:
        """Count the person as self-employed, and as provided for."""
        return (self.fact("veterans-self-employed"), self.fact("veterans-settled"))


class VeteranTrained(VeteranNoted, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The veteran was trained."""

    TOPIC = "veteran.trained"
    ROW = ("course",)

    course: str | None = None

    def facts(self) -> tuple[Fact, ...]:
        """Count the person."""
        return (self.fact("veterans-trained"),)
