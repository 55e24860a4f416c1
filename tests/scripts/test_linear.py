"""The solver of the attack: what a system determines, also where only a difference tells it."""

from __future__ import annotations

import pytest

from scripts.public_attack.linear import solve

# Four cells of a table, six persons in each but the last: rows and columns are told.
A, B, C, FEW = 0b1111_11, 0b1111_11 << 6, 0b1111_11 << 12, 0b11 << 18


@pytest.mark.parametrize(
    ("told", "few"),
    [
        ([A | B, C | FEW], []),
        ([A | B, C | FEW, A | C], []),
        ([A | B, C | FEW, A | C, C], [2]),
        ([A | B | FEW, A, B], [2]),
        # Alone each is of enough; their difference is not.
        ([A | FEW, A], [2]),
        ([A | B | C | FEW], []),
    ],
)
def test_a_sum_of_few_is_found_however_it_is_told(told: list[int], few: list[int]) -> None:
    found = solve(told, list(range(20)))
    assert found.few == few
    assert found.rank == len(told)


def test_many_payments_of_one_person_are_of_one_and_a_bodys_are_known() -> None:
    whose = ["p"] * 6 + ["q"] * 6 + [None] * 6 + ["r", "s"]
    assert solve([A | B | C], whose).few == [2]
    # A body's money is public: what else was in the sum is told.
    assert solve([C | FEW], whose).few == [2]
    assert solve([C], whose).unknowns == 20


def test_a_sum_of_two_groups_of_few_is_found_where_neither_is_told() -> None:
    one, other = 0b1, 0b11 << 18
    assert solve([A | B, A | B | one << 30 | other], list(range(31))).few == [3]
    # So is a difference of the two.
    assert solve([A | B | one << 30, A | B | other], list(range(31))).few == [3]
