"""How long to wait before another attempt."""

from __future__ import annotations

import random
from dataclasses import dataclass

# Beyond so many failures in a row the pause has long been the longest; powers of it would overflow.
MOST_FAILURES_COUNTED = 64


@dataclass(frozen=True)
class Backoff:
    """The pause after a failure, in seconds: longer after each one in a row, up to the longest.

    `jitter` is the share by which it is varied at random, so that callers that failed together do
    not come again together.
    """

    first: float
    longest: float
    growth: float = 2.0
    jitter: float = 0.2

    def seconds(self, failures: int) -> float:
        """Return how long to wait after so many failures in a row, one or more."""
        exponent = min(failures, MOST_FAILURES_COUNTED) - 1
        wait = min(self.first * self.growth**exponent, self.longest)
        # Not a secret.
        return wait * random.uniform(1 - self.jitter, 1 + self.jitter)  # noqa: S311
