"""What the public sees of an event: stated beside its fields, in the event's own file.

`projections/disclosure/` collects it; tests/golden/public_fields.txt lists it topic by topic. What
no event states is not public.
"""

from __future__ import annotations

from typing import NamedTuple


class Public(NamedTuple):
    """What the public sees of a topic: these of its fields; whether its reasons.

    `unlisted` are fields of the record that are no column of the public list of subjects.
    """

    fields: tuple[str, ...]
    unlisted: frozenset[str] = frozenset()
    reasons: bool = True


def public(fields: str = "", *, unlisted: str = "", reasons: bool = True) -> Public:
    """State the public fields of an event, separated by spaces, under their outside names."""
    listed, others = fields.split(), unlisted.split()
    return Public((*listed, *others), frozenset(others), reasons)


# What the public sees of a reversal: which event it takes back.
REVERSED = public("of original_topic")
