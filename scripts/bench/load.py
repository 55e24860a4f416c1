"""Many readers at once on a server of ours: by wrk where it is installed, else by a client of ours.

The load tool runs on the same machine and takes a part of its processors, wrk far less than ours.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

READERS = 16
RATE = re.compile(r"^Requests/sec:\s+([0-9.]+)", re.MULTILINE)
FAILED = re.compile(r"^\s+(Non-2xx or 3xx responses|Socket errors): .*", re.MULTILINE)
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
GOOD = (b"HTTP/1.1 200 ", b"HTTP/1.1 304 ")


def tool() -> str:
    """Name the tool that makes the load."""
    return "wrk" if shutil.which("wrk") else "a client in Python"


def rate(place: str, path: str, headers: Mapping[str, str], seconds: float) -> float:
    """Return the good answers a second that all readers together get."""
    if shutil.which("wrk"):
        return by_wrk(f"http://{place}{path}", headers, seconds)
    return asyncio.run(by_ours(place, path, headers, seconds))


def by_wrk(url: str, headers: Mapping[str, str], seconds: float) -> float:
    """Let wrk read."""
    said = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    ran = subprocess.run(
        ["wrk", "-t1", f"-c{READERS}", f"-d{round(seconds)}s", "--timeout=30s", *said, url],
        capture_output=True,
        text=True,
        check=True,
    )
    found, failed = RATE.search(ran.stdout), FAILED.search(ran.stdout)
    if found is None or failed is not None:
        raise RuntimeError(f"wrk on {url}: {ran.stdout}")
    return float(found[1])


async def by_ours(place: str, path: str, headers: Mapping[str, str], seconds: float) -> float:
    """Let coroutines read, each on a connection that it keeps."""
    said = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\nHost: {place}\r\n{said}\r\n".encode()
    begun = time.perf_counter()
    until = begun + seconds
    counts = await asyncio.gather(*(read(place, request, until) for _ in range(READERS)))
    return sum(counts) / (time.perf_counter() - begun)


async def read(place: str, request: bytes, until: float) -> int:
    """Ask again and again on one connection; return how many answers came."""
    host, _, port = place.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    count = 0
    try:
        while time.perf_counter() < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(GOOD):
                raise RuntimeError(f"{place}: {head.decode()}")
            length = LENGTH.search(head)
            if length is not None and not head.startswith(GOOD[1]):
                await reader.readexactly(int(length[1]))
            count += 1
    finally:
        writer.close()
    return count
