"""A load makes its own year whole and no other: one that was cut off is still told of."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from domain.kernel.refusals import Refused
from infra.processes import load_progress
from infra.processes.load_progress import LoadProgress
from infra.projector.projector import follow
from scripts.golden.kernel.emptying import empty
from scripts.golden.loading import load_into

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.ledger import Ledger


@contextmanager
def projecting(ledger: Ledger) -> Iterator[None]:
    """Grow the views while the block runs."""
    stopping = threading.Event()
    thread = threading.Thread(target=follow, args=(ledger.database.app_url, stopping))
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def test_a_year_that_was_cut_off_is_told_of_until_it_is_whole_or_gone(ledger: Ledger) -> None:
    folder = ledger.settings.data_folder
    cut_off = LoadProgress(year="golden-2007", seed=3, scale=0.01, day="2007-02-01", events=9)
    cut_off.write(folder)
    try:
        with projecting(ledger):
            load_into(ledger, "plan-2012", seed=4, scale=0.1)
            assert LoadProgress.read(folder) == cut_off
        empty(ledger)
        assert LoadProgress.read(folder) is None
    finally:
        load_progress.clear(folder)


def test_a_year_that_is_refused_is_told_of_no_more(ledger: Ledger) -> None:
    """As another seed of a year that is there: it would be refused again."""
    folder = ledger.settings.data_folder
    with projecting(ledger):
        load_into(ledger, "plan-2012", seed=4, scale=0.1)
        with pytest.raises(Refused):
            load_into(ledger, "plan-2012", seed=5, scale=0.1)
    assert LoadProgress.read(folder) is None
