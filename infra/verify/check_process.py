"""Carries out one kept run of `verify` in a process of its own: `python -m ... RUN`.

A run takes minutes of a processor, which the process that answers people has not to spare.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING
from uuid import UUID

from infra.config.settings import Settings
from infra.ledger import open_ledger
from infra.postgres.identity import TOKEN
from infra.processes.supervisor import stop_with_parent
from infra.processes.work_process import run_beside
from infra.verify import kept_results
from infra.verify.runner import verify

if TYPE_CHECKING:
    from infra.ledger import Ledger

LOG = logging.getLogger("mingzhang.checks")
GONE = 1
MODULE = "infra.verify.check_process"


def carry_out(ledger: Ledger, run: UUID) -> None:
    """Carry a run out, unless another process does, and keep what its checks answer."""
    with kept_results.taken(ledger.database.app_url, run) as is_ours:
        with ledger.connection() as connection:
            asked = kept_results.find(connection, run)
        if not is_ours or asked is None or asked.state != "waiting":
            return
        answers = verify(
            ledger.pool,
            asked.checks,
            decisions=ledger.decisions,
            vault=ledger.vault,
            token_key=ledger.secret(TOKEN),
        )
        for answer in answers:
            with ledger.connection() as connection:
                kept_results.keep(connection, run, answer)
        with ledger.connection() as connection:
            kept_results.end(connection, run, "done")


def take_up(ledger: Ledger) -> None:
    """Go on with the runs that a stop cut off, one after another."""
    with ledger.connection() as connection:
        waiting = kept_results.waiting(connection)
    for run in waiting:
        begin(ledger, run)


def begin(ledger: Ledger, run: UUID) -> None:
    """Carry a run out beside this process; one that ends by itself without an answer has failed."""
    code = run_beside(ledger.settings, MODULE, str(run))
    # One that was stopped from outside is taken up again.
    if code > 0:
        LOG.error("the run %s of verify ended with %d", run, code)
        with kept_results.taken(ledger.database.app_url, run) as is_ours:
            # Another process that has it goes on.
            if is_ours:
                with ledger.connection() as connection:
                    kept_results.end(connection, run, "failed")


def main(run: str) -> None:
    """Carry out a run of the ledger that the environment names."""
    stop_with_parent(lambda: os._exit(GONE))
    # The server, which knows this module too, is never tuned.
    from infra.processes.interpreter_tuning import tune_interpreter  # noqa: PLC0415 - as above

    tune_interpreter()
    with open_ledger(Settings(), watch=False, whole=False) as ledger:
        carry_out(ledger, UUID(run))


if __name__ == "__main__":
    main(sys.argv[1])
