"""A piece of work in a process of its own (作业进程), on the ledger that some settings name."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from infra.config.settings import Settings
from infra.processes.supervisor import start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s || ' ' || %s, 0))"


@contextmanager
def taken_alone(kind: str, url: str, name: UUID) -> Iterator[bool]:
    """Take a piece of work for this process alone; tell whether nobody else has it."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(TAKE, (kind, str(name))).fetchone()
        yield bool(row and row[0])


def run_beside(settings: Settings, module: str, name: str) -> int:
    """Run `python -m MODULE NAME` beside this process; wait for its end, return its exit code.

    It must call `stop_with_parent`. Below zero it was stopped from outside.
    """
    names = {name: field.validation_alias for name, field in Settings.model_fields.items()}
    said = {str(alias): getattr(settings, name) for name, alias in names.items()}
    # A secret of the settings is the server's alone: no such work signs anybody in.
    said |= {alias: None for alias in said if alias.startswith("MINGZHANG_OIDC_")}
    environment = {name: "" if value is None else str(value) for name, value in said.items()}
    return start([sys.executable, "-m", module, name], environment).wait()
