"""A process that releases one run when told to: `python -m scripts.drills.releasing RUN KEY CHUNK`.

It works on the ledger of its environment, and saves CHUNK lines at once. It says `ready`, waits for
a line, and answers with its receipt or with what kept it from one.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import psycopg

from domain.kernel.refusals import Refused
from domain.payments import pay_runs
from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.ledger import open_ledger
from scripts.scenarios.office import Office
from scripts.scenarios.stories import release

AWAY = (psycopg.OperationalError, Unavailable)


def main(run: str, key: str, chunk: str) -> None:
    """Release a run."""
    pay_runs.CHUNK = int(chunk)
    logging.disable(logging.WARNING)
    with open_ledger(Settings()) as ledger:
        say("ready")
        sys.stdin.readline()
        say(json.dumps(answer(Office(ledger), run, key)))


def answer(office: Office, run: str, key: str) -> dict[str, Any]:
    """Return the receipt, or why there is none."""
    try:
        return release(office, run, key=key)
    except Refused as refused:
        return {"refused": refused.CODE}
    except AWAY as away:
        return {"away": type(away).__name__}


def say(line: str) -> None:
    """Write a line that is read at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
