"""Social workers (社会工作者): registered, graded, appointed to a body."""

from __future__ import annotations

from datetime import date

from domain.benefits.households import require_registered
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.chronology import require_not_before
from domain.kernel.facts import Fact
from domain.kernel.ids import OrganisationId, PersonId, Text
from domain.kernel.payees import require_body
from domain.kernel.refusals import Malformed
from domain.kernel.unit import Unit


class Worker(Aggregate):
    """One social worker."""

    KIND = "worker"
    COLLECTION = "workers"
    ORDER = 170

    def __init__(self, subject: str) -> None:
        """Start unknown."""
        super().__init__(subject)
        self.person = ""
        self.since = date.min

    @command(roles=("registrar",), opens=True)
    def register(
        self,
        act: Act,
        unit: Unit,
        *,
        person: PersonId,
        body: OrganisationId | None = None,
        established: bool | None = None,
    ) -> None:
        """Register a person as a social worker, who may work for a body already."""
        require_registered(unit, person)
        require_body(act, unit, self.id, body)
        self.record(WorkerRegistered, act, person=person, body=body, established=established)

    @command(roles=("registrar",))
    def grade(self, act: Act, *, grade: Text) -> None:
        """Grade the worker (评定)."""
        require_not_before(self.id, act, self.since)
        self.record(WorkerGraded, act, grade=grade)

    @command(roles=("registrar",), opens=None)
    def appoint(
        self,
        act: Act,
        unit: Unit,
        *,
        person: PersonId | None = None,
        body: OrganisationId,
        established: bool,
    ) -> None:
        """Appoint the worker to a body, on its established staff (编制内) or not.

        Who is not registered yet is named here.
        """
        require_not_before(self.id, act, self.since)
        whom = person or self.person
        if not whom or whom != (self.person or whom):
            raise Malformed(
                self.id,
                "the worker's person is {person}: name that one, or leave it out",
                "/what/person",
                person=self.person,
            )
        if not self.person:
            require_registered(unit, whom)
        require_body(act, unit, self.id, body)
        self.record(WorkerAppointed, act, person=whom, body=body, established=established)


class WorkerRegistered(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The person was registered as a social worker."""

    TOPIC = "worker.registered"
    STATE = "registered"

    person: str
    body: str | None = None
    established: bool | None = None

    def apply(self, worker: Worker) -> None:
        """Keep who it is."""
        worker.person = self.person
        worker.since = self.act.on

    def facts(self) -> tuple[Fact, ...]:
        """Count the worker."""
        return (Fact(measure="workers-registered", who=self.person),)


class WorkerGraded(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The worker has a grade."""

    TOPIC = "worker.graded"

    grade: str

    def facts(self) -> tuple[Fact, ...]:
        """Count the grade."""
        return (Fact(measure="workers-graded", who=self.originator_id, detail=self.grade),)


class WorkerAppointed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The worker works for a body."""

    TOPIC = "worker.appointed"
    STATE = "appointed"

    person: str
    body: str
    established: bool

    def apply(self, worker: Worker) -> None:
        """Keep who it is, and since when the worker works there."""
        worker.person = self.person
        worker.since = self.act.on

    def facts(self) -> tuple[Fact, ...]:
        """Count the appointment."""
        detail = "established" if self.established else "not-established"
        return (Fact(measure="workers-appointed", who=self.person, detail=detail),)
