"""The allow-list: what the public sees of each topic, collected from the events' own files.

A topic that states nothing shows nothing but a commitment. tests/golden/public_fields.txt lists the
whole, topic by topic.
"""

from __future__ import annotations

from domain import AGGREGATES, EVENTS
from domain.kernel.aggregate import subject_kind
from domain.kernel.disclosure import Public
from domain.kernel.event_fields import row_plan


def stated() -> dict[str, Public]:
    """Return what each topic states; a class does not inherit what another one states."""
    found = {kind.TOPIC: vars(kind)["PUBLIC"] for kind in EVENTS.values() if "PUBLIC" in vars(kind)}
    return dict(sorted(found.items()))


def listed(kind: str) -> frozenset[str]:
    """Return the columns of a kind's public list: public fields that enter its rows."""
    return frozenset(
        name
        for event in EVENTS.values()
        if subject_kind(event) == kind and event.TOPIC in OPEN
        for name in {part.name for part in row_plan(event)}.intersection(OPEN[event.TOPIC].fields)
        if name not in OPEN[event.TOPIC].unlisted
    )


OPEN = stated()
# Kinds of subjects of which some events are not shown: versions would tell how many.
PARTLY_SHOWN = frozenset({"facility", "fund", "pay-run"})
# The columns of the public lists by collection, in the order of their addresses.
LISTS = {
    kind.COLLECTION: listed(kind.KIND)
    for kind in sorted(AGGREGATES, key=lambda kind: kind.PUBLIC_ORDER)
    if kind.PUBLIC_ORDER
}
