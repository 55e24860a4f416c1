"""The feed as JSON Lines over HTTP, beside a bare read of the same events and their decoding."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING, Any

from domain import decode
from scripts.bench import million
from scripts.bench.golden_load import fixed
from scripts.bench.outcomes import Outcome, by_turns
from scripts.bench.serving import Served, auditor, served

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

EVENTS, QUICK_EVENTS = 300_000, 100_000
AT_ONCE = 5_000
BUFFER = 2**18
MOST_MB = 200.0
GZIP = 16 + zlib.MAX_WBITS
# The columns that a record is made of.
READ = """
    SELECT notification_id, recorded_at, topic, originator_id, originator_version, state, salt
    FROM ledger.events WHERE notification_id > %s AND notification_id <= %s
    ORDER BY notification_id"""


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with pages that are read and decoded, of which nothing is made."""
    many = QUICK_EVENTS if bench.quick else EVENTS
    with million.filled(bench) as ledger:
        folder = ledger.settings.data_folder
        token = auditor(folder)
        squeezed = {"Accept-Encoding": "gzip"}
        with served(folder, "--only", "api") as server:
            rates = by_turns(
                bench.rounds,
                lambda: rate(server, f"/v1/events?until={many}", many, token),
                lambda: rate(server, f"/open/v1/events?until={many}", many, {}),
                lambda: rate(server, f"/open/v1/events?until={many}", many, squeezed),
                lambda: bare_rate(ledger, many),
            )
            held = server.watch.most_mb["serve"]
    full, public, packed, bare = rates
    yield line("feed", f"full feed of {many:,} events, JSON Lines over HTTP", full, bare, {})
    # The limit packs nothing.
    notes: dict[str, float | str] = {"in gzip, events/s": f"{packed:,.0f}"}
    yield line("feed-open", "the same of the public feed", public, bare, notes)
    yield fixed("feed-memory", "memory of the server after that", (held, MOST_MB, "MB"), {})


def line(name: str, path: str, ours: float, bare: float, notes: dict[str, float | str]) -> Outcome:
    """Compare a rate with the bare one."""
    return Outcome(
        name=name,
        path=path,
        ours=ours,
        limit=bare,
        unit="/s",
        against="the same events read from PostgreSQL and decoded",
        goal=0.3,
        at_least=True,
        notes=notes,
    )


def rate(server: Served, path: str, many: int, headers: dict[str, str]) -> float:
    """Return the events a second that arrive at a reader who only counts them."""
    connection = server.connect()
    begun = time.perf_counter()
    connection.request("GET", path, headers={"Accept": "application/jsonl", **headers})
    answer = connection.getresponse()
    packed = answer.headers["Content-Encoding"] == "gzip"
    unpack = zlib.decompressobj(GZIP).decompress if packed else bytes
    ends = 0
    while piece := answer.read(BUFFER):
        ends += unpack(piece).count(b"\n")
    taken = time.perf_counter() - begun
    connection.close()
    if ends != many or packed != ("Accept-Encoding" in headers):
        raise RuntimeError(f"{path}: {answer.status}, {ends} of {many} events")
    return many / taken


def bare_rate(ledger: Ledger, many: int) -> float:
    """Return the events a second that are read page by page and decoded."""
    begun = time.perf_counter()
    with ledger.connection() as connection:
        for after in range(0, many, AT_ONCE):
            page = (after, min(after + AT_ONCE, many))
            rows: list[Any] = connection.execute(READ, page, binary=True).fetchall()
            for row in rows:
                decode(row[2], row[5])
    return many / (time.perf_counter() - begun)
