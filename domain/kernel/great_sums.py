"""Sums that no number of the books holds: the act by which one could arise is refused.

Views keep sums in eight bytes. What an event could add to any of them is its weight; what stands
together weighs no more than eight bytes hold, so no account, fund, figure or day ever does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.refusals import Refused

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event

# An event of less than this (671,088.64 yuan) is not looked at: sixty million of them come to what
# `RESERVE` leaves free.
GREAT = 2**26
RESERVE = 2**52
MOST_IN_ALL = 2**63 - RESERVE


class SumTooGreat(Refused):
    """All that is told together stays within what a number of the books holds."""

    CODE, ZH, EN = "sum-too-great", "合计超出账簿上限", "The sum is more than the books hold"
    SAYS = (
        "with {wanted} more, what stands would come to more than {most} in all: check the number,"
        " and have acts reversed that are wrong"
    )

    def __init__(self, subject: str, /, *, wanted: int, most: int, unit: str = "fen") -> None:
        """Count in the unit of what is said."""
        self.UNIT = unit
        super().__init__(subject, wanted=wanted, most=most)


def unit_of_weight(event: Event) -> str:
    """Return the unit in which an event weighs."""
    units = [line.unit for line in event.postings()] + [fact.unit for fact in event.facts()]
    return units[0]


def weight(event: Event) -> int:
    """Return the most that an event adds to one sum, whichever it is and of whatever unit."""
    gained = lost = 0
    for line in event.postings():
        if line.value > 0:
            gained += line.value
        else:
            lost -= line.value
    return max(gained, lost, sum(abs(fact.value) for fact in event.facts()))


def require_whole(subject: str, value: int) -> None:
    """Refuse a sum that no number holds."""
    if value > MOST_IN_ALL:
        raise SumTooGreat(subject, wanted=value, most=MOST_IN_ALL)
