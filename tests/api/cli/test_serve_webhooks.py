"""`mingzhang serve` calls receivers by a process of its own, and starts it again when it dies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from infra.ledger import open_ledger
from scripts.scenarios.office import EVE, OPERATOR, Office, staffed
from scripts.scenarios.stories import a_fund, receive
from scripts.scenarios.webhook_receivers import LOOPBACK, a_secret, receiving
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.config.settings import Settings


@contextmanager
def serving(settings: Settings, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `mingzhang serve` while the block runs, from when it is ready."""
    env = {
        "MINGZHANG_DATA": str(settings.data_folder),
        "DATABASE_URL": str(settings.database_url),
        "MINGZHANG_WEBHOOK_ALLOW": LOOPBACK,
    }
    command = [sys.executable, "-m", "api.cli", "serve", "--json", *options]
    with subprocess.Popen(command, env={**os.environ, **env}, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert json.loads(server.stdout.readline())["ready"]
        yield server
        server.terminate()
        assert server.wait(30) == STOPPED


STOPPED = 130


def deliverers(server: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Return the processes that a server lets call receivers."""
    children = psutil.Process(server.pid).children()
    return [child for child in children if "webhooks" in child.cmdline()]


def add(office: Office, url: str) -> None:
    what: dict[str, Any] = {"url": url, "zone": "public", "sealed": {"secret": a_secret()}}
    office.send("webhook.add", "webhook:finance", by=OPERATOR, on=EVE, **what)


def test_a_served_ledger_calls_its_receivers_also_after_the_deliverer_was_killed(
    ledger_settings: Settings,
) -> None:
    with (
        receiving() as receiver,
        open_ledger(ledger_settings.model_copy(update={"webhook_allow": LOOPBACK})) as ledger,
        serving(ledger_settings, "--port", "0") as server,
    ):
        office = staffed(Office(ledger))
        a_fund(office)
        add(office, receiver.url("/news"))
        receiver.wait_for_position("/news", receive(office, "fund:x", 1)["positions"][-1])
        wait_until(lambda: len(deliverers(server)) == 1)
        (killed,) = deliverers(server)
        killed.kill()
        receiver.wait_for_position("/news", receive(office, "fund:x", 1)["positions"][-1])
        (other,) = deliverers(server)
        assert other.pid != killed.pid


@pytest.mark.parametrize("busy", [False, True])
def test_a_deliverer_alone_stops_when_told_to(ledger_settings: Settings, busy: bool) -> None:  # noqa: FBT001
    with (
        receiving() as receiver,
        open_ledger(ledger_settings.model_copy(update={"webhook_allow": LOOPBACK})) as ledger,
        serving(ledger_settings, "--only", "webhooks"),
    ):
        if busy:
            add(staffed(Office(ledger)), receiver.url("/news"))
            receiver.wait_for("/news")
