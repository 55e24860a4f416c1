"""The pause before another attempt grows to its longest, and is never twice the same."""

from __future__ import annotations

import pytest

from infra.config.retry_pauses import RetryPause


def test_each_failure_in_a_row_makes_the_pause_longer_up_to_the_longest() -> None:
    steady = RetryPause(first=0.5, longest=15.0, jitter=0.0)

    pauses = [steady.seconds(failures) for failures in range(1, 8)]

    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0]


def test_a_thousand_failures_are_waited_for_no_longer_than_the_longest() -> None:
    assert RetryPause(first=5.0, longest=43_200.0, growth=3.0, jitter=0.0).seconds(1000) == 43_200.0


@pytest.mark.parametrize("failures", [1, 3, 100])
def test_jitter_keeps_those_apart_that_failed_together(failures: int) -> None:
    pause = RetryPause(first=1.0, longest=4.0, jitter=0.2)
    middle = RetryPause(first=1.0, longest=4.0, jitter=0.0).seconds(failures)

    pauses = {pause.seconds(failures) for _ in range(50)}

    assert len(pauses) > 1
    assert all(0.8 * middle <= pause <= 1.2 * middle for pause in pauses)
