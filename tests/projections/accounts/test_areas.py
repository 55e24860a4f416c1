"""What is recovered is split over the areas of its payments: nothing lost, nothing twice."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from projections.accounts.areas import cut

SHARES = st.lists(st.tuples(st.sampled_from(["area:a", "area:b", ""]), st.integers(1, 1000)))


@given(SHARES, st.lists(st.integers(1, 700)))
def test_parts_taken_one_after_another_are_the_whole(
    shares: list[tuple[str, int]], taken: list[int]
) -> None:
    owed = Counter[str]()
    for area, share in shares:
        owed[area] += share
    start, left = 0, sum(owed.values())
    given_back = Counter[str]()
    for wanted in taken:
        amount = min(wanted, left - start)
        if amount <= 0:
            break
        parts = cut(shares, start, amount)
        assert sum(value for _, value in parts) == amount
        assert all(value > 0 for _, value in parts)
        given_back.update(dict(parts))
        start += amount
    assert all(given_back[area] <= owed[area] for area in given_back)
    if start == left:
        assert given_back == owed


def test_what_no_payment_explains_lies_in_no_area() -> None:
    assert cut([("area:a", 5)], 3, 4) == [("area:a", 2), ("", 2)]
