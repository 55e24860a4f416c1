"""A template's columns, read off the schema of the command that a row becomes."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

from api.commands.schemas import SCHEMAS

ColumnType: TypeAlias = Literal[
    "text", "sealed", "day", "money", "count", "yes-no", "choice", "ids"
]

# The titles of fields in 中文; a template shows them, and both are read.
TITLES = {
    "account": "银行账号",
    "activity": "业务类别",
    "amount": "金额",
    "area": "地区",
    "authority": "依据",
    "body": "机构",
    "bring_in": "原已享受",
    "campaign": "募捐活动",
    "credit_code": "统一社会信用代码",
    "donor": "捐赠人",
    "earmark": "用途",
    "figure": "指标",
    "from": "起始日期",
    "fund": "资金",
    "household": "家庭",
    "id_number": "公民身份号码",
    "income": "月收入",
    "keeper": "填报机构",
    "key": "编号",
    "kind": "类别",
    "members": "成员",
    "name": "姓名",
    "name_shown": "公开姓名",
    "office": "登记机关",
    "on": "日期",
    "payee": "收款机构",
    "period": "期间",
    "programme": "项目类别",
    "project": "项目",
    "published_on": "公布日期",
    "purpose": "慈善用途",
    "qualifier": "口径",
    "reason": "原因",
    "bank_ref": "银行流水号",
    "scheme": "保障项目",
    "scope": "范围",
    "service": "服务",
    "source": "来源",
    "tier": "档次",
    "title": "名称",
    "units": "床位数",
    "until": "截止日期",
    "value": "数值",
}
# An id of one kind: its prefix may be left out.
PREFIXED = re.compile(r"^\^\(\?:([a-z][a-z-]*):")
EXAMPLES: dict[ColumnType, str] = {
    "text": "",
    "sealed": "",
    "day": "2026-01-31",
    "money": "1000.00",
    "count": "1",
    "yes-no": "是",
    "choice": "",
    "ids": "",
}


class ImportColumn(NamedTuple):
    """A column of a template: `pointer` is where its value stands in the command."""

    field: str
    type: ColumnType
    pointer: str
    required: bool = False
    choices: tuple[str, ...] = ()
    # What ids in it begin with, where it is one word: `area:`.
    prefix: str = ""
    example: str = ""

    def title(self, language: str) -> str:
        """Return its title in a language, with its unit where it has one."""
        if language != "zh":
            return f"{self.field} (CNY)" if self.type == "money" else self.field
        return f"{TITLES[self.field]}（元）" if self.type == "money" else TITLES[self.field]


@cache
def columns_of_command(command: str) -> dict[str, ImportColumn]:
    """Read the columns off a command's schema; what is nested in lists has none."""
    [schema] = SCHEMAS[command].values()
    said = schema.body.model_json_schema()
    wanted = set(said.get("required", ()))
    found: dict[str, ImportColumn] = {}
    for field, described in said["properties"].items():
        parts = [part for part in described.get("anyOf", [described]) if part.get("type") != "null"]
        column = column_of(field, parts[0], required=field in wanted)
        if column is not None:
            found[field] = column
    return found


def column_of(field: str, part: dict[str, Any], *, required: bool) -> ImportColumn | None:
    """Return the column of one field; None where no cell can say it."""
    pointer = f"/what/{field}"
    prefix = PREFIXED.match(part.get("pattern", ""))
    words = {"required": required, "prefix": f"{prefix[1]}:" if prefix else ""}
    unit = part.get("properties", {}).get("unit", {}).get("const")
    if unit == "fen":
        return ImportColumn(field, "money", pointer, required, example="1000.00")
    if "enum" in part:
        choices = tuple(part["enum"])
        return ImportColumn(field, "choice", pointer, required, choices, example=choices[0])
    kinds: dict[str, ColumnType] = {"boolean": "yes-no", "integer": "count", "string": "text"}
    kind = kinds.get(str(part.get("type")))
    if part.get("format") == "date":
        kind = "day"
    if kind is None:
        return None
    return ImportColumn(field, kind, pointer, **words, example=EXAMPLES[kind])  # type: ignore[arg-type]
