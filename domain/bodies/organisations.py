"""Social organisations (社会组织): registered or only recorded (双轨), changed, ended.

A body that is recorded (备案) may be registered (登记) later. One that was deregistered (注销) or
revoked (撤销) is never changed again.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from msgspec.structs import replace

from domain.bodies.credit_codes import require_credit_code
from domain.bodies.organisation_events import (
    OrganisationBroughtIn,
    OrganisationChanged,
    OrganisationDeregistered,
    OrganisationEnded,
    OrganisationRecorded,
    OrganisationRegistered,
    OrganisationReportFiled,
    OrganisationRevoked,
    OrganisationStanding,
)
from domain.kernel.aggregate import Act, Aggregate, command
from domain.kernel.chronology import require_not_before
from domain.kernel.ids import AreaId, OrganisationId, Text
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.payees import require_body
from domain.kernel.refusals import AlreadyExists, Malformed, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

OrganisationKind: TypeAlias = Literal["association", "private-unit", "foundation"]


class Organisation(Aggregate):
    """One social organisation, from its record or registration to its end."""

    KIND = "organisation"
    COLLECTION = "organisations"
    ORDER, PUBLIC_ORDER = 160, 100
    LIFE = LifeCycle(
        begins=("organisation.recorded", "organisation.brought-in"),
        ends=("organisation.deregistered", "organisation.revoked"),
        follows=(("organisation.registered", "organisation.recorded"),),
        dated=True,
    )

    def __init__(self, subject: str) -> None:
        """Start unknown."""
        super().__init__(subject)
        self.state = ""
        self.standing: OrganisationStanding | None = None
        self.since = date.min
        self.ended_on: date | None = None
        self.reported: set[int] = set()

    @command(roles=("registrar",), opens=None)
    def register(
        self,
        act: Act,
        unit: Unit,
        *,
        title: Text,
        kind: OrganisationKind,
        activity: Text,
        area: AreaId,
        credit_code: Text | None = None,
        body: OrganisationId | None = None,
    ) -> None:
        """Register a body (登记), perhaps one that was recorded before; `body` is its sponsor."""
        if self.state not in {"", "recorded"}:
            raise AlreadyExists(
                self.id, "it is {state} already: register another id", state=self.state
            )
        self.check(act, unit, area, credit_code, body)
        self.record(
            OrganisationRegistered,
            act,
            title=title,
            kind=kind,
            activity=activity,
            area=area,
            credit_code=credit_code,
            body=body,
            before=self.standing,
        )

    @command(roles=("registrar",), opens=True)
    def record_(
        self,
        act: Act,
        unit: Unit,
        *,
        title: Text,
        kind: OrganisationKind,
        activity: Text,
        area: AreaId,
        credit_code: Text | None = None,
        body: OrganisationId | None = None,
    ) -> None:
        """Put a body on record (备案) that does not meet the conditions of a registration."""
        self.check(act, unit, area, credit_code, body)
        said = {"title": title, "kind": kind, "activity": activity, "area": area}
        self.record(OrganisationRecorded, act, **said, credit_code=credit_code, body=body)

    @command(roles=("registrar",), opens=True)
    def bring_in(
        self,
        act: Act,
        unit: Unit,
        *,
        title: Text,
        kind: OrganisationKind,
        activity: Text,
        area: AreaId,
        credit_code: Text | None = None,
        body: OrganisationId | None = None,
    ) -> None:
        """Enter a body that was registered before this ledger began."""
        self.check(act, unit, area, credit_code, body)
        said = {"title": title, "kind": kind, "activity": activity, "area": area}
        self.record(OrganisationBroughtIn, act, **said, credit_code=credit_code, body=body)

    @command(roles=("registrar",))
    def change(
        self,
        act: Act,
        unit: Unit,
        *,
        title: Text | None = None,
        kind: OrganisationKind | None = None,
        activity: Text | None = None,
        area: AreaId | None = None,
        credit_code: Text | None = None,
        body: OrganisationId | None = None,
    ) -> None:
        """Change what is said (变更); what is left out stays."""
        before = self.standing_now()
        counted = {"kind": kind, "activity": activity, "area": area}
        changed = {name: said for name, said in counted.items() if said is not None}
        rest = {"title": title, "credit_code": credit_code, "body": body}
        if not changed and not any(rest.values()):
            raise Malformed(self.id, "say what changes", "/what")
        self.check(act, unit, area, credit_code, body)
        after = replace(before, **changed)
        self.record(OrganisationChanged, act, **counted, **rest, before=before, after=after)

    @command(roles=("registrar",))
    def file_report(
        self,
        act: Act,
        *,
        year: int | None = None,
        party_members: int | None = None,
        party_organisation: bool | None = None,
    ) -> None:
        """Take the report on a year (年报), the last one if none is named.

        It may tell of the party (党建): how many members work here, whether they are organised.
        """
        standing = self.standing_now()
        require_not_before(self.id, act, self.since)
        reported = act.on.year - 1 if year is None else year
        if reported > act.on.year:
            raise Malformed(
                self.id,
                "the year {year} has not begun on {day}",
                "/what/year",
                year=str(reported),
                day=act.on,
            )
        if reported in self.reported:
            raise AlreadyExists(
                self.id, "the report on {year} is filed already", year=str(reported)
            )
        self.record(
            OrganisationReportFiled,
            act,
            year=reported,
            standing=standing,
            party_members=party_members,
            party_organisation=party_organisation,
        )

    @command(roles=("registrar",))
    def deregister(self, act: Act) -> None:
        """End the body at its own wish (注销)."""
        self.end(OrganisationDeregistered, act)

    @command(roles=("registrar",))
    def revoke(self, act: Act) -> None:
        """End the body by law (撤销)."""
        self.end(OrganisationRevoked, act)

    def end(self, kind: type[OrganisationEnded], act: Act) -> None:
        """Record the end of a body that stands."""
        before = self.standing_now()
        require_not_before(self.id, act, self.since)
        self.record(kind, act, before=before)

    def standing_now(self) -> OrganisationStanding:
        """Return under what the body is counted; refuse one that is no more."""
        if self.standing is None:
            raise WrongState(self.id, "has-ended", state=self.state)
        return self.standing

    def check(
        self, act: Act, unit: Unit, area: str | None, credit_code: str | None, body: str | None
    ) -> None:
        """Refuse an unknown area, a sponsor that has ended, a wrong code, and an earlier day."""
        require_not_before(self.id, act, self.since)
        if area is not None:
            require_area(act, unit, area)
        require_body(act, unit, self.id, body)
        require_credit_code(self.id, act, credit_code)

    def stand(self, standing: OrganisationStanding, since: date) -> None:
        """Be counted so from a day on."""
        self.state = standing.state
        self.standing = standing
        self.since = since
