"""Relays the log to Kafka, page by page, whatever dies meanwhile.

The topics themselves say where to go on. The database holds how far they reached for certain, so
that topics that were lost are noticed, and how the relay stands, for those who look after it.
"""

from __future__ import annotations

import logging
import time
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kafka.errors import KafkaError, KafkaTimeoutError

from infra.config.retry_pauses import BROKER_AWAY
from infra.eventlog.subscription import Subscription
from infra.kafka.checkpoint import RelayCheckpoint, State
from infra.kafka.encoder_process import (
    EncoderProcess,
    EncoderSource,
    InlineEncoder,
    PageEncoder,
)
from infra.kafka.producer import Session
from infra.kafka.topics import Stopped
from infra.kafka.watched_call import WatchedCall
from projections.core import event_log
from projections.disclosure.cloud_event import Origin

if TYPE_CHECKING:
    import threading

    from psycopg import Connection

    from infra.kafka.relay_page import RelayPage
    from infra.kafka.settings import KafkaSettings

LOG = logging.getLogger("mingzhang.relay")
SECONDS_BETWEEN_REPORTS = 1.0
# While nothing happens the topics are looked at so often, whether they are still there.
SECONDS_BETWEEN_LOOKS = 5.0
# After a page of few events so long is waited for more: many small commits become few transactions.
FEW, SECONDS_FOR_MORE = 500, 0.02
# A relay that has stopped looks again, whether the topics are back.
SECONDS_STOPPED = 5.0
# The broker is said to be away when an answer takes so long; the second ends the session.
LATE, TOO_LATE = 15.0, 150.0


class Leaving(Exception):
    """The relay is told to stop."""


class Displaced(Exception):
    """Another relay has come."""


class RelayContext(NamedTuple):
    """What a relay works with; the address is one of the application's role."""

    url: str
    kafka: KafkaSettings
    origin: Origin
    encoder_process: bool = True


def relay(means: RelayContext, stopping: threading.Event) -> None:
    """Relay until told to stop; connect anew when the database comes back."""
    checkpoint = RelayCheckpoint()
    subscription = Subscription(means.url, stopping)

    def work(connection: Connection[Any]) -> None:
        checkpoint.connect(connection)
        Relay(connection, checkpoint, means, subscription).run()

    subscription.run(work)


class Relay:
    """Relays for as long as its connection to the database holds."""

    def __init__(
        self,
        connection: Connection[Any],
        checkpoint: RelayCheckpoint,
        means: RelayContext,
        subscription: Subscription,
    ) -> None:
        """Take the connection of the checkpoint, which listens."""
        self._connection = connection
        self._checkpoint = checkpoint
        self._means = means
        self._subscription = subscription
        self._stopping = subscription.stopping
        self._inline = InlineEncoder(connection, means.origin)
        self._encoder: PageEncoder = self._inline
        if means.encoder_process:
            self._encoder = EncoderProcess(EncoderSource(means.url, means.origin))
        # Sessions that ended without having sent anything, in a row.
        self._failures = 0
        self._said: tuple[State, str] = ("waiting", "connecting to the broker")

    def run(self) -> None:
        """Relay in one session after the other, until told to stop."""
        with closing(self._encoder):
            self._run()

    def _run(self) -> None:
        while not self._stopping.is_set():
            if self._checkpoint.displaced():
                self._subscription.drain(self._connection)
                self._stopping.wait(SECONDS_BETWEEN_REPORTS)
                continue
            try:
                self._session()
            except Leaving:
                pass
            except Displaced:
                LOG.warning("another relay has come; this one waits until it is gone")
            except Stopped as stopped:
                LOG.error("the relay stopped: %s", stopped)  # noqa: TRY400 - it tells what to do
                self._rest(SECONDS_STOPPED, "stopped", str(stopped))
            except (KafkaError, OSError) as away:
                self._failures += 1
                self._wait_for_broker(away)
        self._checkpoint.say("off")

    def _wait_for_broker(self, away: Exception) -> None:
        """Wait, the longer the more often there was no answer."""
        reason = str(away) if isinstance(away, KafkaError) else f"{type(away).__name__}: {away}"
        LOG.warning("the broker is away: %s", reason)
        self._checkpoint.say("waiting", reason, failures=1)
        self._rest(BROKER_AWAY.seconds(self._failures), "waiting", reason)

    def _rest(self, seconds: float, state: State, reason: str) -> None:
        """Wait, and keep saying how the relay stands."""
        self._said = (state, reason)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self._stopping.is_set():
            self._checkpoint.say(state, reason)
            self._subscription.drain(self._connection)
            self._stopping.wait(min(left, SECONDS_BETWEEN_REPORTS))

    def _session(self) -> None:
        """Take over once the broker answers, find out where to go on, and relay from there."""
        means = self._means
        opening = WatchedCall(partial(Session, means.kafka, means.origin))
        with closing(opening.result(self._watch_opening)) as session:
            noted = self._checkpoint.take_over()
            after = WatchedCall(partial(session.begin, noted)).result(self._watch)
            session.check_last(event_log.at(self._connection, after))
            self._checkpoint.know(session.topics.ids)
            if after > noted.position:
                self._checkpoint.move(after, events=0, rate=0.0)
            self._follow(session, after)

    def _follow(self, session: Session, after: int) -> None:
        """Relay what comes behind a position; while one page is sent, the next one is made."""
        page = self._inline.page(after)
        looked = time.monotonic()
        while True:
            if not page.events:
                self._say("relaying")
                self._subscription.wait(self._connection)
                page = self._inline.page(page.last)
                if time.monotonic() - looked > SECONDS_BETWEEN_LOOKS:
                    WatchedCall(session.topics.check_same).result(self._watch)
                    looked = time.monotonic()
                continue
            begun = time.monotonic()
            sending = WatchedCall(partial(session.send, page.messages))
            ahead = self._ahead(page)
            sending.result(self._watch)
            self._failures = 0
            rate = page.events / (time.monotonic() - begun)
            self._checkpoint.move(page.last, events=page.events, rate=rate)
            self._say("relaying")
            if page.events < FEW and not ahead.events:
                self._stopping.wait(SECONDS_FOR_MORE)
            page = ahead

    def _ahead(self, page: RelayPage) -> RelayPage:
        """Make the page behind one that is being sent."""
        encoder = self._inline if page.events < FEW else self._encoder
        return encoder.page(page.last)

    def _watch_opening(self, _seconds: float) -> None:
        """Keep saying how the relay stands, if no other is at work."""
        if self._stopping.is_set():
            raise Leaving
        self._checkpoint.say(*self._said)

    def _watch(self, seconds: float) -> None:
        """Keep saying how the relay stands while the broker is waited for."""
        if seconds > TOO_LATE:
            raise KafkaTimeoutError(f"no answer for {seconds:.0f} s")
        if seconds > LATE:
            self._say("waiting", f"no answer for {seconds:.0f} s")
        else:
            self._say(*self._said)

    def _say(self, state: State, reason: str = "") -> None:
        """Say how the relay stands; leave if told to, or if another has come."""
        self._said = (state, reason)
        if self._stopping.is_set():
            raise Leaving
        if not self._checkpoint.say(state, reason):
            raise Displaced
