"""The bank's return file as CSV (回盘文件): its lines, or what is wrong with them, line by line.

Columns payment, reason, amount (元, where a part came back), day, reference, in English or in
Chinese, as UTF-8 or GB 18030; those of a payment file besides are passed over.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from api.commands.parsing import unreadable
from api.http.problems import Unreadable
from api.http.wrong_parts import WrongPart
from domain.kernel.days import calendar_day
from domain.kernel.ids import SHOWN
from domain.kernel.money import MOST
from domain.kernel.sentences import FEN_A_YUAN, InvalidValue, Sentence

NAMES = {
    "payment": ("payment", "付款编号", "发放编号"),
    "reason": ("reason", "退回原因", "退票原因"),
    "amount": ("amount", "退回金额", "金额"),
    "day": ("day", "退回日期", "日期"),
    "reference": ("reference", "银行流水号", "流水号"),
}
# What the bank may leave of the file that it was given: it is not read.
PASSED_OVER = {"name", "account", "户名", "姓名", "账号"}
# So many rows are told of one by one.
MOST_TOLD = 100
WANTED = ("payment", "reason", "day", "reference")
FIELDS = {word: field for field, words in NAMES.items() for word in words}
YUAN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,14}(?:\.[0-9]{1,2})?")
PRINTED = re.compile(SHOWN)
MOST_ROWS = 10_000
LONGEST_TEXT = 500


class ReturnedRow(NamedTuple):
    """A line of a return file: `row` is its number in the file, `amount` fen or None for all."""

    row: int
    payment: str
    reason: str
    amount: int | None
    day: date
    reference: str


class RowProblem(NamedTuple):
    """What is wrong with a line: the refusal's code, and a sentence; `field` may be empty."""

    row: int
    field: str
    code: str
    sentence: Sentence


Read: TypeAlias = "tuple[list[ReturnedRow], list[RowProblem]]"


def text_of(content: bytes) -> str:
    """Read a file's text: UTF-8, else GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable("/file", "the file is neither UTF-8 nor GB 18030: save it as CSV UTF-8")


def csv_lines(content: bytes) -> list[list[str]]:
    """Read the lines of a CSV file, its head first; `Unreadable` where it is none, or cut off."""
    text = text_of(content)
    if not text.strip():
        raise unreadable("/file", "the file is empty: a bank without returns sends the head alone")
    if not text.endswith(("\n", "\r")):
        raise unreadable("/file", "the last line has no end: the file was cut off, fetch it again")
    try:
        lines = [*csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as error:
        raise unreadable("/file", "the file is no CSV: {reason}", reason=str(error)) from None
    if sum(any(cell.strip() for cell in cells) for cells in lines[1:]) > MOST_ROWS:
        raise unreadable(
            "/file", "a file has at most {most} lines: send it in parts", most=str(MOST_ROWS)
        )
    return lines


def read_returns(content: bytes) -> Read:
    """Read a return file; `Unreadable` where it is none, or was cut off."""
    lines = csv_lines(content)
    fields = fields_of(lines[0])
    rows: list[ReturnedRow] = []
    problems: list[RowProblem] = []
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells):
            found = row_of(number, fields, cells)
            problems += found if isinstance(found, list) else []
            rows += [found] if isinstance(found, ReturnedRow) else []
    return rows, problems


def fields_of(head: list[str]) -> list[str]:
    """Read the head: which field each column holds, empty for one that is passed over."""
    fields = known_fields(head, FIELDS, PASSED_OVER, NAMES)
    missing = [name for name in WANTED if name not in fields]
    if missing or any(fields.count(name) > 1 for name in NAMES):
        raise unreadable(
            "/file", "the head names each of {names} once, and may name amount", names=WANTED
        )
    return fields


def known_fields(
    head: list[str], fields: Mapping[str, str], passed_over: Collection[str], names: Iterable[str]
) -> list[str]:
    """Return the field of each column of a file's head, empty for one that is passed over.

    Raise `Unreadable` where a column is none of them; `names` says which there are.
    """
    words = [word.strip() for word in head]
    unknown = [word for word in words if word not in fields and word not in passed_over]
    if unknown:
        raise unreadable(
            "/file",
            "the head has columns that are not known: {unknown}; there are {names}",
            unknown=unknown[:5],
            names=[*names],
        )
    return [fields.get(word, "") for word in words]


def require_rows(problems: Sequence[RowProblem]) -> None:
    """Refuse a file of which something is wrong, each row by its number and field."""
    if problems:
        raise Unreadable(
            *(
                WrongPart(f"/{problem.row}/{problem.field}".rstrip("/"), problem.sentence)
                for problem in problems[:MOST_TOLD]
            )
        )


def row_of(number: int, fields: list[str], cells: list[str]) -> ReturnedRow | list[RowProblem]:
    """Read one line, or say what is wrong with each of its cells."""
    if len(cells) != len(fields):
        told = Sentence(
            "the line has {found} cells, the head {wanted}",
            found=str(len(cells)),
            wanted=str(len(fields)),
        )
        return [RowProblem(number, "", "malformed", told)]
    said = {field: cell.strip() for field, cell in zip(fields, cells, strict=True) if field}
    return checked(number, said)


def checked(number: int, said: dict[str, str]) -> ReturnedRow | list[RowProblem]:
    """Check the cells of one line by their fields."""
    problems: list[RowProblem] = []

    def wrong(field: str, sentence: Sentence) -> None:
        problems.append(RowProblem(number, field, "malformed", sentence))

    for field in ("payment", "reason", "reference"):
        if len(said[field]) > LONGEST_TEXT or not PRINTED.fullmatch(said[field]):
            wrong(field, Sentence("say it in 1 to 500 printed characters"))
    amount, day = None, date.min
    try:
        amount = yuan(said.get("amount", ""))
    except InvalidValue as error:
        wrong("amount", error.sentence)
    try:
        day = calendar_day(said["day"])
    except InvalidValue as error:
        wrong("day", error.sentence)
    return problems or ReturnedRow(
        number, said["payment"], said["reason"], amount, day, said["reference"]
    )


def yuan(text: str) -> int | None:
    """Read an amount in 元 with at most two decimals as fen; None where there is none."""
    if not text:
        return None
    if not YUAN.fullmatch(text):
        raise InvalidValue("an amount is 元 with at most two decimals, such as 1,234.50")
    number, _, cents = text.replace(",", "").partition(".")
    fen = int(number) * FEN_A_YUAN + int(cents.ljust(2, "0") or 0)
    if not 0 < fen <= MOST:
        raise InvalidValue("an amount is more than nothing, and no more than the books can hold")
    return fen
