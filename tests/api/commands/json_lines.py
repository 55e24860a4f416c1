"""Commands as lines of JSON."""

from __future__ import annotations

from typing import Any

import msgspec


def encoded(order: dict[str, Any], key: str | None = None) -> bytes:
    """Write a command as one line, with its key if it has one."""
    return msgspec.json.encode(order if key is None else order | {"key": key})
