"""Python's settings are changed while somebody works hard, and are as before when the last ends."""

from __future__ import annotations

import gc
import sys

from infra.processes.interpreter_tuning import OBJECTS, SECONDS_TO_CHANGE, HardWork


def settings() -> tuple[float, int]:
    return round(sys.getswitchinterval(), 6), gc.get_threshold()[0]


def test_two_at_once_and_afterwards_all_is_as_before() -> None:
    before = settings()
    first, second = HardWork(), HardWork()
    first.__enter__()
    with second:
        first.__exit__()
        assert settings() == (SECONDS_TO_CHANGE, OBJECTS)
    assert settings() == before
