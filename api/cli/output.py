"""What all parts of the command line share: exit codes, output, the store."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from api.http.language import Language
from infra.config.settings import Settings
from infra.ledger import Ledger, open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

OK, REFUSED, USAGE, UNAVAILABLE = 0, 1, 2, 3

Json = Annotated[bool, typer.Option("--json", help="One JSON object, or JSON Lines for a list.")]


@contextmanager
def store(*, watch: bool = False, whole: bool = True) -> Iterator[Ledger]:
    """Give the store that the environment names; Ctrl-C and SIGTERM leave it tidily."""
    signal.signal(signal.SIGTERM, interrupt)
    with open_ledger(Settings(), watch=watch, whole=whole) as ledger:
        yield ledger


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Leave by way of the context managers."""
    raise KeyboardInterrupt


def say(content: Any, *, as_json: bool) -> None:
    """Print one answer: a JSON line, or legibly."""
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(content) + b"\n")
        sys.stdout.buffer.flush()
    elif isinstance(content, dict):
        for name, value in content.items():
            typer.echo(f"{name:>12}  {value}")
    else:
        typer.echo(content)


def language() -> Language:
    """Return the language of the user's locale: Chinese where it is, else English."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, names), "").startswith("zh") else "en"


def complain(message: str, code: int) -> int:
    """Print what is wrong, and return the exit code."""
    typer.echo(f"mingzhang: {message}", err=True)
    return code
