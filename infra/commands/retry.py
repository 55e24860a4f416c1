"""Retries: after a lost race a request is decided again, in the end with the append lock held."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import psycopg
from psycopg.errors import AdminShutdown, DeadlockDetected, SerializationFailure

from infra.commands.named_locks import Busy
from infra.config.errors import Unavailable
from infra.config.retry_pauses import NAME_HELD

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

# A unit of work that lost this many races in a row meets something other than bad luck.
ATTEMPTS = 20
# After this many conflicts it is decided while it holds the append lock, where none can happen.
RACES = 3

# How long one tries again for a name that another unit of work holds.
PATIENCE_SECONDS = 30.0


class Conflict(Exception):
    """Another unit of work has written meanwhile: decide again."""


class SoftClosed(Exception):
    """A booked day lies in a soft-closed period: decide again, with that rule."""


# The watchdog ends a session that has held the append lock for too long; its unit may try again.
LOST = (Conflict, DeadlockDetected, SerializationFailure, AdminShutdown)
# The store does not answer. It may have taken what was sent last.
AWAY = (psycopg.OperationalError, Unavailable)


class Attempt(NamedTuple):
    """How a request is decided this time: always from fresh state."""

    dry_run: bool
    # While it holds the append lock.
    locked: bool
    # By the rule of soft-closed periods.
    soft: bool


def until_won(attempt: Callable[[Attempt], T], *, dry_run: bool) -> T:
    """Make attempts until one loses no race; `Unavailable` after too many."""
    soft = False
    for lost in range(ATTEMPTS):
        how = Attempt(dry_run, locked=lost >= RACES, soft=soft)
        try:
            return when_free(partial(attempt, how))
        except LOST:
            continue
        except SoftClosed:
            soft = True
    raise Unavailable("too many commands change the same subjects: send the same key again later")


def when_free(attempt: Callable[[], T]) -> T:
    """Try again while another unit of work holds a name that this one needs."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    failures = 0
    while True:
        try:
            return attempt()
        except Busy as busy:
            if time.monotonic() > deadline:
                raise Unavailable(
                    "another command works on {subjects}: send the same key again later",
                    subjects=busy,
                ) from None
        failures += 1
        time.sleep(NAME_HELD.seconds(failures))
