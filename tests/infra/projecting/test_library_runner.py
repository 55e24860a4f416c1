"""The views under the eventsourcing library: its runner, its tracking, its test cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, Tracking
from eventsourcing.tests.persistence import TrackingRecorderTestCase

from infra.ledger import open_ledger
from infra.projecting.library_runner import TrackedViews, runner
from infra.projecting.projector import Projector
from projections import VIEWS
from projections.core.view import digest
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import (
    a_fund,
    a_scheme,
    approved,
    commit,
    entitled,
    payments_of,
    release,
    settle,
    stop,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings
    from projections.core.view import Digest

PATIENCE_SECONDS = 60.0


@pytest.fixture(scope="module")
def office(new_settings: Callable[[], Settings]) -> Iterator[Office]:
    """Tell a small story: a run of which one line is held back and one comes back."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1000)
        a_scheme(office, rate=10)
        entitlements = entitled(office, 12)
        approved(office)
        stop(office, entitlements[3])
        release(office)
        settle(office, "pay-run:aid:2007-03", payments_of(office)[0])
        commit(office, 7)
        yield office


def live(office: Office) -> list[Digest]:
    """Return the digests of the views as the projector grows them."""
    with office.ledger.connection() as connection:
        Projector(connection).catch_up()
        with connection.transaction(), connection.cursor() as cursor:
            return [digest(cursor, view()) for view in VIEWS]


def test_the_runner_of_the_library_grows_the_same_views(office: Office) -> None:
    head = office.positions()[-1]
    with runner(office.ledger.database.app_url) as running:
        running.wait(head, timeout=PATIENCE_SECONDS)
        commit(office, 5)
        running.wait(head + 1, timeout=PATIENCE_SECONDS)
        grown = running.view.digests()
        running.view.close()
    assert grown == live(office)
    assert {each.position for each in grown} == {head + 1}
    assert any(each.rows for each in grown)


def test_rows_and_position_are_written_together_and_once(office: Office) -> None:
    views = emptied(office)
    first = next(office.events())
    views.fold(first, Tracking("ledger", 1))
    once = views.digests()
    with pytest.raises(IntegrityError):
        views.fold(first, Tracking("ledger", 1))
    with pytest.raises(psycopg.errors.UniqueViolation, match="register_heads"):
        views.fold(first, Tracking("ledger", 10**9))
    assert views.digests() == once
    assert views.max_tracking_id("ledger") == 1
    views.close()


def emptied(office: Office) -> TrackedViews:
    """Return tracked views that hold nothing yet."""
    views = TrackedViews(office.ledger.database.app_url)
    with views.pool.connection() as connection:
        for view in views.views:
            for table in view.TABLES:
                connection.execute(f"TRUNCATE {views.SCHEMA}.{table.name}".encode())
        connection.execute(f"UPDATE {views.SCHEMA}.positions SET position = 0".encode())
        connection.execute(f"DELETE FROM {views.SCHEMA}.tracking".encode())
    return views


class TestTracking(TrackingRecorderTestCase):
    """The library's own test case for tracking recorders, on ours."""

    @pytest.fixture(autouse=True)
    def _store(self, office: Office) -> None:
        self.office = office

    def create_recorder(self) -> TrackedViews:
        recorder = emptied(self.office)
        self.addCleanup(recorder.close)
        return recorder
