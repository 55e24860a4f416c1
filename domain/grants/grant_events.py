"""What happens to a grant, each with its double entry."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from domain.kernel import accounts
from domain.kernel.aggregate import Event, Evidence
from domain.kernel.disclosure import REVERSED, public
from domain.kernel.duplicates import told
from domain.kernel.facts import Fact
from domain.kernel.ids import Earmark, FundId, Word
from domain.kernel.money import Fen, MoneyEvent, Posting, transfer
from domain.kernel.refusals import InsufficientFund, Malformed, WrongState
from domain.kernel.reversals import Reversal

if TYPE_CHECKING:
    from domain.grants.grants import Grant


class Share(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """So much of one earmark of one fund, under a class of its budget where an award says it."""

    fund: FundId
    earmark: Earmark
    amount: Fen
    class_: Word | None = None


def shares_of(held: Counter[tuple[str, str]]) -> tuple[Share, ...]:
    """Return what is held as shares, in the order of the award."""
    return tuple(Share(fund, earmark, amount) for (fund, earmark), amount in held.items() if amount)


def shares_within(
    grant: Grant, amount: int, fund: str | None, earmark: str | None
) -> tuple[Share, ...]:
    """Return where an amount lies: on the named fund and earmark, the only ones, or on all.

    It lies in what is advanced, or in what was accounted for where the grant is closed.
    """
    closed = grant.state == "closed"
    held = [
        share
        for share in shares_of(grant.spent if closed else grant.advanced)
        if fund in {None, share.fund} and earmark in {None, share.earmark}
    ]
    total = sum(share.amount for share in held)
    if amount > total and closed:
        raise InsufficientFund(
            grant.id, "{wanted} is wanted, {spent} is accounted for", wanted=amount, spent=total
        )
    if amount > total:
        raise InsufficientFund(
            grant.id, "{wanted} is wanted, {advanced} is advanced", wanted=amount, advanced=total
        )
    if amount == total:
        return tuple(held)
    if len(held) > 1:
        names = ", ".join(f"{share.fund} {share.earmark}" for share in held)
        raise WrongState(grant.id, "name-a-place", places=names)
    return (Share(held[0].fund, held[0].earmark, amount),)


def require_each_once(subject: str, shares: tuple[Share, ...]) -> None:
    """Refuse no share at all, and two of one fund and earmark."""
    named = {(share.fund, share.earmark) for share in shares}
    if not shares or len(named) < len(shares):
        raise Malformed(
            subject, "name at least one share, and one for each fund and earmark", "/what/shares"
        )


class GrantApplied(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A body asked for money."""

    TOPIC = "grant.applied"
    PUBLIC = public("body project programme purpose title area amount")
    STATE = "applied"

    body: str
    project: str
    programme: str
    purpose: str
    title: str
    area: str
    amount: Fen

    def apply(self, grant: Grant) -> None:
        """Keep who asks, for what and how much."""
        grant.state = self.STATE
        grant.applied_by = self.act.by
        grant.decided = self.act
        grant.body = self.body
        grant.project = self.project
        grant.programme = self.programme
        grant.purpose = self.purpose
        grant.area = self.area
        grant.applied = self.amount


class GrantAwarded(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The money was granted; the funds' own events promise it."""

    TOPIC = "grant.awarded"
    PUBLIC = public("shares awarded round body project programme area")
    STATE = "awarded"
    ROW = ("shares", "awarded", "round")

    shares: tuple[Share, ...]
    awarded: Fen
    round: int | None = None
    body: str
    project: str
    programme: str
    area: str

    def apply(self, grant: Grant) -> None:
        """Keep what each fund has promised."""
        grant.state = self.STATE
        grant.decided = self.act
        for share in self.shares:
            grant.committed[share.fund, share.earmark] += share.amount

    def facts(self) -> tuple[Fact, ...]:
        """Count the grant, its body, its shares, and the project behind each fund's money."""
        grant = Fact(measure="grants", unit="project", programme=self.programme, area=self.area)
        round_ = "" if self.round is None else f"round:{self.round}"
        body = replace(
            grant, measure="grant-body", unit="organisation", who=self.body, detail=round_
        )
        shares = (
            replace(body, measure="grant-share", value=share.amount, unit="fen", fund=share.fund)
            for share in self.shares
        )
        funds = dict.fromkeys(share.fund for share in self.shares)
        behind = (
            replace(grant, measure="fund-project", who=self.project, fund=fund) for fund in funds
        )
        return (grant, body, *shares, *behind)


class GrantPaid(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An instalment was paid to the body."""

    TOPIC = "grant.paid"
    PUBLIC = public("fund earmark amount", unlisted="instalment")
    ROW = ("instalment",)

    fund: str
    earmark: str
    amount: Fen
    instalment: int

    def apply(self, grant: Grant) -> None:
        """Move it from promised to advanced."""
        grant.paid = grant.paid or self.act
        grant.committed[self.fund, self.earmark] -= self.amount
        grant.advanced[self.fund, self.earmark] += self.amount

    def tells(self) -> str:
        """Tell an instalment out of one fund's earmark once."""
        place = (self.originator_id, self.fund, self.earmark)
        return told("instalment", *place, self.instalment)

    def undo(self, grant: Grant) -> None:
        """Move it back."""
        grant.committed[self.fund, self.earmark] += self.amount
        grant.advanced[self.fund, self.earmark] -= self.amount

    def postings(self) -> tuple[Posting, ...]:
        """Pay it in advance."""
        return transfer(
            self.amount,
            source=accounts.committed(self.fund, self.earmark, self.originator_id),
            target=accounts.advanced(self.fund, self.earmark, self.originator_id),
        )


class GrantAccounted(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The body accounted for what it spent."""

    TOPIC = "grant.accounted"
    PUBLIC = public("amount shares programme")
    ROW = ()

    amount: Fen
    shares: tuple[Share, ...]
    evidence: str | tuple[Evidence, ...] | None = None
    programme: str

    def apply(self, grant: Grant) -> None:
        """Take it from what is advanced."""
        for share in self.shares:
            grant.advanced[share.fund, share.earmark] -= share.amount
            grant.spent[share.fund, share.earmark] += share.amount

    def undo(self, grant: Grant) -> None:
        """Let it be advanced again."""
        for share in self.shares:
            grant.advanced[share.fund, share.earmark] += share.amount
            grant.spent[share.fund, share.earmark] -= share.amount

    def postings(self) -> tuple[Posting, ...]:
        """Let it be spent, each share by its own fund."""
        return tuple(
            line
            for share in self.shares
            for line in transfer(
                share.amount,
                source=accounts.advanced(share.fund, share.earmark, self.originator_id),
                target=accounts.spent(share.fund, share.earmark, self.programme),
            )
        )


class GrantGivenBack(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The body gave back what it did not use; the funds' own events post it.

    `after_close`: it had accounted for it as spent.
    """

    TOPIC = "grant.given-back"
    PUBLIC = public("amount shares after_close")
    ROW = ()

    amount: Fen
    shares: tuple[Share, ...]
    after_close: bool = False

    def apply(self, grant: Grant) -> None:
        """Take it from what is advanced, or from what was accounted for."""
        held = grant.spent if self.after_close else grant.advanced
        for share in self.shares:
            held[share.fund, share.earmark] -= share.amount


class GrantClosed(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The grant is over; `shares` were freed by the funds' own events."""

    TOPIC = "grant.closed"
    PUBLIC = public("shares")
    STATE = "closed"
    ROW = ()

    shares: tuple[Share, ...] = ()

    def apply(self, grant: Grant) -> None:
        """Set the state; nothing is promised any more."""
        grant.state = self.STATE
        grant.closed = self.act
        grant.committed.clear()


class GrantReversed(Reversal, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An instalment or an account was mirrored."""

    TOPIC = "grant.reversed"
    PUBLIC = REVERSED
