"""A webhook worker as a process: `python -m scripts.scenarios.webhook_worker`, to be killed."""

from __future__ import annotations

import threading
from dataclasses import replace

from infra.config.settings import Settings
from infra.ledger import open_ledger
from scripts.scenarios.webhook_receivers import QUICK, delivering

# Being killed in a call counts as a call that failed: here that is no reason to give up.
PACE = replace(QUICK, call=0.5, most_attempts=10_000)

if __name__ == "__main__":
    with open_ledger(Settings(), watch=False) as ledger, delivering(ledger, PACE):
        threading.Event().wait()
