"""What the attack looks at besides sums: it finds persons' money in a line, and a changed cell."""

from __future__ import annotations

import io
from typing import Any

import httpx
import pytest
from openpyxl import Workbook

from api.queries.formats import as_csv, columns
from scripts.public_attack.asking import Attacker, Line
from scripts.public_attack.surfaces import of_line, says_the_same

AID = "spent:x:general:aid"
COLUMNS = columns("id amount persons note", quantities="amount persons")
ROWS = [
    {"id": "a", "amount": {"value": 4711, "unit": "fen"}, "persons": None, "note": "2007"},
    {"id": "b", "amount": {"value": -5, "unit": "fen"}, "persons": None, "note": "x7"},
]


@pytest.mark.parametrize(
    ("account", "is_found"),
    [
        (AID, True),
        ("spent:x:general:grants", False),
        ("returned:x:general:pay-run:aid:2007-03", True),
        ("committed:x:general:pay-run:aid:2007-03", True),
        ("committed:x:general:grant:g-1", False),
        ("available:x:general", False),
    ],
)
def test_a_public_line_that_posts_persons_money_is_found(account: str, *, is_found: bool) -> None:
    paid = Line(7, AID, "", "2007-03-09", 100, "person:p")
    with httpx.Client() as web:
        attacker = Attacker(web, {}, 7, _lines=[paid])
        line: dict[str, Any] = {"sequence": "7", "data": {"postings": [{"account": account}]}}
        assert bool([*of_line(attacker, line)]) is is_found


def test_tables_have_the_numbers_of_their_rows_and_a_changed_one_shows() -> None:
    page = {"rows": ROWS, "totals": []}
    table = b"".join(as_csv(COLUMNS, ROWS))
    assert says_the_same("csv", table, page)
    assert not says_the_same("csv", table.replace(b"4711", b"4712"), page)
    assert not says_the_same("csv", table + b"c,3,fen,,,\n", page)
    book = Workbook()
    sheet = book.create_sheet("rows")
    for row in (["id", "amount"], ["a", 47.11], ["b", -0.05]):
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    assert says_the_same("xlsx", kept.getvalue(), page)
    assert not says_the_same("xlsx", kept.getvalue(), {"rows": ROWS[:1]})
