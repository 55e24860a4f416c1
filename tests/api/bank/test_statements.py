"""Bank statements as files: taken in whole or not at all, once; they add up to the fen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.payments.bank_statements import BankStatementRecorded
from scripts.scenarios.office import TREASURER
from scripts.scenarios.stories import FUND

if TYPE_CHECKING:
    from httpx import Response

    from tests.api.bank.conftest import BankDesk

ACCOUNT = "bank-account:cash"
HEAD = "day,in,out,counterparty,reference,balance\n"
LINES = '2007-03-02,"1,000.00",,市财政局,BK-1,11000.00\n2007-03-15,0.00,60.00,,BK-2,10940.00\n'
SAID = {"account": ACCOUNT, "from": "2007-03-01", "to": "2007-03-31", "opening": "10,000.00",
        "closing": "10940"}  # fmt: skip


def with_account(desk: BankDesk, account: str = ACCOUNT, *funds: str) -> None:
    """Say where the fund's cash lies."""
    titles: dict[str, Any] = {"title": "资金专户", "bank": "某银行", "last4": "0001"}
    funds = funds or (FUND,)
    desk.office.send("bank-account.open", account, by=TREASURER, funds=list(funds), **titles)


def send(desk: BankDesk, content: bytes | str = HEAD + LINES, *, media: str = "text/csv",
         role: str = "treasurer", **said: Any) -> Response:  # fmt: skip
    """Send a statement's file."""
    body = content.encode() if isinstance(content, str) else content
    headers = {"Content-Type": media, **desk.headers(role)}
    params = {name: text for name, text in (SAID | said).items() if text is not None}
    return desk.client.post("/v1/bank-statements", content=body, params=params, headers=headers)


def kept(desk: BankDesk) -> list[BankStatementRecorded]:
    """Return the statements of the log."""
    found = desk.office.events("bank-statement:")
    return [each for each in found if isinstance(each, BankStatementRecorded)]


def test_a_statement_is_tried_and_then_kept_with_its_digest_and_without_names(
    desk: BankDesk,
) -> None:
    with_account(desk)
    tried = send(desk, dry_run="true")
    assert (tried.status_code, kept(desk)) == (200, [])
    done = send(desk)
    assert done.status_code == 201, done.text
    assert (done.json()["statement"], done.json()["read"]) == ("bank-statement:cash:2007-03", 2)
    [statement] = kept(desk)
    said = [(each.direction, each.amount, each.counterparty, each.reference)
            for each in statement.lines]  # fmt: skip
    assert said == [("in", 100_000, "", "BK-1"), ("out", 6_000, "", "BK-2")]
    assert (statement.opening, statement.closing) == (1_000_000, 1_094_000)
    assert [each.sha256 for each in statement.act.evidence] == [done.json()["sha256"]]


def test_one_file_counts_once_and_one_month_is_told_once(desk: BankDesk) -> None:
    with_account(desk)
    assert send(desk).status_code == 201
    again = send(desk)
    assert (again.status_code, again.json()["code"]) == (409, "already-told")
    other = send(desk, HEAD + LINES + "\n")
    assert (other.status_code, other.json()["code"]) == (409, "already-exists")
    assert len(kept(desk)) == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"closing": "10940.01"}, "statement-unbalanced"),
        ({"to": "2007-04-01"}, "malformed"),
        ({"to": "2007-03-10"}, "malformed"),
        ({"account": "bank-account:other"}, "unknown-subject"),
        ({"account": "fund:x"}, "malformed"),
        ({"opening": "zehn"}, "malformed"),
        ({"opening": None}, "malformed"),
        ({"from": "1. März"}, "malformed"),
    ],
)
def test_a_statement_that_is_none_is_refused(
    desk: BankDesk, more: dict[str, Any], code: str
) -> None:
    with_account(desk)
    content = HEAD + LINES.replace(",11000.00", ",").replace(",10940.00", ",")
    for trial in ({"dry_run": "true"}, {}):
        answer = send(desk, content, **more, **trial)
        assert (answer.status_code // 100, answer.json()["code"]) == (4, code), answer.text
    assert kept(desk) == []


def test_each_wrong_line_is_named_and_none_is_taken(desk: BankDesk) -> None:
    with_account(desk)
    content = (
        HEAD
        + "2007-03-02,1000.00,,,BK-1,11000.00\n"
        + "2007-03-03,1.00,1.00,,BK-2,\n"
        + "2007-03-04,,,,BK-3,\n"
        + "03/05,,5.001,,BK-4,\n"
        + "2007-02-30,5,,,BK-5,\n"
        + "2007-03-06,5,,,BK-6,11005.01\n"
        + "2007-03-07,5,,,BK-7\n"
    )
    tried = send(desk, content, dry_run="true").json()
    assert [(each["row"], each["field"], each["code"]) for each in tried["problems"]] == [
        (3, "in", "malformed"),
        (4, "in", "malformed"),
        (5, "out", "malformed"),
        (6, "day", "malformed"),
        (7, "balance", "statement-unbalanced"),
        (8, "", "malformed"),
    ]
    answer = send(desk, content)
    assert (answer.status_code, len(answer.json()["errors"])) == (422, 6)
    assert kept(desk) == []


def test_a_chinese_file_in_gb_18030_is_read_and_a_cut_one_is_not(desk: BankDesk) -> None:
    with_account(desk)
    text = "交易日期,收入金额,支出金额,对方户名,摘要,流水号\n" + LINES.replace(
        ",11000.00", ""
    ).replace(",10940.00", "").replace("市财政局,", "市财政局,拨款,").replace(",,BK-2", ",,,BK-2")
    assert send(desk, text.encode("gb18030")[:-1]).status_code == 422
    assert send(desk, text.encode("gb18030")).status_code == 201
    assert [each.reference for each in kept(desk)[0].lines] == ["BK-1", "BK-2"]


def test_only_a_treasurer_sends_one_and_only_as_csv(desk: BankDesk) -> None:
    with_account(desk)
    assert send(desk, role="clerk").status_code == 403
    assert send(desk, role="auditor").status_code == 403
    assert send(desk, media="application/pdf").status_code == 415


def test_a_fund_lies_in_one_account(desk: BankDesk) -> None:
    with_account(desk)
    answer = desk.client.post(
        "/v1/commands",
        json={
            "command": "bank-account.open",
            "subject": "bank-account:second",
            "key": "second",
            "act": {"on": "2007-03-01", "reason": "同一资金"},
            "what": {"title": "另户", "bank": "某银行", "last4": "0002", "funds": [FUND]},
        },
        headers=desk.headers(),
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "already-told")
