"""Samples are drawn by a seed: the same again, each fen or each item with its chance."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.office.sampling import MOST_SEED, at_random, by_monetary_unit

pytestmark = pytest.mark.quick
AMOUNTS = st.lists(st.integers(1, 10_000), max_size=40)
SEEDS = st.integers(0, MOST_SEED)


@given(AMOUNTS, st.integers(1, 30), SEEDS)
def test_by_monetary_unit_every_interval_th_fen_is_drawn(
    amounts: list[int], size: int, seed: int
) -> None:
    drawn = by_monetary_unit(amounts, size, seed)
    assert drawn == by_monetary_unit(amounts, size, seed)
    assert len(drawn.picks) == min(size, sum(amounts))
    assert drawn.picks == sorted(drawn.picks)
    for item, times in Counter(drawn.picks).items():
        # So many whole intervals lie in the sum, and perhaps the part of one.
        least, rest = divmod(amounts[item], drawn.interval or 1)
        assert times <= least + bool(rest)
    above = [nth for nth, amount in enumerate(amounts) if amount >= 2 * (drawn.interval or 1)]
    if sum(amounts) == (drawn.interval or 0) * size:
        assert {*above} <= {*drawn.picks}


@given(st.integers(0, 60), st.integers(1, 30), SEEDS)
def test_at_random_each_item_is_drawn_once(count: int, size: int, seed: int) -> None:
    picks = at_random(count, size, seed).picks
    assert len(picks) == len({*picks}) == min(size, count)
    assert all(0 <= pick < count for pick in picks)
    assert picks == at_random(count, size, seed).picks


def test_another_seed_draws_others_and_each_item_comes_up() -> None:
    drawn = Counter(at_random(10, 1, seed).picks[0] for seed in range(2000))
    assert set(drawn) == set(range(10))
    assert max(drawn.values()) < 2 * min(drawn.values())


def test_larger_sums_are_drawn_more_often() -> None:
    drawn = Counter(by_monetary_unit([100, 900], 1, seed).picks[0] for seed in range(2000))
    assert 5 < drawn[1] / drawn[0] < 15
