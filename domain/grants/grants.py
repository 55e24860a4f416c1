"""Grants (资助项目): applied for, awarded, paid in instalments, accounted for, closed.

A grant may hold money of several funds and earmarks. Money that comes back goes to the earmark it
came from. A body is never awarded more than it applied for; it may be awarded less.
"""

from __future__ import annotations

from collections import Counter

from domain.funds.funds import Fund
from domain.grants.grant_events import (
    GrantAccounted,
    GrantApplied,
    GrantAwarded,
    GrantClosed,
    GrantGivenBack,
    GrantPaid,
    GrantReversed,
    Share,
    require_each_once,
    shares_of,
    shares_within,
)
from domain.grants.projects import Project
from domain.kernel import accounts
from domain.kernel.aggregate import Act, Event, Evidence, command
from domain.kernel.chronology import require_cause
from domain.kernel.ids import (
    AreaId,
    Earmark,
    FundId,
    OrganisationId,
    ProjectId,
    Purpose,
    Text,
    Word,
)
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.money import Fen
from domain.kernel.payees import require_body
from domain.kernel.refusals import (
    CommitmentExceeded,
    EarmarkMismatch,
    InsufficientFund,
    MakerIsChecker,
    WrongState,
)
from domain.kernel.reversals import Reversible
from domain.kernel.unit import Unit
from domain.office.roles import require_duties_apart
from domain.registers.areas import require_area


class Grant(Reversible):
    """One award to one body: advanced and spent never exceed what was awarded."""

    KIND = "grant"
    COLLECTION = "grants"
    ORDER, PUBLIC_ORDER = 140, 70
    LIFE = LifeCycle(begins=("grant.applied",), ends=("grant.closed",), after=("grant.given-back",))
    REVERSAL = GrantReversed

    def __init__(self, subject: str) -> None:
        """Start without an application."""
        super().__init__(subject)
        self.state = ""
        self.applied_by = ""
        self.decided: Act | None = None
        self.paid: Act | None = None
        self.closed: Act | None = None
        self.body = ""
        self.project = ""
        self.programme = ""
        self.purpose = ""
        self.area = ""
        self.applied = 0
        # Fen by fund and earmark.
        self.committed: Counter[tuple[str, str]] = Counter()
        self.advanced: Counter[tuple[str, str]] = Counter()
        # What the body has accounted for, and not given back since.
        self.spent: Counter[tuple[str, str]] = Counter()

    @command(roles=("clerk",), opens=True)
    def apply(
        self,
        act: Act,
        unit: Unit,
        *,
        body: OrganisationId,
        project: ProjectId,
        programme: Word,
        purpose: Purpose,
        title: Text,
        area: AreaId,
        amount: Fen,
    ) -> None:
        """Apply for money; the body need not be registered yet."""
        unit[Project, project]
        require_body(act, unit, self.id, body)
        require_area(act, unit, area)
        said = {"body": body, "project": project, "programme": programme, "purpose": purpose}
        self.record(GrantApplied, act, **said, title=title, area=area, amount=amount)

    @command(roles=("approver",), not_by=("grant.apply",))
    def award(
        self, act: Act, unit: Unit, *, shares: tuple[Share, ...], round: int | None = None
    ) -> None:
        """Grant the money, from one fund or several; each promises its share."""
        self.require_state("applied")
        require_cause(self.id, act, self.decided)
        require_body(act, unit, self.id, self.body)
        self.check_award(act, shares)
        for share in shares:
            fund = unit[Fund, share.fund]
            require_duties_apart(act, unit, fund)
            fund.promise(
                act,
                amount=share.amount,
                earmark=share.earmark,
                to=self.id,
                purpose=self.purpose,
                class_=share.class_,
                cause=self.id,
            )
        self.record(
            GrantAwarded,
            act,
            shares=shares,
            awarded=sum(share.amount for share in shares),
            round=round,
            body=self.body,
            project=self.project,
            programme=self.programme,
            area=self.area,
        )

    @command(roles=("treasurer",))
    def pay(
        self,
        act: Act,
        unit: Unit,
        *,
        fund: FundId,
        amount: Fen,
        instalment: int,
        earmark: Earmark | None = None,
    ) -> None:
        """Pay an instalment to the body, in advance of its account."""
        self.require_state("awarded")
        require_cause(self.id, act, self.decided)
        require_body(act, unit, self.id, self.body)
        require_duties_apart(act, unit, unit[Fund, fund])
        from_earmark = self.committed_earmark(fund, earmark)
        held = self.committed[fund, from_earmark]
        if amount > held:
            raise CommitmentExceeded(
                self.id,
                "{wanted} is wanted, {committed} is committed from {fund}, earmark {earmark}",
                fund=fund,
                earmark=from_earmark,
                wanted=amount,
                committed=held,
            )
        self.record(
            GrantPaid, act, fund=fund, earmark=from_earmark, amount=amount, instalment=instalment
        )

    @command(roles=("clerk",))
    def account(
        self,
        act: Act,
        unit: Unit,
        *,
        amount: Fen,
        evidence: Text | tuple[Evidence, ...] | None = None,
        fund: FundId | None = None,
        earmark: Earmark | None = None,
    ) -> None:
        """Take the body's account of what it has spent (报账)."""
        self.require_state("awarded")
        require_cause(self.id, act, self.paid)
        require_duties_apart(act, unit)
        self.record(
            GrantAccounted,
            act,
            amount=amount,
            shares=shares_within(self, amount, fund, earmark),
            evidence=evidence,
            programme=self.programme,
        )

    @command(roles=("clerk",))
    def give_back(
        self,
        act: Act,
        unit: Unit,
        *,
        amount: Fen,
        fund: FundId | None = None,
        earmark: Earmark | None = None,
    ) -> None:
        """Take back what the body did not use; it goes to the earmark it came from.

        After the close it is of what the body had accounted for as spent.
        """
        after_close = self.state == "closed" and self.spent.total() > 0
        if not after_close:
            self.require_state("awarded")
        require_cause(self.id, act, self.closed if after_close else self.paid)
        require_duties_apart(act, unit)
        shares = shares_within(self, amount, fund, earmark)
        for share in shares:
            source = accounts.advanced(share.fund, share.earmark, self.id)
            if after_close:
                source = accounts.spent(share.fund, share.earmark, self.programme)
            unit[Fund, share.fund].recover(
                act, amount=share.amount, earmark=share.earmark, source=source, cause=self.id
            )
        self.record(GrantGivenBack, act, amount=amount, shares=shares, after_close=after_close)

    @command(roles=("clerk",))
    def close(self, act: Act, unit: Unit) -> None:
        """Close the grant (结项); what was promised and not paid is free again."""
        if self.state not in {"applied", "awarded"}:
            raise WrongState(self.id, "has-ended", state=self.state)
        if advanced := self.advanced.total():
            raise WrongState(self.id, "not-accounted-for", advanced=advanced)
        require_cause(self.id, act, self.decided)
        require_duties_apart(act, unit)
        rest = shares_of(self.committed)
        for share in rest:
            fund = unit[Fund, share.fund]
            fund.release(act, amount=share.amount, earmark=share.earmark, of=self.id, cause=self.id)
        self.record(GrantClosed, act, shares=rest)

    def require_state(self, state: str) -> None:
        """Refuse an act out of its order."""
        if self.state != state:
            raise WrongState(self.id, "wrong-stage", state=self.state, states=(state,))

    def check_award(self, act: Act, shares: tuple[Share, ...]) -> None:
        """Refuse the applicant's own award, a share named twice, and more than was applied for."""
        if act.by == self.applied_by:
            raise MakerIsChecker(
                self.id, "{maker} applied for it: another decides on it", maker=act.by
            )
        require_each_once(self.id, shares)
        wanted = sum(share.amount for share in shares)
        if wanted > self.applied:
            raise CommitmentExceeded(
                self.id,
                "{wanted} is more than the {applied} that was applied for",
                wanted=wanted,
                applied=self.applied,
            )

    def committed_earmark(self, fund: str, earmark: str | None) -> str:
        """Return the earmark to pay from: the named one, or the only one."""
        awarded = [known for of, known in self.committed if of == fund]
        if earmark is not None:
            if earmark not in awarded:
                raise EarmarkMismatch(
                    self.id,
                    "nothing of {fund}, earmark {earmark} was awarded",
                    fund=fund,
                    earmark=earmark,
                )
            return earmark
        held = [known for known in awarded if self.committed[fund, known]]
        if len(held) > 1:
            raise WrongState(self.id, "name-one", holder=fund, earmarks=held)
        return held[0] if held else "general"

    def check_reversal(self, event: Event) -> None:
        """Refuse to mirror an instalment that is accounted for, or anything of a closed grant."""
        self.require_state("awarded")
        if isinstance(event, GrantPaid):
            held = self.advanced[event.fund, event.earmark]
            if event.amount > held:
                raise InsufficientFund(
                    self.id,
                    "{wanted} is wanted, {advanced} is advanced",
                    wanted=event.amount,
                    advanced=held,
                )
