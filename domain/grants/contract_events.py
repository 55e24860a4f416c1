"""What happens to a contract, each with its double entry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec.structs import replace

from domain.kernel import accounts
from domain.kernel.aggregate import Event
from domain.kernel.disclosure import REVERSED, public
from domain.kernel.facts import Fact
from domain.kernel.money import Fen, Measured, MoneyEvent, Posting, Quantity, transfer
from domain.kernel.reversals import Reversal

if TYPE_CHECKING:
    from domain.grants.contracts import Contract


class ContractSigned(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The contract was signed; the fund's own event promises its amount."""

    TOPIC = "contract.signed"
    PUBLIC = public("body project programme purpose fund earmark amount class posts from until")
    STATE = "signed"

    body: str
    project: str | None = None
    programme: str
    purpose: str
    fund: str
    earmark: str
    amount: Fen
    class_: str | None = None
    posts: Annotated[int, Measured("post")] | None = None
    from_: date
    until: date

    def apply(self, contract: Contract) -> None:
        """Keep what was signed."""
        contract.signed = self
        contract.committed = self.amount

    def facts(self) -> tuple[Fact, ...]:
        """Count the contract's posts, its body, and the project behind the fund's money."""
        body = Fact(
            measure="contract-body",
            unit="organisation",
            who=self.body,
            programme=self.programme,
            fund=self.fund,
        )
        found = [body]
        if self.posts is not None:
            found.append(
                replace(body, measure="posts-bought", value=self.posts, unit="post", who="")
            )
        if self.project is not None:
            found.append(replace(body, measure="fund-project", unit="project", who=self.project))
        return tuple(found)


class ContractMonthConfirmed(
    Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """So much was delivered in a month, and this came of it."""

    TOPIC = "contract.month-confirmed"
    PUBLIC = public("month units programme")
    ROW = ("month", "units", "outcomes")

    month: str
    units: int
    outcomes: dict[str, Quantity] = msgspec.field(default_factory=dict)
    programme: str

    def apply(self, contract: Contract) -> None:
        """Keep who confirmed the month."""
        contract.confirmed[self.month] = self.act.by

    def undo(self, contract: Contract) -> None:
        """Let the month be unconfirmed."""
        contract.confirmed.pop(self.month, None)

    def facts(self) -> tuple[Fact, ...]:
        """Count what came of it."""
        return tuple(
            Fact(
                measure=f"outcome:{name}",
                value=counted.value,
                unit=counted.unit,
                programme=self.programme,
            )
            for name, counted in self.outcomes.items()
        )


class ContractPaid(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A confirmed month was paid."""

    TOPIC = "contract.paid"
    PUBLIC = public("month amount fund earmark programme")
    ROW = ()

    month: str
    amount: Fen
    fund: str
    earmark: str
    programme: str

    def apply(self, contract: Contract) -> None:
        """Take it from what is promised."""
        contract.committed -= self.amount
        contract.paid.add(self.month)

    def undo(self, contract: Contract) -> None:
        """Let it be promised again."""
        contract.committed += self.amount
        contract.paid.discard(self.month)

    def postings(self) -> tuple[Posting, ...]:
        """Spend what was promised."""
        return transfer(
            self.amount,
            source=accounts.committed(self.fund, self.earmark, self.originator_id),
            target=accounts.spent(self.fund, self.earmark, self.programme),
        )


class ContractEvaluated(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """It was evaluated how the contract was carried out."""

    TOPIC = "contract.evaluated"
    PUBLIC = public("grade")

    grade: str | None = None


class ContractEnded(MoneyEvent, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The contract is over; the fund's own event freed what was `released`."""

    TOPIC = "contract.ended"
    PUBLIC = public("released")
    STATE = "ended"
    ROW = ("released",)

    released: Annotated[int, Measured("fen", least=0)]

    def apply(self, contract: Contract) -> None:
        """Promise nothing any more."""
        contract.ended = True
        contract.committed = 0


class ContractReversed(Reversal, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A confirmed month or a payment was mirrored."""

    TOPIC = "contract.reversed"
    PUBLIC = REVERSED
