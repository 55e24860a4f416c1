"""Facts about the machine, so that a kept table can be read later."""

from __future__ import annotations

import os
import platform
import time
from statistics import median
from typing import TYPE_CHECKING

import psutil
import psycopg

if TYPE_CHECKING:
    from pathlib import Path

FLUSHES = 200
PAGE = b"x" * 8192


def facts(url: str, folder: Path) -> dict[str, object]:
    """Describe the processor, the memory, the database and the disk below a folder."""
    with psycopg.connect(url) as connection:
        told = {
            name: connection.info.parameter_status(name) or shown(connection, name)
            for name in ("server_version", "fsync", "synchronous_commit", "shared_buffers")
        }
    return {
        "processor": processor(),
        "cores": os.cpu_count() or 0,
        "memory_mb": psutil.virtual_memory().total // 2**20,
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "postgresql": told,
        "flush_us": round(flush_seconds(folder) * 1e6),
    }


def processor() -> str:
    """Return the name of the processor."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as told:  # noqa: PTH123 - no file of ours
            names = [line.partition(":")[2].strip() for line in told if line.startswith("model na")]
    except OSError:
        names = []
    return names[0] if names else platform.processor()


def shown(connection: psycopg.Connection, name: str) -> str:
    """Ask the server for one of its settings."""
    row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    return str(row[0]) if row else ""


def flush_seconds(folder: Path) -> float:
    """Return how long a written page takes to reach the disk (fdatasync), half of all times."""
    times: list[float] = []
    place = folder / "flush"
    with place.open("wb", buffering=0) as file:
        for _ in range(FLUSHES):
            file.write(PAGE)
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - begun)
    place.unlink()
    return median(times)
