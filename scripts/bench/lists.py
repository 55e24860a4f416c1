"""Pages of lists of a million rows, at any depth, as HTTP gives them.

Nobody walks ten thousand pages to reach the middle: the bench writes itself a cursor to there, as
the server would have, with the key of the scratch ledger.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from api.queries.cursor import CURSOR_KEY, Cursor, sealed, unsealed
from scripts.bench import million
from scripts.bench.outcomes import Outcome, percentile
from scripts.bench.serving import asked, auditor, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from http.client import HTTPConnection

    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench
    from scripts.bench.serving import Served

# Events of the small ledger.
SMALL = 1_000
FIRST_TIMES = 3
SUBJECT = "SELECT originator_id FROM ledger.events WHERE notification_id = %s"


class Listed(NamedTuple):
    """A list, and where in it a page may begin: behind the row of some event."""

    name: str
    path: str
    behind: Callable[[Ledger, int], tuple[object, ...]]


def subject_of(ledger: Ledger, position: int) -> tuple[object, ...]:
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
    """Compare with the first page of the same list in a small ledger."""
    times = 50 if bench.quick else 200
    small = replace(bench, events=SMALL)
    with million.grown(small) as ledger:
        folder = ledger.settings.data_folder
        with served(folder) as server:
            limits = {
                each.name: first_pages(server, each, auditor(folder), times) for each in LISTS
            }
    with million.grown(bench) as ledger:
        folder = ledger.settings.data_folder
        with served(folder) as server:
            for listed in LISTS:
                yield measured(listed, (ledger, server), auditor(folder), limits[listed.name])


def first_pages(server: Served, listed: Listed, headers: dict[str, str], times: int) -> list[float]:
    """Return the milliseconds of the first page, asked some times."""
    connection = server.connect()
    return [asked(connection, listed.path, headers).seconds * 1000 for _ in range(times)]


def measured(
    listed: Listed, at: tuple[Ledger, Served], headers: dict[str, str], limit: list[float]
) -> Outcome:
    """Ask for pages at any depth of one list, as often as the limit's."""
    ledger, server = at
    connection = server.connect()
    first, cursor = first_page(connection, listed, headers)
    deep = [
        asked(connection, path, headers).seconds * 1000
        for path in deeper(ledger, listed, cursor, len(limit))
    ]
    return Outcome(
        name=f"list-{listed.name}",
        path=f"{listed.path} of a long log: a page at any depth, the slowest hundredth",
        ours=percentile(deep, 0.99),
        limit=percentile(limit, 0.99),
        unit="ms",
        against=f"first page of the same list of a log of {SMALL:,}, the slowest hundredth",
        goal=3.0,
        notes={
            "half of all within, ms": round(median(deep), 1),
            "first page, with totals, ms": round(first, 1),
        },
    )


def first_page(
    connection: HTTPConnection, listed: Listed, headers: dict[str, str]
) -> tuple[float, str]:
    """Return the milliseconds of a first page with its totals, and the cursor to the second."""
    answers = [asked(connection, listed.path, headers) for _ in range(FIRST_TIMES)]
    following = str(msgspec.json.decode(answers[0].content)["next"])
    return median(answer.seconds for answer in answers) * 1000, following


def deeper(ledger: Ledger, listed: Listed, following: str, many: int) -> Iterator[str]:
    """Give addresses of pages that begin behind random rows."""
    secret, chance = ledger.secret(CURSOR_KEY), Random(2007)
    cursor = msgspec.json.decode(unsealed(secret, following) or b"", type=Cursor)
    mark = "&" if "?" in listed.path else "?"
    for _ in range(many):
        behind = listed.behind(ledger, chance.randint(1, cursor.position))
        there = msgspec.json.encode(msgspec.structs.replace(cursor, behind=behind))
        yield f"{listed.path}{mark}after={sealed(secret, there)}"
