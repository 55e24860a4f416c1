"""Facts that are alike but for their subjects are stored as if each had been encoded alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import EVENTS
from domain.kernel.aggregate import Act
from domain.payments.payment_events import PaymentMade
from infra.config.optimisations import Optimisations
from infra.eventlog.append import Appender
from infra.eventlog.batch import MANY, Batch, stored
from infra.eventlog.mapper import ENCODER, OPENING, after_id
from tests.domain.any_event import any_of
from tests.infra.eventlog.appends import BOOKED, log

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event
    from infra.ledger import Ledger

DAY = date(2007, 3, 15)
APPENDERS = pytest.mark.parametrize(
    "switches",
    [
        {"libpq_statement": libpq_statement, "binary_copy": binary_copy}
        for libpq_statement in (True, False)
        for binary_copy in (True, False)
    ],
    ids=str,
)
ROWS = """SELECT originator_id, originator_version, topic, state, salt FROM ledger.events
    ORDER BY notification_id"""
PAYMENT = PaymentMade(
    originator_id="payment:aid:2007-03:0",
    originator_version=1,
    act=Act(by="treasurer-1", on=DAY, booked=DAY, key="k", reason="补发"),
    run="pay-run:aid:2007-03",
    scheme="scheme:aid",
    programme="aid",
    fund="fund:x",
    earmark="general",
    area="area:city",
    tier="a",
    month="2007-03",
    persons=1,
    households=0,
    amount=300,
)


@given(st.sampled_from(sorted(EVENTS.values(), key=lambda kind: kind.TOPIC)).flatmap(any_of))
def test_the_state_of_any_event_begins_with_its_subject(event: Event) -> None:
    other = msgspec.structs.replace(event, originator_id="payment:x:2007-01:ff")
    assert OPENING + b"payment:x:2007-01:ff" + after_id(event) == ENCODER.encode(other)


@APPENDERS
def test_many_that_are_alike_and_others_after_them_are_stored_as_each_would_be_alone(
    ledger: Ledger, switches: dict[str, bool]
) -> None:
    more = msgspec.structs.replace(PAYMENT, amount=301)
    alike = [
        ((more if n % 3 else PAYMENT), f"payment:aid:2007-03:{'0' * (n % 5)}{n}")
        for n in range(MANY)
    ]
    last = [msgspec.structs.replace(PAYMENT, originator_id=f"payment:b:{n}") for n in range(3)]
    with ledger.connection() as connection:
        appender = Appender.of(Optimisations(**switches))
        appender.append(connection, Batch([stored(event) for event in last], alike=alike))
        rows = connection.execute(ROWS, binary=True).fetchall()
    alone = [msgspec.structs.replace(event, originator_id=subject) for event, subject in alike]
    assert [row[:4] for row in rows] == [stored(event) for event in [*alone, *last]]
    salts = {bytes(row[4]) for row in rows}
    assert len(salts) == len(rows)
    assert {len(salt) for salt in salts} == {32}


@APPENDERS
def test_few_that_are_alike_are_stored_the_same(ledger: Ledger, switches: dict[str, bool]) -> None:
    with ledger.connection() as connection:
        appender = Appender.of(Optimisations(**switches))
        alike = [(PAYMENT, "payment:b:1"), (PAYMENT, "payment:b:2")]
        appender.append(connection, Batch([], alike=alike))
        rows = connection.execute(ROWS, binary=True).fetchall()
    alone = [
        msgspec.structs.replace(PAYMENT, originator_id=f"payment:b:{number}") for number in (1, 2)
    ]
    assert [row[:4] for row in rows] == [stored(event) for event in alone]


WHOLE = f"""(1, 'payment:a', 1, 'payment.made.v1',
    '{{"originator_id":"payment:a",{BOOKED}}}', sha256('1'), NULL)"""
PLAIN_STAGED = """SELECT ledger.append_staged(
    '{}', '{}', NULL, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')"""


def staged_by_hand(ledger: Ledger, *others: str) -> None:
    """Append a whole row and some that are alike, as a sender without our code could."""
    with psycopg.connect(ledger.database.app_url) as app:
        app.execute("SELECT ledger.stage()")
        app.execute(f"INSERT INTO pg_temp.staged VALUES {', '.join((WHOLE, *others))}".encode())
        app.execute(PLAIN_STAGED)


def test_the_database_repeats_what_is_alike_behind_the_subject(ledger: Ledger) -> None:
    staged_by_hand(ledger, "(2, 'payment:低保', 1, NULL, NULL, sha256('2'), 1)")
    states = [bytes(row[4]) for row in log(ledger) if isinstance(row[4], bytes)]
    assert states == [
        f'{{"originator_id":"payment:{name}",{BOOKED}}}'.encode() for name in ("a", "低保")
    ]


@pytest.mark.parametrize(
    "other",
    [
        (
            "'payment:b', 1, NULL, NULL, sha256('2'), 3),"
            " (3, 'payment:c', 1, NULL, NULL, sha256('3'), 1"
        ),
        "'payment:b', 1, NULL, NULL, sha256('2'), 2",
        "'payment:b', 1, NULL, NULL, sha256('2'), 7",
        """'payment:b","act":{"booked":"1999-01-01"},"q":"', 1, NULL, NULL, sha256('2'), 1""",
        "'payment:b\\', 1, NULL, NULL, sha256('2'), 1",
        # The row does not begin with its subject, so that nothing tells where its rest begins.
        f"""'payment:b', 1, 'payment.made.v1', '{{"originator_id" :"payment:b",{BOOKED}}}',
        sha256('2'), NULL), (3, 'payment:c', 1, NULL, NULL, sha256('3'), 2""",
    ],
)
def test_what_is_alike_nothing_is_refused(ledger: Ledger, other: str) -> None:
    with pytest.raises(psycopg.errors.NotNullViolation):
        staged_by_hand(ledger, f"(2, {other})")
    assert log(ledger) == []


@pytest.mark.parametrize(
    "other",
    [
        "'payment:b', 1, NULL, NULL, sha256('2'), NULL",
        "'payment:b', 1, 'payment.made.v1', NULL, sha256('2'), NULL",
        "'payment:b', 1, 'payment.made.v1', '{}', sha256('2'), 1",
    ],
)
def test_a_row_is_whole_or_alike(ledger: Ledger, other: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        staged_by_hand(ledger, f"(2, {other})")
