"""A table is tried in the browser, then carried out; another's is not seen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING

from tests.api.desk.browsers import sign_in, token_of
from tests.api.imports.conftest import XLSX, desk, table

if TYPE_CHECKING:
    from httpx import Client, Response

    from tests.api.imports.conftest import ImportDesk

__all__ = ["desk"]

GIFTS = ("编号", "日期", "资金", "用途", "金额（元）", "公开姓名")
ROWS = [
    ["g-1", date(2007, 3, 1), "fund:x", "general", 12.5, "否"],
    ["g-2", date(2007, 3, 1), "fund:x", "general", "=1+1", "否"],
]


def signed_in(desk: ImportDesk, role: str) -> Client:
    answer = sign_in(desk.client, token_of(desk.office.ledger, role, timedelta(hours=1)))
    assert answer.status_code == 303
    return desk.client


def form_token(page: str) -> str:
    found = re.search('name="csrf" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def send(client: Client, token: str, kind: str = "donations") -> Response:
    return client.post(
        "/desk/import",
        data={"csrf": token, "kind": kind},
        files={"file": ("gifts.xlsx", table(GIFTS, *ROWS), XLSX)},
    )


def test_a_table_is_tried_then_carried_out(desk: ImportDesk) -> None:
    client = signed_in(desk, "fundraiser")
    first = client.get("/desk/import?lang=en")
    assert "Import a table" in first.text
    token, before = form_token(first.text), desk.head()
    assert send(client, "0" * 64).status_code == 403
    tried = send(client, token)
    assert (tried.status_code, desk.head()) == (303, before)
    page = client.get(tried.headers["location"])
    assert "a formula is not read" in unescape(page.text)
    assert "E3" in page.text

    where = tried.headers["location"]
    done = client.post(where, data={"csrf": token})
    assert (done.status_code, desk.head()) == (303, before + 1)
    shown = client.get(done.headers["location"], params={"lang": "zh"}).text
    assert "已办理" in shown
    copy = re.search('href="(/v1/imports/jobs/[^"]+)"', shown)
    assert copy
    assert client.get(copy[1]).headers["content-type"] == XLSX


def test_who_may_send_none_of_its_commands_is_refused(desk: ImportDesk) -> None:
    client = signed_in(desk, "clerk")
    token = form_token(client.get("/desk/import").text)
    assert send(client, token).status_code == 403
    wrong = client.post(
        "/desk/import",
        data={"csrf": token, "kind": "persons"},
        files={"file": ("x.xlsx", b"PK", XLSX)},
    )
    assert wrong.status_code == 422
    assert 'role="alert"' in wrong.text
