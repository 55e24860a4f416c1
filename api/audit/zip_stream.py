"""A ZIP that is sent while it is written (压缩流)."""

from __future__ import annotations

import io
import zipfile

# The first day that a ZIP knows: the same content is the same ZIP, whenever it is made.
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class Unseekable(io.RawIOBase):
    """Keeps what was written until it is taken."""

    def __init__(self) -> None:
        """Start with nothing written."""
        super().__init__()
        self.written = bytearray()

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, given: bytes) -> int:  # type: ignore[override]
        """Keep some bytes."""
        self.written += given
        return len(given)

    def taken(self) -> bytes:
        """Return what was written since, and forget it."""
        found = bytes(self.written)
        self.written.clear()
        return found


class ZipStream:
    """Writes files one after another, and gives the bytes of each."""

    def __init__(self) -> None:
        """Begin."""
        self.out = Unseekable()
        self.zip = zipfile.ZipFile(self.out, "w", zipfile.ZIP_DEFLATED)

    def file(self, name: str, content: bytes) -> bytes:
        """Add a file; return the bytes to send."""
        info = zipfile.ZipInfo(name, FIRST_DAY)
        info.compress_type = zipfile.ZIP_DEFLATED
        self.zip.writestr(info, content)
        return self.out.taken()

    def end(self) -> bytes:
        """Return the table of contents."""
        self.zip.close()
        return self.out.taken()
