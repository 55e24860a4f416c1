"""The parts of a file as tables: what is said of each row, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from api.desk.layout import local_time
from api.desk.register_pages import Cell, cell
from api.desk.shown_value import page_of
from api.pages.page_words import phrase

if TYPE_CHECKING:
    from api.http.language import Language
    from api.queries.formats import Row

# What is shown of the rows of each part, in order.
PARTS: Mapping[str, str] = {
    "members": "id name id_number_ends account_ends state died merged",
    "warnings": "kind entitlement value line last_on days rule",
    "claims": "scheme id state holder tier area from until amount to_decide",
    "payments": "month scheme amount state on run bank holder after_stop",
    "relief": "id state programme amount paid area",
    "placements": "placement state facility area",
    "recoveries": "id state amount payments reason",
    "households": "household person since until",
    "looks": "at by purpose of parts",
}
EMPTY: tuple[object, ...] = (None, "", [], {}, False)


class FileSection(NamedTuple):
    """One part of a file: its heads, each with whether it is of numbers, and its cells."""

    name: str
    title: str
    heads: Sequence[tuple[str, bool]]
    rows: Sequence[Sequence[Cell]]


def titles(language: Language) -> Mapping[str, str]:
    """Return what the parts are called."""
    return {
        "members": phrase("成员", language),
        "warnings": phrase("预警", language),
        "claims": phrase("待遇", language),
        "payments": phrase("逐月发放", language),
        "relief": phrase("临时救助", language),
        "placements": phrase("安置与入住", language),
        "recoveries": phrase("追回", language),
        "households": phrase("所在家庭", language),
        "looks": phrase("查阅记录", language),
    }


def heads(language: Language) -> Mapping[str, str]:
    """Return what the columns are called."""
    return who(language) | what(language) | when(language)


def who(language: Language) -> dict[str, str]:
    """Return what columns are called that say who or which."""
    return {
        "id": phrase("编号", language),
        "name": phrase("姓名", language),
        "id_number_ends": phrase("身份号码尾号", language),
        "account_ends": phrase("账号尾号", language),
        "merged": phrase("并入的编号", language),
        "holder": phrase("享受人", language),
        "household": phrase("家庭", language),
        "person": phrase("人员", language),
        "entitlement": phrase("待遇", language),
        "scheme": phrase("项目", language),
        "run": phrase("发放批次", language),
        "by": phrase("查阅人", language),
        "of": phrase("所查", language),
        "facility": phrase("机构", language),
        "area": phrase("区划", language),
    }


def what(language: Language) -> dict[str, str]:
    """Return what columns are called that say what or how much."""
    return {
        "state": phrase("状态", language),
        "kind": phrase("种类", language),
        "tier": phrase("档次", language),
        "amount": phrase("金额", language),
        "paid": phrase("已付", language),
        "value": phrase("数值", language),
        "line": phrase("标准线", language),
        "rule": phrase("依据", language),
        "to_decide": phrase("待处理", language),
        "bank": phrase("代发文件行号", language),
        "after_stop": phrase("停发之后", language),
        "programme": phrase("业务", language),
        "placement": phrase("安置", language),
        "payments": phrase("所涉发放", language),
        "reason": phrase("原因", language),
        "purpose": phrase("用途", language),
        "parts": phrase("内容", language),
        "days": phrase("天数", language),
    }


def when(language: Language) -> dict[str, str]:
    """Return what columns are called that say when."""
    return {
        "month": phrase("月份", language),
        "on": phrase("发放日", language),
        "died": phrase("死亡日", language),
        "from": phrase("自", language),
        "until": phrase("至", language),
        "since": phrase("自", language),
        "last_on": phrase("上次", language),
        "at": phrase("时间", language),
    }


def sections(file: Row, language: Language) -> list[FileSection]:
    """Return the parts that have rows, each with the columns that say anything."""
    named, called = titles(language), heads(language)
    found = []
    for part, names in PARTS.items():
        rows: Sequence[Row] = file[part]
        shown = [name for name in names.split() if any(row.get(name) not in EMPTY for row in rows)]
        cells = [[written(name, row.get(name), language) for name in shown] for row in rows]
        numbers = {n for row in cells for n, each in enumerate(row) if each.is_number}
        columns = [(called[name], n in numbers) for n, name in enumerate(shown)]
        found.append(FileSection(part, named[part], columns, cells))
    return [each for each in found if each.rows]


def written(name: str, value: Any, language: Language) -> Cell:
    """Write a value of a file's row."""
    if value in EMPTY:
        return Cell("")
    if name == "bank":
        return Cell(str(value["line"]), is_number=True, link=page_of(value["file"]))
    if name == "at":
        return Cell(local_time(value))
    return cell(name, value, language)
