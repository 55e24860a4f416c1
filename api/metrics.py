"""What is measured, for Prometheus: positions, webhooks, the relay, connections, latencies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from starlette.responses import Response

from api.health import standing
from api.http.state import AppState, state_of
from infra.kafka import checkpoint as relaying
from infra.webhooks import delivery_state

if TYPE_CHECKING:
    from prometheus_client.core import Metric

    from api.health import Standing

# What the webhooks' receivers stand for; the rest of their numbers are gauges.
COUNTED = {"calls", "failures"}

router = APIRouter(tags=["operations"])


@router.get("/metrics", summary="Positions and connections, for Prometheus.")
def metrics(request: Request) -> Response:
    """Write what is measured, in the text format of Prometheus."""
    text = generate_latest(state_of(request.app).registry)
    return Response(text, media_type=CONTENT_TYPE_PLAIN_0_0_4)


class LedgerCollector:
    """Asks the ledger and its followers how they stand, each time the metrics are read."""

    def __init__(self, state: AppState) -> None:
        """Collect of one app."""
        self.state = state

    def describe(self) -> list[Metric]:
        """Return nothing: what there is, is known when it is asked for."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Give every metric; raise `psycopg.OperationalError` while the database is away."""
        found = standing(self.state.ledger)
        yield from positions(found)
        yield from receivers(found.webhooks)
        yield from relayed(found.relay)
        yield from connections(self.state)
        yield from followers(self.state)


def gauge(name: str, value: float, says: str) -> GaugeMetricFamily:
    """Measure what may go up and down."""
    return GaugeMetricFamily(f"mingzhang_{name}", says, value=value)


def counter(name: str, value: float, says: str) -> CounterMetricFamily:
    """Count what only goes up, from the start of the process or of the ledger."""
    return CounterMetricFamily(f"mingzhang_{name}", says, value=value)


def positions(found: Standing) -> Iterator[Metric]:
    """Give how far the log and the views are."""
    yield gauge("log_position", found.head, "The position of the last event in the log.")
    view_position = GaugeMetricFamily(
        "mingzhang_view_position", "The position that a view has reached.", labels=["view"]
    )
    view_stopped = GaugeMetricFamily(
        "mingzhang_view_stopped", "1 if a view has stopped at an event.", labels=["view"]
    )
    for stand in found.views:
        view_position.add_metric([stand.view], stand.position)
        view_stopped.add_metric([stand.view], int(stand.stopped is not None))
    yield view_position
    yield view_stopped


def receivers(count: delivery_state.Count) -> Iterator[Metric]:
    """Give how the receivers of webhooks stand."""
    for name, value in count._asdict().items():
        measured = counter if name in COUNTED else gauge
        yield measured(f"webhooks_{name}", int(value), f"Webhooks: {name}.")


def relayed(stand: relaying.RelayStatus) -> Iterator[Metric]:
    """Give how the relay to Kafka stands."""
    state = GaugeMetricFamily(
        "mingzhang_relay_state", "1 for the state that the relay is in.", labels=["state"]
    )
    for name in relaying.STATES:
        state.add_metric([name], int(stand.state == name))
    yield state
    yield gauge("relay_position", stand.position, "The last position that Kafka has.")
    yield gauge("relay_lag", stand.lag, "Events that Kafka lacks.")
    yield gauge("relay_events_per_second", int(stand.events_per_second), "Events sent a second.")
    yield counter("relay_events", stand.events, "Events sent.")
    yield counter("relay_transactions", stand.transactions, "Transactions committed.")
    yield counter("relay_failures", stand.failures, "Attempts that failed.")


def followers(state: AppState) -> Iterator[Metric]:
    """Give how many follow the feed, and what the response cache holds."""
    tail, memory = state.tail, state.memory
    yield gauge("feed_readers", tail.readers, "Readers of the live feed.")
    yield counter("feed_readers_cut_off", tail.cut_off, "Readers that were too slow.")
    yield gauge("kept_answers", len(memory.answers), "Answers in the response cache.")
    yield gauge("kept_answers_bytes", memory.answers.currsize, "Bytes of the response cache.")
    yield counter("kept_answers_given", memory.given, "Answers given from the response cache.")


def connections(state: AppState) -> Iterator[Metric]:
    """Give what the pool of connections counts."""
    for name, value in sorted(state.ledger.pool.get_stats().items()):
        yield gauge(name, value, f"Pool of connections: {name}.")
