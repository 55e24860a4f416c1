"""The bank's statement as CSV (对账单文件): its lines, or what is wrong with them, line by line.

Columns day, in, out (元), counterparty, reference and balance, in English or in Chinese; of each
line either in or out is said. Where the balance is said it must follow from the line before.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeAlias

from api.bank.return_file import LONGEST_TEXT, PRINTED, RowProblem, csv_lines, known_fields, yuan
from api.commands.parsing import unreadable
from domain.kernel.days import calendar_day
from domain.kernel.sentences import InvalidValue, Sentence

NAMES = {
    "day": ("day", "日期", "交易日期", "记账日期"),
    "in": ("in", "收入", "收入金额", "贷方发生额"),
    "out": ("out", "支出", "支出金额", "借方发生额"),
    "counterparty": ("counterparty", "对方户名"),
    "reference": ("reference", "银行流水号", "流水号", "交易流水号", "附言"),
    "balance": ("balance", "余额", "账户余额"),
}
PASSED_OVER = {"account", "对方账号", "对方开户行", "摘要", "币种", "凭证号", "序号"}
WANTED = ("day", "in", "out")
FIELDS = {word: field for field, words in NAMES.items() for word in words}


class StatedRow(NamedTuple):
    """A line of a statement: `row` is its number in the file, `amount` fen, negative if out."""

    row: int
    day: date
    amount: int
    counterparty: str
    reference: str


Stated: TypeAlias = "tuple[list[StatedRow], list[RowProblem]]"


def read_statement(content: bytes, opening: int) -> Stated:
    """Read a statement's file, which opens with so many fen."""
    lines = csv_lines(content)
    fields = stated_fields(lines[0])
    rows: list[StatedRow] = []
    problems: list[RowProblem] = []
    balance = opening
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row, stated = line_of(number, fields, cells)
        except InvalidCellError as error:
            problems.append(RowProblem(number, error.field, "malformed", error.sentence))
            continue
        rows.append(row)
        balance += row.amount
        if stated not in (None, balance):
            told = Sentence("the balance of this line does not follow from the line before")
            problems.append(RowProblem(number, "balance", "statement-unbalanced", told))
            balance = stated or 0
    return rows, problems


def stated_fields(head: list[str]) -> list[str]:
    """Read the head: which field each column holds, empty for one that is passed over."""
    fields = known_fields(head, FIELDS, PASSED_OVER, NAMES)
    missing = any(name not in fields for name in WANTED)
    if missing or any(fields.count(name) > 1 for name in NAMES):
        raise unreadable(
            "/file", "the head of a statement names each of {names} once", names=WANTED
        )
    return fields


class InvalidCellError(Exception):
    """A cell that cannot be read: of which field, and what is wanted."""

    def __init__(self, field: str, sentence: Sentence) -> None:
        """Keep the field and the sentence."""
        super().__init__(field)
        self.field = field
        self.sentence = sentence


def line_of(number: int, fields: list[str], cells: list[str]) -> tuple[StatedRow, int | None]:
    """Read one line, and the balance after it if it says one."""
    if len(cells) != len(fields):
        found, wanted = str(len(cells)), str(len(fields))
        told = Sentence("the line has {found} cells, the head {wanted}", found=found, wanted=wanted)
        raise InvalidCellError("", told)
    said = {field: cell.strip() for field, cell in zip(fields, cells, strict=True) if field}
    for field in ("counterparty", "reference"):
        text = said.get(field, "")
        if text and (len(text) > LONGEST_TEXT or not PRINTED.fullmatch(text)):
            raise InvalidCellError(field, Sentence("say it in 1 to 500 printed characters"))
    gained, lost = amount_of("in", said), amount_of("out", said)
    if bool(gained) == bool(lost):
        told = Sentence("a line says what came in or what went out, one of them")
        raise InvalidCellError("in", told)
    try:
        day = calendar_day(said["day"])
    except InvalidValue as error:
        raise InvalidCellError("day", error.sentence) from None
    row = StatedRow(
        number, day, gained - lost, said.get("counterparty", ""), said.get("reference", "")
    )
    return row, balance_of(said)


def amount_of(field: str, said: dict[str, str]) -> int:
    """Read an amount as fen; nothing where there is none, or 0.00 stands."""
    text = said[field]
    try:
        return 0 if is_nothing(text) else yuan(text) or 0
    except InvalidValue as error:
        raise InvalidCellError(field, error.sentence) from None


def balance_of(said: dict[str, str]) -> int | None:
    """Read the balance after a line, if it is said."""
    return amount_of("balance", said) if said.get("balance") else None


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is no money."""
    return text in {"", "0", "0.0", "0.00", "-", "--"}


def sum_in_yuan(text: str) -> int:
    """Read what a statement opens or closes with, in 元; `InvalidValue` where it is no sum."""
    return 0 if text and is_nothing(text) else yuan(text or "?") or 0
