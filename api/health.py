"""For those who run it: is it alive, is it ready, how far is it."""

from __future__ import annotations

from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.http.response_cache import ResponseMemory
from api.http.state import ledger_of, state_of
from api.queries.formats import as_json
from api.queries.snapshot import snapshot
from infra.eventlog.tail import Tail
from infra.kafka import checkpoint as relaying
from infra.ledger import OpenLedger
from infra.webhooks import delivery_state
from projections.core import event_log, view

# Views further behind than this make a reader wait for another server.
MOST_BEHIND = 1000

router = APIRouter(tags=["operations"])


class Standing(NamedTuple):
    """How far the log and its views are, and those who follow."""

    head: int
    views: list[view.ViewPosition]
    webhooks: delivery_state.Count
    relay: relaying.RelayStatus

    def ready(self) -> bool:
        """Tell whether every view goes on and is near the head."""
        return bool(self.views) and all(
            stand.stopped is None and self.head - stand.position <= MOST_BEHIND
            for stand in self.views
        )


def standing(ledger: OpenLedger) -> Standing:
    """Ask the store and the views how far they are."""
    with snapshot(ledger) as connection:
        return Standing(
            event_log.head(connection).position,
            view.stands(connection),
            delivery_state.counted(connection),
            relaying.stand(connection),
        )


@router.get("/livez", summary="The process answers.")
def livez() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "alive"}


@router.get("/readyz", summary="The store answers, and the views follow it.")
def readyz(request: Request) -> Response:
    """Say whether readers and writers are served well."""
    found = standing(ledger_of(request))
    said: dict[str, Any] = {"ready": found.ready(), "position": found.head}
    said["views"] = [stand._asdict() for stand in found.views]
    said["webhooks"] = found.webhooks._asdict()
    said["relay"] = found.relay._asdict()
    return Response(as_json(said), 200 if found.ready() else 503, media_type="application/json")


@router.get("/metrics", summary="Positions and connections, for Prometheus.")
def metrics(request: Request) -> Response:
    """Write what is measured, in the text format of Prometheus."""
    ledger = ledger_of(request)
    state = state_of(request.app)
    found = standing(ledger)
    lines = [
        *positions(found),
        *receivers(found.webhooks),
        *relayed(found.relay),
        *connections(ledger),
        *followers(state.tail),
        *kept(state.memory),
    ]
    return Response("".join(f"{line}\n" for line in lines), media_type="text/plain; version=0.0.4")


def positions(found: Standing) -> list[str]:
    """Write how far the log and the views are."""
    lines = ["# TYPE mingzhang_log_position gauge", f"mingzhang_log_position {found.head}"]
    lines.append("# TYPE mingzhang_view_position gauge")
    lines += [f'mingzhang_view_position{{view="{s.view}"}} {s.position}' for s in found.views]
    lines.append("# TYPE mingzhang_view_stopped gauge")
    lines += [
        f'mingzhang_view_stopped{{view="{s.view}"}} {int(s.stopped is not None)}'
        for s in found.views
    ]
    return lines


def receivers(count: delivery_state.Count) -> list[str]:
    """Write how the receivers of webhooks stand."""
    lines: list[str] = []
    for name, value in count._asdict().items():
        total = name in {"calls", "failures"}
        measure = f"mingzhang_webhooks_{name}" + ("_total" if total else "")
        lines += [f"# TYPE {measure} {'counter' if total else 'gauge'}", f"{measure} {int(value)}"]
    return lines


def relayed(stand: relaying.RelayStatus) -> list[str]:
    """Write how the relay to Kafka stands: its lag in events, its throughput in events a second."""
    lines = ["# TYPE mingzhang_relay_state gauge"]
    lines += [
        f'mingzhang_relay_state{{state="{state}"}} {int(stand.state == state)}'
        for state in relaying.STATES
    ]
    for name in ("position", "lag", "events_per_second"):
        measure = f"mingzhang_relay_{name}"
        lines += [f"# TYPE {measure} gauge", f"{measure} {int(getattr(stand, name))}"]
    for name in ("events", "transactions", "failures"):
        measure = f"mingzhang_relay_{name}_total"
        lines += [f"# TYPE {measure} counter", f"{measure} {getattr(stand, name)}"]
    return lines


def followers(tail: Tail) -> list[str]:
    """Write how many follow the feed, and how many were too slow."""
    return [
        "# TYPE mingzhang_feed_readers gauge",
        f"mingzhang_feed_readers {tail.readers}",
        "# TYPE mingzhang_feed_readers_cut_off_total counter",
        f"mingzhang_feed_readers_cut_off_total {tail.cut_off}",
    ]


def kept(memory: ResponseMemory) -> list[str]:
    """Write how many answers are kept, what they take, and how many were given again."""
    return [
        "# TYPE mingzhang_kept_answers gauge",
        f"mingzhang_kept_answers {len(memory.answers)}",
        "# TYPE mingzhang_kept_answers_bytes gauge",
        f"mingzhang_kept_answers_bytes {int(memory.answers.currsize)}",
        "# TYPE mingzhang_kept_answers_given_total counter",
        f"mingzhang_kept_answers_given_total {memory.given}",
    ]


def connections(ledger: OpenLedger) -> list[str]:
    """Write what the pool of connections counts."""
    return [
        line
        for name, value in sorted(ledger.pool.get_stats().items())
        for line in (f"# TYPE mingzhang_{name} gauge", f"mingzhang_{name} {value}")
    ]
