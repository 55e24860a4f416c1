"""The pivot sums to the balances and to the journal, whatever it is made by."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from projections.accounts.pivot import DIMENSIONS, MEASURES
from tests.api.conftest import code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

FIELDS = {"fund", "programme", "class"}


@pytest.fixture
def read(web: Client, as_: Callable[[str], dict[str, str]]) -> Callable[..., dict[str, Any]]:
    """Give the question of a treasurer."""

    def asked(path: str = "/v1/pivot", role: str = "treasurer", **query: str) -> dict[str, Any]:
        answer = web.get(path, params={"limit": "1000", **query}, headers=as_(role))
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return asked


def money(found: dict[str, Any]) -> int:
    """Return the sum of the totals of balances in fen."""
    return sum(each["value"] for each in found["totals"] if each["unit"] == "fen")


def cells(found: dict[str, Any]) -> Iterator[tuple[Any, str, int]]:
    """Give the cells of a table, each with the word of its row and the name of its column."""
    side = found["by"]["rows"]
    for row in found["rows"]:
        for column in found["columns"]:
            if row[column["key"]] is not None:
                yield row[side], column["key"], row[column["key"]]["value"]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_table_sums_to_the_balances_of_its_stage(
    measure: str, read: Callable[..., dict[str, Any]]
) -> None:
    for days in ({}, {"as_of": "2007-03-15"}):
        held = money(read("/v1/balances", stage=measure, unit="fen", **days))
        for rows, columns in permutations(DIMENSIONS, 2):
            found = read(measure=measure, rows=rows, columns=columns, **days)
            totals = {each["field"]: each["value"] for each in found["totals"]}
            assert totals["total"] == held, (rows, columns)
            assert sum(value for *_, value in cells(found)) == held
            by_column: Counter[str] = Counter()
            for _, column, value in cells(found):
                by_column[column] += value
            assert {k: v for k, v in totals.items() if k != "total"} == dict(by_column)
            assert sum(row["total"]["value"] for row in found["rows"]) == held


@pytest.mark.parametrize("rows", ["fund", "programme", "class", "month"])
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"from": "2007-03-02", "to": "2007-03-17"},
        {"topic": "payment.made"},
        {"fund": "fund:gifts"},
        {"account": "spent:*:*:aid"},
        {"subject": "relief:case-1"},
    ],
)
def test_a_table_is_the_journal_summed(
    rows: str, asked: dict[str, str], read: Callable[..., dict[str, Any]]
) -> None:
    expected: Counter[tuple[Any, str]] = Counter()
    for line in read("/v1/journal", stage="spent", **asked)["rows"]:
        words = {
            "fund": f"fund:{line['account'].split(':')[1]}",
            "programme": line["programme"] or None,
            "class": line["class"] or None,
            "month": line["booked"][:7],
        }
        expected[words[rows], line["account"].split(":")[2]] += line["value"]
    found = read(measure="spent", rows=rows, columns="earmark", **asked)
    assert {(row, column): value for row, column, value in cells(found)} == dict(expected)


def test_who_may_not_see_persons_gets_the_same_sums_and_asks_by_no_person(
    web: Client, as_: Callable[[str], dict[str, str]], read: Callable[..., dict[str, Any]]
) -> None:
    table = {"measure": "spent", "rows": "programme", "columns": "month"}
    assert read(role="fundraiser", **table) == read(**table)
    case = {"measure": "spent", "rows": "fund", "subject": "relief:case-1"}
    assert read(**case)["rows"] != []
    answer = web.get("/v1/pivot", params=case, headers=as_("fundraiser"))
    assert code_of(answer) == (403, "role-missing")
    # As in the journal, a run's summaries stand for its payments.
    run = {"subject": "pay-run:aid:2007-03"}
    lines = read("/v1/journal", role="fundraiser", stage="spent", **run)
    found = read(role="fundraiser", measure="spent", rows="fund", **run)
    assert money(found) == money(lines) > 0


def test_a_table_says_titles_and_has_the_same_cells_in_each_form(
    web: Client, as_: Callable[[str], dict[str, str]], read: Callable[..., dict[str, Any]]
) -> None:
    query = {"measure": "available", "rows": "fund", "columns": "quarter"}
    found = read(**query)
    assert found["by"] == {"measure": "available", "rows": "fund", "columns": "quarter"}
    assert {row["fund"]: row["title"] for row in found["rows"]}["fund:gifts"] == "慈善基金"
    answer = web.get("/v1/pivot.csv", params=query, headers=as_("auditor"))
    text = answer.content.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert [row["total"] for row in table] == [str(row["total"]["value"]) for row in found["rows"]]
    assert all(row["total_unit"] == "fen" for row in table)
    assert all(each["key"] in table[0] for each in found["columns"])
    page = web.get("/v1/pivot", params={**query, "limit": "1"}, headers=as_("auditor")).json()
    rest = web.get(
        "/v1/pivot", params={**query, "limit": "1", "after": page["next"]}, headers=as_("auditor")
    ).json()
    assert [*page["rows"], *rest["rows"]] == found["rows"][:2]
    assert rest["totals"] == found["totals"]


def test_bad_questions_are_refused_by_name(
    web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    good = {"measure": "spent", "rows": "fund"}
    for wrong, pointer in (
        ({"measure": "spend"}, "/measure"),
        ({"rows": "person"}, "/rows"),
        ({"columns": "day"}, "/columns"),
        ({"columns": "fund"}, "/columns"),
        ({"from": "2007-02-30"}, "/from"),
        ({"unit": "person"}, "/unit"),
        ({"programme": "nothing"}, "/programme"),
        ({"shape": "round"}, "/shape"),
    ):
        answer = web.get("/v1/pivot", params={**good, **wrong}, headers=as_("auditor"))
        assert answer.status_code == 422, wrong
        assert answer.json()["errors"][0]["pointer"] == pointer
    for missing in good:
        query = {name: word for name, word in good.items() if name != missing}
        answer = web.get("/v1/pivot", params=query, headers=as_("auditor"))
        assert answer.status_code == 422
        assert missing in answer.json()["errors"][0]["pointer"]
    answer = web.get("/v1/pivot", params={**good, "fund": "fund:none"}, headers=as_("auditor"))
    assert answer.status_code == 404
    assert code_of(web.get("/v1/pivot", params=good)) == (401, "token-missing")
