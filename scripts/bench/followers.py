"""A thousand readers of the live feed on one server process, at 200 events a second.

Each must hear every event once, in order, with the bytes that all others hear. The readers share
one process, which takes a good part of the machine; commands come from this one.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from projections.core import event_log
from scripts.bench.golden_load import fixed
from scripts.bench.readers import Heard
from scripts.bench.serving import served
from scripts.bench.visible import write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench
    from scripts.bench.outcomes import Outcome

READERS, QUICK_READERS = 1000, 200
SECONDS, QUICK_SECONDS = 10, 5
A_SECOND = 200
MOST_MS, MOST_MB = 1000.0, 200.0


class Followed(NamedTuple):
    """What readers heard of so many events, and at what rate these were written."""

    heard: Heard
    events: int
    rate: float


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with what a reader is asked to wait, and with a small machine's memory."""
    many = QUICK_READERS if bench.quick else READERS
    seconds = QUICK_SECONDS if bench.quick else SECONDS
    with (
        bench.ledger() as ledger,
        served(ledger.settings.data_folder, "--only", "api") as server,
    ):
        found = followed(ledger, server.place, many, seconds * A_SECOND)
        held = server.watch.most_mb["serve"]
    late = found.heard.late
    yield fixed(
        "followers",
        f"{many:,} readers of the live feed at {A_SECOND} events/s, the slowest hundredth",
        (within(late, 0.99), MOST_MS, "ms"),
        {
            "half of all within, ms": within(late, 0.5),
            "the last of all within, ms": within(late, 1.0),
            "events/s that were written": round(found.rate),
            "events that each reader has, once and in order": found.events,
            "MB/s that were sent": round(found.heard.megabytes * found.rate / found.events),
        },
    )
    yield fixed("followers-memory", "memory of their server", (held, MOST_MB, "MB"), {})


def followed(ledger: Ledger, place: str, readers: int, events: int) -> Followed:
    """Write so many events while so many readers follow; RuntimeError if one misses any."""
    with ledger.connection() as connection:
        after = event_log.head(connection).position
    words = [place, *map(str, (readers, after, after + events))]
    with subprocess.Popen(
        [sys.executable, "-m", "scripts.bench.readers", *words], stdout=subprocess.PIPE, text=True
    ) as child:
        if child.stdout is None or child.stdout.readline() != "following\n":
            raise RuntimeError(f"the readers ended with {child.wait()}")
        begun = time.perf_counter()
        write(ledger, events, A_SECOND)
        rate = events / (time.perf_counter() - begun)
        heard = msgspec.json.decode(child.stdout.read(), type=Heard)
    if heard.wrong or heard.complete < readers:
        raise RuntimeError(f"{heard.complete} of {readers} readers have all events; {heard.wrong}")
    return Followed(heard, events, rate)


def within(late: dict[int, int], part: float) -> float:
    """Return the milliseconds within which a part (0.99) of all came."""
    wanted = part * sum(late.values())
    passed = 0
    for milliseconds, count in sorted(late.items()):
        passed += count
        if passed >= wanted:
            return milliseconds + 1.0
    raise ValueError("nothing came")
