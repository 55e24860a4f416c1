"""Who uses the embedded server: one file a holder, locked for as long as its process lives.

The kernel drops a lock when its process dies, however it dies; a pid alone could be somebody
else's by then. The file's name tells a reader the pid.
"""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_numbers = count(1)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock against all other processes and threads that want it."""
    with lock.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C while a server is started or stopped: half of either helps nobody."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Leases:
    """The register of holders in one folder. Call it while you are `alone`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self) -> int:
        """Enter a holder; its number leaves again."""
        self.folder.mkdir(exist_ok=True)
        path = self.folder / f"{os.getpid()}-{next(_numbers)}"
        lease = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lease, fcntl.LOCK_EX)
        return lease

    def leave(self, lease: int) -> None:
        """Let a holder go."""
        os.close(lease)

    def any_left(self) -> bool:
        """Say whether anybody alive holds a lease; sweep away the files of those who do not."""
        held = [path for path in self.folder.glob("*-*") if self._is_held(path)]
        return bool(held)

    def _is_held(self, path: Path) -> bool:
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            path.unlink()
            return False
