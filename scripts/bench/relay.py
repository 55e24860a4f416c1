"""The relay to Kafka beside kafka-python alone, which sends the same records, made beforehand.

Both run as processes of their own against one real broker, by turns, each round with new topics.
What is counted lies between two commits, so that neither's start is in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import psycopg
from rich.console import Console

from infra.kafka import checkpoint
from infra.kafka.relay_page import MOST_EVENTS
from infra.ledger import open_ledger
from scripts.bench.million import fill
from scripts.bench.outcomes import Outcome, by_turns
from scripts.broker.broker import Broker
from scripts.broker.programs import ProgramMissing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

PAGES, QUICK_PAGES = 8, 4
RELAY = ("-m", "api.cli", "serve", "--only", "relay", "--json")
PLAIN = ("-m", "scripts.bench.plain_producer")
SECONDS_BETWEEN_LOOKS = 0.03
PATIENCE_SECONDS = 300.0
_jurisdictions = count(100_000)


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare what the relay brings a second with what the library alone brings."""
    many = MOST_EVENTS * (QUICK_PAGES if bench.quick else PAGES)
    try:
        broker = Broker(options=())
    except ProgramMissing as missing:
        Console(stderr=True).print(f"relay: not measured. {missing}")
        return
    with broker, open_ledger(bench.settings(f"relay-{many}")) as ledger:
        fill(ledger, many)
        ours, plain = by_turns(
            bench.rounds,
            partial(relayed, ledger, broker, many),
            partial(sent, ledger, broker),
        )
    yield Outcome(
        name="relay",
        path=f"{many:,} events relayed to both topics of Kafka",
        ours=ours,
        limit=plain,
        unit="/s",
        against="kafka-python alone: the same records in the same transactions, made beforehand",
        goal=1.0,
        at_least=True,
        notes={"records a second": f"{2 * ours:,.0f}, the library alone {2 * plain:,.0f}"},
    )


def stand(ledger: Ledger) -> checkpoint.RelayStatus:
    """Return how the relay stands."""
    with ledger.connection() as connection:
        return checkpoint.stand(connection)


def relayed(ledger: Ledger, broker: Broker, many: int) -> float:
    """Let a relay fill new topics; return the events a second from one page's end to another's."""
    with ledger.connection() as connection:
        connection.execute("UPDATE delivery.relay SET position = 0, topics = '{}'")
    with running(*RELAY, ledger=ledger, broker=broker) as child:
        begun = when(ledger, child, MOST_EVENTS)
        ended = when(ledger, child, many - MOST_EVENTS)
        when(ledger, child, many)
        child.terminate()
    return (many - 2 * MOST_EVENTS) / (ended - begun)


def when(ledger: Ledger, child: subprocess.Popen[str], position: int) -> float:
    """Return when a position is relayed."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (found := stand(ledger)).position < position:
        if child.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the relay came no further than {found}")
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return time.perf_counter()


def sent(ledger: Ledger, broker: Broker) -> float:
    """Let the library alone fill new topics; return its events a second."""
    with running(*PLAIN, ledger=ledger, broker=broker) as child:
        said, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"the plain producer ended with {child.returncode}")
    return float(said)


@contextmanager
def running(*arguments: str, ledger: Ledger, broker: Broker) -> Iterator[subprocess.Popen[str]]:
    """Run a program of ours that has the next jurisdiction's topics; it is gone with the block."""
    jurisdiction = str(next(_jurisdictions))
    # A ledger is bound to its jurisdiction; here only the topics' names are wanted.
    with psycopg.connect(ledger.database.owner_url) as owner:
        owner.execute("UPDATE ledger.identity SET jurisdiction = %s", (jurisdiction,))
    environment = os.environ | {
        "MINGZHANG_DATA": str(ledger.settings.data_folder),
        "DATABASE_URL": "",
        "MINGZHANG_JURISDICTION": jurisdiction,
        "KAFKA_BOOTSTRAP": broker.bootstrap,
    }
    with subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()
