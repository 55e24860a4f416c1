"""One thing told twice (重复登记): the same work, document, code or award, under another id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.refusals import AlreadyTold

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event

# A second one of these is taken where act.reason says that both are true.
TWICE_WITH_REASON = frozenset({"tally.reported", "honour.conferred", "grant.paid", "fund.allotted"})
# These are told again by the same subject, too, where it does more than say it of itself.
OF_THE_SAME_SUBJECT = frozenset({"grant.paid", "fund.allotted"})


def told(kind: str, *parts: object) -> str:
    """Write what may be told once."""
    return "|".join([kind, *map(str, parts)])


def is_twice(event: Event, first: str) -> bool:
    """Tell whether an event tells again, without a reason, what `first` has told."""
    if first == event.originator_id and event.TOPIC not in OF_THE_SAME_SUBJECT:
        return False
    return not (event.TOPIC in TWICE_WITH_REASON and event.act.reason)


def require_untold(event: Event, first: str | None) -> None:
    """Refuse an event that tells what another subject, or this one, has told and that stands."""
    if first is None or not is_twice(event, first):
        return
    if event.TOPIC in TWICE_WITH_REASON:
        raise AlreadyTold(event.originator_id, first=first)
    raise AlreadyTold(
        event.originator_id, "{first} says the same: correct the one or the other", first=first
    )
