"""One grant's year: awarded, paid in instalments, accounted for, given back, closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.kernel.commands import YEAR
from scripts.golden.targets import WAN, YUAN

if TYPE_CHECKING:
    from random import Random

YEAR_END = date(YEAR, 12, 20)
AT_ONCE = 5 * WAN
APART = 90
ACCOUNTED, RESTING, GIVING_BACK, CLOSING = 0.75, 0.15, 0.1, 0.6


class Share(NamedTuple):
    """What one fund gives."""

    fund: str
    earmark: str
    amount: int


class Project(NamedTuple):
    """A project that groups grants."""

    id: str
    title: str
    programme: str
    purpose: str


@dataclass(slots=True)
class Grant:
    """One grant, from its application to what is left open at the end of the year."""

    key: str
    project: Project
    body: str
    title: str
    area: str
    shares: tuple[Share, ...]
    applied: date
    awarded: date
    round: int | None = None
    instalments: list[tuple[date, str, int]] = field(default_factory=list)
    accounts: list[tuple[date, str, int]] = field(default_factory=list)
    given_back: list[tuple[date, str, int]] = field(default_factory=list)
    closed: date | None = None

    @property
    def id(self) -> str:
        """Return the grant's id."""
        return f"grant:{self.key}"

    @property
    def amount(self) -> int:
        """Return what is awarded."""
        return sum(share.amount for share in self.shares)

    def rest(self) -> int:
        """Return what closing it frees: promised and never paid."""
        if self.closed is None:
            return 0
        return self.amount - sum(amount for _, _, amount in self.instalments)


def live(grant: Grant, chance: Random, *, in_full: bool = False) -> None:
    """Throw a grant's life; `in_full`: nothing of the award is left when it is closed."""
    resting = not in_full and chance.random() < RESTING
    for share in grant.shares:
        pay(grant, share, chance, resting=resting)
    grant.instalments.sort()
    if chance.random() < ACCOUNTED:
        account(grant, chance)
    if settled(grant) and (resting or chance.random() < CLOSING):
        grant.closed = max(day for day, _, _ in (*grant.accounts, *grant.given_back))
        grant.closed += timedelta(days=5)


def pay(grant: Grant, share: Share, chance: Random, *, resting: bool) -> None:
    """Pay a share at once or in halves, as far as the year goes; a resting one not to the end."""
    first = grant.awarded + timedelta(days=chance.randint(8, 20))
    rest = share.amount // 20 // (100 * YUAN) * (100 * YUAN) if resting else 0
    parts = [share.amount]
    if share.amount > AT_ONCE:
        half = share.amount // 2 // (100 * YUAN) * (100 * YUAN)
        parts = [half, share.amount - half]
    parts[-1] -= rest
    for number, amount in enumerate(parts):
        day = first + timedelta(days=APART * number)
        if day <= YEAR_END:
            grant.instalments.append((day, share.fund, amount))


def account(grant: Grant, chance: Random) -> None:
    """Let the body account for each instalment some weeks later, and give back what it spared."""
    for day, fund, amount in grant.instalments:
        accounted = day + timedelta(days=chance.randint(40, 100))
        back = accounted + timedelta(days=10)
        if back > YEAR_END:
            continue
        spared = amount // 25 // YUAN * YUAN if chance.random() < GIVING_BACK else 0
        grant.accounts.append((accounted, fund, amount - spared))
        if spared:
            grant.given_back.append((back, fund, spared))


def settled(grant: Grant) -> bool:
    """Tell whether all that was to be paid is paid and accounted for."""
    paid = sum(amount for _, _, amount in grant.instalments)
    done = sum(amount for _, _, amount in (*grant.accounts, *grant.given_back))
    return bool(done) and paid == done and paid * 10 > grant.amount * 9
