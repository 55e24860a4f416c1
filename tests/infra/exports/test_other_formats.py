"""Auditors' programs, grant researchers, finance officers and the public take the books too."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import openpyxl
import pytest

from infra.exports.book_workbook import BookWorkbook
from infra.ledger import open_ledger
from tests.api.conftest import served
from tests.infra.exports.conftest import Balances, in_the_books
from tests.infra.verify.good_story import GRANT

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.config.settings import Settings


def test_the_file_for_auditors_has_every_line_and_its_sums_are_the_books(
    settings: Settings, exported: Callable[..., Path]
) -> None:
    out = exported("gbt24589")
    ledger = ET.fromstring((out / "总账.xml").read_bytes())  # noqa: S314 - our own file
    lines, months = ledger.findall("记账凭证"), ledger.findall("科目余额及发生额")
    moved: Balances = defaultdict(int)
    for line in lines:
        moved[text_of(line, "科目编号"), unit_of(line)] += fen_of(line, "借方") - fen_of(
            line, "贷方"
        )
    assert moved == in_the_books(settings)
    last: Balances = {}
    for month in months:
        place = text_of(month, "科目编号"), unit_of(month)
        opening = signed(month, "期初")
        assert opening == last.get(place, 0)
        last[place] = signed(month, "期末")
        assert last[place] == opening + fen_of(month, "借方") - fen_of(month, "贷方")
    assert last == in_the_books(settings)
    names = {text_of(each, "科目编号") for each in ledger.findall("会计科目")}
    assert names == {account for account, _ in last}
    archive = ET.fromstring((out / "公共档案.xml").read_bytes())  # noqa: S314 - as above
    periods = {period_of(each) for each in archive.findall("会计期间")}
    assert periods == {period_of(each) for each in months}


def period_of(element: ET.Element) -> tuple[str, str]:
    return text_of(element, "会计年度"), text_of(element, "会计期间号")


def text_of(element: ET.Element, name: str) -> str:
    found = element.findtext(name)
    assert found is not None, name
    return found


def unit_of(element: ET.Element) -> str:
    return text_of(element, "计量单位") or "fen"


def fen_of(element: ET.Element, side: str) -> int:
    """Return a side's value: fen of 元 with two decimals, or a number of things."""
    (found,) = [
        each for each in element if each.tag.startswith(side) and each.tag != f"{side}余额方向"
    ]
    return int(Decimal(found.text or "0") * (100 if unit_of(element) == "fen" else 1))


def signed(element: ET.Element, end: str) -> int:
    return fen_of(element, end) * (-1 if text_of(element, f"{end}余额方向") == "贷" else 1)


# What version 1.4 of the standard wants of a package; its own schema is no package of ours.
GRANT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["grants"],
    "properties": {
        "grants": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": [
                    *("id", "title", "description", "currency", "amountAwarded", "awardDate"),
                    *("recipientOrganization", "fundingOrganization"),
                ],
                "properties": {
                    "id": {"type": "string", "pattern": "^360G-"},
                    "title": {"type": "string", "minLength": 1},
                    "description": {"type": "string", "minLength": 1},
                    "currency": {"const": "CNY"},
                    "amountAwarded": {"type": "number", "exclusiveMinimum": 0},
                    "amountAppliedFor": {"type": "number"},
                    "awardDate": {"type": "string", "pattern": "^[0-9]{4}-[01][0-9]-[0-3][0-9]$"},
                    "recipientOrganization": {"$ref": "#/definitions/organizations"},
                    "fundingOrganization": {"$ref": "#/definitions/organizations"},
                },
            },
        }
    },
    "definitions": {
        "organizations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
            },
        }
    },
}


def test_the_grants_are_those_that_were_awarded_and_say_what_the_standard_wants(
    exported: Callable[..., Path],
) -> None:
    said = json.loads((exported("360giving") / "grants.json").read_text(encoding="utf-8"))
    jsonschema.validate(said, GRANT_SCHEMA)
    (grant,) = said["grants"]
    assert grant["id"].endswith(GRANT)
    assert grant["amountAwarded"] == 1.0
    assert grant["recipientOrganization"][0]["id"].endswith("organisation:choir")
    assert len({each["id"] for each in said["grants"]}) == len(said["grants"])


def test_the_workbook_has_the_books_of_the_year_in_yuan(
    settings: Settings, exported: Callable[..., Path]
) -> None:
    book: Any = openpyxl.load_workbook(exported("xlsx-books") / "books.xlsx")
    balances = {
        (row[0], row[1]): row[5] for row in book["科目余额"].iter_rows(min_row=2, values_only=True)
    }
    wanted = {
        (account, "元" if unit == "fen" else unit): value / 100 if unit == "fen" else value
        for (account, unit), value in in_the_books(settings).items()
    }
    assert balances == pytest.approx(wanted)
    moved: defaultdict[str, float] = defaultdict(float)
    for name in book.sheetnames:
        if name.startswith("凭证"):
            for row in book[name].iter_rows(min_row=2, values_only=True):
                assert row[2].strftime("凭证 %m") == name
                moved[row[7]] += (row[5] or 0) - (row[6] or 0)
    assert moved["元"] == pytest.approx(0)
    assert book["资金收支"].max_row > 1
    assert book["科目余额"].freeze_panes == "A2"


def test_the_public_file_is_the_public_feed(
    settings: Settings, exported: Callable[..., Path]
) -> None:
    lines = (exported("public") / "events.jsonl").read_bytes().splitlines()
    with open_ledger(settings) as ledger, served(ledger) as client:
        feed = client.get("/open/v1/events.jsonl", params={"limit": 5000}).content.splitlines()
    assert lines == feed
    assert not [line for line in lines if b"person:" in line]


def test_a_sum_that_no_cell_keeps_stands_as_text_to_its_last_fen(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    writer = BookWorkbook(file, None)
    sheet = writer.sheet("大数", ("金额（元）",))
    for row, value in enumerate((10**16 + 1, -(10**18) - 7), 1):
        writer.cell(sheet, row, 0, value, "fen")
    writer.book.close()
    written: Any = openpyxl.load_workbook(file)["大数"]
    assert [written.cell(row, 1).value for row in (2, 3)] == [
        "100000000000000.01",
        "-10000000000000000.07",
    ]
