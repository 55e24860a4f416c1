"""A batch that waits for the one before it is not saved where that one failed."""

import pytest

from infra.eventlog.append import append
from infra.eventlog.batch import MANY, Batch, Stored
from infra.ledger import Ledger


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
