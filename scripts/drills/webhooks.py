"""`python -m scripts.drills.webhooks`: kill the deliverer of webhooks many times while news flows.

Proves that every receiver hears of the newest event in the end, never of an older one after a
newer one, and is never called twice at once. Some receivers fail, and some are slow.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scripts.drills.__main__ import an_office
from scripts.scenarios.office import EVE, OPERATOR, Office, staffed
from scripts.scenarios.stories import a_fund, receive
from scripts.scenarios.webhook_receivers import LOOPBACK, Receiver, Reply, a_secret, receiving

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIVERER = [sys.executable, "-m", "scripts.scenarios.webhook_worker"]
# How long a deliverer lives after its first call, at most.
SECONDS_TO_LIVE = 1.0


def add(office: Office, receiver: Receiver, number: int) -> list[str]:
    """Add so many webhooks, of which every third one's receiver fails now and then."""
    paths = [f"/{nth}" for nth in range(number)]
    for nth, path in enumerate(paths):
        if nth % 3 == 0:
            receiver.reply(path, *[Reply(500), Reply(), Reply(503)] * 20, Reply())
        what: dict[str, Any] = {"url": receiver.url(path), "zone": "public"}
        what["sealed"] = {"secret": a_secret()}
        office.send("webhook.add", f"webhook:{nth}", by=OPERATOR, on=EVE, **what)
    return paths


@contextmanager
def flowing(office: Office) -> Iterator[None]:
    """Let things happen while the block runs."""
    over = threading.Event()

    def flow() -> None:
        while not over.wait(0.005):
            receive(office, "fund:x", 1)

    thread = threading.Thread(target=flow)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def delivering(office: Office) -> Iterator[None]:
    """Run a process that delivers, and kill it in the end."""
    env = {
        "MINGZHANG_DATA": str(office.ledger.settings.data_folder),
        "MINGZHANG_WEBHOOK_ALLOW": LOOPBACK,
    }
    child = subprocess.Popen(DELIVERER, env={**os.environ, **env}, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        child.kill()
        child.wait()


def breaches(receiver: Receiver, path: str, head: int) -> Iterator[str]:
    """Tell what one receiver was told wrongly."""
    told = [call.position for call in receiver.wait_for_position(path, head)]
    if receiver.most_at_once[path] > 1:
        yield f"{path} was called {receiver.most_at_once[path]} times at once"
    if told != sorted(told):
        yield f"{path}: {told} goes back"
    if told[-1] != head:
        yield f"{path}: {told[-1]} is not the head, {head}"


def main(
    kills: Annotated[int, typer.Option(help="Deliverers killed.")] = 50,
    receivers: Annotated[int, typer.Option(help="Webhooks.")] = 32,
    seed: Annotated[int, typer.Option(help="For the moments.")] = 1,
) -> None:
    """Kill deliverers, and check what receivers were told."""
    logging.disable(logging.WARNING)
    chance = Random(seed)
    with an_office(webhook_allow=LOOPBACK) as office, receiving() as receiver:
        a_fund(staffed(office))
        paths = add(office, receiver, receivers)
        with flowing(office):
            for _ in range(kills):
                path = chance.choice(paths)
                before = len(receiver.calls[path])
                with delivering(office):
                    receiver.wait_for(path, before + 1)
                    time.sleep(chance.uniform(0, SECONDS_TO_LIVE))
        head = office.positions()[-1]
        with delivering(office):
            found = [breach for path in paths for breach in breaches(receiver, path, head)]
        calls = sum(len(receiver.calls[path]) for path in paths)
    said = f"{kills} kills, {head} events, {receivers} receivers, {calls} calls"
    print(*found, f"{said}, {len(found)} breaches", sep="\n")
    raise typer.Exit(int(bool(found)))


if __name__ == "__main__":
    typer.run(main)
