"""The start of 2012 as arrays of commands: it yields what it sends and is sent the receipts."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from domain.benefits.schemes import catalogue
from scripts.golden.kernel.chance import Ids
from scripts.golden.kernel.commands import IfMissing, Order, order
from scripts.golden.registers import areas
from scripts.plan2012 import assistance, bodies, centres, elders, funerals, targets, words
from scripts.plan2012.words import APPROVER, NAME, SINCE

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from datetime import date

    from scripts.golden.kernel.commands import Receipt

MOST = 1_000
# Schemes that another year may have adopted, and the plan's own.
SHARED, OWN = ("dibao", "home-care"), "funeral-basic"


def commands(seed: int, scale: float) -> Generator[list[Order], list[Receipt], None]:
    """Tell the start of the year; the receipts of an array are sent back before the next."""
    ids = Ids(seed)
    yield from before(ids)
    dated = sorted(
        chain(
            bodies.told(seed, scale),
            centres.told(seed),
            elders.told(seed, scale, ids),
            assistance.told(seed, scale, ids),
            funerals.told(seed, scale, ids),
        ),
        key=day_of,
    )
    yield from arrayed(one for _, one in dated)
    yield from funerals.paid()


def before(ids: Ids) -> Iterator[list[Order]]:
    """Tell what everything rests on."""
    yield list(words.officers())
    changed = chain.from_iterable(map(areas.changes, (areas.NEW_DISTRICT_MADE, areas.MOVED)))
    opened = [one | {"by": APPROVER} for one in chain(areas.opened(), changed)]
    yield IfMissing(opened)
    for scheme in SHARED:
        yield IfMissing([adopted(ids, scheme)])
    yield [adopted(ids, OWN)]
    yield [*words.fund(), *centres.project(), *targets.rules(), *targets.stated(elders.ELDERS)]


def adopted(ids: Ids, scheme: str) -> Order:
    """Adopt a scheme as the catalogue says; its tag key comes sealed, so that ids repeat."""
    what = {**catalogue.read(scheme), "sealed": {"tag_key": ids.tag_key(f"{NAME}:{scheme}")}}
    return order("scheme.adopt", f"scheme:{scheme}", what, by=APPROVER, on=SINCE)


def day_of(dated: tuple[date, Order]) -> date:
    """Return the day of a command; what is told of one day keeps its order."""
    return dated[0]


def arrayed(orders: Iterable[Order]) -> Iterator[list[Order]]:
    """Group commands into arrays as large as the door takes."""
    waiting = iter(orders)
    while array := list(islice(waiting, MOST)):
        yield array
