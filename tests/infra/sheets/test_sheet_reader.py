"""A file from outside is read or refused, within its limits, and never harms who reads it."""

import io
import time
from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.sheets.sheet_cells import OddCell, SheetRow
from infra.sheets.sheet_reader import read_sheet
from infra.sheets.unreadable_sheet import UnreadableSheet, column_letters, column_number
from tests.infra.sheets.hostile import sheet_of, text, workbook

PLAIN = sheet_of(text("A1", "姓名"), text("A2", "甲"))
FORMULA = '<c r="B2"><f>1+1</f><v>2</v></c>'
ERROR = '<c r="B2" t="e"><v>#REF!</v></c>'
MERGED = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
SECONDS = 20.0


def rows(content: bytes, form: str = "xlsx") -> list[SheetRow]:
    with read_sheet(content, form) as sheet:  # type: ignore[arg-type]
        return [*sheet.rows()]


def refusal(content: bytes, form: str = "xlsx") -> UnreadableSheet:
    began = time.monotonic()
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet(content, form)  # type: ignore[arg-type]
    assert time.monotonic() - began < SECONDS
    return refused.value


def test_a_workbook_of_a_spreadsheet_program_is_read() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("数据")
    sheet.write_row(0, 0, ["姓名", "日期", "金额"])
    sheet.write_row(2, 1, [1.5, True])
    sheet.write_datetime(3, 1, date(2007, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()

    assert rows(file.getvalue()) == [
        SheetRow(1, ["姓名", "日期", "金额"]),
        SheetRow(3, [None, 1.5, True]),
        SheetRow(4, [None, date(2007, 3, 1), None]),
    ]


def test_what_a_formula_had_come_to_is_not_taken() -> None:
    found = rows(workbook(sheet_of(text("A1", "金额"), text("A2", "x") + FORMULA)))

    assert found[1] == SheetRow(2, ["x", OddCell("formula")])


def test_an_error_and_merged_cells_are_told_by_cell() -> None:
    head = text("A1", "a") + text("B1", "b")
    sheet = sheet_of(head, text("A2", "x") + ERROR, text("B3", "y"), after=MERGED)

    assert [row.cells for row in rows(workbook(sheet))[1:]] == [
        [OddCell("merged"), OddCell("error")],
        [OddCell("merged"), "y"],
    ]


@pytest.mark.parametrize(
    "content",
    [
        workbook(sheet_of(text("A1", "a")).replace("</row>", "</row>" + " " * (150 * 2**20), 1)),
        workbook(PLAIN, {"xl/media/image1.xml": b"0" * (200 * 2**20)}),
        workbook(sheet_of(text("A1", "a") + text("XFD1048576", "b"))),
        workbook(sheet_of(*[text(f"A{n}", "a") for n in range(1, 3)]).replace("A2", "A1048576")),
        workbook(sheet_of(text("A1", "a") + text("DA1", "b"))),
        workbook(sheet_of(text("A1", "&e;"), before=XXE)),
        workbook(PLAIN, {"xl/sharedStrings.xml": XXE + "<sst/>"}),
        workbook(PLAIN, {"xl/vbaProject.bin": b"x"}),
        workbook(PLAIN, state="hidden"),
        workbook(PLAIN, state="veryHidden"),
        workbook(PLAIN.encode("utf-16")),  # type: ignore[arg-type]
        workbook(PLAIN)[:-40],
        workbook(PLAIN).replace(b"\x78", b"\x79"),
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
        b"",
        b"PK\x03\x04",
        "姓名,金额\n甲,1\n".encode(),
    ],
    ids=[
        "bomb in the sheet", "bomb beside it", "last cell", "last row", "column DA", "entity",
        "entity elsewhere", "macros", "hidden", "very hidden", "utf-16", "cut off", "damaged",
        "old office", "empty", "only a mark", "csv as xlsx",
    ],
)  # fmt: skip
def test_a_hostile_or_broken_workbook_is_refused_in_time(content: bytes) -> None:
    assert str(refusal(content))


def test_a_million_columns_are_refused() -> None:
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(10**6))

    assert str(refusal(workbook(sheet_of(cells))))


def test_csv_is_read_in_the_encodings_of_the_country() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert rows('姓名,备注\r\n"甲,乙",=1+1\r\n'.encode(encoding), "csv") == [
            SheetRow(1, ["姓名", "备注"]),
            SheetRow(2, ["甲,乙", OddCell("formula")]),
        ]


@pytest.mark.parametrize(
    "content",
    [b'a,"b\n', b"a\0b\n", "姓名\n".encode("utf-16"), b"\xff\xff\xff", b"a," * 101, b"PK\x03\x04x"],
)
def test_csv_that_is_none_is_refused(content: bytes) -> None:
    assert str(refusal(content, "csv"))


def require_rows_or_refusal(content: bytes) -> None:
    """Read a file; anything but rows or `UnreadableSheet` fails the test."""
    found: object
    try:
        found = rows(content)
    except UnreadableSheet as refused:
        found = str(refused)
    assert found is not None


WHOLE = workbook(sheet_of(text("A1", "姓名"), text("A2", "甲") + FORMULA, after=MERGED))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12
    ),
    st.integers(0, 60),
)
def test_whatever_bytes_a_file_has_it_is_read_or_refused(
    changes: list[tuple[int, int]], cut: int
) -> None:
    content = bytearray(WHOLE)
    for place, byte in changes:
        content[place] = byte
    require_rows_or_refusal(bytes(content[: len(content) - cut]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text("<>&\"'/=:?![]-crstfv0123456789ABXFD \n\t", max_size=80))
def test_whatever_xml_a_sheet_has_it_is_read_or_refused(inside: str) -> None:
    require_rows_or_refusal(workbook(sheet_of(text("A1", "姓名"), inside)))


@given(st.integers(0, 16_383))
def test_a_column_has_one_name(number: int) -> None:
    assert column_number(column_letters(number)) == number
