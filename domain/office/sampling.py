"""Audit sampling (审计抽样): which items an auditor looks at, drawn by a seed.

By monetary unit (货币单元抽样, ISA 530 appendix 4): every fen has the same chance, so that larger
sums are drawn more often; or each item alike. The same seed draws the same items wherever and
however often it is drawn: chance comes from SHA-256, not from a library's generator.
"""

from __future__ import annotations

from bisect import bisect_right
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

SamplingMethod: TypeAlias = Literal["mus", "random"]
Population: TypeAlias = Literal["payments", "grants", "donations", "journal"]
MOST_PICKS = 1000
# The largest whole number that every JSON reader keeps.
MOST_SEED = 2**53


class DrawnPicks(NamedTuple):
    """The places of the picked items, in the order of the draw; by monetary unit its interval."""

    picks: list[int]
    interval: int | None = None


def chance(seed: int, *of: int) -> int:
    """Return a number below 2^256 that follows from the seed alone."""
    return int.from_bytes(sha256(":".join(map(str, (seed, *of))).encode()).digest(), "big")


def by_monetary_unit(amounts: Sequence[int], size: int, seed: int) -> DrawnPicks:
    """Draw every interval-th fen from a start by chance; a sum above it may be drawn again.

    All fen of an item stand side by side. Fewer are drawn where there are fewer fen than picks.
    """
    upper = list(accumulate(amounts))
    total = upper[-1] if upper else 0
    size = min(size, total)
    if not size:
        return DrawnPicks([], 0)
    interval = total // size
    start = chance(seed) % interval
    return DrawnPicks(
        [bisect_right(upper, start + nth * interval) for nth in range(size)], interval
    )


def at_random(count: int, size: int, seed: int) -> DrawnPicks:
    """Draw items, each with the same chance and none twice, in the order of the draw."""
    moved: dict[int, int] = {}
    picks = []
    for nth in range(min(size, count)):
        other = nth + chance(seed, nth) % (count - nth)
        picks.append(moved.get(other, other))
        moved[other] = moved.get(nth, nth)
    return DrawnPicks(picks)
