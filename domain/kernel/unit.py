"""A unit of work, as commands use it: aggregates, and what can be asked beyond them, by subject.

A command gets a `Unit` where it needs more than its own aggregate. All that is recorded in one unit
is saved together or not at all, and the command may be run again in another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from domain.kernel.aggregate import Aggregate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from domain.benefits.entitlement_rules import HeldClaim
    from domain.benefits.households import HouseholdStay
    from domain.benefits.rolls import Roll
    from domain.kernel.aggregate import Event
    from domain.kernel.sentences import Sentence
    from domain.payments.paid_months import PaidMonth
    from domain.payments.pay_run_lines import Drawn

A = TypeVar("A", bound=Aggregate)


class RollPort(Protocol):
    """Who is entitled to what in a month, and what has come between."""

    def roll(self, scheme: str, month: str, at: int | None = None) -> Roll:
        """Return the lines of a scheme's roll for a benefit month (YYYY-MM), at a position."""

    def holders(self, scheme: str, at: int | None = None) -> Mapping[str, str]:
        """Return of all whom a roll of the scheme may have had so far, by id, the id in use."""

    def stops_since(self, scheme: str, month: str, at: int = 0) -> Mapping[str, str]:
        """Return who may not be paid for a month as of now, and why, by what happened after `at`.

        Holders, and persons who have died (`domain.benefits.rolls.stops`); 0: whatever happened.
        """

    def bereaved(self, scheme: str, month: str) -> Mapping[str, int]:
        """Return the households that lost a member before a month, and how many are left for it."""

    def other_accounts(self, month: str) -> frozenset[str]:
        """Return the holders of a month of whom somebody has another account than at first."""

    def drawn_up(self, run: str, draw: Callable[[], Drawn]) -> Drawn:
        """Return what a run pays, as it is drawn up for the first time."""

    def drawn_again(self, run: str, digest: str, draw: Callable[[], Drawn], *, at: int) -> Drawn:
        """Return what a run pays, as it was drawn up at a position, or as `draw` has it now."""


class RunUnderWay(NamedTuple):
    """A run that may pay: approved, or `is_releasing`, once some of its lines are released."""

    run: str
    scheme: str
    month: str
    is_releasing: bool


class PaymentPort(Protocol):
    """The names of payments, and which months are paid."""

    def tag(self, scheme: str, *parts: str) -> str:
        """Return the keyed hash that names a payment of the scheme without naming its holder."""

    def tags(self, scheme: str, holders: Iterable[str], *parts: str) -> list[str]:
        """Return the keyed hashes that name payments of many holders, alike in the other parts."""

    def paid(self, run: str, scheme: str, month: str, at: int | None = None) -> frozenset[str]:
        """Return the tags for which other runs than this have paid the month, at a position.

        They are the last parts of payment.made's ids, and the `guards` of pay-run.chunk-released.
        """

    def paid_months(
        self, scheme: str, month: str, at: int | None = None
    ) -> Mapping[str, PaidMonth]:
        """Return by tag what was paid for a month and stands, at a position."""

    def asked_back(self, scheme: str, holder: str, months: Iterable[str]) -> Sequence[str]:
        """Return the recoveries that ask for what runs have paid to a holder for some months."""

    def under_way(self) -> Sequence[RunUnderWay]:
        """Return the runs that are approved and not released to their end."""


class EntitlementPort(Protocol):
    """The entitlements that a person or a household has."""

    def of(self, holder: str) -> tuple[HeldClaim, ...]:
        """Return all that a holder has, this unit's changes included.

        Of a person also what the households it lives in have, of a household what its members
        have, for the months for which they live together.
        """


class HouseholdPort(Protocol):
    """The households in which persons live and lived."""

    def of(self, person: str) -> tuple[HouseholdStay, ...]:
        """Return a person's stays in households, this unit's changes included."""


class BodyPort(Protocol):
    """The bodies of the register."""

    def ended_on(self, body: str) -> date | None:
        """Return the day on which a body was deregistered or revoked, None if it was not."""

    def that_runs(self, facility: str) -> str:
        """Return the body that runs a facility, "" if there is none."""


class DonationPort(Protocol):
    """The money that was donated."""

    def ungathered(self, fund: str, earmark: str, through: date) -> int:
        """Return the fen donated up to a booked day and not yet gathered into the fund."""


class StockPort(Protocol):
    """The goods that were donated."""

    def pieces(self, fund: str, earmark: str) -> Mapping[str, int]:
        """Return the pieces in store under an earmark, by kind of goods."""


class PeriodPort(Protocol):
    """The days that take no posting any more."""

    def closed_through(self) -> date | None:
        """Return the last day of the closed periods, None if no day was ever closed."""


class LogPort(Protocol):
    """The events that are stored."""

    def event_at(self, position: int) -> Event | None:
        """Return the stored event at a position, None if there is none."""


class LockPort(Protocol):
    """Names that one unit of work holds at a time."""

    def take(self, name: str) -> None:
        """Wait until no other unit of work holds this name; it is given back at the end."""


class AddressPort(Protocol):
    """The addresses that webhooks may call."""

    def barred(self, url: str) -> Sentence | None:
        """Return why the server may not call an address, None if it may."""


class Unit(Protocol):
    """A unit of work: gives aggregates, saves all that changed together, can be run again."""

    def __getitem__(self, which: tuple[type[A], str]) -> A:
        """Return the aggregate; `UnknownSubject` if it has no history."""

    def find(self, kind: type[A], subject: str) -> A:
        """Return the aggregate, with version 0 if it has no history."""

    def exists(self, subject: str) -> bool:
        """Tell whether the subject (its id names its kind) has a history."""

    def add(self, event: Event, subject: str) -> None:
        """Add the same fact as the first event of a subject, without its aggregate (in chunks)."""

    @property
    def rolls(self) -> RollPort:
        """Who is entitled to what."""

    @property
    def payments(self) -> PaymentPort:
        """How payments are named, and which months are paid."""

    @property
    def entitlements(self) -> EntitlementPort:
        """What holders have."""

    @property
    def households(self) -> HouseholdPort:
        """Where persons live."""

    @property
    def bodies(self) -> BodyPort:
        """Which bodies have ended."""

    @property
    def donations(self) -> DonationPort:
        """What was donated in money."""

    @property
    def stock(self) -> StockPort:
        """What was donated in goods."""

    @property
    def periods(self) -> PeriodPort:
        """Which days are closed."""

    @property
    def log(self) -> LogPort:
        """What is stored."""

    @property
    def locks(self) -> LockPort:
        """What one unit of work does at a time."""

    @property
    def addresses(self) -> AddressPort:
        """What webhooks may call."""
