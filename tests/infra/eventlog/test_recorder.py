"""The library's own test cases for recorders, all of them, on ours.

What cannot apply to a ledger like this is named, with its reason, in
docs/decisions/0001-the-librarys-test-cases.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Self
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    Notification,
    ProcessRecorder,
    StoredEvent,
    TrackingRecorder,
)
from eventsourcing.tests import application, persistence
from eventsourcing.utils import Environment, get_topic
from psycopg_pool import ConnectionPool

from domain.funds.fund_events import FundReceived
from domain.kernel import refusals
from domain.kernel.aggregate import Act
from domain.office.periods import BooksClosed
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, stored
from infra.eventlog.recorder import URL, LedgerFactory, LedgerRecorder, StreamRecorder
from infra.ledger import Ledger
from infra.postgres.session import open_pool
from infra.projector.tracking import ViewTracking


class OnOurLedger:
    """Gives a test case a ledger of its own, and text ids."""

    pool: ConnectionPool
    app_url: str

    @pytest.fixture(autouse=True)
    def _ledger(self, ledger: Ledger) -> Iterator[None]:
        self.app_url = ledger.database.app_url
        with open_pool(ledger.database.app_url) as self.pool:
            yield

    def new_originator_id(self) -> UUID | str:
        return f"thing:{uuid4()}"


class TestStreams(OnOurLedger, persistence.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return StreamRecorder(self.pool)


class TestLog(OnOurLedger, persistence.ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return LedgerRecorder(self.pool)

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


def test_the_librarys_way_in_enters_no_closed_period(ledger: Ledger) -> None:
    day = date(2007, 12, 31)
    act = Act(by="t", on=day, booked=day)
    closed = BooksClosed(originator_id="period:2007", originator_version=1, act=act, through=day)
    received = FundReceived(
        originator_id="fund:x",
        originator_version=1,
        act=act,
        amount=1,
        earmark="general",
        source="fiscal",
        document="d",
    )
    with ledger.connection() as connection:
        append(connection, Batch([stored(closed)]))
    subject, version, topic, state = stored(received)
    recorder = LedgerRecorder(ledger.pool)
    with pytest.raises(refusals.PeriodClosed):
        recorder.insert_events([StoredEvent(subject, version, topic, state)])
    assert recorder.max_notification_id() == 1


class TestPositionsOfTwoWritersDoNotMix(
    OnOurLedger, persistence.NonInterleavingNotificationIDsBaseCase
):
    def create_recorder(self) -> ApplicationRecorder:
        return LedgerRecorder(self.pool)


class OpenedViews(ViewTracking):
    """Remembers what was opened, so that it can be closed."""

    opened_: ClassVar[list[ViewTracking]] = []

    @classmethod
    def opened(cls, url: str) -> Self:
        made = super().opened(url)
        cls.opened_.append(made)
        return made

    @classmethod
    def close_all(cls) -> None:
        while cls.opened_:
            cls.opened_.pop().close()


class OtherViews(OpenedViews):
    """A recorder of another name."""


class TestTracking(OnOurLedger, persistence.TrackingRecorderTestCase):
    def create_recorder(self) -> TrackingRecorder:
        return OpenedViews.opened(self.app_url)

    def tearDown(self) -> None:
        OpenedViews.close_all()


class TestFactory(OnOurLedger, persistence.InfrastructureFactoryTestCase[LedgerFactory]):
    def setUp(self) -> None:
        self.env = Environment("TestCase")
        self.env["PERSISTENCE_MODULE"] = "infra.eventlog.recorder"
        self.env[URL] = self.app_url
        self.env["TRACKING_RECORDER_TOPIC"] = get_topic(OpenedViews)
        super().setUp()

    def tearDown(self) -> None:
        OpenedViews.close_all()
        super().tearDown()

    def expected_factory_class(self) -> type[LedgerFactory]:
        return LedgerFactory

    def expected_aggregate_recorder_class(self) -> type[AggregateRecorder]:
        return StreamRecorder

    def expected_application_recorder_class(self) -> type[ApplicationRecorder]:
        return LedgerRecorder

    def expected_tracking_recorder_class(self) -> type[TrackingRecorder]:
        return OpenedViews

    def tracking_recorder_subclass(self) -> type[TrackingRecorder]:
        return OtherViews

    def expected_process_recorder_class(self) -> type[ProcessRecorder]:
        raise NotImplementedError

    def test_create_process_recorder(self) -> None:
        with pytest.raises(NotImplementedError):
            self.factory.process_recorder()

    def test_there_are_no_snapshots(self) -> None:
        with pytest.raises(NotImplementedError):
            self.factory.aggregate_recorder(purpose="snapshots")


class UuidRecorder(LedgerRecorder):
    """Ours for the library's example aggregates, whose ids are UUIDs."""

    def select_events(self, originator_id: UUID | str, **which: Any) -> Sequence[StoredEvent]:
        found = super().select_events(originator_id, **which)
        return [
            StoredEvent(UUID(str(e.originator_id)), e.originator_version, e.topic, e.state)
            for e in found
        ]

    def select_notifications(self, *args: Any, **which: Any) -> Sequence[Notification]:
        found = super().select_notifications(*args, **which)
        return [
            Notification(UUID(str(n.originator_id)), n.originator_version, n.topic, n.state, n.id)
            for n in found
        ]


class UuidFactory(LedgerFactory):
    """Gives the library's example applications that recorder."""

    def application_recorder(self) -> ApplicationRecorder:
        return UuidRecorder(self.pool())


class TestApplication(OnOurLedger, application.ApplicationTestCase):
    def setUp(self) -> None:
        stands_on_us = {"PERSISTENCE_MODULE": get_topic(UuidFactory), URL: self.app_url}
        environment = patch.dict(os.environ, stands_on_us)
        environment.start()
        self.addCleanup(environment.stop)
