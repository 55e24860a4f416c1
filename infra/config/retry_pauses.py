"""How long to wait before another attempt: one named pause for each thing that is tried again."""

from __future__ import annotations

import random
from dataclasses import dataclass

# Beyond so many failures in a row the pause has long been the longest; powers of it would overflow.
MOST_FAILURES_COUNTED = 64


@dataclass(frozen=True)
class RetryPause:
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


# Another unit of work holds a name that this one needs (infra/commands/retry.py).
NAME_HELD = RetryPause(first=0.001, longest=0.02)
# A follower of the log lost the database (infra/eventlog/subscription.py).
DATABASE_AWAY = RetryPause(first=0.25, longest=1.0)
# The relay lost the broker (infra/kafka/relay.py).
BROKER_AWAY = RetryPause(first=0.5, longest=15.0)
# A receiver of a webhook did not take a call (infra/webhooks/worker.py).
CALL_FAILED = RetryPause(first=5.0, longest=43_200.0, growth=3.0)
# A process ended soon after its start (infra/processes/supervisor.py).
PROCESS_ENDED = RetryPause(first=0.5, longest=30.0)
