"""Spreadsheets that somebody made by hand, to harm or by mistake."""

import io
import zipfile
from collections.abc import Mapping

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
TOP = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
LINKS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def text(place: str, value: str) -> str:
    """Write a cell of text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def sheet_of(*rows: str, after: str = "", before: str = "") -> str:
    """Write a sheet's XML from its rows' cells."""
    body = "".join(f'<row r="{n}">{cells}</row>' for n, cells in enumerate(rows, 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{SPREADSHEET}">'
        f"<sheetData>{body}</sheetData>{after}</worksheet>"
    )


def workbook(sheet: str, parts: Mapping[str, str | bytes] | None = None, state: str = "") -> bytes:
    """Pack a workbook of one sheet, with further parts."""
    hidden = f' state="{state}"' if state else ""
    book = (
        f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATION}"><sheets>'
        f'<sheet name="数据" sheetId="1" r:id="r1"{hidden}/></sheets></workbook>'
    )
    all_parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": TOP,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (all_parts | dict(parts or {})).items():
            archive.writestr(name, content)
    return file.getvalue()
