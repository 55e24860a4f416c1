"""The bank's return file is taken in whole or not at all, and once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from domain.payments.pay_run_events import PayRunDrawnUp
from domain.payments.payment_events import PaymentReturned
from scripts.scenarios.stories import RUN, payments_of
from tests.api.bank.conftest import APRIL, HEAD, a_file, paid

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Response

    from tests.api.bank.conftest import BankDesk

DAY = "2007-03-20"


def problems(answer: Response) -> list[tuple[int, str, str]]:
    """Return the lines that a dry run refuses, with field and code."""
    return [(each["row"], each["field"], each["code"]) for each in answer.json()["problems"]]


def returned(desk: BankDesk) -> list[tuple[str, int, str, str]]:
    """Return what came back: payment, fen, reference, day."""
    return [
        (event.originator_id, event.amount, event.bank_ref, event.act.on.isoformat())
        for event in desk.office.events("payment:")
        if isinstance(event, PaymentReturned)
    ]


def test_before_its_settlement_a_file_settles_the_run_with_each_line_on_its_own_day(
    desk: BankDesk,
) -> None:
    one, two, *_ = paid(desk, RUN)
    content = a_file(
        (one, "账号有误", "", "2007-03-19", "TP-1"), (two, "限额", "4.50", DAY, "TP-2")
    )
    before = desk.head()
    tried = desk.send(RUN, content, dry_run=True)
    assert (tried.status_code, desk.head()) == (200, before)
    assert {name: tried.json()[name] for name in ("settles", "read", "accepted", "refused")} == {
        "settles": True, "read": 2, "accepted": 2, "refused": 0,
    }  # fmt: skip
    done = desk.send(RUN, content)
    assert done.status_code == 201, done.text
    assert desk.state(RUN) == "pay-run.settled"
    assert returned(desk) == [(one, 1_000, "TP-1", "2007-03-19"), (two, 450, "TP-2", DAY)]
    [settled] = [e for e in desk.office.events(RUN) if e.TOPIC == "pay-run.settled"]
    assert (settled.act.on.isoformat(), settled.act.by) == (DAY, "treasurer-1")
    assert [each.sha256 for each in settled.act.evidence] == [done.json()["sha256"]]


def test_after_the_settlement_each_line_is_a_return(desk: BankDesk) -> None:
    assert desk.send(RUN, HEAD.encode()).status_code == 201
    one, two, *_ = paid(desk, RUN)
    done = desk.send(RUN, a_file((one, "销户", "", DAY, "TP-3"), (two, "销户", "1", DAY, "TP-4")))
    assert done.status_code == 201, done.text
    assert len(done.json()["receipts"]) == 2
    assert returned(desk) == [(one, 1_000, "TP-3", DAY), (two, 100, "TP-4", DAY)]


def test_one_file_counts_once_whoever_sends_it(desk: BankDesk) -> None:
    content = a_file((paid(desk, RUN)[0], "销户", "", DAY, "TP-1"))
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda _: desk.send(RUN, content), range(8))]
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [201, *[409] * 7]
    again = desk.send(RUN, content, dry_run=True)
    assert (again.status_code, again.json()["code"]) == (409, "already-told")
    assert RUN in again.json()["detail"]
    assert len(returned(desk)) == 1


def test_a_file_in_chinese_and_gb_18030_is_read(desk: BankDesk) -> None:
    head = "付款编号,户名,账号,退回金额,退回原因,退回日期,银行流水号\r\n"
    line = f'{paid(desk, RUN)[0]},甲某,6222,"1,0.00",账户已注销,{DAY},TP-9\r\n'
    bad = desk.send(RUN, (head + line).encode("gb18030"), dry_run=True)
    assert problems(bad) == [(2, "amount", "malformed")]
    good = desk.send(RUN, (head + line.replace('"1,0.00"', "3.00")).encode("gb18030"))
    assert good.status_code == 201, good.text
    [back] = [e for e in desk.office.events("payment:") if isinstance(e, PaymentReturned)]
    assert (back.amount, back.reason) == (300, "账户已注销")


WRONG: dict[str, tuple[Callable[[str, str], tuple[Any, ...]], tuple[str, str]]] = {
    "a payment of another run": (lambda _, april: (april, "x", "", DAY, "r"),
                                 ("payment", "wrong-state")),
    "a payment that there is not": (lambda _, __: ("payment:aid:2007-03:00", "x", "", DAY, "r"),
                                    ("payment", "unknown-subject")),
    "no payment's id": (lambda _, __: ("张三", "x", "", DAY, "r"), ("payment", "unknown-subject")),
    "more than was paid": (lambda march, _: (march, "x", "10.01", DAY, "r"),
                           ("", "over-recovery")),
    "nothing": (lambda march, _: (march, "x", "0", DAY, "r"), ("amount", "malformed")),
    "a third decimal": (lambda march, _: (march, "x", "1.005", DAY, "r"), ("amount", "malformed")),
    "a day to come": (lambda march, _: (march, "x", "", "2199-01-01", "r"), ("day", "not-yet")),
    "a day before the payment": (lambda march, _: (march, "x", "", "2007-03-01", "r"),
                                 ("", "before-its-cause")),
    "no day": (lambda march, _: (march, "x", "", "20.3.2007", "r"), ("day", "malformed")),
    "no reason": (lambda march, _: (march, "", "", DAY, "r"), ("reason", "malformed")),
    "too few cells": (lambda march, _: (march, "x", "", DAY), ("", "malformed")),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_one_wrong_line_refuses_the_file_and_is_named(desk: BankDesk, name: str) -> None:
    made, expected = WRONG[name]
    march, other = paid(desk, RUN)[:2]
    content = a_file((other, "销户", "", DAY, "r"), made(march, paid(desk, APRIL)[0]))
    before = desk.head()
    tried = desk.send(RUN, content, dry_run=True)
    assert (tried.status_code, problems(tried)) == (200, [(3, *expected)])
    assert (tried.json()["accepted"], tried.json()["refused"]) == (0, 1)
    refused = desk.send(RUN, content)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"].startswith("/3")
    assert (desk.head(), desk.state(RUN)) == (before, "pay-run.released")


def test_a_payment_comes_back_once_in_a_file(desk: BankDesk) -> None:
    one = paid(desk, RUN)[0]
    content = a_file((one, "x", "", DAY, "r"), (one, "x", "", DAY, "r"))
    assert problems(desk.send(RUN, content, dry_run=True)) == [(3, "", "wrong-state")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"payment,reason,day",
        b"payment,reason,day,reference\npayment:aid:2007-03:1,x,2007-03-2",
        b"payment,reason,day\n",
        b"payment,reason,day,reference,amuont\n",
        b"payment,payment,reason,day,reference\n",
        b"\x80\x81\xff\xff\xff\n",
        b'payment,reason,day,reference\n"a,b\n',
        b"PK\x03\x04\x00\x00\n",
    ],
)
def test_a_file_that_is_none_or_was_cut_off_is_refused_whole(
    desk: BankDesk, content: bytes
) -> None:
    before = desk.head()
    for dry_run in (True, False):
        refused = desk.send(RUN, content, dry_run=dry_run)
        assert (refused.status_code, refused.json()["code"]) == (422, "malformed")
        assert refused.json()["errors"][0]["pointer"] == "/file"
    assert desk.head() == before


def test_only_a_treasurer_sends_a_file_of_a_run_that_was_released(desk: BankDesk) -> None:
    content = a_file((paid(desk, RUN)[0], "x", "", DAY, "r"))
    assert desk.send(RUN, content, role="clerk").status_code == 403
    assert desk.send("pay-run:aid:2007-05", content).status_code == 404
    assert desk.send(RUN, content, media="application/json").status_code == 415


REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>R-1</MsgId><CreDtTm>2007-03-20T09:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><TxInfAndSts><StsId>TP-1</StsId><OrgnlEndToEndId>{tag}</OrgnlEndToEndId>
<TxSts>{status}</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>
<OrgnlTxRef><Amt><InstdAmt Ccy="{currency}">10.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>
</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"""


def a_report(desk: BankDesk, **said: str) -> bytes:
    """Write a report on the first payment of March."""
    [drawn] = [e for e in desk.office.events(RUN) if isinstance(e, PayRunDrawnUp)]
    tag = payments_of(desk.office)[0].rpartition(":")[2]
    known = {"message": drawn.digest[:32], "tag": tag, "status": "RJCT", "currency": "CNY"}
    return REPORT.format(**known | said).encode()


def test_a_status_report_is_a_return_file(desk: BankDesk) -> None:
    done = desk.send(RUN, a_report(desk), media="application/xml")
    assert done.status_code == 201, done.text
    assert returned(desk) == [(payments_of(desk.office)[0], 1_000, "TP-1", DAY)]


def test_a_report_of_what_was_paid_settles_without_returns(desk: BankDesk) -> None:
    assert desk.send(RUN, a_report(desk, status="ACSC"), media="text/xml").status_code == 201
    assert (desk.state(RUN), returned(desk)) == ("pay-run.settled", [])


@pytest.mark.parametrize(
    ("said", "whole"),
    [({"message": "other"}, True), ({"currency": "EUR"}, False), ({"status": "PDNG"}, False)],
)
def test_a_report_on_something_else_is_refused(
    desk: BankDesk, said: dict[str, str], *, whole: bool
) -> None:
    content = a_report(desk, **said)
    refused = desk.send(RUN, content, media="application/xml")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == ("/file" if whole else "/1")
    assert desk.state(RUN) == "pay-run.released"


def test_a_report_that_names_things_outside_is_not_read(desk: BankDesk) -> None:
    bomb = a_report(desk).replace(
        b"<Document", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document'
    )
    for content in (bomb, b"<a>", b"", b"<Document/>"):
        assert desk.send(RUN, content, media="application/xml").status_code == 422
