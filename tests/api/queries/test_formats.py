"""One answer in every form: the same rows, the same order, the same totals."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from api.http.negotiation import MEDIA, accepted
from api.pages.page_words import word
from api.queries.formats import Column, Total, as_csv, cells, columns, guarded
from api.queries.sheet_words import CELL_UNITS, SheetWords
from api.queries.spreadsheet import as_xlsx
from tests.api.small_year import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client, Response

    from api.queries.formats import Row

OFFICE = (
    "funds", "schemes", "entitlements", "pay-runs", "payments", "relief-cases", "recoveries",
    "donations", "projects", "grants", "areas", "roles", "journal", "balances",
    "balances?group_by=stage", "balances?group_by=month", "pay-runs/aid:2007-03/lines",
    "payments?state=made", "figures?period=2007", "figures/hospice.persons/events?period=2007",
    "donations?fund=fund:gifts&state=received",
)  # fmt: skip
OPEN = ("funds", "pay-runs", "donations", "grants", "schemes", "areas", "balances", "projects")


CHINESE = re.compile("[\u4e00-\u9fff]")
WORDS = SheetWords(word, "zh")


def suffixed(path: str, form: str) -> str:
    """Write an address with the suffix of a form."""
    path, _, query = path.partition("?")
    return f"{path}.{form}" + (f"?{query}" if query else "")


def fields_of(answer: Response) -> list[dict[str, str]]:
    """Read a CSV answer as a spreadsheet would."""
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def flat(row: dict[str, Any], header: list[str]) -> dict[str, str]:
    """Write a JSON row as the contract says that CSV has it."""
    said: dict[str, str] = {}
    for name in header:
        value = row.get(name)
        measure = row.get(name.removesuffix("_unit"))
        if isinstance(value, dict) and f"{name}_unit" in header:
            said[name] = text(value["value"])
        elif name.endswith("_unit") and name not in row:
            said[name] = text(measure["unit"]) if isinstance(measure, dict) else ""
        else:
            said[name] = text(value)
    return said


def text(value: Any) -> str:
    """Write a value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"'{value}" if str(value) == HOSTILE else str(value)


@pytest.mark.parametrize("path", [f"/v1/{p}" for p in OFFICE] + [f"/open/v1/{p}" for p in OPEN])
def test_json_csv_xlsx_and_json_lines_hold_the_same_rows_and_totals(
    path: str, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("auditor") if path.startswith("/v1") else {}
    whole = web.get(f"{path}{'&' if '?' in path else '?'}limit=1000", headers=headers).json()
    rows, totals = whole["rows"], whole["totals"]
    assert rows

    sheet = web.get(suffixed(path, "csv"), headers=headers)
    assert json.loads(sheet.headers["mingzhang-totals"]) == totals
    table = fields_of(sheet)
    header = list(table[0])
    assert table == [flat(row, header) for row in rows]
    assert set().union(*rows) <= set(header), "every field has a column"

    lines = web.get(suffixed(path, "jsonl"), headers=headers)
    assert [json.loads(line) for line in lines.content.splitlines()] == rows

    book = load_workbook(io.BytesIO(web.get(suffixed(path, "xlsx"), headers=headers).content))
    assert book.sheetnames == ["rows", "totals", "fields"]
    names, *body = book["rows"].iter_rows(values_only=True)
    assert all(CHINESE.search(str(name)) for name in names), names
    assert [row[1] for row in list(book["fields"].values)[1:]] == header
    assert book["rows"].freeze_panes == "A2"
    sums = {(total["unit"], total.get("basis", "")) for total in totals}
    below = body[len(rows) :]
    assert len(below) == len(sums)
    assert [in_fields(header, row) for row in body[: len(rows)]] == [
        {name: cell for name, cell in row.items() if cell != ""} for row in table
    ]
    _, *said = book["totals"].iter_rows(values_only=True)
    assert [(row[0], in_fen(row[1], row[2])) for row in said] == [
        (total["field"], total["value"]) for total in totals
    ]
    for row in below:
        assert str(row[0]).startswith("合计")
        found = {
            name: in_fen(cell, row[nth + 1])
            for nth, (name, cell) in enumerate(zip(header, row, strict=True))
            if nth and isinstance(cell, int | float)
        }
        assert found.items() <= {(total["field"], total["value"]) for total in totals}


def in_fen(cell: Any, unit: Any) -> int:
    """Return what a cell holds in the unit of the other forms."""
    return round(cell * 100) if str(unit).startswith("元") else int(cell)


def in_fields(header: list[str], row: tuple[Any, ...]) -> dict[str, str]:
    """Return the cells of a row of a workbook as CSV has them, without those that are empty."""
    said = dict(zip(header, row, strict=True))
    found = {}
    for name, cell in said.items():
        unit = said.get(f"{name}_unit", said.get("unit") if name == "value" else None)
        value = cell
        if isinstance(cell, datetime):
            value = cell.date()
        elif str(unit).startswith("元") and isinstance(cell, int | float):
            value = round(cell * 100)
        elif str(cell).startswith("元") and name.endswith("unit"):
            value = f"fen{str(cell).removeprefix('元').replace('人月', 'person-month')}"
        if value not in {None, ""}:
            found[name] = text(value)
    return found


def test_the_form_is_chosen_by_suffix_or_by_accept(web: Client) -> None:
    for accept, media in (
        ("text/csv", "text/csv"),
        ("application/jsonl", "application/jsonl"),
        ("application/json;q=0.5, text/csv;q=0.4", "application/json"),
        ("*/*", "application/json"),
        ("image/png", "application/json"),
        ("text/*", "text/csv"),
        ("text/*, application/json;q=0.9", "text/csv"),
        ("application/*", "application/json"),
    ):
        answer = web.get("/open/v1/funds", headers={"Accept": accept})
        assert answer.headers["content-type"].startswith(media), accept
    answer = web.get("/open/v1/funds.csv", headers={"Accept": "application/json"})
    assert answer.headers["content-type"].startswith("text/csv")


def test_a_range_of_texts_takes_in_a_page_before_a_table(web: Client) -> None:
    for address in ("/funds", "/open/v1/nowhere", "/nowhere"):
        answer = web.get(address, headers={"Accept": "text/*"})
        wanted = "application/problem+json" if address.startswith("/open") else "text/html"
        assert answer.headers["content-type"].startswith(wanted), address
    assert accepted("text/*", tuple(MEDIA), "json") == "html"
    assert accepted("text/*;q=0.5, application/*", tuple(MEDIA), "json") == "json"


def test_a_number_below_zero_is_written_as_it_is() -> None:
    for cell in ("-100.0", "-3", "-1.5%", "-25元"):
        assert guarded(cell) == cell
    for cell in ("-1+2", "-A1", "=1", "+1", "-1元+cmd", "@x", "-1.0\n=2"):
        assert guarded(cell) == f"'{cell}"


def test_a_text_that_looks_like_a_formula_is_never_one(web: Client) -> None:
    table = fields_of(web.get("/open/v1/projects.csv"))
    assert [row["title"] for row in table] == [f"'{HOSTILE}"]
    book = load_workbook(io.BytesIO(web.get("/open/v1/projects.xlsx").content))
    title = next(cell for row in book["rows"].iter_rows() for cell in row if cell.value == HOSTILE)
    assert title.data_type == "s"


def test_json_has_pages_and_the_other_forms_have_all_rows(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    headers = as_("auditor")
    page = web.get("/v1/payments?limit=2", headers=headers).json()
    assert len(page["rows"]) == 2
    assert page["next"]
    assert len(fields_of(web.get("/v1/payments.csv?limit=2", headers=headers))) == 6


def test_a_quantity_takes_two_columns_and_a_ratio_a_third() -> None:
    table = (*columns("id amount", quantities="amount"), Column("share", quantity=True, ratio=True))
    ratio = {"value": "27.2", "unit": "percent", "rounding": "half-up:1"}
    row = {"id": "x", "amount": {"value": 5, "unit": "fen"}, "share": ratio}
    assert list(cells(table, row)) == ["x", 5, "fen", "27.2", "percent", '{"rounding":"half-up:1"}']
    first = b"".join(as_csv(table, [row])).decode("utf-8-sig").splitlines()[0]
    assert first == "id,amount,amount_unit,share,share_unit,share_ratio"


def test_more_rows_than_a_sheet_holds_go_on_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.queries.spreadsheet.SHEET_ROWS", 3)
    rows = [{"n": n} for n in range(5)]
    at = datetime(2007, 1, 1, tzinfo=UTC)
    written = b"".join(as_xlsx(columns("n"), rows, totals=[], at=at, words=WORDS))
    book = load_workbook(io.BytesIO(written))
    found = [
        row[0]
        for name in book.sheetnames
        if name.startswith("rows")
        for row in list(book[name].iter_rows(values_only=True))[1:]
    ]
    assert found == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "whole_in_cell"),
    [
        ("字" * CELL_UNITS, True),
        ("字" * (CELL_UNITS + 1), False),
        ("𠀀" * (CELL_UNITS // 2 + 1), False),
        ("a" * 3 * CELL_UNITS, False),
    ],
)
def test_a_text_too_long_for_a_cell_stands_whole_on_a_sheet(
    text: str, *, whole_in_cell: bool
) -> None:
    rows = [{"id": "x", "text": text}]
    at = datetime(2007, 1, 1, tzinfo=UTC)
    written = b"".join(as_xlsx(columns("id text"), rows, totals=(), at=at, words=WORDS))
    book = load_workbook(io.BytesIO(written))
    cell = str(book["rows"]["B2"].value)
    assert (cell == text) == whole_in_cell
    assert ("long cells" in book.sheetnames) != whole_in_cell
    if not whole_in_cell:
        pieces = list(book["long cells"].values)
        assert pieces[0] == ("单元格", "文本")
        assert {place for place, _ in pieces[1:]} == {"rows!B2"}
        assert "".join(str(piece) for _, piece in pieces[1:]) == text
        assert cell.startswith(text[:100])
        assert cell.endswith(f"(whole on the sheet 'long cells', rows 2 to {len(pieces)})")


def test_a_sheet_has_money_in_yuan_days_as_days_and_sums_below() -> None:
    rows: list[Row] = [
        {"id": "x", "booked": "2007-03-01", "amount": {"value": 123456, "unit": "fen"}},
        {"id": "y", "booked": "2007-02-30", "amount": {"value": -5, "unit": "fen"}},
        {"id": "z", "booked": None, "amount": {"value": 10**17 + 1, "unit": "fen"}},
    ]
    at = datetime(2007, 1, 1, tzinfo=UTC)
    table = columns("id booked amount", quantities="amount")
    totals = [Total("amount", 123451, "fen", "cash"), Total("amount", 7, "fen", "allotment")]
    written = b"".join(as_xlsx(table, rows, totals=totals, at=at, words=WORDS))
    sheet = load_workbook(io.BytesIO(written))["rows"]
    assert [cell.value for cell in sheet[1]] == ["编号", "入账日", "金额", "金额 · 单位"]
    assert [cell.value for cell in sheet[2]] == ["x", datetime(2007, 3, 1), 1234.56, "元"]  # noqa: DTZ001 - a cell has no zone
    assert [cell.value for cell in sheet[3]] == ["y", "2007-02-30", -0.05, "元"]
    assert [cell.value for cell in sheet[4]] == ["z", None, "1000000000000000.01", "元"]
    assert (sheet["C2"].number_format, sheet["B2"].number_format) == ("#,##0.00", "yyyy-mm-dd")
    assert [cell.value for cell in sheet[5]] == ["合计 cash", None, 1234.51, "元"]
    assert [cell.value for cell in sheet[6]] == ["合计 allotment", None, 0.07, "元"]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["C"].width > 15
    english = SheetWords(word, "en")
    written = b"".join(as_xlsx(table, rows, totals=totals, at=at, words=english))
    sheet = load_workbook(io.BytesIO(written))["rows"]
    assert [sheet["C1"].value, sheet["D2"].value] == ["Amount", "yuan"]
