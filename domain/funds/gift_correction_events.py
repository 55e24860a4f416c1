"""A gift that was told wrongly (更正捐赠): what it is, and what that changes in each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.funds.fund_events import FundRefunded
from domain.funds.gift_parts import GiftPlace, KeptPart, came
from domain.kernel.disclosure import public
from domain.kernel.facts import Fact
from domain.kernel.money import Fen, MoneyEvent, Posting

if TYPE_CHECKING:
    from domain.funds.donations import Donation


class PartMove(msgspec.Struct, frozen=True, gc=False):
    """So much more, or less, of a gift for a place; of what leaves, so much was not gathered."""

    fund: str
    earmark: str
    keeper: str
    more: Fen = 0
    less: Fen = 0
    ungathered: Fen = 0

    @property
    def place(self) -> GiftPlace:
        """Return the place."""
        return self.fund, self.earmark

    def lines(self) -> tuple[Posting, ...]:
        """Bring in what was there all along, and take out what never was and lies ungathered."""
        return came(self.place, self.more or -self.ungathered)

    def raised(self) -> tuple[Fact, ...]:
        """Count it for the keeper."""
        part = KeptPart(self.fund, self.earmark, self.more or self.less, self.keeper)
        return (part.raised(sign=1 if self.more else -1),)


class DonationCorrected(
    MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A gift was told wrongly: it was so much for this place, not as `before`; nobody is refunded.

    `remaining` is what is left of the gift. What leaves the place of before leaves `received` with
    `ungathered`, and the fund by the fund's own event. Of a gift in several places, before or now,
    `parts` are what it is, and `moves` what that changes in each place.
    """

    TOPIC = "donation.corrected"
    PUBLIC = public(
        "fund earmark amount keeper parts",
        unlisted="before remaining ungathered moves name_shown",
        reasons=False,
    )
    ROW = (
        *("fund", "earmark", "amount", "keeper", "parts"),
        *("donor", "name_shown", "campaign", "remaining"),
    )
    CLEARS = ("parts",)

    fund: str
    earmark: str
    keeper: str
    amount: Fen = 0
    remaining: Fen = 0
    before: KeptPart
    ungathered: Fen = 0
    donor: str | None = None
    name_shown: bool | None = None
    campaign: str | None = None
    parts: tuple[KeptPart, ...] = ()
    moves: tuple[PartMove, ...] = ()

    @property
    def now(self) -> KeptPart:
        """Return what the gift is."""
        return KeptPart(self.fund, self.earmark, self.amount, self.keeper)

    def apply(self, donation: Donation) -> None:
        """Let the gift be what it is."""
        if not self.moves:
            self.move_all(donation)
        for move in self.moves:
            donation.given[move.place] += move.more - move.less
            donation.left[move.place] += move.more - move.less
            donation.keepers[move.place] = move.keeper
        donation.fund, donation.earmark = self.now.place
        donation.amount = self.amount
        donation.donor = self.donor or donation.donor
        donation.corrected = True

    def move_all(self, donation: Donation) -> None:
        """Let all of the gift lie in one place, whose keeper may be another."""
        if not self.parts:
            donation.given.pop(self.before.place, None)
            donation.left.pop(self.before.place, None)
            donation.given[self.now.place] = self.amount
            donation.left[self.now.place] = self.remaining
            donation.keepers[self.now.place] = self.keeper

    def postings(self) -> tuple[Posting, ...]:
        """Take out what was never there, and bring in what was; the rest stays where it is."""
        if self.moves or self.parts:
            return tuple(line for move in self.moves for line in move.lines())
        if self.now.place == self.before.place:
            more = self.amount - self.before.amount
            return came(self.now.place, more if more > 0 else -self.ungathered)
        return came(self.before.place, -self.ungathered) + came(self.now.place, self.remaining)

    def facts(self) -> tuple[Fact, ...]:
        """Count for the keeper what the gift is, and no more what it was not."""
        if self.moves or self.parts:
            return tuple(fact for move in self.moves for fact in move.raised())
        if self.now == self.before:
            return ()
        return (self.before.raised(sign=-1), self.now.raised())


class FundGiftCorrected(
    FundRefunded, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A part of a gift that had been gathered never was this fund's, or under this earmark."""

    TOPIC = "fund.gift-corrected"
    PUBLIC = FundRefunded.PUBLIC
