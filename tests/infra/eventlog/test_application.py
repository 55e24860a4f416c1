"""The open ledger is the library's application: its parts lie where the library has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import IntegrityError

from domain.funds.funds import Fund
from domain.kernel.aggregate import Event
from infra.eventlog.mapper import StructMapper
from infra.eventlog.recorder import LedgerRecorder
from projections.core import event_log
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, commit

if TYPE_CHECKING:
    from infra.ledger import Ledger

FUND = "fund:x"


@pytest.fixture
def office(ledger: Ledger) -> Office:
    """Open a fund, and promise of it."""
    office = staffed(Office(ledger))
    a_fund(office, holding=1000)
    commit(office, 7)
    return office


def test_the_open_ledger_is_an_application_over_the_recorder(ledger: Ledger) -> None:
    assert isinstance(ledger, Application)
    assert isinstance(ledger.recorder, LedgerRecorder)
    assert isinstance(ledger.mapper, StructMapper)


def test_the_repository_gives_an_aggregate_as_of_now_and_as_of_a_version(office: Office) -> None:
    ledger = office.ledger
    with ledger.connection() as connection:
        history = list(event_log.of_subject(connection, FUND))
        expected = ledger.aggregates.checkout(connection, [FUND])[FUND]

    now = ledger.repository.get(FUND)
    first = ledger.repository.get(FUND, version=1)

    assert type(now) is Fund
    assert vars(now) == vars(expected)
    assert (now.version, first.version) == (len(history), 1)
    assert sum(now.available.values()) == 1000 - 7


def test_the_repository_has_no_aggregate_without_a_history(office: Office) -> None:
    with pytest.raises(AggregateNotFoundError):
        office.ledger.repository.get("fund:none")


def test_the_notification_log_shows_what_the_feed_shows(office: Office) -> None:
    ledger, head = office.ledger, office.positions()[-1]

    notified = ledger.notification_log.select(1, limit=head)

    with ledger.connection() as connection:
        stored = event_log.page(connection, after=0, until=head, limit=None)
    assert [(n.id, n.topic, n.state) for n in notified] == [
        (event.position, event.topic, event.state) for event in stored
    ]
    assert ledger.recorder.max_notification_id() == head


def test_what_the_library_saves_is_seen_by_commands_and_only_once(office: Office) -> None:
    ledger, head = office.ledger, office.positions()[-1]
    fund = ledger.repository.get(FUND)
    (last,) = ledger.events.get(FUND, gt=fund.version - 1)
    assert isinstance(last, Event)
    next_ = msgspec.structs.replace(last, originator_version=fund.version + 1)

    (recording,) = ledger.save(next_)
    with pytest.raises(IntegrityError):
        ledger.save(next_)
    receipt = commit(office, 2)

    assert recording.notification.id == head + 1
    assert receipt["version"] == fund.version + 2
