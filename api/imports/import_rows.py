"""A row of a table: its values, or what is wrong with its cells; its key; its commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from api.commands.parsing import read_command
from api.http.problems import Said, Unreadable, detail_of
from api.http.translation import told
from api.imports.cell_values import UnitCell, WrongCell, value_of
from api.imports.import_kinds import ID_NUMBER, ImportKind, RowNames
from api.imports.sheet_heads import HeadColumn
from domain.benefits.id_numbers import id_number
from domain.kernel.refusals import AlreadyTold, AreaUnknown, IdNumberInvalid, Malformed, Refused
from domain.kernel.sentences import Sentence
from infra.commands.command import CommandRequest, Sender
from infra.config.clock import today
from infra.sheets.sheet_cells import SheetRow

PREFIX = "import-"


class CellProblem(NamedTuple):
    """Why a row is refused: at a cell, or as a whole (`column` and `field` are empty)."""

    row: int
    column: str
    field: str
    code: str
    zh: str
    en: str


@dataclass
class ImportRow:
    """A row that was read."""

    number: int
    values: Mapping[str, Any]
    problems: list[CellProblem] = field(default_factory=list)
    names: RowNames = field(default_factory=lambda: RowNames(""))
    # The keyed hash of its ID number, as the vault compares them.
    id_hash: str = ""

    @property
    def key(self) -> str:
        """Return the key of what the row says, in whatever file it comes."""
        return f"{PREFIX}{self.names.key[:48]}"


def problem_at(row: int, column: HeadColumn | None, code: str, sentence: Sentence) -> CellProblem:
    """Say what is wrong with a cell."""
    letters, name = (column.letters, column.column.field) if column else ("", "")
    return CellProblem(row, letters, name, code, told(sentence, "zh"), told(sentence, "en"))


def read_row(head: Sequence[HeadColumn], row: SheetRow) -> ImportRow:
    """Read a row's cells by the head."""
    values: dict[str, Any] = {}
    found = ImportRow(row.number, values)
    for each in head:
        cell = row.cells[each.place] if each.place < len(row.cells) else None
        try:
            if each.column.type == "money" and cell is not None and not each.fen:
                raise UnitCell("the head of the column says no unit: write 元 or 万元 there")
            value = value_of(each.column, cell, each.fen)
            if each.column.field == "id_number" and value:
                value = id_number("", value, today())
        except WrongCell as wrong:
            found.problems.append(problem_at(row.number, each, wrong.CODE, wrong.sentence))
            continue
        except IdNumberInvalid as wrong:
            found.problems.append(problem_at(row.number, each, wrong.CODE, wrong.sentence))
            continue
        if value is None and each.column.required:
            missing = Sentence("this cell is empty: the template says that it is filled in")
            found.problems.append(problem_at(row.number, each, Malformed.CODE, missing))
        values[each.column.field] = value
    return found


def said_by(kind: ImportKind, row: ImportRow) -> bytes:
    """Return what a row says, in whatever form and order its cells stood."""
    said = {name: value for name, value in row.values.items() if value is not None}
    return msgspec.json.encode([kind.name, said], order="sorted")


def request_of_row(kind: ImportKind, row: ImportRow, sender: Sender) -> CommandRequest:
    """Return what a row asks for, under its key; `Unreadable` or `Refused` say why it cannot."""
    commands = [read_command(raw) for raw in kind.raws(row.values, row.names)]
    return CommandRequest(commands, row.key, sender, listed=len(commands) > 1)


def problems_of(head: Sequence[HeadColumn], row: ImportRow, error: Said) -> Iterator[CellProblem]:
    """Tell a row's refusal at the cells that it is about."""
    by_pointer = {each.column.pointer: each for each in head}
    if isinstance(error, Unreadable):
        for part in error.wrong_parts:
            yield problem_at(row.number, by_pointer.get(part.pointer), error.CODE, part.sentence)
        return
    pointer = error.pointer if isinstance(error, Malformed) else ABOUT.get(error.CODE, "")
    place = by_pointer.get(pointer)
    letters, name = (place.letters, place.column.field) if place else ("", "")
    yield CellProblem(
        row.number, letters, name, error.CODE, detail_of(error, "zh"), detail_of(error, "en")
    )


# Refusals that are about one field, whatever the command.
ABOUT = {
    AlreadyTold.CODE: ID_NUMBER.pointer,
    IdNumberInvalid.CODE: ID_NUMBER.pointer,
    AreaUnknown.CODE: "/what/area",
}
ROW_ERRORS = (Refused, Unreadable)
