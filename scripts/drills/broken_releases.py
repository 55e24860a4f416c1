"""Proves that a release pays each line once, in all what was approved, whatever happens to it.

It dies at any moment and is sent again, or two of them run at once. It dies by `kill -9` of its
process, or by PostgreSQL being stopped without a checkpoint, as by a power cut.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias, cast

import psycopg

from domain.kernel.refusals import WrongState
from domain.payments.pay_run_events import PayRunChunkReleased, PayRunReleased
from infra.embedded.server import EmbeddedPostgres
from scripts.drills.releasing import AWAY
from scripts.scenarios.stories import release

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.scenarios.office import Office, Receipt

    Moment: TypeAlias = Callable[[], None]

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0
# Statements of a release, as the database shows them while they run.
COPYING, APPENDING = "COPY pg_temp.staged%", "%ledger.append_staged(%"
CHUNK_SAVED = PayRunChunkReleased.TOPIC
RUNNING = """SELECT count(*) FROM pg_stat_activity
    WHERE query LIKE %(statement)s AND state <> 'idle' AND pid <> pg_backend_pid()
    AND datname = current_database()"""
PAID = """
    SELECT count(*), coalesce(sum((convert_from(state, 'UTF8')::json ->> 'amount')::bigint), 0)
    FROM ledger.events WHERE topic = 'payment.made.v1'
    AND originator_id >= %(prefix)s COLLATE "C" AND originator_id < %(beyond)s COLLATE "C" """
LOG = "SELECT count(*), coalesce(max(notification_id), 0) FROM ledger.events"


class Trial:
    """A process of its own that is about to release an approved run."""

    def __init__(self, office: Office, run: str, *, key: str, chunk: int) -> None:
        """Start the process."""
        self.office = office
        self.run = run
        self.key = key
        settings = office.ledger.settings
        ledger = {
            "MINGZHANG_DATA": str(settings.data_folder),
            "DATABASE_URL": settings.database_url or "",
        }
        self.process = subprocess.Popen(
            (sys.executable, "-m", "scripts.drills.releasing", run, key, str(chunk)),
            cwd=ROOT,
            env=os.environ | ledger,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said = cast("IO[str]", self.process.stdout)

    def go(self) -> None:
        """Let it begin, once it is ready."""
        self.said.readline()
        begin = cast("IO[str]", self.process.stdin)
        begin.write("go\n")
        begin.flush()

    def kill(self) -> None:
        """Kill it."""
        self.process.kill()
        self.answer()

    def answer(self) -> dict[str, Any] | None:
        """Wait for its end; return what it answered, None if it was killed before."""
        with self.process:
            said = self.said.read()
        return json.loads(said) if said.endswith("\n") else None


def after(seconds: float) -> Moment:
    """Come so long after the start."""
    return lambda: time.sleep(seconds)


def once_begun(office: Office, run: str) -> Moment:
    """Come when a chunk of the run is saved."""
    return lambda: until(lambda: any(each.TOPIC == CHUNK_SAVED for each in office.events(run)))


def while_running(office: Office, statement: str) -> Moment:
    """Come while the database carries out a statement of the release, or has just done so."""

    def come() -> None:
        # Nobody but the owner sees what another session of the application carries out.
        with psycopg.connect(office.ledger.database.owner_url, autocommit=True) as owner:
            given = {"statement": statement}
            until(lambda: owner.execute(RUNNING, given).fetchone() != (0,))

    return come


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("the moment never came")


def killed(trial: Trial, moment: Moment, *, key: str) -> Receipt | None:
    """Kill the process at a moment, and send the release again under a key."""
    trial.go()
    moment()
    trial.kill()
    return sent_again(trial.office, trial.run, key)


def cut_off(trial: Trial, moment: Moment, *, key: str) -> Receipt | None:
    """Stop PostgreSQL at a moment without a checkpoint, start it, and send the release again."""
    office = trial.office
    trial.go()
    moment()
    EmbeddedPostgres(office.ledger.settings).stop("immediate")
    trial.answer()
    office.ledger.database.restart_if_dead()
    return sent_again(office, trial.run, key)


def sent_again(office: Office, run: str, key: str) -> Receipt | None:
    """Send a release until the ledger answers; None if another key has released the run."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return release(office, run, key=key)
        except WrongState:
            return None
        except AWAY:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def breaches(office: Office, run: str, drawn: Receipt) -> list[str]:
    """Say what is wrong with a run that should have paid all that was drawn up."""
    prefix = run.replace("pay-run:", "payment:", 1) + ":"
    found = []
    lines, total = drawn["count"], drawn["total"]["value"]
    paid = office.rows(PAID, prefix=prefix, beyond=prefix + "~")[0]
    if paid != (lines, total):
        found.append(f"{paid[0]} payments of {paid[1]} fen, not {lines} of {total}")
    chunks = [e for e in office.events(run) if isinstance(e, PayRunChunkReleased)]
    ends = [0, *(chunk.to_line for chunk in chunks)]
    if [chunk.from_line for chunk in chunks] != ends[:-1] or ends[-1] != lines:
        found.append(f"chunks end at {ends}")
    if sum(isinstance(e, PayRunReleased) for e in office.events(run)) != 1:
        found.append("not released once")
    events, head = office.rows(LOG)[0]
    if events != head:
        found.append(f"{events} events, but the last has position {head}")
    return found
