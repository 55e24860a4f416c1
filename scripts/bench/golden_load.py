"""The golden year at scale 1, loaded as its users load it: time, and memory of the programs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import msgspec

from domain.kernel.aggregate import stored_name
from domain.payments.payment_events import PaymentMade
from infra.config.settings import Settings
from infra.ledger import open_ledger
from scripts.bench import json_lines, pay_run
from scripts.bench.memory import Watch
from scripts.bench.outcomes import Outcome
from scripts.bench.serving import environment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scripts.bench.ledgers import Bench

SEED = 2007
MOST_MB = 400.0
# Rates of the same run that the year's commands and payments are weighed by.
WEIGHED = {"json-lines": json_lines.measure, "pay-run": pay_run.measure}
PAID = "SELECT count(*) FROM ledger.events WHERE topic = %s"
QUICK_SCALE = 0.1


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with the pace of single paths, and with a small machine's memory."""
    told, memory = load(bench)
    paid = payments(bench)
    lines, runs = (rate(bench, name) for name in WEIGHED)
    yield Outcome(
        name="golden-load",
        path="golden year, loaded and in all views",
        ours=told["seconds"] + told["projected_after"],
        limit=told["commands"] / lines + paid / runs,
        unit="s",
        against="its commands at the JSON Lines rate, its payments at the pay run's",
        goal=1.5,
        notes={
            "events": told["events"],
            "scale": scale_of(bench),
            "commands": told["commands"],
            "payments": paid,
            "in all views after the last command, s": told["projected_after"],
        },
    )
    for part in ("load", "projector"):
        held = (memory[part], MOST_MB, "MB")
        yield fixed(f"memory-{part}", f"memory of the golden year's {part} process", held, {})


def rate(bench: Bench, name: str) -> float:
    """Return what a path does in a second, measured in this run."""
    if name not in bench.rates:
        list(WEIGHED[name](bench))
    return bench.rates[name]


def payments(bench: Bench) -> int:
    """Return how many payments the loaded year holds."""
    folder, _ = place(bench)
    settings = Settings(data_folder=folder, database_url=None)
    with open_ledger(settings) as ledger, ledger.connection() as connection:
        row = connection.execute(PAID, (stored_name(PaymentMade),)).fetchone()
    return int(row[0]) if row else 0


def fixed(
    name: str, path: str, measured: tuple[float, float, str], notes: dict[str, float | str]
) -> Outcome:
    """Compare with a fixed limit."""
    ours, limit, unit = measured
    return Outcome(
        name=name, path=path, ours=ours, limit=limit, unit=unit, against="fixed", goal=1.0,
        notes=notes,
    )  # fmt: skip


def year(bench: Bench) -> Path:
    """Return the data folder of a loaded year; it is loaded once."""
    folder, loaded = place(bench)
    if not loaded.exists():
        load(bench)
    return folder


def place(bench: Bench) -> tuple[Path, Path]:
    """Name the year's data folder, and a file beside it that tells that the load is done."""
    name = f"golden-{scale_of(bench):g}"
    return bench.folder / name, bench.folder / f"{name}-loaded"


def scale_of(bench: Bench) -> float:
    """Return the scale of the year."""
    return QUICK_SCALE if bench.quick else 1.0


def load(bench: Bench) -> tuple[dict[str, Any], dict[str, float]]:
    """Load the year into a folder of its own, which later measurements read."""
    folder, loaded = place(bench)
    scale = scale_of(bench)
    shutil.rmtree(folder, ignore_errors=True)
    loaded.unlink(missing_ok=True)
    command = ["load", "golden-2007", "--seed", str(SEED), "--scale", str(scale), "--json"]
    with (
        subprocess.Popen(
            [sys.executable, "-m", "api.cli", *command],
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as child,
        Watch(child.pid) as watch,
    ):
        said, complaint = child.communicate()
    if child.returncode:
        raise RuntimeError(f"the load ended with {child.returncode}: {complaint[-2000:].decode()}")
    loaded.touch()
    return msgspec.json.decode(said), watch.most_mb
