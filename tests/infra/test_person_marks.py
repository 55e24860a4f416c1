"""Marks: one for what is written in several ways, another for all else, nothing of half a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.id_numbers import check_sign
from infra.person_marks import MARK_SIGNS, PLAIN, PersonMarks, plain_account, plain_name

MARKS, OTHERS = PersonMarks(bytes(32)), PersonMarks(b"\x01" * 32)
NAMES = st.text(st.sampled_from("甲乙丙丁子丑寅卯·aB"), min_size=1, max_size=12)
ACCOUNTS = st.text(st.sampled_from("0123456789AB"), min_size=4, max_size=30)
NUMBERS = st.integers(1, 999).map(lambda nth: f"00000119500101{nth:03}")
BETWEEN = st.sampled_from(("", " ", "\u3000", "-"))


def wide(text: str) -> str:
    """Write a text in full-width signs, where there are any."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@given(NAMES, BETWEEN)
def test_a_name_has_one_mark_however_it_is_written(name: str, between: str) -> None:
    ways = (name, wide(name), between.join(name), name.upper(), name.replace("·", "•"))
    assert {MARKS.of({"name": way})["name"] for way in ways} == {MARKS.of({"name": name})["name"]}


@given(ACCOUNTS, BETWEEN)
def test_an_account_has_one_mark_however_it_is_written(account: str, between: str) -> None:
    ways = (account, wide(account), between.join(account), account.lower())
    assert len({MARKS.of({"account": way})["account"] for way in ways}) == 1


@given(NUMBERS)
def test_a_number_has_the_mark_of_its_old_form_and_none_where_its_sign_is_wrong(body: str) -> None:
    number = body + check_sign(body)
    told = {MARKS.of({"id_number": way})["id_number"] for way in (number, wide(number))}
    assert told == {MARKS.of({"id_number": body[:6] + body[8:]})["id_number"]}
    for sign in set("0123456789X") - {number[-1]}:
        assert MARKS.of({"id_number": body + sign}) == {}


@given(NAMES, NAMES)
def test_two_texts_have_one_mark_only_if_they_are_one(one: str, other: str) -> None:
    alike = MARKS.of({"name": one}) == MARKS.of({"name": other})
    assert alike == (plain_name(one) == plain_name(other))


@given(st.text(max_size=40))
def test_a_mark_says_nothing_of_its_text_and_is_another_under_each_key(text: str) -> None:
    found, others = MARKS.of_any(text), OTHERS.of_any(text)
    assert len(set(found.values()) | set(others.values())) == len(found) + len(others)
    assert all(len(mark) == MARK_SIGNS for mark in found.values())
    assert found.keys() <= PLAIN.keys()


@given(st.text(max_size=40))
def test_the_one_form_of_a_text_is_its_own(text: str) -> None:
    for plain in (plain_name, plain_account):
        once = plain(text)
        assert plain(once) == once
