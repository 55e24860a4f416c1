"""A deliverer as a process of its own, to be killed by tests."""

from __future__ import annotations

import threading
from dataclasses import replace

from api.wiring import wired
from infra.settings import Settings
from tests.infra.receivers import QUICK, delivering

if __name__ == "__main__":
    with wired(Settings(), watch=False) as wiring, delivering(wiring, replace(QUICK, call=0.5)):
        threading.Event().wait()
