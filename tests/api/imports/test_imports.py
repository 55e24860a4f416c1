"""Each row of a table has its effect once, or is refused at its cells."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from api.imports import import_jobs
from api.imports.import_kinds import KINDS
from domain.benefits.entitlement_events import EntitlementApplied
from domain.benefits.person_events import PersonRegistered
from domain.funds.donation_events import DonationReceived
from tests.api.imports.conftest import ELDERS, XLSX, elder, lines, table

if TYPE_CHECKING:
    from httpx import Response

    from tests.api.imports.conftest import ImportDesk

GIFTS = ("编号", "日期", "资金", "用途", "金额（元）", "公开姓名")
DAY = date(2007, 3, 1)


def told(answer: Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def problems(answer: Response) -> list[tuple[int, str, str, str]]:
    return [
        (each["row"], each["column"], each["field"], each["code"])
        for each in told(answer)["problems"]
    ]


def events(desk: ImportDesk, kind: type) -> list[Any]:
    return [event for event in desk.office.events("") if isinstance(event, kind)]


def test_new_elders_are_registered_and_apply_once(desk: ImportDesk) -> None:
    content = table(ELDERS, *[elder(n) for n in range(30)])
    before = desk.head()
    tried = told(desk.send("entitlements", content, dry_run="true"))
    assert (tried["read"], tried["accepted"], tried["receipts"]) == (30, 30, [])
    assert desk.head() == before

    done = told(desk.send("entitlements", content))
    assert (done["read"], done["accepted"], done["refused"]) == (30, 30, 0)
    applied = events(desk, EntitlementApplied)
    assert len(applied) == 30
    assert {each.holder for each in applied} <= {
        each.originator_id for each in events(desk, PersonRegistered)
    }
    assert {receipt["subject"] for receipt in done["receipts"]} == {
        each.originator_id for each in applied
    }

    at = desk.head()
    again = told(
        desk.send("entitlements", lines(ELDERS, *[elder(n) for n in range(30)]), "text/csv")
    )
    assert (again["accepted"], {each["replayed"] for each in again["receipts"]}) == (30, {True})
    assert desk.head() == at


def test_a_corrected_file_does_what_was_not_done(desk: ImportDesk) -> None:
    rows = [elder(1), elder(2, 地区="area:nowhere"), elder(3)]
    first = desk.send("entitlements", table(ELDERS, *rows))
    assert problems(first) == [(3, "F", "area", "area-unknown")]
    assert told(first)["accepted"] == 2
    copy = desk.client.get(told(first)["annotated"], headers=desk.headers("clerk"))
    sheet = load_workbook(io.BytesIO(copy.content))["数据"]
    marked = [[str(cell.value) for cell in row][-2:] for row in sheet]
    assert [row[0] for row in marked] == ["处理结果", "已办理", "拒绝", "已办理"]
    assert marked[2][1].startswith("F: ")
    same = told(desk.send("entitlements", copy.content))
    assert (same["accepted"], same["refused"]) == (2, 1)
    other = desk.client.get(told(first)["annotated"], headers=desk.headers("approver"))
    assert other.status_code == 404

    at = desk.head()
    rows[1] = elder(2)
    second = told(desk.send("entitlements", table(ELDERS, *rows)))
    assert (second["accepted"], second["refused"]) == (3, 0)
    assert [each["row"] for each in second["receipts"] if not each["replayed"]] == [3]
    assert desk.head() == at + 2


def test_who_is_known_is_found_by_the_id_number(desk: ImportDesk) -> None:
    head = ("编号", "姓名", "公民身份号码", "日期")
    person = elder(1)
    registered = desk.send("persons", table(head, ["a-1", "甲", person[1], DAY]))
    assert told(registered)["accepted"] == 1
    told(desk.send("entitlements", table(ELDERS, person)))
    [applied] = events(desk, EntitlementApplied)
    assert applied.holder == "person:a-1"


def test_wrong_cells_are_told_by_cell(desk: ImportDesk) -> None:
    rows: list[list[Any]] = [
        ["g-1", DAY, "fund:x", "general", 100, "否"],
        ["g-2", 39142, "fund:x", "general", 100, "否"],
        ["g-3", DAY, "fund:x", "general", "100元", "否"],
        ["g-4", DAY, "fund:x", "general", "一百", "否"],
        ["g-5", DAY, "fund:x", "general", 1.005, "否"],
        ["g-6", DAY, "fund:x", "general", "=1+1", "否"],
        ["g-7", "２００７/３/1", "x", "general", "１,２34.50", "是"],
        ["g-8", "2007-02-30", "fund:x", "general", 100, "maybe"],
        ["", DAY, "fund:x", "general", 100, "否"],
        ["g-1", DAY, "fund:x", "general", 100, "否"],
    ]
    for content, media in ((table(GIFTS, *rows), XLSX), (lines(GIFTS, *rows), "text/csv")):
        answer = desk.send("donations", content, media, "fundraiser", dry_run="true")
        found = problems(answer)
        assert found == [
            (3, "B", "on", "cell-date"),
            (4, "E", "amount", "cell-unit"),
            (5, "E", "amount", "cell-type"),
            (6, "E", "amount", "cell-type"),
            (7, "E", "amount", "cell-formula"),
            (9, "B", "on", "cell-date"),
            (9, "F", "name_shown", "cell-type"),
            (10, "A", "key", "malformed"),
            (11, "", "", "already-told"),
        ]
        assert told(answer)["totals"] == [{"field": "amount", "value": 133_450, "unit": "fen"}]


def test_an_amount_is_in_the_unit_of_its_head(desk: ImportDesk) -> None:
    row = ["g-1", DAY, "fund:x", "general", 1.5, "否"]
    tens = tuple(title.replace("元", "万元") for title in GIFTS)
    told(desk.send("donations", table(tens, row), role="fundraiser"))
    assert [each.amount for each in events(desk, DonationReceived)][-1] == 1_500_000
    bare = tuple(title.replace("（元）", "") for title in GIFTS)
    answer = desk.send("donations", table(bare, ["g-2", *row[1:]]), role="fundraiser")
    assert problems(answer) == [(2, "E", "amount", "cell-unit")]


def test_a_long_table_is_carried_out_behind_and_taken_up_again(
    desk: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_jobs, "MOST_AT_ONCE", 2)
    rows = [[f"g-{n}", DAY, "fund:x", "general", 1, "否"] for n in range(1, 6)]
    with monkeypatch.context() as stopped:
        stopped.setattr(import_jobs, "begin", lambda *_: None)
        sent = desk.send("donations", table(GIFTS, *rows), role="fundraiser")
    assert sent.status_code == 202
    before = desk.head()
    import_jobs.take_up(desk.office.ledger)
    assert desk.head() == before + 5
    import_jobs.take_up(desk.office.ledger)
    assert desk.head() == before + 5
    done = desk.client.get(sent.headers["location"], headers=desk.headers("fundraiser"))
    assert (told(done)["state"], told(done)["accepted"], told(done)["rows"]) == ("done", 5, 5)


def test_no_name_stands_in_clear_in_what_is_kept_of_a_table(desk: ImportDesk) -> None:
    row = elder(1, 姓名="甲某某", 地区="area:nowhere")
    told(desk.send("entitlements", table(ELDERS, row)))
    [kept] = desk.office.rows("SELECT imports::text FROM office.imports")
    assert "甲某某" not in kept[0]
    assert row[1] not in kept[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_one_that_is_read(desk: ImportDesk, kind: str) -> None:
    role = min(KINDS[kind].roles)
    answer = desk.client.get(f"/v1/imports/{kind}/template.xlsx", headers=desk.headers(role))
    assert answer.headers["content-type"] == XLSX
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["数据", "说明"]
    assert len(next(iter(book["数据"]))) == len(KINDS[kind].columns)
    empty = told(desk.send(kind, answer.content, role=role))
    assert (empty["read"], empty["problems"]) == (0, [])


def test_what_is_no_table_is_refused_in_both_languages(desk: ImportDesk) -> None:
    for lang, word in (("zh", "表头"), ("en", "head")):
        answer = desk.send("donations", table(("x",)), role="fundraiser", lang=lang)
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
        assert word in answer.json()["errors"][0]["detail"]
    assert desk.send("donations", b"PK", role="fundraiser").status_code == 422
    assert desk.send("donations", b"x", "image/png", "fundraiser").status_code == 415
    assert desk.send("nothing", b"x", role="fundraiser").status_code == 404
    assert desk.send("donations", table(GIFTS)).status_code == 403
