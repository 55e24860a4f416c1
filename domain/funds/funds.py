"""Funds (资金) hold, promise and return money; a budget year or a donor's wish is an earmark."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from domain.funds.fund_events import (
    Basis,
    FundAllotted,
    FundBroughtIn,
    FundCarriedOver,
    FundGathered,
    FundKind,
    FundOpened,
    FundPurposeChanged,
    FundReceived,
    FundRecovered,
    FundReversed,
    FundsCommitted,
    FundsUncommitted,
    FundSurrendered,
    FundTransferReceived,
    FundTransferred,
)
from domain.kernel.aggregate import Act, Event, command
from domain.kernel.ids import Earmark, FundId, OrganisationId, PayerId, Purpose, Text, Word
from domain.kernel.money import Fen, MoneyEvent
from domain.kernel.payees import require_body
from domain.kernel.refusals import (
    CommitmentExceeded,
    InsufficientFund,
    PurposeNotAllowed,
    WrongBasis,
    WrongState,
)
from domain.kernel.reversals import Reversible
from domain.kernel.unit import Unit
from domain.office.roles import require_duties_apart


class Fund(Reversible):
    """One pot of money, for ever. It never promises more than it holds."""

    KIND = "fund"
    COLLECTION = "funds"
    ORDER, PUBLIC_ORDER = 10, 20
    REVERSAL = FundReversed

    def __init__(self, subject: str) -> None:
        """Start empty."""
        super().__init__(subject)
        self.opened_on = date.max
        self.kind = ""
        self.basis = ""
        self.keeper = ""
        self.purposes: tuple[str, ...] = ()
        self.available: defaultdict[str, int] = defaultdict(int)
        self.promised: defaultdict[tuple[str, str], int] = defaultdict(int)

    @command(roles=("treasurer",), opens=True)
    def open(
        self,
        act: Act,
        unit: Unit,
        *,
        title: Text,
        kind: FundKind,
        basis: Basis,
        keeper: OrganisationId,
        purposes: tuple[Purpose, ...],
    ) -> None:
        """Open a fund on a basis: cash, or authority to spend."""
        require_body(act, unit, self.id, keeper)
        said = {"title": title, "kind": kind, "basis": basis, "keeper": keeper}
        self.record(FundOpened, act, **said, purposes=purposes)

    @command(roles=("treasurer",))
    def bring_in(
        self, act: Act, unit: Unit, *, amount: Fen, earmark: Earmark, as_stated_in: Text
    ) -> None:
        """Enter what the fund held before this ledger began (期初)."""
        self.require_open(act)
        require_duties_apart(act, unit)
        self.record(FundBroughtIn, act, amount=amount, earmark=earmark, as_stated_in=as_stated_in)

    @command(roles=("treasurer",))
    def receive(
        self,
        act: Act,
        unit: Unit,
        *,
        amount: Fen,
        earmark: Earmark,
        source: Word,
        document: Text,
        class_: Word | None = None,
    ) -> None:
        """Take in cash (到账)."""
        self.require_basis(act, "cash")
        require_duties_apart(act, unit)
        said = {"amount": amount, "earmark": earmark, "source": source, "document": document}
        self.record(FundReceived, act, **said, class_=class_)

    @command(roles=("treasurer",))
    def allot(
        self,
        act: Act,
        unit: Unit,
        *,
        amount: Fen,
        earmark: Earmark,
        source: Word,
        document: Text,
        class_: Word | None = None,
    ) -> None:
        """Take in authority to spend (指标下达)."""
        self.require_basis(act, "allotment")
        require_duties_apart(act, unit)
        said = {"amount": amount, "earmark": earmark, "source": source, "document": document}
        self.record(FundAllotted, act, **said, class_=class_)

    @command(roles=("treasurer",))
    def gather(self, act: Act, unit: Unit, *, earmark: Earmark, through: date) -> None:
        """Take the donations up to a day into the fund, in one event (归集)."""
        self.require_open(act)
        require_duties_apart(act, unit)
        unit.locks.take(f"received:{self.id}:{earmark}")
        amount = unit.donations.ungathered(self.id, earmark, through)
        if amount <= 0:
            raise WrongState(self.id, "nothing-to-gather", earmark=earmark, through=through)
        self.record(FundGathered, act, earmark=earmark, through=through, amount=amount)

    @command(roles=("treasurer",))
    def commit(
        self,
        act: Act,
        unit: Unit,
        *,
        amount: Fen,
        earmark: Earmark,
        to: PayerId,
        purpose: Purpose,
        class_: Word | None = None,
    ) -> None:
        """Promise money to a grant, a pay run, a contract or a relief case."""
        require_duties_apart(act, unit, self)
        self.promise(act, amount=amount, earmark=earmark, to=to, purpose=purpose, class_=class_)

    def promise(
        self,
        act: Act,
        *,
        amount: int,
        earmark: str,
        to: str,
        purpose: str,
        class_: str | None = None,
        cause: str = "",
    ) -> None:
        """Commit money, for the fund's own command or for a payer's (then `cause` names it)."""
        self.require_open(act)
        if purpose not in self.purposes:
            raise PurposeNotAllowed(self.id, purpose=purpose, allowed=self.purposes)
        self.require_available(earmark, amount)
        self.record(
            FundsCommitted,
            act,
            amount=amount,
            earmark=earmark,
            to=to,
            purpose=purpose,
            class_=class_,
            cause=cause,
        )

    @command(roles=("treasurer",))
    def uncommit(
        self, act: Act, unit: Unit, *, amount: Fen, of: PayerId, earmark: Earmark | None = None
    ) -> None:
        """Take back a promise that the fund itself made and nobody has used (解除承诺)."""
        self.require_open(act)
        require_duties_apart(act, unit)
        held = {e: kept for (e, payer), kept in self.promised.items() if payer == of and kept}
        if earmark is None and len(held) > 1:
            raise WrongState(self.id, "name-one", holder=of, earmarks=tuple(held))
        from_earmark = earmark or next(iter(held), "general")
        kept = held.get(from_earmark, 0)
        if amount > kept:
            raise CommitmentExceeded(self.id, to=of, wanted=amount, committed=kept)
        self.release(act, amount=amount, earmark=from_earmark, of=of)

    def release(self, act: Act, *, amount: int, earmark: str, of: str, cause: str = "") -> None:
        """Free what a payer no longer needs."""
        self.record(FundsUncommitted, act, amount=amount, earmark=earmark, of=of, cause=cause)

    @command(roles=("treasurer",))
    def carry_over(
        self, act: Act, unit: Unit, *, from_earmark: Earmark, to_earmark: Earmark, amount: Fen
    ) -> None:
        """Move free money from one earmark to another within the fund (结转)."""
        self.require_open(act)
        require_duties_apart(act, unit)
        self.require_available(from_earmark, amount)
        self.record(
            FundCarriedOver, act, from_earmark=from_earmark, to_earmark=to_earmark, amount=amount
        )

    @command(roles=("treasurer",))
    def surrender(self, act: Act, unit: Unit, *, amount: Fen, earmark: Earmark, to: Text) -> None:
        """Give free money back to where it came from (上缴)."""
        self.require_open(act)
        require_duties_apart(act, unit, self)
        self.require_available(earmark, amount)
        self.record(FundSurrendered, act, amount=amount, earmark=earmark, to=to)

    @command(roles=("treasurer",))
    def transfer(
        self,
        act: Act,
        unit: Unit,
        *,
        amount: Fen,
        earmark: Earmark,
        to_fund: FundId,
        to_earmark: Earmark,
        purpose: Purpose,
    ) -> None:
        """Pass free money to another fund of the same basis that serves the purpose."""
        target = unit[Fund, to_fund]
        self.require_open(act)
        require_duties_apart(act, unit, self)
        target.require_basis(act, self.basis)
        if target.id == self.id:
            raise WrongState(self.id, "same-fund")
        for fund in (self, target):
            if purpose not in fund.purposes:
                raise PurposeNotAllowed(fund.id, purpose=purpose, allowed=fund.purposes)
        self.require_available(earmark, amount)
        self.record(
            FundTransferred,
            act,
            amount=amount,
            earmark=earmark,
            to_fund=to_fund,
            to_earmark=to_earmark,
            purpose=purpose,
        )
        target.record(
            FundTransferReceived,
            act,
            amount=amount,
            earmark=to_earmark,
            from_fund=self.id,
            from_earmark=earmark,
            purpose=purpose,
        )

    @command(roles=("treasurer",))
    def change_purpose(self, act: Act, *, purposes: tuple[Purpose, ...], consent: Text) -> None:
        """Change what the fund may be used for, on a legal basis."""
        self.require_open(act)
        self.record(FundPurposeChanged, act, purposes=purposes, consent=consent)

    def recover(self, act: Act, *, amount: int, earmark: str, source: str, cause: str) -> None:
        """Take back what a payer, the bank or a debtor returns; `source` is its account."""
        self.require_open(act)
        self.record(FundRecovered, act, amount=amount, earmark=earmark, source=source, cause=cause)

    def check_reversal(self, event: Event) -> None:
        """Refuse to mirror an intake that is already promised or spent."""
        if isinstance(event, FundsCommitted | FundsUncommitted) and event.cause:
            raise WrongState(self.id, "reverse-elsewhere", cause=event.cause)
        if isinstance(event, FundsCommitted):
            kept = self.promised[event.earmark, event.to]
            if event.amount > kept:
                raise CommitmentExceeded(self.id, to=event.to, wanted=event.amount, committed=kept)
        if isinstance(event, MoneyEvent):
            for line in event.postings():
                if line.account.startswith("available:") and line.value > 0:
                    self.require_available(line.account.split(":")[2], line.value)

    def require_open(self, act: Act) -> None:
        """Refuse a day before the fund was opened."""
        if min(act.on, act.booked) < self.opened_on:
            raise WrongState(self.id, "not-open-yet", first=self.opened_on)

    def require_basis(self, act: Act, basis: str) -> None:
        """Refuse cash on an allotment fund, and an allotment on a cash fund."""
        self.require_open(act)
        if self.basis != basis:
            raise WrongBasis(
                self.id, "its basis is {basis}, not {wanted}", basis=self.basis, wanted=basis
            )

    def require_available(self, earmark: str, amount: int) -> None:
        """Refuse to promise more than the earmark holds."""
        held = self.available[earmark]
        if amount > held:
            raise InsufficientFund(self.id, earmark=earmark, wanted=amount, available=held)
