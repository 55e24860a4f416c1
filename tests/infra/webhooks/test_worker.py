"""One process delivers at a time; killed or cut off, the next loses nothing and never goes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace

import psycopg

from infra.config.errors import Unavailable
from infra.ledger import Ledger
from scripts.scenarios.office import Office
from scripts.scenarios.webhook_receivers import LOOPBACK, QUICK, Receiver, Reply, delivering
from tests.infra.webhooks.webhook_stories import add, news, noted, positions
from tests.waiting import wait_until


def test_one_delivers_at_a_time_and_another_takes_his_place(
    office: Office, receiver: Receiver, path: str
) -> None:
    add(office, receiver.url(path))
    with delivering(office.ledger):
        receiver.wait_for(path)
        with delivering(office.ledger):
            for _ in range(5):
                receiver.wait_for_position(path, news(office))
            assert receiver.most_at_once[path] == 1
            wait_until(lambda: noted(office)["calling"] is None)
    with delivering(office.ledger):
        calls = receiver.wait_for_position(path, news(office))
    assert positions(calls) == sorted(set(positions(calls)))


def test_who_waits_for_his_turn_does_not_listen(
    office: Office, receiver: Receiver, path: str
) -> None:
    """What nobody reads of a connection that listens would fill the server's queue."""
    add(office, receiver.url(path))
    with delivering(office.ledger):
        receiver.wait_for(path)
        with delivering(office.ledger):
            wait_until(lambda: sessions(office, "%pg_try_advisory_lock%") > 0)
            assert sessions(office, "LISTEN%") == 1
        wait_until(lambda: sessions(office, "LISTEN%") == 1)


def sessions(office: Office, query: str) -> int:
    """Count the sessions that asked this last."""
    asked = "datname = current_database() AND query LIKE %s AND pid <> pg_backend_pid()"
    with psycopg.connect(office.ledger.database.owner_url) as owner:
        row = owner.execute(
            f"SELECT count(*) FROM pg_stat_activity WHERE {asked}".encode(), (query,)
        ).fetchone()
    return int(row[0]) if row else 0


def test_a_session_that_is_ended_begins_anew(office: Office, receiver: Receiver, path: str) -> None:
    add(office, receiver.url(path))
    with delivering(office.ledger, replace(QUICK, call=0.2)):
        receiver.wait_for(path)
        for _ in range(3):
            with psycopg.connect(office.ledger.database.owner_url) as owner:
                owner.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE usename LIKE 'mingzhang_app_%' AND datname = current_database()"
                )
            receiver.wait_for_position(path, news_at_last(office))
    told = positions(receiver.calls[path])
    assert told == sorted(told)


def news_at_last(office: Office) -> int:
    """Let something happen, also where connections of the pool have just been ended."""
    while True:
        with suppress(psycopg.OperationalError, Unavailable):
            return news(office)


def test_killed_at_any_point_it_loses_nothing_and_never_goes_back(
    office: Office, receiver: Receiver, path: str
) -> None:
    """Killed before, during and after calls; some answers come too late for who has asked."""
    paths = [f"{path}/{nth}" for nth in range(4)]
    for nth, each in enumerate(paths):
        add(office, receiver.url(each), f"webhook:{nth}")
    for round_ in range(8):
        gate = threading.Event()
        receiver.reply(paths[0], Reply(gate=gate))
        child = deliverer_of(office.ledger)
        seen = len(receiver.calls[paths[round_ % 4]])
        news(office)
        receiver.wait_for(paths[round_ % 4], seen + 1)
        child.send_signal(signal.SIGKILL)
        child.wait()
        gate.set()
    receiver.reply(paths[0], Reply())
    last = news(office)
    child = deliverer_of(office.ledger)
    for each in paths:
        told = positions(receiver.wait_for_position(each, last))
        assert told == sorted(told)
    child.send_signal(signal.SIGTERM)
    child.wait()


def deliverer_of(ledger: Ledger) -> subprocess.Popen[bytes]:
    """Start a process that delivers, as quickly as tests do."""
    settings = ledger.settings
    env = {
        "MINGZHANG_DATA": str(settings.data_folder),
        "DATABASE_URL": str(settings.database_url),
        "MINGZHANG_WEBHOOK_ALLOW": LOOPBACK,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "scripts.scenarios.webhook_worker"], env={**os.environ, **env}
    )
