"""Spreadsheets from outside: read by a process with limits, so that none harms this one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self, TypeAlias

import msgspec

from infra.sheets.reader_process import LENGTH
from infra.sheets.sheet_cells import SheetRow, unpack_rows
from infra.sheets.unreadable_sheet import UnreadableSheet

SheetForm: TypeAlias = Literal["xlsx", "csv"]

MOST_FILE = 32 * 2**20
# Processor seconds: for any file, and for each MiB of a long one.
SECONDS, SECONDS_A_MIB = 3, 2
# A machine may be busy with more than this.
PATIENCE = 4
ROOT = Path(__file__).parent.parent.parent


class ReadSheet:
    """A file that was read: the sheet's title, and its rows, as often as they are wanted."""

    def __init__(self, answer: IO[bytes]) -> None:
        """Read the first page; raise what the process refused."""
        self._answer = answer
        first = msgspec.json.decode(self._page())
        if refused := first.get("refused"):
            self.close()
            raise UnreadableSheet.unpacked(refused["text"], refused["parts"])
        self.title: str = first["title"]
        self._begin = answer.tell()

    def rows(self) -> Iterator[SheetRow]:
        """Give the rows, from the first."""
        self._answer.seek(self._begin)
        while packed := self._page():
            yield from unpack_rows(packed)

    def _page(self) -> bytes:
        return self._answer.read(int.from_bytes(self._answer.read(LENGTH)))

    def close(self) -> None:
        """Let the rows go."""
        self._answer.close()

    def __enter__(self) -> Self:
        """Keep the rows for a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let the rows go."""
        self.close()


def read_sheet(content: bytes, form: SheetForm) -> ReadSheet:
    """Read a file in a process with limits; `UnreadableSheet` says why it cannot be."""
    if len(content) > MOST_FILE:
        raise UnreadableSheet(
            "a file has at most {most} MiB: send it in parts", most=str(MOST_FILE // 2**20)
        )
    seconds = SECONDS + SECONDS_A_MIB * len(content) // 2**20
    answer = kept_in_memory()
    try:
        require_end(content, form, seconds, answer)
    except BaseException:
        answer.close()
        raise
    answer.seek(0)
    return ReadSheet(answer)


def kept_in_memory() -> IO[bytes]:
    """Open a file that no disk ever sees, where the system has such."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("sheet"), "w+b")
    return tempfile.TemporaryFile()


def require_end(content: bytes, form: SheetForm, seconds: int, answer: IO[bytes]) -> None:
    """Run the process to its end; `UnreadableSheet` where it was ended, or gave up."""
    # Nothing of the file's reader knows where the ledger is.
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)}
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "infra.sheets.reader_process", form, str(seconds)],
            input=content,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds * PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        ended = None
    if ended is not None and ended.returncode == 0:
        return
    raise UnreadableSheet(
        "reading the file takes more memory or time than a table of its size ever does: copy the"
        " rows into a new template"
    )
