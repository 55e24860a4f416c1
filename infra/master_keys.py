"""The master keys of a data folder (主密钥): the one in use, and those kept beside it.

A rotation writes the next one, and when all is sealed under it exchanges the two; the former one
stays for old backups. Processes that run see the exchange by the file's own marks.
"""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.person_marks import PersonMarks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MASTER = "master-key"
NEXT = f"{MASTER}.next"
FORMER = f"{MASTER}.former-"
KEY_BYTES = 32


def fingerprint(key: bytes) -> str:
    """Return what tells a key from any other, and gives nothing of it away."""
    return hmac.digest(key, b"mingzhang fingerprint", "sha256").hex()[:32]


class MasterKey(NamedTuple):
    """A master key, and what follows from it."""

    key: bytes
    print_: str
    tag_root: bytes
    number_key: bytes
    aead: AESGCM
    marks: PersonMarks

    @classmethod
    def of(cls, key: bytes) -> MasterKey:
        """Make what follows from a key."""
        return cls(
            key,
            fingerprint(key),
            hmac.digest(key, b"mingzhang payment tags", "sha256"),
            hmac.digest(key, b"mingzhang id numbers", "sha256"),
            AESGCM(key),
            PersonMarks(key),
        )


class MasterKeys:
    """The master key in use; read again when its file is another one. No folder: it stays."""

    def __init__(self, key: bytes, folder: Path | None = None) -> None:
        """Begin with a key that was read."""
        self._now = MasterKey.of(key)
        self._folder = folder
        self._seen = self._mark()

    @property
    def now(self) -> MasterKey:
        """Return the key in use; the one of before while the file is gone, or is not whole."""
        mark = self._mark()
        if mark not in {None, self._seen}:
            key = self._read(MASTER)
            if len(key) == KEY_BYTES:
                self._now, self._seen = MasterKey.of(key), mark
        return self._now

    def others(self) -> Iterator[bytes]:
        """Give the keys beside it: sealed under one is what was read or written in between."""
        if self._folder is not None:
            for file in sorted(self._folder.glob(f"{MASTER}*")):
                key = self._read(file.name)
                if key != self._now.key and len(key) == KEY_BYTES:
                    yield key

    def _read(self, name: str) -> bytes:
        try:
            return b"" if self._folder is None else (self._folder / name).read_bytes()
        except FileNotFoundError:
            return b""

    def _mark(self) -> tuple[int, int] | None:
        """Tell one file from the one that takes its place."""
        if self._folder is None:
            return None
        try:
            found = os.stat(self._folder / MASTER)  # noqa: PTH116 - half the time, at every use
        except FileNotFoundError:
            return None
        return (found.st_ino, found.st_mtime_ns)


def exchange(folder: Path) -> None:
    """Put the next key in the place of the one in use, which is kept as a former one."""
    master = folder / MASTER
    former = folder / f"{FORMER}{fingerprint(master.read_bytes())[:8]}"
    former.unlink(missing_ok=True)
    former.hardlink_to(master)
    (folder / NEXT).replace(master)
    sync(folder)


def settle(folder: Path, known: str) -> bool:
    """Put the key in place that a ledger knows by its fingerprint, if a rotation was cut off.

    Tells whether it is in place now; what was there is kept as the next one.
    """
    master, following = folder / MASTER, folder / NEXT
    if not master.exists():
        return False
    is_known = fingerprint(master.read_bytes()) == known
    if following.exists() and fingerprint(following.read_bytes()) == known:
        # The ledger has it already: only the files are behind, and no next one is left over.
        if is_known:
            following.unlink()
        else:
            exchange(folder)
        return True
    if is_known:
        return True
    for file in sorted(folder.glob(f"{MASTER}.*")):
        if fingerprint(file.read_bytes()) == known:
            draft = folder / f".{MASTER}-settled"
            draft.unlink(missing_ok=True)
            draft.hardlink_to(file)
            following.unlink(missing_ok=True)
            following.hardlink_to(master)
            draft.replace(master)
            sync(folder)
            return True
    return False


def sync(folder: Path) -> None:
    """Let the names of a folder reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
