"""What happens to a social organisation, and how each event counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from domain.kernel.aggregate import Event
from domain.kernel.disclosure import public
from domain.kernel.duplicates import told
from domain.kernel.facts import Fact

if TYPE_CHECKING:
    from domain.bodies.organisations import Organisation

# With so many members a body has to have a party organisation of its own (党章, 基层组织).
FOR_PARTY = 3
STOCKS = {"registered": "organisations", "recorded": "organisations-on-record"}


class OrganisationStanding(msgspec.Struct, frozen=True, gc=False):
    """Under what a body is counted: registered or recorded, its kind, activity and area."""

    state: str
    kind: str
    activity: str
    area: str

    def fact(self, measure: str, value: int = 1, detail: str | None = None) -> Fact:
        """Count the body."""
        return Fact(
            measure=measure,
            value=value,
            unit="organisation",
            programme=self.activity,
            area=self.area,
            detail=self.kind if detail is None else detail,
        )

    def stock(self, sign: int) -> Fact:
        """Count the body into the stock of its state, or out of it."""
        return self.fact(STOCKS.get(self.state, self.state), sign)


class OrganisationEntered(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A body came into the register, with all that is said of it."""

    title: str
    kind: str
    activity: str
    area: str
    credit_code: str | None = None
    body: str | None = None

    def standing(self) -> OrganisationStanding:
        """Return under what it is counted from now on."""
        return OrganisationStanding(self.STATE or "", self.kind, self.activity, self.area)

    def tells(self) -> str:
        """Give a credit code to one body."""
        return told("credit-code", self.credit_code) if self.credit_code else ""

    def apply(self, organisation: Organisation) -> None:
        """Let it stand."""
        organisation.stand(self.standing(), self.act.on)


class OrganisationRegistered(
    OrganisationEntered, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The body was registered; `before` is how it stood on record, if it did."""

    TOPIC = "organisation.registered"
    PUBLIC = public("title kind activity area credit_code body")
    STATE = "registered"
    ROW = ("title", "kind", "activity", "area", "credit_code", "body")

    before: OrganisationStanding | None = None

    def facts(self) -> tuple[Fact, ...]:
        """Count the registration, and the body in the stock."""
        now = self.standing()
        left = (self.before.stock(-1),) if self.before else ()
        return (now.fact("organisations-registered"), *left, now.stock(1))


class OrganisationRecorded(
    OrganisationEntered, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The body was put on record."""

    TOPIC = "organisation.recorded"
    PUBLIC = public("title kind activity area credit_code body")
    STATE = "recorded"

    def facts(self) -> tuple[Fact, ...]:
        """Count the record, and the body in the stock of those on record."""
        now = self.standing()
        return (now.fact("organisations-recorded"), now.stock(1))


class OrganisationBroughtIn(
    OrganisationEntered, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The body was registered before this ledger began."""

    TOPIC = "organisation.brought-in"
    PUBLIC = public("title kind activity area credit_code body")
    STATE = "registered"

    def facts(self) -> tuple[Fact, ...]:
        """Count the body in the stock."""
        return (self.standing().stock(1),)


class OrganisationChanged(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Something that was said of the body is otherwise now; the rest is as it was."""

    TOPIC = "organisation.changed"
    PUBLIC = public("title kind activity area credit_code body")
    ROW = ("title", "kind", "activity", "area", "credit_code", "body")

    title: str | None = None
    kind: str | None = None
    activity: str | None = None
    area: str | None = None
    credit_code: str | None = None
    body: str | None = None
    before: OrganisationStanding
    after: OrganisationStanding

    def tells(self) -> str:
        """Give a credit code to one body."""
        return told("credit-code", self.credit_code) if self.credit_code else ""

    def apply(self, organisation: Organisation) -> None:
        """Let it stand so."""
        organisation.stand(self.after, self.act.on)

    def facts(self) -> tuple[Fact, ...]:
        """Count it under what it is now, and no more under what it was."""
        if self.before == self.after:
            return ()
        return (self.before.stock(-1), self.after.stock(1))


class OrganisationReportFiled(
    Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The body reported on a year."""

    TOPIC = "organisation.report-filed"
    PUBLIC = public("year")
    ROW = ("year", "party_members", "party_organisation")

    year: int
    standing: OrganisationStanding
    party_members: int | None = None
    party_organisation: bool | None = None

    def apply(self, organisation: Organisation) -> None:
        """Remember the year."""
        organisation.reported.add(self.year)

    def facts(self) -> tuple[Fact, ...]:
        """Count the report under its year, and whether the body has a party organisation."""
        report = self.standing.fact("organisation-reports", detail=str(self.year))
        if (self.party_members or 0) < FOR_PARTY:
            return (report,)
        due = replace(report, measure="party-due", who=self.originator_id)
        if not self.party_organisation:
            return (report, due)
        return (report, due, replace(due, measure="party-organised"))


class OrganisationEnded(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The body is no more; `before` is how it stood."""

    ROW = ()

    before: OrganisationStanding

    def apply(self, organisation: Organisation) -> None:
        """Let it stand no more."""
        organisation.state = self.STATE or ""
        organisation.standing = None
        organisation.ended_on = self.act.on

    def facts(self) -> tuple[Fact, ...]:
        """Count the end, and the body out of the stock."""
        return (self.before.fact(f"organisations-{self.STATE}"), self.before.stock(-1))


class OrganisationDeregistered(
    OrganisationEnded, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The body ended at its own wish."""

    TOPIC = "organisation.deregistered"
    PUBLIC = public()
    STATE = "deregistered"


class OrganisationRevoked(
    OrganisationEnded, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """The body was ended by law."""

    TOPIC = "organisation.revoked"
    PUBLIC = public()
    STATE = "revoked"
