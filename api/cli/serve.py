"""`mingzhang serve`: the API, and the parts beside it."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from api.cli.output import Json, say, store
from infra.config.errors import Unavailable
from infra.parts import PARTS, command_of, kafka, run_part, wanted
from infra.processes.interpreter_tuning import collect_seldom
from infra.processes.listening_socket import allow_many_files, listen
from infra.processes.supervisor import supervised

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from infra.ledger import Ledger

LOG = logging.getLogger("mingzhang.serve")
Part: TypeAlias = Literal["api", "projector", "webhooks", "relay"]


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(serve)


def serve(
    host: Annotated[str | None, typer.Option(help="Default MINGZHANG_HOST or 127.0.0.1.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="0 = any. Default MINGZHANG_PORT or 8000.")
    ] = None,
    only: Annotated[Part | None, typer.Option(help="Run one part alone.")] = None,
    as_json: Json = False,
) -> None:
    """Serve until told to stop: the pages and the API, and the other parts beside them."""
    collect_seldom()
    with store(watch=only in {None, "api"}) as ledger:
        settings = ledger.settings
        if only == "relay":
            kafka(settings)
        if only is not None and only in PARTS:
            say({"ready": True, "pid": os.getpid()}, as_json=as_json)
            run_part(ledger, only)
            return
        from api.cli.server import api_server  # noqa: PLC0415 - the web, for the server alone

        allow_many_files()
        with ExitStack() as stack:
            taken = settings.port if port is None else port
            listening = stack.enter_context(listen(host or settings.host, taken))
            stack.enter_context(parts_beside(ledger, [] if only else wanted(settings)))
            server = api_server(
                ledger, listening, lambda url: announce(ledger, url, as_json=as_json)
            )
            server.run(sockets=[listening])


def parts_beside(ledger: Ledger, parts: list[str]) -> AbstractContextManager[None]:
    """Keep the database and the processes of some parts running while a block runs."""

    def keep_database() -> None:
        try:
            ledger.database.restart_if_dead()
        except Unavailable as away:
            LOG.warning("%s; it is tried again", away)

    return supervised([command_of(part) for part in parts], keep_database)


def announce(ledger: Ledger, url: str, *, as_json: bool) -> None:
    """Say where the ledger is served and how far its log reaches."""
    position = ledger.recorder.max_notification_id() or 0
    ready = {"ready": True, "url": url, "pid": os.getpid(), "position": position}
    say(ready if as_json else f"Mingzhang is open at {url} (position {position})", as_json=as_json)
