"""A ledger's HTTP server in a thread of this process, on a free port."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from api.app import build
from api.http.connections import server_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from infra.ledger import Ledger

SECONDS_BETWEEN_LOOKS = 0.01


@contextmanager
def http_server(ledger: Ledger, app: FastAPI | None = None) -> Iterator[str]:
    """Serve a ledger, perhaps by an app that exists already, while the block runs; give its URL."""
    server = uvicorn.Server(server_config(app or build(ledger), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(SECONDS_BETWEEN_LOOKS)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
