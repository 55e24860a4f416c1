"""`mingzhang db`: the server that goes on by itself, and psql without a password to be seen."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from infra.config.settings import Settings

ROOT = __file__.partition("/tests/")[0]
SECONDS = 60


def mingzhang(settings: Settings, *words: str, path: str = "") -> str:
    """Run a command with its output in pipes; return what it printed, errors too."""
    environment = {**os.environ, "MINGZHANG_DATA": str(settings.data_folder), "PYTHONPATH": ROOT}
    environment |= {"PATH": f"{path}:{os.environ['PATH']}"} if path else {}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return done.stdout


def test_the_database_is_started_in_a_pipe_and_psql_shows_no_password(
    new_settings: Callable[[], Settings], tmp_path: Path
) -> None:
    settings = new_settings()
    assert mingzhang(settings, "db", "start") == "started\n"
    try:
        url = mingzhang(settings, "db", "url").strip()
        password = url.partition("@")[0].rpartition(":")[2]
        program = tmp_path / "psql"
        program.write_text('#!/bin/sh\necho "words: $*"\necho "secret: $PGPASSWORD"\n')
        program.chmod(0o755)
        words, secret = mingzhang(settings, "db", "psql", path=str(tmp_path)).splitlines()
        assert "dbname=" in words
        assert password not in words
        assert secret == f"secret: {password}"
    finally:
        assert mingzhang(settings, "db", "stop") == "stopped\n"
