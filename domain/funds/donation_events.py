"""What happens to a donation, each with its double entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.funds.gift_parts import KeptPart
from domain.funds.goods_pieces import Pieces, into_stock
from domain.kernel import accounts
from domain.kernel.aggregate import Event
from domain.kernel.disclosure import public
from domain.kernel.duplicates import told
from domain.kernel.facts import Fact
from domain.kernel.money import Fen, MoneyEvent, Posting, Quantity, transfer
from domain.kernel.reversals import Reversal

if TYPE_CHECKING:
    from domain.funds.donations import Donation


# A pledge of which some instalments have come.
PART_RECEIVED = "part-received"


class DonationPledged(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Somebody promised to give money, goods, or a service."""

    TOPIC = "donation.pledged"
    # A donated service is told in free words, which may name its donor: they stay inside.
    PUBLIC = public("fund earmark amount goods campaign", reasons=False)
    STATE = "pledged"

    donor: str | None = None
    fund: str
    earmark: str
    amount: Fen = 0
    goods: tuple[Pieces, ...] = ()
    service: str = ""
    campaign: str | None = None

    def apply(self, donation: Donation) -> None:
        """Keep what was promised."""
        donation.state = self.STATE
        donation.pledged = True
        donation.promised = self.amount
        donation.donor = self.donor
        donation.fund = self.fund
        donation.earmark = self.earmark
        donation.campaign = self.campaign

    def undo(self, donation: Donation) -> None:
        """Forget what was promised."""
        donation.state = ""
        donation.pledged = False
        donation.promised = 0
        donation.donor = None
        donation.campaign = None


class DonationReceived(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A gift arrived; `keeper` is who kept its fund on that day.

    Money waits to be gathered, goods lie in store, a service is only noted. A gift of several
    `parts` names the first one's place as its own. Of a pledge that is kept in instalments each
    one says the `total` so far, of what was `promised`, and which `state` that is, if not the last.
    """

    TOPIC = "donation.received"
    PUBLIC = public(
        "fund earmark amount goods campaign keeper parts",
        unlisted="name_shown total promised state",
        reasons=False,
    )
    STATE = "received"

    donor: str | None = None
    fund: str
    earmark: str
    amount: Fen = 0
    goods: tuple[Pieces, ...] = ()
    service: str = ""
    campaign: str | None = None
    name_shown: bool
    keeper: str
    parts: tuple[KeptPart, ...] = ()
    total: Fen = 0
    promised: Fen = 0
    state: str = ""

    def apply(self, donation: Donation) -> None:
        """Keep what was given, and for what."""
        donation.state = self.state or self.STATE
        donation.fund = self.fund
        donation.earmark = self.earmark
        donation.amount += self.amount
        for part in self.shares():
            donation.given[part.place] += part.amount
            donation.left[part.place] += part.amount
            donation.keepers[part.place] = part.keeper
        donation.keepers[self.fund, self.earmark] = self.keeper
        donation.received_on = self.act.on
        donation.arrivals = (*donation.arrivals, self.originator_version)
        donation.in_kind = not self.amount

    def undo(self, donation: Donation) -> None:
        """Take the gift out again; a pledge then waits once more."""
        donation.amount -= self.amount
        for part in self.shares():
            donation.given[part.place] -= part.amount
            donation.left[part.place] -= part.amount
        donation.arrivals = donation.arrivals[:-1]
        donation.state = "pledged" if donation.pledged else ""
        if donation.amount:
            donation.state = PART_RECEIVED

    def shares(self) -> tuple[KeptPart, ...]:
        """Return what lies where; nothing of goods and services."""
        if self.parts or not self.amount:
            return self.parts
        return (KeptPart(self.fund, self.earmark, self.amount, self.keeper),)

    def row_instead(self) -> dict[str, object]:
        """Enter the sum of the instalments."""
        return {"amount": {"value": self.total, "unit": "fen"}} if self.promised else {}

    def postings(self) -> tuple[Posting, ...]:
        """Bring it in from the donors."""
        if not self.amount:
            donors = accounts.out(self.fund, self.earmark, "donors")
            return into_stock(self.goods, fund=self.fund, earmark=self.earmark, source=donors)
        return tuple(line for part in self.shares() for line in part.enters())

    def facts(self) -> tuple[Fact, ...]:
        """Count what the keeper has raised, gross: money, or pieces of each kind of goods."""
        if self.amount:
            return tuple(part.raised() for part in self.shares())
        return tuple(
            self.raised(f"goods-received:{each.kind}", each.quantity) for each in self.goods
        )

    def raised(self, measure: str, quantity: Quantity) -> Fact:
        """Count something that the keeper has raised."""
        return Fact(
            measure=measure,
            value=quantity.value,
            unit=quantity.unit,
            fund=self.fund,
            detail=self.keeper,
        )


class DonationReceipted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The donation receipt was issued."""

    TOPIC = "donation.receipted"
    # The number of a receipt opens its page: only who holds the receipt knows it.
    PUBLIC = public(reasons=False)
    STATE = "receipted"

    number: str

    def apply(self, donation: Donation) -> None:
        """Set the state."""
        donation.state = self.STATE

    def tells(self) -> str:
        """Give a number to one receipt."""
        return told("receipt", self.number)


class DonationRefunded(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A part was given back: `ungathered` of it from `received`, the rest by the fund's own event.

    `remaining` is what is left of the gift, `state` where that leaves it.
    """

    TOPIC = "donation.refunded"
    PUBLIC = public("fund earmark amount ungathered state", unlisted="remaining", reasons=False)
    ROW = ("remaining", "state")

    amount: Fen
    fund: str
    earmark: str
    ungathered: Fen
    keeper: str
    remaining: Fen
    state: str

    def apply(self, donation: Donation) -> None:
        """Lower what is left of the gift."""
        donation.left[self.fund, self.earmark] -= self.amount
        donation.state = self.state

    def postings(self) -> tuple[Posting, ...]:
        """Give back what was not yet gathered."""
        if not self.ungathered:
            return ()
        return transfer(
            self.ungathered,
            source=accounts.received(self.fund, self.earmark),
            target=accounts.out(self.fund, self.earmark, "donors"),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Count what the keeper has given back."""
        return (
            Fact(
                measure="donation-refunded",
                value=self.amount,
                unit="fen",
                fund=self.fund,
                detail=self.keeper,
            ),
        )


class DonationReversed(Reversal, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A gift or a pledge was mirrored."""

    TOPIC = "donation.reversed"
    PUBLIC = public("of original_topic", reasons=False)
    STATE = "reversed"
