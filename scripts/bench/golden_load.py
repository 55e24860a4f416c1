"""The golden year at scale 1, loaded as its users load it: time, and memory of the programs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import msgspec

from scripts.bench.memory import Watch
from scripts.bench.outcomes import Outcome
from scripts.bench.serving import environment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scripts.bench.ledgers import Bench

SEED = 2007
MOST_SECONDS, MOST_SECONDS_AFTER, MOST_MB = 60.0, 15.0, 400.0
QUICK_SCALE = 0.1


def measure(bench: Bench) -> Iterable[Outcome]:
    """Compare with what an operator is asked to wait, and with a small machine's memory."""
    told, memory = load(bench)
    shown: dict[str, float | str] = {"events": told["events"], "scale": scale_of(bench)}
    yield fixed("golden-load", "golden year, loaded", (told["seconds"], MOST_SECONDS, "s"), shown)
    after = (told["projected_after"], MOST_SECONDS_AFTER, "s")
    yield fixed("golden-projected", "golden year, in all views after that", after, {})
    for part in ("load", "projector"):
        held = (memory[part], MOST_MB, "MB")
        yield fixed(f"memory-{part}", f"memory of the golden year's {part} process", held, {})


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
