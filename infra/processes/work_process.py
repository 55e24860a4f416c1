"""A piece of work in a process of its own (作业进程), on the ledger that some settings name."""

from __future__ import annotations

import os
import subprocess
import sys

from infra.config.settings import Settings
from infra.processes.supervisor import PARENT


def run_beside(settings: Settings, module: str, name: str) -> int:
    """Run `python -m MODULE NAME` beside this process; wait for its end, return its exit code.

    It must call `stop_with_parent`. Below zero it was stopped from outside.
    """
    names = {name: field.validation_alias for name, field in Settings.model_fields.items()}
    said = {str(alias): getattr(settings, name) for name, alias in names.items()}
    # A secret of the settings is the server's alone: no such work signs anybody in.
    said |= {alias: None for alias in said if alias.startswith("MINGZHANG_OIDC_")}
    environment = {name: "" if value is None else str(value) for name, value in said.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", module, name],
        env={**os.environ, **environment, PARENT: str(os.getpid())},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    return process.wait()
