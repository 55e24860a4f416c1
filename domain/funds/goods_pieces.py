"""Pieces of goods (物资): so many of one kind, and how they move between stores and the world."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

from domain.kernel import accounts
from domain.kernel.ids import Grammar
from domain.kernel.money import Posting, Quantity, mirrored, transfer
from domain.kernel.refusals import GoodsShort, Malformed, UnitMismatch
from domain.kernel.unit import Unit

# The kind is the end of its unit: `clothing` is counted in `item:clothing`.
GoodsKind: TypeAlias = Annotated[str, Grammar(r"[a-z0-9][a-z0-9.-]{0,60}")]


class Pieces(msgspec.Struct, frozen=True, gc=False):
    """So many pieces of one kind of goods; the unit of the quantity names the kind again."""

    kind: GoodsKind
    quantity: Quantity


def unit_of(kind: str) -> str:
    """Return the unit in which a kind of goods is counted."""
    return f"item:{kind}"


def require_pieces(subject: str, goods: tuple[Pieces, ...]) -> None:
    """Refuse no goods, a kind named twice, and a quantity in another unit than its kind's."""
    if not goods or len({each.kind for each in goods}) < len(goods):
        raise Malformed(subject, "name each kind of goods once, and at least one", "/what/goods")
    for each in goods:
        if each.quantity.unit != unit_of(each.kind):
            wanted = unit_of(each.kind)
            raise UnitMismatch(subject, "{kind} is counted in {unit}", kind=each.kind, unit=wanted)


def require_in_stock(
    subject: str, unit: Unit, *, fund: str, earmark: str, goods: tuple[Pieces, ...]
) -> None:
    """Refuse to take out more than lies in store, while nobody else takes anything out."""
    unit.locks.take(f"stock:{fund}:{earmark}")
    held = unit.stock.pieces(fund, earmark)
    for each in goods:
        kept = held.get(each.kind, 0)
        if each.quantity.value > kept:
            raise GoodsShort(subject, kind=each.kind, wanted=each.quantity.value, in_stock=kept)


def into_stock(
    goods: tuple[Pieces, ...], *, fund: str, earmark: str, source: str
) -> tuple[Posting, ...]:
    """Move goods from an account into the store, kind by kind."""
    return tuple(
        line
        for each in goods
        for line in transfer(
            each.quantity.value,
            source=source,
            target=accounts.stock(fund, earmark, each.kind),
            unit=each.quantity.unit,
        )
    )


def out_of_stock(
    goods: tuple[Pieces, ...], *, fund: str, earmark: str, target: str
) -> tuple[Posting, ...]:
    """Move goods out of the store to an account, kind by kind."""
    return mirrored(into_stock(goods, fund=fund, earmark=earmark, source=target))
