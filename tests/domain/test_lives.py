"""Every aggregate lives in some machine, and a machine sees when model and aggregate differ."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from domain import KINDS
from tests.domain.funds.test_money_lives import FundLives
from tests.domain.life_machine import Lives, Move
from tests.domain.stories import an_act

HERE = Path(__file__).parent


def machines(of: type[Lives] = Lives) -> list[type[Lives]]:
    """Return every machine that names the kinds whose lives it holds."""
    below = [each for kind in of.__subclasses__() for each in machines(kind)]
    return [of, *below] if of.OF else below


def test_every_aggregate_has_a_life() -> None:
    for file in HERE.rglob("test_*.py"):
        import_module(".".join(("tests.domain", *file.relative_to(HERE).with_suffix("").parts)))
    lived = Counter(kind for machine in machines() for kind in machine.OF)
    assert lived == dict.fromkeys(KINDS, 1)


INTAKE: dict[str, Any] = {"amount": 5, "earmark": "general", "source": "fiscal", "document": "单"}


def test_what_the_model_does_not_expect_fails() -> None:
    life = FundLives()
    with pytest.raises(AssertionError, match="the model refuses"):
        life.tried("fund.receive", "fund:x", an_act(), taken=False, **INTAKE)
    with pytest.raises(AssertionError, match="the model takes"):
        life.tried("fund.receive", "fund:z", an_act(), taken=True, **INTAKE)


def test_accounts_that_differ_from_the_pots_fail() -> None:
    life = FundLives()
    move = Move(4, "out:x:general:fiscal", "available:x:general")
    life.moving("fund.receive", "fund:x", an_act(), (move,), **INTAKE)
    with pytest.raises(AssertionError):
        life.accounts_are_the_pots()
