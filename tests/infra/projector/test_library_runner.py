"""The views under the eventsourcing library: its runner, its tracking, its test cases."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, Tracking
from eventsourcing.tests.persistence import TrackingRecorderTestCase

from infra.ledger import open_ledger
from infra.projector.library_runner import follow_singly, runner
from infra.projector.projector import Projector
from infra.projector.tracking import ViewProjection, ViewTracking
from projections import VIEWS
from projections.core.view import digest, drop, position
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
from tests.waiting import wait_until

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


def emptied(office: Office) -> ViewTracking:
    """Return views that hold nothing yet."""
    with (
        office.ledger.connection() as connection,
        connection.transaction(),
        connection.cursor() as cursor,
    ):
        for view in VIEWS:
            drop(cursor, view())
        cursor.execute("DELETE FROM views.positions")
    return ViewTracking.opened(office.ledger.database.app_url)


def test_the_runner_of_the_library_and_the_projector_grow_the_same_views(office: Office) -> None:
    by_pages = live(office)
    emptied(office).close()
    with runner(office.ledger.database.app_url) as running:
        running.wait(by_pages[0].position, timeout=PATIENCE_SECONDS)
        assert running.view.digests() == by_pages
        commit(office, 5)
        running.wait(by_pages[0].position + 1, timeout=PATIENCE_SECONDS)
        one_by_one = running.view.digests()
        running.view.close()

    emptied(office).close()

    assert live(office) == one_by_one
    assert {each.position for each in one_by_one} == {by_pages[0].position + 1}
    assert any(each.rows for each in one_by_one)


def test_each_runner_goes_on_where_the_other_left_off(office: Office) -> None:
    expected = live(office)
    tracking = emptied(office)
    Projector(tracking.connection).catch_up(expected[0].position - 3)
    tracking.close()
    stopping = Event()
    thread = Thread(target=follow_singly, args=(office.ledger.database.app_url, stopping))
    thread.start()

    with office.ledger.connection() as connection:
        wait_until(lambda: position(connection) == expected[0].position)
    stopping.set()
    thread.join(PATIENCE_SECONDS)

    assert not thread.is_alive()
    assert live(office) == expected


def test_the_runner_goes_on_beside_a_view_that_has_stopped(office: Office) -> None:
    head = live(office)[0].position
    with office.ledger.connection() as connection:
        connection.execute(
            "UPDATE views.positions SET position = 9, stopped = 'a poison' WHERE view = 'stock'"
        )
    with runner(office.ledger.database.app_url) as running:
        commit(office, 1)
        wait_until(lambda: standing(office, "facts") == head + 1 or running.is_interrupted.is_set())
    running.view.close()
    assert (standing(office, "facts"), standing(office, "stock")) == (head + 1, 9)


def standing(office: Office, name: str) -> int:
    with office.ledger.connection() as connection:
        return position(connection, name)


def test_rows_and_position_are_written_together_and_once(office: Office) -> None:
    tracking = emptied(office)
    projection = ViewProjection(tracking)
    first = next(office.events())
    projection.process_event(first, Tracking("ledger", 1))
    once = tracking.digests()
    with pytest.raises(IntegrityError):
        projection.process_event(first, Tracking("ledger", 1))
    with pytest.raises(IntegrityError):
        projection.process_event(first, Tracking("ledger", 10**9))
    with pytest.raises(psycopg.errors.UniqueViolation, match="register_heads"):
        projection.process_event(first, Tracking("ledger", 2))
    assert tracking.digests() == once
    assert tracking.max_tracking_id("ledger") == 1
    tracking.close()


class TestTracking(TrackingRecorderTestCase):
    """The library's own test case for tracking recorders, on ours."""

    @pytest.fixture(autouse=True)
    def _store(self, office: Office) -> None:
        self.office = office

    def create_recorder(self) -> ViewTracking:
        recorder = emptied(self.office)
        self.addCleanup(recorder.close)
        return recorder
