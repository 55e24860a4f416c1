"""Somebody of the staff before a ledger, with tables to send."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import xlsxwriter

from api.http import tokens
from infra.ledger import open_ledger
from scripts.golden.benefits.people import synthetic_number
from scripts.scenarios.office import EVE, OPERATOR, Office, staffed
from scripts.scenarios.stories import a_fund, a_scheme
from tests.api.conftest import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from httpx import Client, Response

    from infra.config.settings import Settings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ELDERS = ("姓名", "公民身份号码", "银行账号", "保障项目", "档次", "地区", "起始日期", "日期")


class ImportDesk(NamedTuple):
    """An office, and a client before it."""

    office: Office
    client: Client

    def headers(self, role: str) -> dict[str, str]:
        """Return the headers of somebody of the staff."""
        secret = self.office.ledger.secret("token-key")
        token, _ = tokens.issue(secret, by=f"{role}-1", roles=(role,), ttl=timedelta(hours=1))
        return {"Authorization": f"Bearer {token}"}

    def send(
        self, kind: str, content: bytes, media: str = XLSX, role: str = "clerk", **asked: str
    ) -> Response:
        """Send a table."""
        headers = {"Content-Type": media, **self.headers(role)}
        return self.client.post(
            f"/v1/imports/{kind}", content=content, params=asked, headers=headers
        )

    def head(self) -> int:
        """Return the last position."""
        return len(self.office.positions())


@pytest.fixture
def desk(new_settings: Callable[[], Settings]) -> Iterator[ImportDesk]:
    """Staff an office with a fund and a scheme."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1_000_000)
        a_scheme(office, rate=1_000)
        for role in ("fundraiser", "registrar"):
            who = f"{role}-1"
            office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
        with served(ledger) as client:
            yield ImportDesk(office, client)


def table(head: Sequence[str], *rows: Sequence[Any]) -> bytes:
    """Write a workbook as a spreadsheet program would."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("数据")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate([head, *rows]):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, day)
            else:
                sheet.write(number, place, cell)
    book.close()
    return file.getvalue()


def lines(head: Sequence[str], *rows: Sequence[Any], encoding: str = "utf-8-sig") -> bytes:
    """Write the same as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue().encode(encoding)


def elder(number: int, **other: str) -> list[Any]:
    """Write one row of somebody who asks for the scheme."""
    said = {
        "姓名": f"甲{number}",
        "公民身份号码": synthetic_number("import", number),
        "银行账号": f"0000{number:012}",
        "保障项目": "aid",
        "档次": "all",
        "地区": "area:city",
        "起始日期": date(2007, 3, 1),
        "日期": date(2007, 3, 1),
    }
    return [(said | other)[title] for title in ELDERS]
