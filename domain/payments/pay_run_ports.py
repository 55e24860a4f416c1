"""What a run is drawn from: rolls, and the names of payments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from domain.benefits.rolls import Roll

if TYPE_CHECKING:
    from domain.payments.paid_months import PaidMonth


class RollSource(Protocol):
    """Gives rolls."""

    def roll(self, scheme: str, month: str, at: int | None = None) -> Roll:
        """Return the lines of a scheme's roll for a benefit month, at a position."""

    def holders(self, scheme: str, at: int | None = None) -> Mapping[str, str]:
        """Return of all whom a roll of the scheme may have had so far, by id, the id in use.

        Holders of claims granted up to the position, and all who had lived in their households.
        """


class PaymentSource(Protocol):
    """Names payments, and knows those of other runs."""

    def tags(self, scheme: str, holders: Iterable[str], *parts: str) -> list[str]:
        """Return the keyed hashes that name payments of many holders."""

    def paid(self, run: str, scheme: str, month: str, at: int | None = None) -> frozenset[str]:
        """Return the tags for which other runs than this have paid the month, at a position.

        Whom they have paid under one id, they have paid under all.
        """

    def paid_months(
        self, scheme: str, month: str, at: int | None = None
    ) -> Mapping[str, PaidMonth]:
        """Return by tag what was paid for a month and stands, at a position."""


class DrawnFrom(Protocol):
    """What a run is drawn from: a unit of work, or the views as somebody reads them."""

    @property
    def rolls(self) -> RollSource:
        """Who is entitled to what."""

    @property
    def payments(self) -> PaymentSource:
        """How payments are named, and which months are paid."""
