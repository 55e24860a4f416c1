"""Every programme that the two reports name occurs in the golden year or the plan of 2012."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from scripts.golden.year import commands as golden
from scripts.plan2012.year import commands as plan
from tests.programmes import PROGRAMMES, Programme
from tests.scripts.golden_fold import Fold

if TYPE_CHECKING:
    from collections.abc import Generator

    Orders = list[dict[str, Any]]


def sent(year: Generator[Orders, Orders, None]) -> Orders:
    """Return what a year sends, answered by nobody but a counter of positions."""
    counter, found = Fold(1), []
    array = next(year)
    while array:
        found += array
        answers = [{**positioned(counter, one), "digest": "0" * 64} for one in array]
        try:
            array = year.send(answers)
        except StopIteration:
            break
    return found


def positioned(counter: Fold, one: dict[str, Any]) -> dict[str, Any]:
    """Answer a command with the position of its event."""
    position = len(counter.told) + 1
    counter.told[position] = one
    return {"events": [{"position": position, "subject": one["subject"]}], "positions": [position]}


@cache
def orders() -> Orders:
    """Return what both years send."""
    return sent(golden(2007, 0.01)) + sent(plan(2007, 0.1))


def subjects(field: str, word: str) -> set[str]:
    """Return the subjects of which a command has said a word."""
    return {one["subject"] for one in orders() if one["what"].get(field) == word}


@pytest.mark.parametrize("programme", PROGRAMMES, ids=[each.name for each in PROGRAMMES])
def test_a_programme_occurs(programme: Programme) -> None:
    found = [one for one in orders() if one["command"] == programme.command]
    if programme.word:
        named = subjects(programme.field, programme.word)
        found = [one for one in found if one["subject"] in named]
    elif programme.field:
        found = [one for one in found if programme.field in one["what"]]
    assert found
