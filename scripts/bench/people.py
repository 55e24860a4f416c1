"""One person found among 100,000 by the name, beside a household that is looked up by its id."""

from __future__ import annotations

import io
import time
from datetime import date, timedelta
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from api.cli.send import LINES_TOGETHER, carried_out
from api.http import tokens
from infra.commands.command import Sender
from scripts.bench.ledgers import OPERATOR, Bench, send
from scripts.bench.outcomes import Outcome
from scripts.bench.serving import asked, served

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from http.client import HTTPConnection

    from infra.ledger import Ledger

PERSONS, SOME = 100_000, 10_000
HOMES = 100
# Fewer than may look within ten minutes.
TIMES = 100
DAY = date(2007, 3, 1)
WHO = "clerk"
SECONDS_TO_FOLLOW = 300


def measure(bench: Bench) -> Iterable[Outcome]:
    """Ask for both by turns, over HTTP; a look is also written as an event."""
    persons = SOME if bench.quick else PERSONS
    with bench.ledger("people") as ledger:
        register(ledger, persons)
        with served(ledger.settings.data_folder) as server:
            connection, headers = server.connect(), header(ledger)
            follow(connection, headers)
            found, looked_up = times_of(connection, headers, persons)
    yield Outcome(
        name="people",
        path=f"one of {persons:,} persons found by the name, with its event",
        ours=median(found),
        limit=median(looked_up),
        unit="ms",
        against="a household looked up by its id, by turns",
        goal=4.0,
    )


def register(ledger: Ledger, persons: int) -> None:
    """Register persons, and form households of some."""
    city = {"title": "全市", "level": "city"}
    send(ledger, OPERATOR, "role:approver", "role.grant", {"who": "approver", "role": "approver"})
    send(ledger, Sender("approver"), "area:city", "area.open", city)
    file = io.BytesIO(b"".join(msgspec.json.encode(each) + b"\n" for each in orders(persons)))
    receipts = 0
    for outcomes in carried_out(ledger, file, Sender("clerk"), LINES_TOGETHER, dry_run=False):
        receipts += sum(isinstance(outcome, list) for outcome in outcomes)
    if receipts != persons + HOMES:
        raise RuntimeError(f"{persons + HOMES - receipts} lines were refused")


def orders(persons: int) -> Iterator[dict[str, Any]]:
    """Write the commands."""
    for nth in range(persons):
        sealed = {"name": f"甲{nth}", "account": f"{nth:016}"}
        yield line(f"person:p-{nth}", "person.register", {"sealed": sealed})
    for nth in range(HOMES):
        what = {"members": [f"person:p-{nth}"], "area": "area:city"}
        yield line(f"household:h-{nth}", "household.form", what)


def line(subject: str, command: str, what: dict[str, Any]) -> dict[str, Any]:
    """Write one command."""
    return {
        "command": command,
        "subject": subject,
        "key": subject,
        "act": {"on": DAY.isoformat()},
        "what": what,
    }


def header(ledger: Ledger) -> dict[str, str]:
    """Return the header of a clerk."""
    secret = ledger.secret(tokens.TOKEN_KEY)
    token, _ = tokens.issue(secret, by=WHO, roles=("clerk",), ttl=timedelta(hours=1))
    return {"Authorization": f"Bearer {token}"}


def follow(connection: HTTPConnection, headers: dict[str, str]) -> None:
    """Wait until the views have all."""
    end = time.monotonic() + SECONDS_TO_FOLLOW
    path = f"/v1/households?limit={HOMES}"
    while len(msgspec.json.decode(asked(connection, path, headers).content)["rows"]) < HOMES:
        if time.monotonic() > end:
            raise RuntimeError("the views do not follow")
        time.sleep(0.5)


def times_of(
    connection: HTTPConnection, headers: dict[str, str], persons: int
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of both, by turns; each look finds another person."""
    chance = Random(2007)
    found, looked_up = [], []
    for _ in range(TIMES):
        nth = chance.randrange(persons)
        answer = asked(connection, f"/v1/people?q={quote(f'甲{nth}')}&purpose=service", headers)
        if [row["id"] for row in msgspec.json.decode(answer.content)["rows"]] != [
            f"person:p-{nth}"
        ]:
            raise RuntimeError(f"another person was found: {answer.content[:200]!r}")
        found.append(answer.seconds * 1000)
        home = f"/v1/households/h-{chance.randrange(HOMES)}"
        looked_up.append(asked(connection, home, headers).seconds * 1000)
    return found, looked_up
