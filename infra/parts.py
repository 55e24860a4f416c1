"""What runs beside the API, each part in a process of its own: `python -m infra.parts PART`."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from typing import TYPE_CHECKING

import psycopg

from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.kafka.settings import KafkaSettings
from infra.ledger import open_ledger
from infra.processes.interpreter_tuning import tune_interpreter
from infra.processes.supervisor import stop_with_parent
from infra.projector.library_runner import follow_singly
from infra.projector.projector import ProjectorOptions, follow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from infra.ledger import Ledger

LOG = logging.getLogger("mingzhang.parts")
UNAVAILABLE, INTERRUPTED = 3, 130


def grow_views(ledger: Ledger, stop: threading.Event) -> None:
    """Keep the views at the head of the log."""
    tune_interpreter()
    on = ledger.settings.optimisations
    if on.paged_projection:
        follow(ledger.database.app_url, stop, options=ProjectorOptions.of(on))
    else:
        follow_singly(ledger.database.app_url, stop)


def call_receivers(ledger: Ledger, stop: threading.Event) -> None:
    """Call the webhooks' receivers when the log has news."""
    from infra.webhooks import worker  # noqa: PLC0415 - with an HTTP client of its own
    from infra.webhooks.http_client import Caller  # noqa: PLC0415 - as above

    settings, pace = ledger.settings, worker.Pace()
    caller = Caller(settings.outside, seconds=pace.call)
    url, jurisdiction = ledger.database.app_url, settings.jurisdiction
    means = worker.DeliveryContext(url, ledger.vault, caller, jurisdiction, pace)
    worker.deliver(means, stop)


def relay_log(ledger: Ledger, stop: threading.Event) -> None:
    """Keep Kafka's topics at the head of the log."""
    from infra.kafka.relay import (  # noqa: PLC0415 - Kafka's client is 6 MB of it
        RelayContext,
        relay,
    )

    tune_interpreter()
    settings = ledger.settings
    context = RelayContext(
        ledger.database.app_url,
        kafka(settings),
        ledger.identity.origin,
        encoder_process=settings.optimisations.encoder_process,
    )
    relay(context, stop)


def kafka(settings: Settings) -> KafkaSettings:
    """Return how the broker is reached; `Unavailable` if the environment names none."""
    if settings.kafka_bootstrap is None:
        raise Unavailable("KAFKA_BOOTSTRAP names no broker: set it to host:port")
    return KafkaSettings(bootstrap=settings.kafka_bootstrap)


PARTS: Mapping[str, Callable[[Ledger, threading.Event], None]] = {
    "projector": grow_views,
    "webhooks": call_receivers,
    "relay": relay_log,
}


def wanted(settings: Settings) -> list[str]:
    """Name the parts that are to run: the relay where there is a broker."""
    if settings.kafka_bootstrap is None:
        return [part for part in PARTS if part != "relay"]
    kafka(settings)
    return list(PARTS)


def command_of(part: str) -> list[str]:
    """Return the command that runs one part: it loads no more than the parts need, no web."""
    return [sys.executable, "-m", "infra.parts", part]


def run_part(ledger: Ledger, part: str) -> None:
    """Run one part until told to stop, or until the process that started it is gone."""
    stop = threading.Event()
    stop_with_parent(stop.set)
    PARTS[part](ledger, stop)


def main(part: str) -> int:
    """Run one part of the ledger that the environment names; return the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with open_ledger(Settings(), watch=False) as ledger:
            run_part(ledger, part)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (Unavailable, psycopg.OperationalError) as away:
        LOG.warning("%s: %s", part, away)
        return UNAVAILABLE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
