"""Checks of what funds promise: no payer pays more, and no purpose is overstepped."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from domain.benefits.relief_case_events import ReliefRejected, ReliefWithdrawn
from domain.funds.donation_events import DonationPledged, DonationReceived, DonationReversed
from domain.funds.fund_events import (
    FundOpened,
    FundPurposeChanged,
    FundRecovered,
    FundsCommitted,
    FundsUncommitted,
)
from domain.grants.contract_events import ContractSigned
from domain.grants.grant_events import GrantAwarded, GrantGivenBack, GrantPaid
from domain.kernel.accounts import parse
from domain.kernel.reversals import Reversal
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting


class WithinCommitment(Fold):
    """Invariant 5, per fund, earmark and payer; and per grant over all its funds."""

    NAME = "within-commitment"
    SENTENCE = (
        "No payer ever pays more than was committed to it, per fund and earmark; no grant ever has"
        " more advanced and spent than it was awarded; and nothing stays promised to a relief case"
        " that was rejected or withdrawn."
    )

    # An award and a gift back post nothing themselves: the funds' own events do.
    TOPICS = ("grant.awarded", "grant.given-back", "relief.rejected", "relief.withdrawn")

    def __init__(self) -> None:
        """Start with nothing promised."""
        super().__init__()
        # What is promised and not yet paid, by fund, earmark and payer.
        self.left: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        # What was awarded and is not advanced or spent, by grant.
        self.unpaid: defaultdict[str, int] = defaultdict(int)
        # Relief cases that were ended unpaid, and where.
        self.ended: dict[str, int] = {}

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Enter what the event promises or pays; a reversal does the opposite."""
        original, sign = (event.event(), -1) if isinstance(event, Reversal) else (event, 1)
        if isinstance(original, FundsCommitted):
            payer = original.originator_id, original.earmark, original.to
            self.enter(position, payer, sign * original.amount)
        elif isinstance(original, FundsUncommitted):
            payer = original.originator_id, original.earmark, original.of
            self.enter(position, payer, -sign * original.amount)
        elif isinstance(original, ReliefRejected | ReliefWithdrawn):
            self.ended[original.originator_id] = position
        else:
            self.see_paid(position, lines)
            self.see_grant(position, original, sign)

    def see_paid(self, position: int, lines: Sequence[Posting]) -> None:
        """Enter what leaves a commitment by an event of its payer."""
        for line in lines:
            if line.account.startswith("committed:"):
                account = parse(line.account)
                payer = f"fund:{account.fund}", account.earmark, account.detail
                self.enter(position, payer, line.value)

    def see_grant(self, position: int, event: Event, sign: int) -> None:
        """Enter what a grant was awarded, was paid or gave back."""
        if isinstance(event, GrantAwarded):
            self.unpaid[event.originator_id] += event.awarded
        elif isinstance(event, GrantPaid):
            self.unpaid[event.originator_id] -= sign * event.amount
        elif isinstance(event, GrantGivenBack):
            self.unpaid[event.originator_id] += sign * event.amount
        else:
            return
        if self.unpaid[event.originator_id] < 0:
            over = -self.unpaid[event.originator_id]
            self.found.breach([position], event.originator_id, f"{over} fen over its award")

    def end(self) -> None:
        """Look for what is still promised to a relief case that has ended."""
        for (fund, earmark, who), left in self.left.items():
            if who in self.ended:
                detail = f"it has ended, and {fund} {earmark} promises it {left} fen"
                self.found.breach([self.ended[who]], who, detail)

    def enter(self, position: int, payer: tuple[str, str, str], value: int) -> None:
        """Change what is left of a promise."""
        self.found.examined += 1
        left = self.left[payer] + value
        if left:
            self.left[payer] = left
        else:
            del self.left[payer]
        if left < 0:
            fund, earmark, who = payer
            self.found.breach([position], who, f"{-left} fen over what {fund} {earmark} promised")


class WithinPurpose(Fold):
    """Invariant 4, by what the fund allowed when it promised."""

    NAME = "within-purpose"
    SENTENCE = (
        "Money is committed and transferred only to purposes that the fund then allowed, and a"
        " grant, contract, run or relief case gets it for its own purpose; what comes back goes to"
        " the earmark it came from, and a gift to the one it was pledged for."
    )
    POSTINGS = False
    TOPICS = (
        "fund.opened",
        "fund.purpose-changed",
        "fund.committed",
        "fund.transferred",
        "fund.transfer-received",
        "fund.recovered",
        "grant.applied",
        "pay-run.drawn-up",
        "relief.applied",
        "contract.signed",
        "donation.pledged",
        "donation.received",
        "donation.reversed",
    )

    def __init__(self) -> None:
        """Start without funds."""
        super().__init__()
        self.allowed: dict[str, frozenset[str]] = {}
        self.wanted: dict[str, str] = {}
        # What is promised to contracts that are about to be signed: where, and for which purpose.
        self.promised: dict[str, tuple[int, str]] = {}
        # For which fund and earmark gifts were pledged, and where.
        self.pledged: dict[str, tuple[int, str, str]] = {}

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Keep what funds allow and what payers are for; hold each promise against both."""
        subject = event.originator_id
        match event:
            case FundOpened() | FundPurposeChanged():
                self.allowed[subject] = frozenset(event.purposes)
            case FundRecovered():
                self.see_back(position, event)
            case DonationPledged():
                self.pledged[subject] = position, event.fund, event.earmark
            case DonationReceived():
                self.see_gift(position, event)
            case DonationReversed():
                if isinstance(event.event(), DonationPledged):
                    self.pledged.pop(subject, None)
            case ContractSigned():
                self.see_signed(position, event)
            case _ if subject.startswith("fund:"):
                self.see_use(position, event)
            case _:
                self.wanted[subject] = event.purpose

    def see_use(self, position: int, event: Any) -> None:
        """Hold the purpose of a promise or a transfer against the fund's and the payer's."""
        self.found.examined += 1
        subject, purpose = event.originator_id, event.purpose
        if purpose not in self.allowed.get(subject, frozenset()):
            self.found.breach([position], subject, f"{purpose} is not allowed")
        if isinstance(event, FundsCommitted) and event.cause:
            if event.to.startswith("contract:"):
                self.promised[event.to] = position, purpose
            wanted = self.wanted.get(event.to, purpose)
            if purpose != wanted:
                self.found.breach([position], event.to, f"{purpose} for {wanted}")

    def see_signed(self, position: int, event: ContractSigned) -> None:
        """Hold the purpose of a contract against what was promised to it."""
        at, purpose = self.promised.pop(event.originator_id, (position, event.purpose))
        if purpose != event.purpose:
            said = f"{purpose} for {event.purpose}"
            self.found.breach([at, position], event.originator_id, said)

    def see_back(self, position: int, event: FundRecovered) -> None:
        """Hold the earmark that money comes back to against the one that it comes from."""
        self.found.examined += 1
        source = parse(event.source)
        if (f"fund:{source.fund}", source.earmark) != (event.originator_id, event.earmark):
            said = f"to {event.earmark} from {event.source}"
            self.found.breach([position], event.originator_id, said)

    def see_gift(self, position: int, event: DonationReceived) -> None:
        """Hold a gift, or an instalment, against its pledge."""
        at, *wanted = self.pledged.get(event.originator_id, (position, event.fund, event.earmark))
        places = [[part.fund, part.earmark] for part in event.parts]
        told = places or [[event.fund, event.earmark]]
        if event.originator_id in self.pledged and told != [wanted]:
            said = f"for {event.fund} {event.earmark}, pledged for {' '.join(map(str, wanted))}"
            self.found.breach([at, position], event.originator_id, said)
