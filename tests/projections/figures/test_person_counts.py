"""What was counted is kept for the next question, in bounds, whichever thread asks."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from projections.figures.person_counts import (
    CountedEachTime,
    PersonCount,
    PersonCountCache,
    PersonCounts,
    person_counts,
)

MOST = 20


class Register:
    """Counts what it is asked, and how often it was."""

    def __init__(self) -> None:
        self.asked = 0

    def count(self, key: int) -> PersonCount:
        self.asked += 1
        return key * 3, key

    def through(self, counts: PersonCounts, key: int) -> PersonCount:
        return counts.get((key,), lambda: self.count(key))


def test_a_count_that_is_kept_is_not_counted_again() -> None:
    register, counts = Register(), PersonCountCache(MOST)
    assert [register.through(counts, 7) for _ in range(3)] == [(21, 7)] * 3
    assert register.asked == 1


def test_the_count_that_was_used_longest_ago_goes_first() -> None:
    register, counts = Register(), PersonCountCache(2)
    for key in (1, 2, 1, 3, 1):
        register.through(counts, key)
    assert (len(counts), register.asked) == (2, 3)
    register.through(counts, 2)
    assert register.asked == 4


@pytest.mark.parametrize("remembered", [True, False])
def test_the_switch_changes_no_answer(*, remembered: bool) -> None:
    counts = person_counts(remembered=remembered)
    assert isinstance(counts, PersonCountCache if remembered else CountedEachTime)
    register = Register()
    keys = Random(2007).choices(range(9), k=90)
    assert [register.through(counts, key) for key in keys] == [(key * 3, key) for key in keys]
    assert register.asked == (len({*keys}) if remembered else len(keys))


def test_threads_find_what_each_would_count_and_keep_no_more_than_may_be_kept() -> None:
    counts = PersonCountCache(MOST)

    def ask(seed: int) -> bool:
        chance, register = Random(seed), Register()
        keys = [chance.randrange(3 * MOST) for _ in range(4_000)]
        return all(register.through(counts, key) == (key * 3, key) for key in keys)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(8)))
    assert len(counts) == MOST
