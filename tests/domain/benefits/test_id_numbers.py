"""ID numbers: GB 11643's check sign, days of birth, and how people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.id_numbers import CHECKS, check_sign, id_number
from domain.kernel.refusals import IdNumberInvalid

TODAY = date(2007, 3, 1)
# The example of the standard itself, and one whose check sign is an X.
OF_THE_STANDARD, WITH_X = "11010519491231002X", "440524188001010014"
BORN = st.dates(date(1800, 1, 1), TODAY)
FULL_WIDTH = str.maketrans({str(n): chr(ord("０") + n) for n in range(10)} | {"X": "Ｘ"})


def numbers() -> st.SearchStrategy[str]:
    """Make numbers that can be somebody's."""
    return st.builds(
        lambda area, born, nth: f"{area:06}{born.year:04}{born:%m%d}{nth:03}",
        st.integers(0, 999_999),
        BORN,
        st.integers(0, 999),
    ).map(lambda body: body + check_sign(body))


def test_the_examples_of_the_standard_are_read() -> None:
    assert [id_number("", each, TODAY) for each in (OF_THE_STANDARD, WITH_X)] == [
        OF_THE_STANDARD,
        WITH_X,
    ]


@given(numbers())
def test_a_number_is_the_same_however_it_is_written(number: str) -> None:
    for told in (number, number.lower(), number.translate(FULL_WIDTH), f"　{number} "):
        assert id_number("", told, TODAY) == number


@given(numbers(), st.integers(0, 17), st.sampled_from(CHECKS))
def test_one_wrong_sign_is_found(number: str, place: int, sign: str) -> None:
    wrong = number[:place] + sign + number[place + 1 :]
    if wrong != number:
        with pytest.raises(IdNumberInvalid):
            id_number("", wrong, TODAY)


@given(numbers(), st.integers(0, 16))
def test_two_signs_that_changed_places_are_found(number: str, place: int) -> None:
    one, other = number[place], number[place + 1]
    wrong = number[:place] + other + one + number[place + 2 :]
    if one != other:
        with pytest.raises(IdNumberInvalid):
            id_number("", wrong, TODAY)


@given(numbers().filter(lambda number: number[6:8] == "19"))
def test_an_old_number_is_the_new_one(number: str) -> None:
    assert id_number("", number[:6] + number[8:17], TODAY) == number


@pytest.mark.parametrize(
    "told",
    ["", "1", "4403001900010112", "G12345678", "44030019000230123X", "440300-19000101-1237",
     "٤٤٠٣٠٠١٩٠٠٠١٠١١٢٣٧", "440300190001011237'", "44030000000101123X"],
)  # fmt: skip
def test_what_is_no_number_is_refused_and_not_repeated(told: str) -> None:
    with pytest.raises(IdNumberInvalid) as refused:
        id_number("person:x", told, TODAY)
    assert not told or len(told) < 2 or told not in str(refused.value)


def test_nobody_is_born_tomorrow() -> None:
    body = "44030020070302001"
    with pytest.raises(IdNumberInvalid, match="no day of birth"):
        id_number("", body + check_sign(body), TODAY)
