"""Reads a spreadsheet in a process of its own, which the system ends when it takes too much.

The file comes on standard input; pages of rows go to standard output, or in their place the one
reason why there are none. Whoever started it reads the answer when it has ended well.
"""

from __future__ import annotations

import os
import resource
import sys
from itertools import islice

import msgspec

from infra.sheets.sheet_cells import pack_rows
from infra.sheets.sheet_rows import rows_of_csv, rows_of_workbook
from infra.sheets.unreadable_sheet import UnreadableSheet

MEMORY = 300 * 2**20
MOST_ANSWER = 2**30
ROWS_A_PAGE = 1_000
# The bytes that tell how long a page is.
LENGTH = 8
ANSWER = 1


def limit(seconds: int) -> None:
    """Let the system end this process beyond so much memory, processor time and answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_ANSWER, MOST_ANSWER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def page(content: bytes) -> bytes:
    """Write a page behind its length."""
    return len(content).to_bytes(LENGTH) + content


def answer(form: str, content: bytes) -> None:
    """Write the sheet's title, then its rows."""
    found = rows_of_workbook(content) if form == "xlsx" else rows_of_csv(content)
    with os.fdopen(ANSWER, "wb", closefd=False) as out:
        out.write(page(msgspec.json.encode({"title": found.title})))
        while rows := list(islice(found.rows, ROWS_A_PAGE)):
            out.write(page(pack_rows(rows)))


def refuse(why: UnreadableSheet) -> None:
    """Write why there are no rows, in the place of all that was written."""
    os.ftruncate(ANSWER, 0)
    os.lseek(ANSWER, 0, os.SEEK_SET)
    os.write(ANSWER, page(msgspec.json.encode({"refused": why.packed()})))


def main() -> None:
    """Read one file."""
    form, seconds = sys.argv[1:]
    limit(int(seconds))
    try:
        answer(form, sys.stdin.buffer.read())
    except UnreadableSheet as why:
        refuse(why)


if __name__ == "__main__":
    main()
