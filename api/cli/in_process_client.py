"""Asks the app in this process, as the owner of the data folder: what HTTP says, without HTTP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec
import psycopg

from infra.commands.command import Sender
from infra.projector.projector import Projector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from infra.ledger import Ledger


class Local:
    """The app on a store, asked in process."""

    def __init__(self, ledger: Ledger) -> None:
        """Let the owner in without a token."""
        from api.app import build  # noqa: PLC0415 - the web, of which a load has no use
        from api.http.auth import OWNER, known  # noqa: PLC0415 - as above

        self._app = build(ledger)
        self._app.dependency_overrides[known] = lambda: Sender(OWNER)

    def get(
        self,
        path: str,
        asked: Mapping[str, Sequence[str]],
        write: Callable[[bytes], object],
    ) -> int:
        """Ask one address; write the body as it comes, and return the status."""
        return asyncio.run(self._get(path, asked, write))

    async def _get(
        self,
        path: str,
        asked: Mapping[str, Sequence[str]],
        write: Callable[[bytes], object],
    ) -> int:
        status = 500
        waiting = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if waiting:
                return waiting.pop()
            await asyncio.Event().wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message.get("body"):
                write(message["body"])

        await self._app(scope_of(path, asked), receive, send)
        return status

    def whole(self, path: str, asked: Mapping[str, Sequence[str]]) -> tuple[int, Any]:
        """Ask one address for JSON; return the status and what it says."""
        parts: list[bytes] = []
        status = self.get(path, asked, parts.append)
        return status, msgspec.json.decode(b"".join(parts))


def scope_of(path: str, asked: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Write a GET request as ASGI has it."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": urlencode(asked, doseq=True).encode(),
        "headers": [(b"accept-language", b"zh")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "root_path": "",
    }


def catch_up(ledger: Ledger) -> None:
    """Bring the views to the head, where no projector runs beside."""
    with psycopg.connect(ledger.database.app_url, autocommit=True) as connection:
        Projector(connection).catch_up()
