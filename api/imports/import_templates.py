"""The template of a kind: a sheet to fill in, with its checks, and a sheet that explains it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter

from api.imports.import_columns import ColumnType, ImportColumn

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from api.imports.import_kinds import ImportKind

DATA, EXPLAINED = "数据", "说明"
ROWS_CHECKED = 100_000
WIDTHS: dict[ColumnType, int] = {"sealed": 24, "text": 22, "money": 16, "ids": 40}
WIDTH = 14
TYPES: dict[ColumnType, tuple[str, str]] = {
    "text": ("文本", "text"),
    "sealed": ("文本（单元格格式须为文本；存入保管库）", "text, kept in the vault"),
    "day": ("日期，如 2026-01-31", "a day, as 2026-01-31"),
    "money": ("金额，数字；单位以表头的元或万元为准", "a number; the head says 元 or 万元"),
    "count": ("整数", "a whole number"),
    "yes-no": ("是 或 否", "是 or 否"),
    "choice": ("从列表中选择", "one of the list"),
    "ids": ("编号，用顿号隔开", "ids, with 、 between them"),
}
RULES = (
    (
        "每行一条；第一行是表头，可调整列的顺序，不可改名。",
        "One row each; the first row is the head.",
    ),
    (
        "公式、合并单元格、隐藏的工作表和宏不予读取。",
        "No formulas, merged cells, hidden sheets, macros.",
    ),
    (
        "同一行重复发送只办理一次；被拒绝的行改正后可随原文件再次发送。",
        "A row sent again has one effect; correct what was refused and send the file again.",
    ),
)


def template_of(kind: ImportKind) -> bytes:
    """Write the template."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True})
    wanted = book.add_format({"bold": True, "bg_color": "#F6E3C5", "text_wrap": True})
    sheet = book.add_worksheet(DATA)
    sheet.freeze_panes(1, 0)
    formats = {
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "count": book.add_format({"num_format": "0"}),
    }
    text = book.add_format({"num_format": "@"})
    for place, column in enumerate(kind.columns):
        sheet.set_column(
            place, place, WIDTHS.get(column.type, WIDTH), formats.get(column.type, text)
        )
        sheet.write_string(0, place, column.title("zh"), wanted if column.required else bold)
        check(sheet, place, column)
    explain(book.add_worksheet(EXPLAINED), kind, bold)
    book.close()
    return file.getvalue()


def check(sheet: Worksheet, place: int, column: ImportColumn) -> None:
    """Let the spreadsheet offer what a column takes, and say what it is."""
    rule: dict[str, Any] = {"validate": "any"}
    if column.type == "choice":
        rule = {"validate": "list", "source": list(column.choices)}
    elif column.type == "yes-no":
        rule = {"validate": "list", "source": ["是", "否"]}
    zh, en = TYPES[column.type]
    rule |= {"input_title": column.field, "input_message": f"{zh}\n{en}"}
    sheet.data_validation(1, place, ROWS_CHECKED, place, rule)


def explain(sheet: Worksheet, kind: ImportKind, bold: Any) -> None:
    """Say what each column takes, with an example row."""
    sheet.set_column(0, 5, 26)
    sheet.write_string(0, 0, f"{kind.title} ({kind.name})", bold)
    for number, (zh, en) in enumerate(RULES, start=1):
        sheet.write_string(number, 0, f"{zh} {en}")
    first = len(RULES) + 2
    for place, word in enumerate(("列", "column", "必填 required", "类型", "type", "示例 example")):
        sheet.write_string(first, place, word, bold)
    for number, column in enumerate(kind.columns, start=first + 1):
        zh, en = TYPES[column.type]
        needed = "是 yes" if column.required else ""
        choices = "、".join(column.choices)
        shown = f"{column.example}" if not choices else f"{column.example}（{choices}）"
        words = (column.title("zh"), column.field, needed, zh, en, shown)
        for place, word in enumerate(words):
            sheet.write_string(number, place, word)
