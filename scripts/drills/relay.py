"""`python -m scripts.drills.relay`: break the broker, relays, PostgreSQL and readers, many times.

Proves that after each of it both topics hold the log: each event 1..head once for a
`read_committed` consumer, in order per key, with values that are to the byte the HTTP feed's; and
that topics that were deleted stop the relay and are never filled again in silence.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Annotated

import typer

from scripts.broker.broker import Broker
from scripts.drills.__main__ import an_office
from scripts.drills.stream_faults import (
    MOMENTS,
    delete,
    hold_relay,
    kill_broker,
    kill_relay,
    relaying,
    stall_readers,
    stop_database,
    there,
    two_relays,
)
from scripts.drills.streams import RelayProcess, Stream
from scripts.scenarios.http_server import http_server

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVENTS = 300


class Drills:
    """What is broken, and how often something was wrong afterwards."""

    def __init__(self, broker: Broker, chance: Random) -> None:
        """Take the broker of all ledgers."""
        self.broker = broker
        self.chance = chance
        self.done = self.broken = 0
        self._jurisdictions = count(1)

    @contextmanager
    def a_stream(self) -> Iterator[Stream]:
        """Give a ledger of its own, with topics of its own."""
        with ExitStack() as stack:
            jurisdiction = f"{next(self._jurisdictions):06d}"
            office = stack.enter_context(an_office(jurisdiction=jurisdiction))
            url = stack.enter_context(http_server(office.ledger))
            stream = Stream(office.ledger, self.broker.bootstrap, url)
            stream.tell()
            yield stream

    def report(self, what: str, found: Iterable[str], head: int) -> None:
        """Say what is wrong after something happened."""
        breaches = list(found)
        self.done += 1
        self.broken += bool(breaches)
        print(f"{what}: {'; '.join(breaches) or f'{head} events, each once'}", flush=True)

    def check(self, what: str, stream: Stream) -> None:
        """Relay the rest, and look at the topics."""
        with relaying(stream):
            self.report(what, stream.breaches(), stream.head())

    def brokers(self, kills: int, events: int) -> None:
        """Kill the broker so often while so many events flow in all; one relay lives through it."""
        with self.a_stream() as stream, RelayProcess(stream):
            for nth in range(kills):
                kill_broker(stream, self.broker, events // kills, self.chance)
                self.report(f"broker killed, {nth + 1}", stream.breaches(), stream.head())

    def relays(self, kills: int) -> None:
        """Kill relays, by turns at any point and at the moments around a commit."""
        with self.a_stream() as stream:
            for nth in range(kills):
                moment = MOMENTS[nth % len(MOMENTS)]
                kill_relay(stream, moment, EVENTS, self.chance)
                point = "at random" if moment == "never" else moment
                self.check(f"relay killed {point}, {nth + 1}", stream)

    def pairs(self, times: int) -> None:
        """Let two relays run at once; every second pair has one stand still for a while."""
        with self.a_stream() as stream:
            for nth in range(times):
                if nth % 2:
                    moment = MOMENTS[1 + nth // 2 % (len(MOMENTS) - 1)]
                    hold_relay(stream, moment, EVENTS, self.chance)
                    self.check(f"relay held {moment}, another took its place, {nth + 1}", stream)
                else:
                    two_relays(stream, EVENTS, self.chance)
                    self.check(f"two relays at once, {nth + 1}", stream)

    def databases(self, stops: int) -> None:
        """Stop PostgreSQL without a checkpoint while a relay reads from it."""
        with self.a_stream() as stream, relaying(stream):
            for nth in range(stops):
                stop_database(stream, EVENTS, self.chance)
                self.report(f"PostgreSQL stopped, {nth + 1}", stream.breaches(), stream.head())

    def readers(self, stalls: int) -> None:
        """Let readers stall, and look at what they had in the end."""
        with self.a_stream() as stream, relaying(stream):
            for nth in range(stalls):
                handled = stall_readers(stream, EVENTS, self.chance)
                head = stream.head()
                wrong = [h for h in handled if sorted(h) != [*range(1, head + 1)]]
                found = [f"a reader had {len(each)} events" for each in wrong]
                self.report(
                    f"readers joined late and stalled, {nth + 1}", found + stream.breaches(), head
                )

    def deletions(self, times: int) -> None:
        """Delete a topic or both, and look whether the relay stops and leaves the rest alone."""
        for nth in range(times):
            with self.a_stream() as stream:
                gone = [stream.topics[:1], stream.topics[1:], stream.topics][nth % 3]
                with relaying(stream):
                    stream.wait_for_head()
                    delete(stream, gone)
                    stream.write(EVENTS)
                    stream.wait_for(lambda stand: stand.state == "stopped")
                with relaying(stream):
                    stand = stream.wait_for(lambda stand: "not there" in stand.reason)
                left = there(stream) - set(stream.topics).difference(gone)
                found = [f"{name} was made again" for name in left]
                if stand.state != "stopped":
                    found.append(f"the relay is {stand.state}")
                print(f"  {stand.reason}")
                self.report(f"{' and '.join(gone)} deleted", found, stream.head())


def main(
    *,
    brokers: Annotated[int, typer.Option(help="Kills of the broker.")] = 50,
    events: Annotated[int, typer.Option(help="Events that flow meanwhile, at least.")] = 20_000,
    relays: Annotated[int, typer.Option(help="Kills of relays.")] = 50,
    pairs: Annotated[int, typer.Option(help="Pairs of relays.")] = 10,
    databases: Annotated[int, typer.Option(help="Stops of PostgreSQL.")] = 10,
    readers: Annotated[int, typer.Option(help="Stalls of readers.")] = 10,
    deletions: Annotated[int, typer.Option(help="Deletions of topics.")] = 6,
    seed: Annotated[int, typer.Option(help="For the moments.")] = 1,
) -> None:
    """Break what the stream stands on, and check the topics each time."""
    logging.disable(logging.ERROR)
    with Broker() as broker:
        drills = Drills(broker, Random(seed))
        if brokers:
            drills.brokers(brokers, events)
        drills.relays(relays)
        drills.pairs(pairs)
        drills.databases(databases)
        drills.readers(readers)
        drills.deletions(deletions)
    print(f"{drills.done} drills of the stream, {drills.broken} breaches")
    raise typer.Exit(int(drills.broken > 0))


if __name__ == "__main__":
    typer.run(main)
