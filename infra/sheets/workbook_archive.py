"""A workbook's file before a library reads it: what its parts come to, and what lies in them.

An XLSX file is a ZIP archive of XML. All of it is looked through in pieces, so that neither a bomb
nor a cell at XFD1048576 ever fills the memory; what a formula had come to is never taken.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile, ZipInfo

from infra.sheets.unreadable_sheet import UnreadableSheet, column_number

MOST_PARTS = 1_000
MOST_BYTES, MOST_BYTES_OF_LIST = 256 * 2**20, 2**20
# What is packed closer than this, beyond a first part, is no table that somebody wrote.
FREE_BYTES, MOST_RATIO = 10 * 2**20, 100
MOST_COLUMNS, MOST_ROWS = 100, 200_000
MOST_FORMULAS = 10_000
PIECE, OVERLAP = 2**20, 4_096
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
WORKBOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
FORBIDDEN = re.compile(
    rb"<!(DOCTYPE|ENTITY|\[CDATA\[)|encoding=[\"'](?!utf-?8[\"'])", re.IGNORECASE
)
# A cell beyond column CV, or a row beyond 199,999.
FAR = re.compile(
    rb'\br="((?:C[W-Z]|[D-Z][A-Z]|[A-Z]{3,})[0-9]{1,9}|[A-Z]{0,9}(?:[2-9][0-9]{5}|[0-9]{7,10}))"'
)
FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
CELL = re.compile(
    rb'<(?:[\w.-]+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<(?:[\w.-]+:)?f[\s/>]'
)
ERROR = re.compile(rb'<(?:[\w.-]+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')


class SheetPart(NamedTuple):
    """A sheet of a workbook: its title, where it lies in the archive, and whether it is shown."""

    title: str
    part: str
    shown: bool


class OddPlaces(NamedTuple):
    """Cells (row, column; from 0) that hold a formula, and those that hold an error."""

    formulas: frozenset[tuple[int, int]]
    errors: frozenset[tuple[int, int]]


class WorkbookArchive:
    """An XLSX file whose parts are within the bounds."""

    def __init__(self, content: bytes) -> None:
        """Look at the list of parts; `UnreadableSheet` where it is none of ours."""
        if content.startswith(OLD_OFFICE):
            raise UnreadableSheet(
                "the file has a password, or is of a spreadsheet of before 2007: save it as .xlsx"
                " without a password"
            )
        try:
            self._zip = ZipFile(BytesIO(content))
            self.parts = {part.filename: part for part in self._zip.infolist()}
        except (BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
            raise UnreadableSheet from None
        self._require_bounds(len(content))
        if any(name.lower().endswith("vbaproject.bin") for name in self.parts):
            raise UnreadableSheet("the file holds macros: save it as .xlsx, which has none")
        if WORKBOOK not in self.parts or LINKS not in self.parts:
            raise UnreadableSheet

    def _require_bounds(self, packed: int) -> None:
        parts = self._zip.infolist()
        size = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or len(self.parts) < len(parts):
            raise UnreadableSheet
        if size > MOST_BYTES or size > FREE_BYTES + MOST_RATIO * packed:
            raise UnreadableSheet(
                "unpacked, the file has {size} MiB: more than a table of its size ever has; copy"
                " the rows into a new template",
                size=str(size // 2**20),
            )

    def look_through(self) -> None:
        """Read every part of XML once: no entities, nothing beyond its told size."""
        for part in self.parts.values():
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                for piece in self.pieces(part):
                    if b"\0" in piece or FORBIDDEN.search(piece):
                        raise UnreadableSheet(
                            "its part {part} holds what no table needs (an entity, another"
                            " encoding): copy the rows into a new template",
                            part=part.filename[:100],
                        )

    def pieces(self, part: ZipInfo) -> Iterator[bytes]:
        """Unpack a part in pieces, each beginning with the end of the one before it."""
        kept = b""
        try:
            with self._zip.open(part) as file:
                while piece := file.read(PIECE):
                    kept += piece
                    yield kept
                    kept = kept[-OVERLAP:]
        except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
            raise UnreadableSheet(
                "the file is damaged, or was cut off on its way: send it again"
            ) from None

    def sheets(self) -> list[SheetPart]:
        """List the sheets, in order."""
        linked = {
            link.get("Id"): f"xl/{str(link.get('Target')).removeprefix('/xl/')}"
            for link in self._listed(LINKS)
        }
        return [
            SheetPart(str(each.get("name")), part, each.get("state", "visible") == "visible")
            for each in self._listed(WORKBOOK)
            if each.tag.endswith("}sheet")
            for key, name in each.items()
            if key.endswith("}id") and (part := linked.get(name)) in self.parts and part
        ]

    def _listed(self, name: str) -> Iterator[ET.Element]:
        part = self.parts[name]
        if part.file_size > MOST_BYTES_OF_LIST:
            raise UnreadableSheet
        try:
            # Entities were looked for, in every part.
            yield from ET.fromstring(self._zip.read(part)).iter()  # noqa: S314
        except (ET.ParseError, BadZipFile, zlib.error, RuntimeError):
            raise UnreadableSheet from None

    def odd_places(self, sheet: SheetPart) -> OddPlaces:
        """Find formulas and errors; `UnreadableSheet` for a cell too far out, or too many."""
        formulas: set[tuple[int, int]] = set()
        errors: set[tuple[int, int]] = set()
        for piece in self.pieces(self.parts[sheet.part]):
            if far := FAR.search(piece):
                raise too_far(sheet.title, far[1].decode())
            if b't="e"' in piece:
                errors |= set(map(place_of, ERROR.finditer(piece)))
            if FORMULA.search(piece):
                formulas |= set(map(place_of, CELL.finditer(piece)))
                if not formulas or len(formulas) > MOST_FORMULAS:
                    raise UnreadableSheet(
                        "the sheet {sheet} holds formulas: paste their values in their place",
                        sheet=sheet.title,
                    )
        return OddPlaces(frozenset(formulas), frozenset(errors))


def place_of(found: re.Match[bytes]) -> tuple[int, int]:
    """Return the row and the column of a cell, from 0."""
    return int(found[2]) - 1, column_number(found[1].decode())


def too_far(sheet: str, cell: str) -> UnreadableSheet:
    """Say that a cell lies beyond what is read."""
    return UnreadableSheet(
        "the sheet {sheet} has something at {cell}, beyond column {column} or row {row}: delete"
        " what lies outside the table",
        sheet=sheet,
        cell=cell,
        column="CV",
        row=str(MOST_ROWS - 1),
    )
