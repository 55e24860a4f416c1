"""Tells on every page how far a synthetic year is loaded, while it is being loaded.

The line is put into the page on its way out, past the response cache, and only where the address
names no position: what is kept, and what a position pins, stays byte for byte what it is. A page
with the line bears no ETag and is not stored by anybody.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date
from starlette.requests import Request

from api.http.language import Language, spoken
from api.http.middleware import PAGES
from api.pages.page_words import phrase
from infra.processes.load_progress import FILE, LoadProgress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Whose order of day and month a date has.
DATES: Mapping[Language, str] = {"zh": "zh", "en": "en_GB"}
# The line is the first of the page's content, behind this tag of base.html.
BEHIND = b'<main id="content" class="wide" tabindex="-1">\n'
LINE = '<p class="quiet" role="status">{said}</p>\n'
REPLACED = frozenset((b"etag", b"cache-control", b"content-length"))


class LoadBanner:
    """Stands before the response cache; costs one look for a file while nothing is loaded."""

    def __init__(self, app: ASGIApp, data_folder: Path) -> None:
        """Read the progress of loads into the ledger of a data folder."""
        self._app = app
        self._data_folder = data_folder
        # Made once: a cached page takes little longer than to join a path and fail to open it.
        self._file = data_folder / FILE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through; put the line into its page if a year is being loaded."""
        is_loading = may_tell(scope) and self._file.exists()
        progress = LoadProgress.read(self._data_folder) if is_loading else None
        if progress is None:
            await self._app(scope, receive, send)
            return
        line = LINE.format(said=sentence(progress, spoken(Request(scope)))).encode()
        is_page = False

        async def sent(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                is_page = (
                    dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html")
                )
                if is_page:
                    message = {**message, "headers": [*not_stored(message["headers"])]}
            elif is_page and message.get("body"):
                body = message["body"].replace(BEHIND, BEHIND + line, 1)
                message = {**message, "body": body}
            await send(message)

        await self._app(asked_whole(scope), receive, sent)


def may_tell(scope: Scope) -> bool:
    """Tell whether a request asks for what is newest, by an address that may be a page's."""
    return (
        scope["type"] == "http"
        and scope["method"] in {"GET", "HEAD"}
        and (scope["path"] == "/" or scope["path"].startswith(PAGES))
        and b"known_at=" not in scope["query_string"]
    )


def asked_whole(scope: Scope) -> Scope:
    """Leave out that the reader knows a version: it does not have the line."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"if-none-match"]
    return {**scope, "headers": headers}


def not_stored(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    """Replace what lets a page be kept, and the length that the line changes."""
    yield from (each for each in headers if each[0] not in REPLACED)
    yield b"cache-control", b"no-store"


def sentence(progress: LoadProgress, language: Language) -> str:
    """Say how far a load is, in the reader's language."""
    day = format_date(date.fromisoformat(progress.day), "long", locale=DATES[language])
    events = f"{progress.events:,}"
    if progress.total:
        some = {"events": events, "total": f"{progress.total:,}"}
        events = phrase("%(events)s / %(total)s", language) % some
    told = phrase(
        "正在载入年度数据：已载入 %(day)s，%(events)s 个事件。刷新页面可见最新进展。", language
    )
    return told % {"day": day, "events": events}
