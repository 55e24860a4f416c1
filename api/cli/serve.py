"""`mingzhang serve` and `demo`: the API, the projector, and what keeps them running."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import resource
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import psycopg
import typer
import uvicorn

from api.app import build
from api.cli.output import Json, say, store
from api.cli.warm_up import warm
from api.cli.welcome import welcome
from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.kafka.relay import Means, relay
from infra.kafka.settings import KafkaSettings
from infra.processes.interpreter_tuning import OBJECTS
from infra.projecting.projector import follow, lay_out
from infra.webhooks import worker
from infra.webhooks.http_client import Caller
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from infra.ledger import OpenLedger

LOG = logging.getLogger("mingzhang.serve")
PARENT = "MINGZHANG_PARENT"
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_TO_STOP = 10
# Readers follow for hours, each on a connection of his own, and more than the usual 1,024.
MOST_FILES = 16_384
Part: TypeAlias = Literal["api", "projector", "webhooks", "relay"]


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command()(serve)
    app.command()(demo)


def serve(
    host: Annotated[str | None, typer.Option(help="Default MINGZHANG_HOST or 127.0.0.1.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="0 = any. Default MINGZHANG_PORT or 8000.")
    ] = None,
    only: Annotated[Part | None, typer.Option(help="Run one part alone.")] = None,
    as_json: Json = False,
) -> None:
    """Serve until told to stop: the pages and the API, and the other parts beside them."""
    with store(watch=only in {None, "api"}) as ledger:
        if only == "relay":
            kafka(ledger.settings)
        if only is not None and only in PARTS:
            run_part(ledger, PARTS[only], as_json=as_json)
            return
        take_files()
        listening = listen(host or ledger.settings.host, port, ledger.settings)
        with listening, kept_running(ledger, () if only else beside(ledger.settings)):
            run_api(ledger, listening, lambda url: announce(ledger, url, as_json=as_json))


def demo(
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another year.")] = 2007,
    scale: Annotated[float, typer.Option(min=0.01, max=10.0)] = 1.0,
) -> None:
    """Load the golden year if the ledger is new, then serve it and say what to look at."""
    from scripts.golden.loading import load_into  # noqa: PLC0415 - only a demonstration's

    with store(watch=True) as ledger:
        listening = listen(ledger.settings.host, None, ledger.settings)
        with listening:
            with ledger.connection() as connection:
                is_new = event_log.head(connection).position == 0
            if is_new:
                load_into(ledger, "golden-2007", seed=seed, scale=scale)
            with kept_running(ledger, beside(ledger.settings)):
                run_api(ledger, listening, lambda url: typer.echo(welcome(ledger, url)))


def grow_views(ledger: OpenLedger, stop: threading.Event) -> None:
    """Keep the views at the head of the log."""
    follow(lambda: psycopg.connect(ledger.database.app_url), stop)


def call_receivers(ledger: OpenLedger, stop: threading.Event) -> None:
    """Call the webhooks' receivers when the log has news."""
    settings, pace = ledger.settings, worker.Pace()
    caller = Caller(settings.outside, seconds=pace.call)
    url, jurisdiction = ledger.database.app_url, settings.jurisdiction
    means = worker.Means(url, ledger.vault, caller, jurisdiction, pace)
    worker.deliver(means, stop)


def relay_log(ledger: OpenLedger, stop: threading.Event) -> None:
    """Keep Kafka's topics at the head of the log."""
    gc.set_threshold(OBJECTS)
    settings = ledger.settings
    relay(Means(ledger.database.app_url, kafka(settings), settings.jurisdiction), stop)


def kafka(settings: Settings) -> KafkaSettings:
    """Return how the broker is reached."""
    if settings.kafka_bootstrap is None:
        raise Unavailable("KAFKA_BOOTSTRAP names no broker: set it to host:port")
    return KafkaSettings(bootstrap=settings.kafka_bootstrap)


# What runs beside the API, each in a process of its own.
PARTS: Mapping[str, Callable[[OpenLedger, threading.Event], None]] = {
    "projector": grow_views,
    "webhooks": call_receivers,
    "relay": relay_log,
}


def beside(settings: Settings) -> tuple[str, ...]:
    """Name the parts that are wanted: the relay where there is a broker."""
    if settings.kafka_bootstrap is None:
        return tuple(part for part in PARTS if part != "relay")
    kafka(settings)
    return tuple(PARTS)


def run_part(
    ledger: OpenLedger, run: Callable[[OpenLedger, threading.Event], None], *, as_json: bool
) -> None:
    """Run one part until told to stop, or until the process that wanted it is gone."""
    stop = threading.Event()
    parent = os.environ.get(PARENT)
    if parent:
        threading.Thread(target=leave_with, args=(int(parent), stop), daemon=True).start()
    say({"ready": True, "pid": os.getpid()}, as_json=as_json)
    run(ledger, stop)


def leave_with(parent: int, stop: threading.Event) -> None:
    """Stop as soon as the parent is gone."""
    while os.getppid() == parent:
        if stop.wait(SECONDS_BETWEEN_LOOKS):
            return
    stop.set()


def take_files() -> None:
    """Raise how many files and connections may be open at once, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def listen(host: str, port: int | None, settings: Settings) -> socket.socket:
    """Take the port, or say that it is taken."""
    wanted = settings.port if port is None else port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, wanted))
    except OSError as error:
        listening.close()
        raise Unavailable(
            f"{host}:{wanted}: {error.strerror}; choose another with --port or MINGZHANG_PORT"
            " (0 takes any free one)"
        ) from error
    return listening


def run_api(ledger: OpenLedger, listening: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve HTTP until SIGINT or SIGTERM."""
    host, port = listening.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    # What an earlier edition left is not asked in our words, not even for a moment.
    with ledger.connection() as connection:
        lay_out(connection)
    app = build(ledger)
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
    starting = partial(warm, ledger, url), partial(ready, url)
    Announcing(config, starting, app.state.tail.close).run(sockets=[listening])


class Announcing(uvicorn.Server):
    """A server that says when it answers, and sends those home who would never leave."""

    def __init__(
        self,
        config: uvicorn.Config,
        starting: Sequence[Callable[[], None]],
        leaving: Callable[[], None],
    ) -> None:
        """Remember what to do once it answers, and before it stops."""
        super().__init__(config)
        self._starting = starting
        self._leaving = leaving

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            for step in self._starting:
                await asyncio.to_thread(step)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the live streams, then stop."""
        self._leaving()
        await super().shutdown(sockets)


def announce(ledger: OpenLedger, url: str, *, as_json: bool) -> None:
    """Say where the ledger is served and how far its log reaches."""
    with ledger.connection() as connection:
        position = event_log.head(connection).position
    ready = {"ready": True, "url": url, "pid": os.getpid(), "position": position}
    say(ready if as_json else f"Mingzhang is open at {url} (position {position})", as_json=as_json)


@contextmanager
def kept_running(ledger: OpenLedger, parts: Sequence[str]) -> Iterator[None]:
    """Keep the database and the processes of some parts alive while the block runs."""
    stop = threading.Event()
    watch = threading.Thread(target=keep, args=(ledger, stop, parts), name="keeper")
    watch.start()
    try:
        yield
    finally:
        stop.set()
        watch.join()


def keep(ledger: OpenLedger, stop: threading.Event, parts: Sequence[str]) -> None:
    """Start every part, and whatever has died, again."""
    children = {part: start(part) for part in parts}
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        try:
            ledger.database.restart_if_dead()
        except Unavailable as away:
            LOG.warning("%s; it is tried again", away)
        for part, child in children.items():
            if child.poll() is not None:
                children[part] = start(part)
    for child in children.values():
        child.terminate()
    for child in children.values():
        end(child)


def start(part: str) -> subprocess.Popen[bytes]:
    """Start the process of a part; it leaves with this one."""
    return subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--only", part, "--json"],
        env={**os.environ, PARENT: str(os.getpid())},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(child: subprocess.Popen[bytes]) -> None:
    """Stop a process, if need be by force."""
    child.terminate()
    try:
        child.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


@contextmanager
def projector_beside() -> Iterator[None]:
    """Run a projector process while the block runs."""
    child = start("projector")
    try:
        yield
    finally:
        end(child)
