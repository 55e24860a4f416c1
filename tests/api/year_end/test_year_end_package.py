"""The package of a year's end: it balances, and tells what came after the closing."""

from __future__ import annotations

import io
import re
import zlib
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from api.queries.downloads import MOST_AT_ONCE, admit
from api.year_end.year_end_package import page_of
from infra.config.clock import today
from infra.ledger import open_ledger
from projections.casework.year_end import year_books
from scripts.scenarios.office import SECOND_TREASURER, TREASURER, Office, fen
from scripts.scenarios.stories import FUND
from tests.api import small_year
from tests.api.commands.served_office import bearer
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client
    from openpyxl import Workbook

    from infra.config.settings import Settings

YEAR_END, CLOSING_DAY = "2007-12-31", "2008-01-31"
PACKAGE = "/v1/periods/2007/package"


@pytest.fixture(scope="module")
def office(new_settings: Callable[[], Settings]) -> Iterator[Office]:
    """Close the small year by two, open it again by two, and book into it; a fact comes late."""
    with open_ledger(new_settings()) as ledger:
        office = small_year.told(ledger)
        year: dict[str, Any] = {"on": CLOSING_DAY, "through": YEAR_END}
        office.send("period.soft-close", "period:2007", by=TREASURER, **year)
        office.send("period.close", "period:2007", by=SECOND_TREASURER, **year)
        late: dict[str, Any] = {"amount": fen(70), "earmark": "general", "source": "fiscal"}
        office.send("fund.receive", FUND, by=TREASURER, on="2007-12-20", document="迟到一号",
                    act={"booked": "2008-02-01"}, **late)  # fmt: skip
        office.agreed("period.reopen", "period:2007", by=TREASURER, second=SECOND_TREASURER,
                      act={"reason": "漏记"}, **year)  # fmt: skip
        office.send("fund.receive", FUND, by=SECOND_TREASURER, on="2007-12-21", document="迟到二号",
                    act={"reason": "漏记"}, **(late | {"amount": fen(5)}))  # fmt: skip
        catch_up(ledger)
        yield office


@pytest.fixture(scope="module")
def web(office: Office) -> Iterator[Client]:
    """Serve it to a treasurer."""
    with served(office.ledger) as client:
        client.headers["Authorization"] = bearer(office, TREASURER, "treasurer")
        yield client


def test_the_trial_balance_sums_to_nothing_before_and_after(office: Office, web: Client) -> None:
    with office.ledger.connection() as connection:
        books = year_books(connection, office.positions()[-1], 2007)
    assert books.unbalanced() == []
    assert books.closing is not None
    assert (books.closing.by, str(books.closing.on)) == (TREASURER, CLOSING_DAY)
    changed = {(line.fund, line.stage): line.late for line in books.trial if line.late}
    assert changed == {(FUND, "out"): -5, (FUND, "available"): 5}
    for stage in ("available", "spent", "returned"):
        held = sum(line.as_known for line in books.trial if line.stage == stage)
        asked = {"stage": stage, "as_of": YEAR_END, "unit": "fen"}
        answer = web.get("/v1/balances", params=asked).json()
        assert held == sum(total["value"] for total in answer["totals"])


def test_a_spoilt_line_would_be_seen(office: Office) -> None:
    with office.ledger.connection() as connection:
        books = year_books(connection, office.positions()[-1], 2007)
    first, *rest = books.trial
    spoilt = books._replace(trial=[first._replace(as_known=first.as_known + 1), *rest])
    assert spoilt.unbalanced() == [(first.fund, first.unit)]


def test_the_workbook_has_three_tables_in_chinese_and_yuan(web: Client) -> None:
    answer = web.get(f"{PACKAGE}.xlsx")
    assert answer.status_code == 200, answer.text
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["试算平衡表", "资金收支表", "迟到事项", "说明"]
    head, *rows = sheet(book, "试算平衡表")
    assert head[:4] == ("资金", "资金口径", "阶段", "期初余额")
    assert head[5] == "结账时"
    *lines, sums = rows
    assert sums[0] == "合计"
    assert [sums[n] for n in (3, 5, 7, 9)] == [0, 0, 0, 0]
    assert sum(round(line[7] * 100) for line in lines if line[8] == "元") == 0
    late = list(sheet(book, "迟到事项"))[1:]
    assert [(row[1].date().isoformat(), row[2].date().isoformat(), row[6]) for row in late] == [
        ("2007-12-20", "2008-02-01", 0.7),
        ("2007-12-21", "2007-12-21", 0.05),
    ]
    said = {row[0]: row[1] for row in sheet(book, "说明")}
    assert "借贷平衡" in said["试算平衡表"]
    assert TREASURER in said["首次结账"]
    assert web.get(f"{PACKAGE}.xlsx").content == answer.content
    english = load_workbook(io.BytesIO(web.get(f"{PACKAGE}.xlsx", params={"lang": "en"}).content))
    assert english.sheetnames[0] == "Trial balance"


def test_the_pdf_says_the_same_in_one_complete_font(office: Office, web: Client) -> None:
    answer = web.get(f"{PACKAGE}.pdf")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content[:5] == b"%PDF-"
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", answer.content, re.DOTALL)
    inside = b"".join(zlib.decompress(each) for each in streams if each[:1] == b"x")
    fonts = set(re.findall(rb"/FontName ?/([A-Za-z0-9+-]+)", answer.content + inside))
    assert fonts, "fonts are embedded"
    assert all(b"Noto" in font and b"CJK" in font for font in fonts), fonts
    with office.ledger.connection() as connection:
        books = year_books(connection, office.positions()[-1], 2007)
    page = page_of(books, "zh")
    for word in ("试算平衡表", "资金收支表", "迟到事项", "借贷平衡", "0.70 元", "已支出"):
        assert word in page, word


def sheet(book: Workbook, name: str) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a sheet."""
    rows: Iterator[tuple[Any, ...]] = book[name].values
    return rows


def test_a_package_takes_one_of_the_few_places_for_long_answers(web: Client) -> None:
    for suffix in ("xlsx", "pdf"):
        with ExitStack() as kept:
            for _ in range(MOST_AT_ONCE):
                admit(kept)
            answer = web.get(f"{PACKAGE}.{suffix}")
            assert (answer.status_code, answer.json()["code"]) == (503, "store-unavailable")
        # One that was refused took none, and one that was given gave its own back.
        assert web.get(f"{PACKAGE}.{suffix}").status_code == 200
        with ExitStack() as kept:
            for _ in range(MOST_AT_ONCE):
                admit(kept)


def test_years_that_cannot_be_packed_are_refused(office: Office, web: Client) -> None:
    def status(year: str, suffix: str = ".xlsx", **more: Any) -> int:
        return web.get(f"/v1/periods/{year}/package{suffix}", **more).status_code

    assert status(str(today().year)) == 422
    assert (status("2077", ".pdf"), status("20x7"), status("1800")) == (422, 422, 422)
    answer = web.get("/v1/periods/1999/package.pdf")
    assert answer.status_code == 404
    assert "2007" in answer.json()["detail"]
    assert status("2007", ".csv") == 404
    assert status("2007", params={"shape": "x"}) == 422
    others = {"Authorization": bearer(office, small_year.FUNDRAISER, "fundraiser")}
    assert status("2007", headers=others) == 403
