"""The eventsourcing library as a peer: what it takes to save many events, one, and to project them.

Both write the same payments on the same server. The library keeps its aggregates in its cache, and
gets a thousand of them a call: a call with ten thousand may never end.
"""

from __future__ import annotations

import time
from datetime import date
from random import Random
from typing import TYPE_CHECKING
from uuid import uuid4

from eventsourcing.projection import ProjectionRunner

from domain.kernel.aggregate import Act
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, stored
from infra.projector.rebuild import anew, chosen
from scripts.bench import single_command
from scripts.bench.library import Fund, GrowBooks, Library, Payment, UnitOfWork
from scripts.bench.million import payment_of
from scripts.bench.outcomes import Outcome, by_turns
from scripts.bench.peers import empty_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from domain.payments.payment_events import PaymentMade
    from infra.ledger import Ledger
    from scripts.bench.ledgers import Bench

SCHEMA = "peer_eventsourcing"
SAVED, AT_ONCE = 10_000, 1_000
PROJECTED, OURS_PROJECTED = 1_000, 40_000
VIEWS = ("journal", "balances")
SECONDS_TO_WAIT = 120
ACT = Act(by="treasurer", on=date(2010, 1, 10), booked=date(2010, 1, 10), key="release")
CHANCE = Random(2007)


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare each of the three with what the library takes for the same."""
    with bench.ledger("library") as ledger:
        env = environment(empty_schema(ledger, SCHEMA))
        with Library(env) as library:
            for _ in range(OURS_PROJECTED // SAVED):
                stored_by_us(ledger)
            yield line(
                "projection",
                "journal and balances grown from payments",
                "its projection runner",
                by_turns(3, lambda: grown_by_us(ledger), lambda: grown_by_it(library, env)),
            )
            yield line(
                "many",
                f"{SAVED:,} payments made, encoded and stored",
                f"save() of {AT_ONCE:,} aggregates",
                by_turns(3, lambda: stored_by_us(ledger), lambda: saved_by_it(library)),
            )
            many, fund = 100 if bench.quick else 300, a_fund(library)
            yield line(
                "single",
                "one command after another on one fund",
                "get() and save()",
                by_turns(
                    bench.rounds,
                    lambda: single_command.rate(ledger, many),
                    lambda: commitments_by_it(library, fund, many),
                ),
            )


def line(name: str, path: str, what: str, found: list[float]) -> Outcome:
    """Compare two rates."""
    return Outcome(
        name=f"peer-library-{name}", path=path, ours=found[0], limit=found[1], unit="/s",
        against=f"the eventsourcing library, {what}", goal=1.0, at_least=True,
    )  # fmt: skip


def environment(place: Mapping[str, str]) -> dict[str, str]:
    """Point the library to its schema."""
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_SCHEMA": SCHEMA,
        "AGGREGATE_CACHE_MAXSIZE": "1000",
        **{f"POSTGRES_{name.upper()}": value for name, value in place.items()},
    }


def a_payment() -> PaymentMade:
    """Make an event that no run has made."""
    return payment_of(f"payment:dibao:2010-01:{uuid4().hex[:20]}", ACT, CHANCE)


def stored_by_us(ledger: Ledger) -> float:
    """Return the payments a second that a chunk of a pay run stores."""
    begun = time.perf_counter()
    with ledger.connection() as connection:
        append(connection, Batch([stored(a_payment()) for _ in range(SAVED)]))
    return SAVED / (time.perf_counter() - begun)


def saved_by_it(library: Library, many: int = SAVED) -> float:
    """Return the payments a second that the library saves."""
    begun = time.perf_counter()
    for _ in range(0, many, AT_ONCE):
        library.save(*(Payment(**said_of(a_payment())) for _ in range(AT_ONCE)))
    return many / (time.perf_counter() - begun)


def said_of(made: PaymentMade) -> dict[str, Any]:
    """Say of a payment what the library's aggregate wants to know."""
    return {
        "by": made.act.by,
        "on": made.act.on.isoformat(),
        "booked": made.act.booked.isoformat(),
        "run": made.run,
        "scheme": made.scheme,
        "programme": made.programme,
        "fund": made.fund,
        "earmark": made.earmark,
        "area": made.area,
        "tier": made.tier,
        "month": made.month,
        "persons": made.persons,
        "households": made.households,
        "amount": made.amount,
        "rate_from": made.rate_from,
    }


def grown_by_us(ledger: Ledger) -> float:
    """Return the events a second that grow the two views anew."""
    begun = time.perf_counter()
    with ledger.connection() as connection, anew(connection, chosen(VIEWS)) as growing:
        head = growing.catch_up()
        return head / (time.perf_counter() - begun)


def grown_by_it(library: Library, env: dict[str, str]) -> float:
    """Return the events a second that the library's runner projects, from where it left off."""
    saved_by_it(library, PROJECTED)
    last = library.recorder.max_notification_id()
    begun = time.perf_counter()
    with ProjectionRunner(
        application_class=Library, projection_class=GrowBooks, view_class=UnitOfWork, env=env
    ) as runner:
        runner.wait(last, SECONDS_TO_WAIT)
        return PROJECTED / (time.perf_counter() - begun)


def a_fund(library: Library) -> Fund:
    """Open a fund that holds enough."""
    fund = Fund(available=10**15)
    library.save(fund)
    return fund


def commitments_by_it(library: Library, fund: Fund, many: int) -> float:
    """Return the commands a second that the library saves on one fund."""
    begun = time.perf_counter()
    for _ in range(many):
        found: Fund = library.repository.get(fund.id)
        found.commit(amount=1, earmark="general", to="grant:bench", purpose="aid-poor")
        library.save(found)
    return many / (time.perf_counter() - begun)
