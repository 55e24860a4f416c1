"""The HTTP server of the API, run in the foreground until SIGINT or SIGTERM."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import uvicorn

from api.app import build
from api.cli.warm_up import warm
from api.http.connections import server_config
from api.http.state import state_of
from infra.processes.listening_socket import url_of
from infra.projector.tracking import lay_out

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence

    from infra.ledger import Ledger


class ApiServer(uvicorn.Server):
    """A server that says when it answers, and that ends endless answers when it stops."""

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


def api_server(ledger: Ledger, listening: socket.socket, ready: Callable[[str], None]) -> ApiServer:
    """Make the server; `ready` is called with its URL once the first pages were answered."""
    url = url_of(listening)
    # What an earlier edition left is not asked in our words, not even for a moment.
    with ledger.connection() as connection:
        lay_out(connection)
    app = build(ledger)
    config = server_config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
    starting = partial(warm, ledger, url), partial(ready, url)
    return ApiServer(config, starting, state_of(app).tail.close)
