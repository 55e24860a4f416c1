"""Batches saved in a row: one after a lost one is not saved, and what stops is not overlooked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.aggregate import stored_name
from domain.payments.payment_events import PaymentMade
from infra.commands.pipelined_save import STOPS_NOBODY, OwnStretch
from infra.eventlog.append import append
from infra.eventlog.batch import MANY, Appended, Batch, Stored
from tests.infra.eventlog.appends import BOOKED, send

if TYPE_CHECKING:
    from infra.ledger import Ledger

PAID = Stored("payment:p", 1, stored_name(PaymentMade), b"{}")
STOPPED = Stored("entitlement:e", 1, "entitlement.stopped.v1", b"{}")
OURS, THEIRS = True, False


class LostError(Exception):
    """The batch before was not saved."""


def lost() -> None:
    raise LostError


@pytest.mark.parametrize("number", [1, MANY, MANY + 1])
def test_nothing_follows_a_batch_that_was_not_saved(ledger: Ledger, number: int) -> None:
    events = [Stored(f"note:{n}", 1, "note.taken.v1", b"{}") for n in range(number)]
    with ledger.connection() as connection:
        with pytest.raises(LostError):
            append(connection, Batch(events, turn=lost))
        assert connection.execute("SELECT count(*) FROM ledger.events").fetchone() == (0,)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([OURS, OURS, THEIRS]),
            st.lists(st.sampled_from([PAID, PAID, PAID, STOPPED]), min_size=1, max_size=4),
        ),
        max_size=12,
    ),
    st.integers(0, 40),
)
def test_no_stop_stands_between_what_was_asked_and_what_is_taken_as_known(
    appends: list[tuple[bool, list[Stored]]], asked: int
) -> None:
    """Whoever appends what, ours in between theirs: a stop behind the question is looked for."""
    own, log = OwnStretch(), list[Stored]()
    for by, events in appends:
        if by is OURS:
            own = own.and_then(Batch(events), Appended(len(log) + 1, datetime.now(UTC)))
        log += events
    asked = min(asked, len(log))
    known = own.known_to(asked)
    assert known is not None
    assert known >= asked
    assert STOPPED not in log[asked:known]


def test_our_own_chunks_in_a_row_are_all_known() -> None:
    own = OwnStretch()
    for first in (11, 13, 15):
        own = own.and_then(Batch([PAID, PAID]), Appended(first, datetime.now(UTC)))
    known = {asked: own.known_to(asked) for asked in (9, 10, 12, 16, 17)}
    assert known == {9: 9, 10: 16, 12: 16, 16: 16, 17: 17}
    assert own.known_to(None) is None
    later = own.and_then(Batch([PAID]), Appended(20, datetime.now(UTC)))
    assert (later.known_to(16), later.known_to(19)) == (16, 20)


@pytest.mark.parametrize("kind", STOPS_NOBODY)
def test_what_is_passed_over_stops_nobody_for_the_database_either(
    ledger: Ledger, kind: type
) -> None:
    state = b'{"originator_id":"payment:p",%b}' % BOOKED.encode()
    send(ledger, [STOPPED, PAID._replace(topic=stored_name(kind), state=state)])
    with ledger.connection() as connection:
        append(
            connection, Batch([PAID._replace(subject="payment:q", state=state)], stops_known_to=1)
        )
