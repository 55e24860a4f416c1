"""Where the money of a fund is, summed over the postings of the whole log.

stages(office) == Stages(available=940, committed=0, spent=60, returned=0)
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scripts.scenarios.stories import FUND

if TYPE_CHECKING:
    from scripts.scenarios.office import Office


class Stages(NamedTuple):
    """Where the money of one fund is."""

    available: int
    committed: int
    spent: int
    returned: int


def balances(office: Office) -> Counter[str]:
    """Sum the postings of the whole log, by account."""
    held: Counter[str] = Counter()
    for event in office.events():
        for line in event.postings():
            held[line.account] += line.value
    return held


def stages(office: Office, fund: str = FUND) -> Stages:
    """Sum the postings of a fund by stage; what came in must be what is there."""
    return staged(balances(office), fund)


def staged(held: Counter[str], fund: str = FUND) -> Stages:
    """Sum the accounts of a fund by stage; what came in must be what is there."""
    by_class: Counter[str] = Counter()
    for account, value in held.items():
        kind, owner = account.split(":")[:2]
        if owner == fund.partition(":")[2]:
            by_class[kind] += value
            assert kind == "out" or value >= 0, f"{account} is overdrawn"
    assert sum(by_class.values()) == 0, f"{fund}: what came in is not what is there"
    return Stages(*(by_class[stage] for stage in Stages._fields))
