"""Relief (临时救助、医疗救助): one person, one decision, one payment."""

from __future__ import annotations

from domain.benefits.persons import Person
from domain.funds.funds import Fund
from domain.kernel import accounts
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.chronology import require_cause
from domain.kernel.facts import Fact
from domain.kernel.ids import AreaId, Earmark, FundId, PersonId, Purpose, Word
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.money import Fen, MoneyEvent, Posting, transfer
from domain.kernel.refusals import MakerIsChecker, NotEntitled, WrongState
from domain.kernel.unit import Unit
from domain.office.roles import require_duties_apart
from domain.registers.areas import require_area


class ReliefCase(Aggregate):
    """One case of aid to a person, out of one fund."""

    KIND = "relief"
    COLLECTION = "relief-cases"
    ORDER = 80
    LIFE = LifeCycle(begins=("relief.applied",), ends=("relief.paid",))

    def __init__(self, subject: str) -> None:
        """Start not applied for."""
        super().__init__(subject)
        self.state = ""
        self.applied_by = ""
        # The act that the next one follows.
        self.last: Act | None = None
        self.person = ""
        self.fund = ""
        self.earmark = ""
        self.programme = ""
        self.purpose = ""
        self.area: str | None = None
        self.amount = 0

    @command(roles=("clerk",), opens=True)
    def apply(
        self,
        act: Act,
        unit: Unit,
        *,
        person: PersonId,
        fund: FundId,
        earmark: Earmark,
        programme: Word,
        purpose: Purpose,
        area: AreaId | None = None,
    ) -> None:
        """Apply for a person, out of a fund's earmark."""
        if unit[Person, person].died is not None:
            raise NotEntitled(self.id, "the death of the person is reported")
        unit[Fund, fund].require_open(act)
        if area is not None:
            require_area(act, unit, area)
        self.record(
            ReliefApplied,
            act,
            person=person,
            fund=fund,
            earmark=earmark,
            programme=programme,
            purpose=purpose,
            area=area,
        )

    @command(roles=("approver",), not_by=("relief.apply",))
    def decide(self, act: Act, unit: Unit, *, amount: Fen) -> None:
        """Decide how much is given; the fund promises it."""
        fund = unit[Fund, self.fund]
        require_duties_apart(act, unit, fund)
        self.require(act, "applied")
        if act.by == self.applied_by:
            raise MakerIsChecker(
                self.id, "{maker} applied for it: another decides on it", maker=act.by
            )
        fund.promise(
            act,
            amount=amount,
            earmark=self.earmark,
            to=self.id,
            purpose=self.purpose,
            cause=self.id,
        )
        self.record(ReliefDecided, act, amount=amount)

    @command(roles=("treasurer",))
    def pay(self, act: Act, unit: Unit) -> None:
        """Pay what was decided."""
        require_duties_apart(act, unit, unit[Fund, self.fund])
        self.require(act, "decided")
        self.record(
            ReliefPaid,
            act,
            person=self.person,
            fund=self.fund,
            earmark=self.earmark,
            programme=self.programme,
            area=self.area,
            amount=self.amount,
        )

    def require(self, act: Act, state: str) -> None:
        """Refuse an act out of its order, or dated before the one that it follows."""
        if self.state != state:
            raise WrongState(self.id, "wrong-stage", state=self.state, states=(state,))
        require_cause(self.id, act, self.last)


class ReliefApplied(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Somebody needs aid."""

    TOPIC = "relief.applied"
    STATE = "applied"

    person: str
    fund: str
    earmark: str
    programme: str
    purpose: str
    area: str | None = None

    def apply(self, case: ReliefCase) -> None:
        """Set who, and out of which fund."""
        case.state = "applied"
        case.applied_by = self.act.by
        case.last = self.act
        case.person = self.person
        case.fund = self.fund
        case.earmark = self.earmark
        case.programme = self.programme
        case.purpose = self.purpose
        case.area = self.area


class ReliefDecided(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """So much is given; the fund's own event promises it."""

    TOPIC = "relief.decided"
    STATE = "decided"

    amount: Fen

    def apply(self, case: ReliefCase) -> None:
        """Set how much."""
        case.state = "decided"
        case.last = self.act
        case.amount = self.amount


class ReliefPaid(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The aid was paid."""

    TOPIC = "relief.paid"
    STATE = "paid"

    person: str
    fund: str
    earmark: str
    programme: str
    area: str | None = None
    amount: Fen

    def apply(self, case: ReliefCase) -> None:
        """Close the case."""
        case.state = "paid"

    def postings(self) -> tuple[Posting, ...]:
        """Spend what was promised."""
        return transfer(
            self.amount,
            source=accounts.committed(self.fund, self.earmark, self.originator_id),
            target=accounts.spent(self.fund, self.earmark, self.programme),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Count the case, and whom it helped."""
        return (
            Fact(
                measure="relief-cases",
                unit="person-time",
                who=self.person,
                programme=self.programme,
                fund=self.fund,
                area=self.area or "",
            ),
        )
