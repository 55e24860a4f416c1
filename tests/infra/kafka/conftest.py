"""Ledgers that are relayed, each under a jurisdiction of its own: one broker serves all tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
import pytest

from infra.config.settings import Settings
from infra.ledger import open_ledger
from scripts.broker.broker import Broker
from scripts.drills.streams import Stream
from scripts.scenarios.http_server import http_server

_jurisdictions = count(1)


@contextmanager
def streamed(settings: Settings, broker: Broker) -> Iterator[Stream]:
    """Give a stream of a ledger that has something to tell."""
    own = settings.model_copy(update={"jurisdiction": f"{next(_jurisdictions):06d}"})
    if own.database_url:
        # The test's ledger is a copy of one that is laid out, under the jurisdiction of that.
        with psycopg.connect(own.database_url) as owner:
            owner.execute("UPDATE ledger.identity SET jurisdiction = %s", (own.jurisdiction,))
    with open_ledger(own) as ledger, http_server(ledger) as url:
        stream = Stream(ledger, broker.bootstrap, url)
        stream.tell()
        yield stream


@pytest.fixture
def stream(ledger_settings: Settings, broker: Broker) -> Iterator[Stream]:
    """Give a stream on the shared database server."""
    with streamed(ledger_settings, broker) as given:
        yield given


@pytest.fixture
def stream_of_its_own_server(settings: Settings, broker: Broker) -> Iterator[Stream]:
    """Give a stream whose database server may be stopped."""
    with streamed(settings, broker) as given:
        yield given
