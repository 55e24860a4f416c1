"""The payment file of a run: all that was paid and nothing else, for the treasurer alone."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import fromstring

import pytest
import sepaxml
from hypothesis import given
from hypothesis import strategies as st
from xmlschema import XMLSchema

from api.bank.payment_file import NAMESPACE, PaymentFile, Transfer, account_in, yuan
from domain.kernel.money import MOST
from domain.office.vault_reads import VaultWasRead
from domain.payments.pay_run_events import PayRunDrawnUp
from scripts.scenarios.office import CLERK, DAY, EVE, TREASURER
from scripts.scenarios.stories import RUN, approved, draw_up, release, stop
from tests.api.bank.conftest import APRIL, a_file, paid

if TYPE_CHECKING:
    from httpx import Response

    from tests.api.bank.conftest import BankDesk

SCHEMAS = Path(sepaxml.__file__).parent / "schemas"
XSD = XMLSchema(SCHEMAS / "pain.001.001.09.xsd")
NAMES = {"p": NAMESPACE}


def with_accounts(desk: BankDesk, number: int = 6) -> None:
    """Say the name and the account of the persons who are paid."""
    for nth in range(number):
        sealed = {"name": f"甲子{nth}", "account": f"6222 0000 {nth:08}"}
        desk.office.send("person.change", f"person:aid-{nth:06d}", by=CLERK, on=EVE, sealed=sealed)


def asked(desk: BankDesk, run: str = RUN, form: str = "csv", role: str = "treasurer") -> Response:
    """Ask for a run's file."""
    address = f"/v1/pay-runs/{run.partition(':')[2]}/bank-file"
    return desk.client.get(f"{address}.{form}" if form else address, headers=desk.headers(role))


def reads(desk: BankDesk) -> list[VaultWasRead]:
    """Return who has read what of the vault."""
    return [each for each in desk.office.events("vault:") if isinstance(each, VaultWasRead)]


def lines(answer: Response) -> list[dict[str, str]]:
    """Read a CSV file."""
    return [*csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))]


def test_a_file_has_each_payment_of_its_run_once_with_its_total_and_the_run_s_digest(
    desk: BankDesk,
) -> None:
    with_accounts(desk)
    [drawn] = [each for each in desk.office.events(RUN) if isinstance(each, PayRunDrawnUp)]
    answer = asked(desk)
    assert answer.status_code == 200, answer.text
    rows = lines(answer)
    assert [row["payment"] for row in rows] == sorted(paid(desk, RUN))
    assert {row["amount"] for row in rows} == {"10.00"}
    assert {row["reference"] for row in rows} == {drawn.digest[:32]}
    assert {row["name"]: row["account"] for row in rows} == {
        f"甲子{nth}": f"62220000{nth:08}" for nth in range(6)
    }
    assert json.loads(answer.headers["mingzhang-totals"]) == [
        {"field": "payments", "value": 6, "unit": "line"},
        {"field": "amount", "value": 6_000, "unit": "fen"},
    ]
    assert drawn.digest[:16] in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "private, no-store"


def test_the_xml_is_valid_by_the_schema_of_pain_001_and_its_return_is_taken_in(
    desk: BankDesk,
) -> None:
    with_accounts(desk)
    answer = asked(desk, form="xml")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    XSD.validate(answer.text)
    root = fromstring(answer.content)  # noqa: S314 - it is ours
    assert root.findtext(".//p:GrpHdr/p:NbOfTxs", namespaces=NAMES) == "6"
    assert root.findtext(".//p:GrpHdr/p:CtrlSum", namespaces=NAMES) == "60.00"
    tags = [each.text or "" for each in root.iterfind(".//p:EndToEndId", NAMES)]
    assert [f"payment:aid:2007-03:{tag}" for tag in tags] == sorted(paid(desk, RUN))
    back = a_file((tags[0], "账号有误", "", "2007-03-20", "TP-1"))
    assert desk.send(RUN, back).status_code == 201


def test_each_file_is_one_read_of_the_vault_and_the_same_to_the_byte(desk: BankDesk) -> None:
    with_accounts(desk)
    first, again, xml = asked(desk), asked(desk), asked(desk, form="xml")
    assert first.content == again.content != xml.content
    told = [(each.originator_id, each.digest) for each in reads(desk)]
    digests = [answer.headers["mingzhang-digest"] for answer in (first, again, xml)]
    assert told == [(f"vault:{digest[:32]}", digest) for digest in digests]
    assert {(e.purpose, e.of, e.parts, e.persons, e.act.by) for e in reads(desk)} == {
        ("payment", RUN, ("account", "name"), 6, "treasurer-1")
    }


@pytest.mark.parametrize("role", ["clerk", "reviewer", "approver", "auditor", "operator"])
def test_nobody_but_a_treasurer_reads_the_accounts(desk: BankDesk, role: str) -> None:
    with_accounts(desk)
    for form in ("", "csv", "xml"):
        assert asked(desk, form=form, role=role).status_code == 403
    assert reads(desk) == []


def test_what_was_held_back_at_the_release_is_not_in_the_file(desk: BankDesk) -> None:
    with_accounts(desk)
    run = "pay-run:aid:2007-05"
    approved(desk.office, run)
    stop(desk.office, "entitlement:aid-000002", from_="2007-05-01")
    release(desk.office, run, by=TREASURER)
    rows = lines(asked(desk, run))
    assert [row["payment"] for row in rows] == sorted(paid(desk, run))
    assert len(rows) == 5
    assert "甲子2" not in {row["name"] for row in rows}


def test_a_run_without_every_account_has_no_file_and_the_payments_are_named(
    desk: BankDesk,
) -> None:
    with_accounts(desk, 5)
    answer = asked(desk)
    assert (answer.status_code, answer.json()["code"]) == (409, "account-missing")
    assert sum(payment in answer.json()["detail"] for payment in paid(desk, RUN)) == 1
    desk.office.send("person.erase", "person:aid-000001", by=CLERK, on=DAY)
    answer = asked(desk)
    assert sum(payment in answer.json()["detail"] for payment in paid(desk, RUN)) == 2
    assert reads(desk) == []


def test_a_run_that_is_not_released_has_no_file(desk: BankDesk) -> None:
    run = "pay-run:aid:2007-05"
    draw_up(desk.office, run)
    answer = asked(desk, run)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-state")
    assert asked(desk, "pay-run:aid:1999-01").status_code == 404


def test_the_account_is_that_of_the_day_on_which_the_run_was_released(desk: BankDesk) -> None:
    with_accounts(desk)
    later = {"account": "9999000011112222"}
    desk.office.send("person.change", "person:aid-000000", by=CLERK, on="2007-12-01", sealed=later)
    for run in (RUN, APRIL):
        assert later["account"] not in asked(desk, run).text


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1)
TRANSFERS = st.builds(
    Transfer,
    payment=st.from_regex(r"payment:aid:2007-03:[0-9a-f]{20}", fullmatch=True),
    tag=st.from_regex(r"[0-9a-f]{20}", fullmatch=True),
    name=TEXTS.map(lambda text: text[:140]),
    account=st.from_regex(r"[0-9A-Za-z]{4,34}", fullmatch=True),
    amount=st.integers(1, 10**12),
)


@given(st.lists(TRANSFERS, min_size=1, max_size=5), st.dates(), st.binary(max_size=3))
def test_any_payments_at_all_make_a_valid_document_whose_sum_is_theirs(
    transfers: list[Transfer], day: Any, salt: bytes
) -> None:
    file = PaymentFile(f"{len(salt):032}", "救助资金", day, transfers)
    XSD.validate(file.as_xml().decode())
    read = csv.DictReader(io.StringIO(file.as_csv().decode("utf-8-sig"), newline=""))
    sums = sum(int(row["amount"].replace(".", "")) for row in read)
    assert sums == file.total == sum(each.amount for each in transfers)


@given(st.integers(0, MOST))
def test_an_amount_in_yuan_says_each_fen(fen: int) -> None:
    whole, _, cents = yuan(fen).partition(".")
    assert (len(cents), int(whole) * 100 + int(cents)) == (2, fen)


@pytest.mark.parametrize(
    ("papers", "account"),
    [("6222 0000-1", "622200001"), ("账号", ""), ("12", ""), ("1" * 35, ""), ("=1+1", "")],
)
def test_what_no_bank_takes_is_no_account(papers: str, account: str) -> None:
    assert account_in(papers) == account
