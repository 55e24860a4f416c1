"""PostgreSQL's own load generator, on the same server and disk as ours."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import psycopg

from scripts.bench.ledgers import program

# One row of about an event's size, committed by itself.
ONE_ROW = "INSERT INTO bench_rows (content) VALUES (repeat('x', 400)::bytea);\n"
# Everybody wants the same row.
HOT_ROW = "UPDATE bench_hot SET value = value + 1 WHERE id = 1;\n"
LAID_OUT = """
    CREATE TABLE IF NOT EXISTS bench_rows (id bigserial PRIMARY KEY, content bytea NOT NULL);
    CREATE TABLE IF NOT EXISTS bench_hot (id int PRIMARY KEY, value bigint NOT NULL);
    INSERT INTO bench_hot VALUES (1, 0) ON CONFLICT DO NOTHING"""
RATE = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)


class Pgbench(NamedTuple):
    """Runs one script for some seconds."""

    url: str
    folder: Path
    seconds: int = 1

    def lay_out(self) -> None:
        """Make its tables."""
        with psycopg.connect(self.url) as connection:
            connection.execute(LAID_OUT)

    def rate(self, script: str, clients: int = 1, *, protocol: str = "simple") -> float:
        """Return the transactions per second, by pgbench's usual protocol or a named one."""
        return self._run(script, clients, "-M", protocol)

    def timed_rate(self, script: str, clients: int, taken: list[float]) -> float:
        """Return the transactions per second, and note the seconds that each took."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            rate = self._run(script, clients, "-l", "--log-prefix", f"{folder}/log")
            for log in Path(folder).iterdir():
                # Client, number, microseconds, script, ...
                taken += [int(line.split()[2]) / 1e6 for line in log.read_text().splitlines()]
        return rate

    def _run(self, script: str, clients: int, *options: str) -> float:
        place = self.folder / "pgbench.sql"
        place.write_text(script)
        ran = subprocess.run(
            [program("pgbench"), "-n", "-c", str(clients), "-T", str(self.seconds), *options,
             "-f", place, self.url],
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        found = RATE.search(ran.stdout)
        if found is None:
            raise RuntimeError(f"pgbench: {ran.stderr.strip()}")
        return float(found[1])
