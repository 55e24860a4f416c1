"""Which format an answer has: the media types of the formats, and the choice among them.

Accept and Accept-Encoding are read as RFC 9110 (12.5) writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

Form: TypeAlias = Literal["json", "csv", "xlsx", "jsonl", "sse", "html"]

MEDIA: dict[Form, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
    "sse": "text/event-stream",
    "html": "text/html; charset=utf-8",
}
BY_MEDIA: dict[str, Form] = {
    "application/json": "json",
    "text/csv": "csv",
    MEDIA["xlsx"]: "xlsx",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "text/event-stream": "sse",
    "text/html": "html",
    "application/xhtml+xml": "html",
}


@lru_cache(maxsize=1024)
def accepted(header: str, offered: Sequence[Form], default: Form) -> Form:
    """Choose the best-liked format of an Accept header among those offered (a tuple).

    Of equally liked ones the header's first is chosen. What a range such as `text/*` takes in is
    the default if that is among it, else a page, else the first that is offered.
    """
    # Parameters (`charset=utf-8`) do not tell our formats apart.
    liked = MIMEAccept(
        (media.partition(";")[0], quality)
        for media, quality in parse_accept_header(header, MIMEAccept)
    )
    media = [each for each, form in BY_MEDIA.items() if form in offered]
    media.sort(
        key=lambda each: (
            liked.find(each),
            BY_MEDIA[each] != default,
            BY_MEDIA[each] != "html",
            offered.index(BY_MEDIA[each]),
        )
    )
    best = liked.best_match(media)
    return default if best is None else BY_MEDIA[best]


def takes_gzip(header: str) -> bool:
    """Tell whether an Accept-Encoding header takes gzip."""
    return parse_accept_header(header).quality("gzip") > 0
