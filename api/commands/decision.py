"""Deciding one order: roles, the method that decides, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from api.commands.parsing import Order
from domain.kernel.aggregate import check_existence
from domain.kernel.money import MoneyEvent
from domain.kernel.refusals import (
    Malformed,
    PeriodClosed,
    RoleMissing,
    SecondPersonNeeded,
    VersionConflict,
)
from domain.office.periods import Period, PeriodReopened, PeriodSoftClosed
from domain.office.roles import Role, role_of
from infra.eventlog.append import Guard, Sealed
from infra.vault import TAG_KEY
from projections.core import event_log

if TYPE_CHECKING:
    from domain.kernel.aggregate import Act, Event
    from infra.commands.unit_of_work import Books
    from infra.vault import Vault

# Whoever owns the data folder acts as this operator; it grants the first roles.
BOOTSTRAP = "operator:local"
EventRef = tuple[str, str, int]


@dataclass
class Decided:
    """An order that was decided: which of the pending events are its own, and what it answers."""

    order: Order
    key: str
    start: int
    events: list[EventRef]
    version: int
    extra: dict[str, Any] = field(default_factory=dict)
    # Events that a streaming command has stored already, with their positions.
    before: list[tuple[int, EventRef]] = field(default_factory=list)
    sealed: list[Sealed] = field(default_factory=list)

    def seal(self, vault: Vault, books: Books) -> None:
        """Seal what the order sends to the vault; what its events say is destroyed there."""
        contract = self.order.contract
        content = self.order.what.get("sealed") if contract.seals else None
        if content:
            require_tag_key(self.order, content)
            name = books.find(contract.kind, self.order.subject).sealed_name
            self.sealed.append(vault.seal(name, content))
        for event in books.pending[self.start :]:
            self.sealed += [Sealed(name, None, None) for name in event.unsealed()]


def require_tag_key(order: Order, content: Mapping[str, str]) -> None:
    """Refuse a key for a scheme's tags that none could be made with."""
    key = content.get("tag_key")
    if key is not None and not TAG_KEY.fullmatch(key):
        raise Malformed(
            order.subject, "a tag key has 16 to 64 bytes, written in hex", "/what/sealed/tag_key"
        )


def mentioned(orders: Sequence[Order], *senders: str) -> list[str]:
    """List the subjects that orders name, and their senders' roles, once each."""
    named = dict.fromkeys(role_of(by) for by in senders)
    for order in orders:
        named[order.subject] = None
        for subject in order.mentions:
            named[subject] = None
    return list(named)


def check_role(books: Books, order: Order, by: str, carried: frozenset[str] | None) -> None:
    """Refuse a sender without one of the command's roles, held now and carried by his token."""
    held = books.find(Role, role_of(by)).roles
    if by == BOOTSTRAP:
        held |= {"operator"}
    effective = held if carried is None else held & carried
    wanted = order.contract.spec.roles
    if not effective & set(wanted):
        raise RoleMissing(
            order.subject, f"{order.contract.name} needs the role {' or '.join(wanted)}"
        )


def refs(events: Sequence[Event]) -> list[EventRef]:
    """Name events as a receipt does."""
    return [(e.TOPIC, e.originator_id, e.originator_version) for e in events]


def call(books: Books, order: Order, act: Act) -> Any:
    """Call the method that decides, on the order's subject."""
    contract = order.contract
    aggregate = books.find(contract.kind, order.subject)
    check_existence(aggregate, contract.spec)
    if order.expect is not None and order.expect != aggregate.version:
        raise VersionConflict(order.subject, expected=order.expect, found=aggregate.version)
    what = {**order.what, "sealed": None} if contract.seals else order.what
    args = (act, books) if contract.with_books else (act,)
    return contract.method(aggregate, *args, **what)


def decide(books: Books, order: Order, act: Act) -> Decided:
    """Let the aggregate decide; its events are then pending in the books."""
    start = len(books.pending)
    extra = call(books, order, act)
    made = books.pending[start:]
    if order.act.booked is not None and not any(isinstance(e, MoneyEvent) for e in made):
        raise Malformed(
            order.subject, "this command moves no money: leave booked out", "/act/booked"
        )
    version = books.find(order.contract.kind, order.subject).version
    return Decided(order, act.key, start, refs(made), version, extra or {})


class SoftClosing(NamedTuple):
    """The soft-closed days: through which, and who closed them last."""

    through: date
    by: str


NOTHING_CLOSED = SoftClosing(date.min, "")


def guard_of(books: Books, *, soft: bool) -> Guard:
    """Sum up the booked days that are pending. `soft`: some lie in a soft-closed period."""
    guard = Guard()
    closing = soft_closing(books) if soft else NOTHING_CLOSED
    for event in books.facts():
        inside = isinstance(event, MoneyEvent) and event.act.booked <= closing.through
        if inside:
            refuse_soft(event, closing)
        guard.see(event, may_enter_soft=inside)
    return guard


def soft_closing(books: Books) -> SoftClosing:
    """Return what all periods together have soft-closed."""
    closed: dict[str, SoftClosing] = {}
    # All events of periods: few.
    for event in event_log.of_prefix(books.connection, Period.KIND):
        if isinstance(event, PeriodSoftClosed):
            closed[event.originator_id] = SoftClosing(event.through, event.act.by)
        elif isinstance(event, PeriodReopened):
            closed.pop(event.originator_id, None)
    return max(closed.values(), default=NOTHING_CLOSED)


def refuse_soft(event: Event, closing: SoftClosing) -> None:
    """Refuse to book into a soft-closed period without a reason, or by who closed it."""
    where = f"booked {event.act.booked}, soft-closed through {closing.through}"
    if not event.act.reason:
        raise PeriodClosed(event.originator_id, f"{where}: give act.reason, or book later")
    if event.act.by == closing.by:
        raise SecondPersonNeeded(event.originator_id, f"{where} by {closing.by}")
