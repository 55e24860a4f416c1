"""JSON is read strictly, and in one step: whatever its spaces, texts and levels."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.commands.parsing import MOST_LEVELS, parse_json
from api.http.problems import Unreadable

SPACE = st.text(" \t\r\n", max_size=2)
# Texts that look like names, and names that are written in two ways.
TEXTS = st.sampled_from(['"a"', r'"\u0061"', r'"\":"', r'"\" :"', '"b"', '":"', '""', '"是"'])
SCALARS = TEXTS | st.sampled_from(["0", "-1.5", "true", "null"])


def an_array(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(values, max_size=3).map(lambda held: f"[{','.join(held)}]")


def an_object(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(TEXTS, SPACE, SPACE, values, SPACE).map(
        lambda part: f"{part[0]}{part[1]}:{part[2]}{part[3]}{part[4]}"
    )
    return st.lists(pair, max_size=4).map(lambda pairs: "{" + ",".join(pairs) + "}")


DOCUMENTS = st.recursive(SCALARS, lambda inner: an_array(inner) | an_object(inner), max_leaves=12)


class TwiceError(Exception):
    """An object has one name twice."""


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise TwiceError
    return dict(pairs)


@given(DOCUMENTS)
def test_json_is_read_as_it_stands_unless_an_object_has_a_name_twice(text: str) -> None:
    try:
        wanted = json.loads(text, object_pairs_hook=each_once)
    except TwiceError:
        with pytest.raises(Unreadable, match="one name twice"):
            parse_json(text.encode())
    else:
        assert parse_json(text.encode()) == wanted


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_a_body_has_a_hundred_levels_at_most(opened: str, closed: str) -> None:
    def nested(levels: int) -> bytes:
        return f"{opened * levels}0{closed * levels}".encode()

    parse_json(nested(MOST_LEVELS))
    for levels in (MOST_LEVELS + 1, 500, 100_000):
        with pytest.raises(Unreadable, match="too deeply"):
            parse_json(nested(levels))
