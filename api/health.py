"""For those who run it: is it alive, is it ready, how far is it."""

from __future__ import annotations

from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.http.state import ledger_of
from api.queries.formats import as_json, ready
from api.queries.snapshot import snapshot
from infra.kafka import checkpoint as relaying
from infra.ledger import Ledger
from infra.webhooks import delivery_state
from projections import registers
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
    releases: list[view.Row]

    def ready(self) -> bool:
        """Tell whether every view goes on and is near the head."""
        return bool(self.views) and all(
            stand.stopped is None and self.head - stand.position <= MOST_BEHIND
            for stand in self.views
        )


def standing(ledger: Ledger) -> Standing:
    """Ask the store and the views how far they are."""
    with snapshot(ledger) as connection:
        return Standing(
            event_log.head(connection).position,
            view.stands(connection),
            delivery_state.counted(connection),
            relaying.stand(connection),
            registers.unfinished_releases(connection),
        )


@router.get("/livez", summary="The process answers.")
def livez() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "alive"}


@router.get("/readyz", summary="The store answers, and the views follow it.")
def readyz(request: Request) -> Response:
    """Say whether readers and writers are served well."""
    ledger = ledger_of(request)
    found = standing(ledger)
    said: dict[str, Any] = {"ready": found.ready(), "position": found.head}
    said |= {"ledger": str(ledger.identity.ledger), "jurisdiction": ledger.identity.jurisdiction}
    said["views"] = [stand._asdict() for stand in found.views]
    said["webhooks"] = found.webhooks._asdict()
    said["relay"] = found.relay._asdict()
    # While a release is under way the public zone shows what was before it.
    said["releases"] = [ready(release) for release in found.releases]
    return Response(as_json(said), 200 if found.ready() else 503, media_type="application/json")
