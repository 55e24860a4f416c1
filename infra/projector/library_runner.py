"""The eventsourcing library's own runner over our views: one event, one transaction.

It is the projector's simple twin: the same projection, the same tables, the same digests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventsourcing.projection import ProjectionRunner

from infra.eventlog.application import PARTS, EventLog
from infra.eventlog.recorder import URL
from infra.projector.tracking import ViewProjection, ViewTracking

if TYPE_CHECKING:
    from threading import Event

SECONDS_BETWEEN_LOOKS = 0.5


def runner(app_url: str) -> ProjectionRunner[EventLog, ViewTracking]:
    """Start the library's runner on the log; use it as a context, and close its view at last."""
    return ProjectionRunner(
        application_class=EventLog,
        projection_class=ViewProjection,
        view_class=ViewTracking,
        env={**PARTS, URL: app_url},
    )


def follow_singly(app_url: str, stopping: Event) -> None:
    """Keep all views at the head until told to stop; raise what goes wrong."""
    with runner(app_url) as running:
        while not stopping.is_set() and not running.is_interrupted.is_set():
            running.run_forever(SECONDS_BETWEEN_LOOKS)
    running.view.close()
