"""Ledgers that are relayed, each under a jurisdiction of its own: one broker serves all tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest

from api.wiring import wired
from infra.config.settings import Settings
from scripts.broker.broker import Broker
from scripts.drills.streams import Stream
from scripts.scenarios.http_server import http_server

_jurisdictions = count(1)


@contextmanager
def streamed(settings: Settings, broker: Broker) -> Iterator[Stream]:
    """Give a stream of a ledger that has something to tell."""
    own = settings.model_copy(update={"jurisdiction": f"{next(_jurisdictions):06d}"})
    with wired(own) as wiring, http_server(wiring) as url:
        stream = Stream(wiring, broker.bootstrap, url)
        stream.tell()
        yield stream


@pytest.fixture
def stream(ledger: Settings, broker: Broker) -> Iterator[Stream]:
    """Give a stream on the shared database server."""
    with streamed(ledger, broker) as given:
        yield given


@pytest.fixture
def stream_of_its_own_server(settings: Settings, broker: Broker) -> Iterator[Stream]:
    """Give a stream whose database server may be stopped."""
    with streamed(settings, broker) as given:
        yield given
