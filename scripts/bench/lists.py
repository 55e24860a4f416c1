"""Pages of lists of a million rows, at any depth, as HTTP gives them.

Nobody walks ten thousand pages to reach the middle: the bench writes itself a cursor to there, as
the server would have, with the key of the scratch ledger.
"""

from __future__ import annotations

from random import Random
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from api.queries.cursor import CURSOR_KEY, Cursor, sealed, unsealed
from scripts.bench import golden_load, million
from scripts.bench.outcomes import Outcome, percentile
from scripts.bench.serving import asked, auditor, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from http.client import HTTPConnection

    from infra.ledger import OpenLedger
    from scripts.bench.ledgers import Bench

PAGE_MS, FIRST_MS = 30.0, 500.0
FIRST_TIMES = 3
SUBJECT = "SELECT originator_id FROM ledger.events WHERE notification_id = %s"


class Listed(NamedTuple):
    """A list, and where in it a page may begin: behind the row of some event."""

    name: str
    path: str
    behind: Callable[[OpenLedger, int], tuple[object, ...]]


def subject_of(ledger: OpenLedger, position: int) -> tuple[object, ...]:
    """Return the key of a register's row."""
    with ledger.connection() as connection:
        found = connection.execute(SUBJECT, (position,)).fetchone()
    return tuple(found or ())


LISTS = (
    Listed("journal", "/v1/journal", lambda _, position: (position, 1)),
    Listed(
        "account",
        f"/v1/journal?account={million.ACCOUNT}",
        lambda _, position: (position, 2),
    ),
    Listed("payments", "/v1/payments", subject_of),
)


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with what a reader is asked to wait."""
    with million.grown(bench) as ledger:
        folder = ledger.settings.data_folder
        headers = auditor(folder)
        with served(folder) as server:
            for listed in LISTS:
                connection = server.connect()
                first, cursor = first_page(connection, listed, headers)
                deep = [
                    asked(connection, path, headers).seconds * 1000
                    for path in deeper(ledger, listed, cursor, 50 if bench.quick else 200)
                ]
                yield from lines(listed, bench, first, deep)


def lines(listed: Listed, bench: Bench, first: float, deep: list[float]) -> Iterator[Outcome]:
    """Tell of one list."""
    path = f"{listed.path} of a log of {bench.many:,}"
    yield golden_load.fixed(
        f"list-{listed.name}",
        f"{path}: a page at any depth, the slowest hundredth",
        (percentile(deep, 0.99), PAGE_MS, "ms"),
        {"half of all within, ms": round(median(deep), 1)},
    )
    held = (first, FIRST_MS, "ms")
    yield golden_load.fixed(f"list-{listed.name}-first", f"{path}: first page, totals", held, {})


def first_page(
    connection: HTTPConnection, listed: Listed, headers: dict[str, str]
) -> tuple[float, str]:
    """Return the milliseconds of a first page with its totals, and the cursor to the second."""
    answers = [asked(connection, listed.path, headers) for _ in range(FIRST_TIMES)]
    following = str(msgspec.json.decode(answers[0].content)["next"])
    return median(answer.seconds for answer in answers) * 1000, following


def deeper(ledger: OpenLedger, listed: Listed, following: str, many: int) -> Iterator[str]:
    """Give addresses of pages that begin behind random rows."""
    secret, chance = ledger.secret(CURSOR_KEY), Random(2007)
    cursor = msgspec.json.decode(unsealed(secret, following) or b"", type=Cursor)
    mark = "&" if "?" in listed.path else "?"
    for _ in range(many):
        behind = listed.behind(ledger, chance.randint(1, cursor.position))
        there = msgspec.json.encode(msgspec.structs.replace(cursor, behind=behind))
        yield f"{listed.path}{mark}after={sealed(secret, there)}"
