"""A relay that stands still at a moment: `python -m scripts.drills.relaying MOMENT NTH`.

It relays the ledger of its environment. It says `ready` when it begins. When it has come to the
moment for the NTH time it says so and stops, as by SIGSTOP: it can be killed there, or let go on.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from infra.config.settings import Settings
from infra.kafka import relay
from infra.kafka.producer import Session
from infra.ledger import open_ledger
from infra.parts import relay_log

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.kafka.messages import KafkaMessage
    from scripts.drills.streams import Moment


class Standing:
    """Counts how often a moment has come, and stands still at the one that is wanted."""

    def __init__(self, moment: Moment, nth: int) -> None:
        """Wait for the nth time of a moment."""
        self._moment = moment
        self._left = nth

    def at(self, moment: Moment) -> None:
        """Stand still if this is the moment."""
        if moment != self._moment:
            return
        self._left -= 1
        if self._left == 0:
            say(moment)
            os.kill(os.getpid(), signal.SIGSTOP)


class HaltingSession(Session):
    """A session that comes to moments, page after page."""

    def __init__(self, standing: Standing, *means: Any) -> None:
        """Connect as any session does."""
        super().__init__(*means)
        self._standing = standing

    def send(self, page: Sequence[KafkaMessage]) -> None:
        """Send a page; the moment after its commit, the relay has not noted it yet."""
        super().send(page)
        self._standing.at("after-commit")

    def put(self, page: Sequence[KafkaMessage]) -> None:
        """Send the messages of a page; between its halves, the broker has the first."""
        half = len(page) // 2
        super().put(page[:half])
        self._standing.at("mid-page")
        super().put(page[half:])
        self._standing.at("before-commit")


def main(moment: Moment, nth: str) -> None:
    """Relay until killed."""
    if moment != "never":
        vars(relay)["Session"] = partial(HaltingSession, Standing(moment, int(nth)))
    with open_ledger(Settings(), watch=False) as ledger:
        say("ready")
        relay_log(ledger, threading.Event())


def say(line: str) -> None:
    """Write a line that is read at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]
