"""The bank's answer to a payment file as ISO 20022 pain.002: which payments it did not carry out.

Only transactions that were rejected are returns; such a report names no other way back. A file with
a document type is refused unread: it could name things outside.
"""

from __future__ import annotations

import re
from datetime import date
from xml.etree.ElementTree import Element, ParseError, fromstring

from api.bank.return_file import MOST_ROWS, Read, ReturnedRow, RowProblem, yuan
from api.commands.parsing import unreadable
from domain.kernel.sentences import InvalidValue, Sentence

ROOT = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.[0-9]{2}\}Document")
PAID = frozenset({"ACCC", "ACCP", "ACSC", "ACSP", "ACTC", "ACWC"})
REJECTED = "RJCT"
CURRENCY = "CNY"


def read_status_report(content: bytes, message: str) -> Read:
    """Read a report on the payment file of an id (`message`); others are refused whole."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise unreadable("/file", "the file has a document type, which a bank's report never has")
    try:
        root = fromstring(content)  # noqa: S314 - without a document type nothing expands
    except (ParseError, ValueError) as error:
        raise unreadable("/file", "the file is no XML: {reason}", reason=str(error)) from None
    if not ROOT.fullmatch(root.tag):
        raise unreadable(
            "/file", "the file is no pain.002: its root is {root}", root=root.tag[:100]
        )
    for found in named(root, "OrgnlMsgId"):
        if (found.text or "").strip() != message:
            raise unreadable(
                "/file",
                "the file answers {found}; the payment file of this run is {message}",
                found=(found.text or "")[:35],
                message=message,
            )
    return transactions(root)


def named(element: Element, name: str) -> list[Element]:
    """Find what bears a name below an element, in whatever edition of the standard."""
    return [each for each in element.iter() if each.tag.rpartition("}")[2] == name]


def text(element: Element, name: str) -> str:
    """Return the text of the first thing that bears a name; empty if there is none."""
    return next(((each.text or "").strip() for each in named(element, name)), "")


def transactions(root: Element) -> Read:
    """Read the transactions that were rejected; `row` counts all of them from 1."""
    told = named(root, "TxInfAndSts")
    if not told and text(root, "GrpSts") not in PAID:
        raise unreadable(
            "/file", "the report names no transactions: ask the bank for one that does"
        )
    if len(told) > MOST_ROWS:
        raise unreadable(
            "/file", "a file has at most {most} lines: send it in parts", most=str(MOST_ROWS)
        )
    rows: list[ReturnedRow] = []
    problems: list[RowProblem] = []
    for number, each in enumerate(told, start=1):
        status = text(each, "TxSts")
        if status == REJECTED:
            try:
                rows.append(rejected(root, number, each))
            except InvalidValue as error:
                problems.append(RowProblem(number, "", "malformed", error.sentence))
        elif status not in PAID:
            sentence = Sentence("the status {status} is not final", status=status or "-")
            problems.append(RowProblem(number, "", "malformed", sentence))
    return rows, problems


def rejected(root: Element, number: int, told: Element) -> ReturnedRow:
    """Read one transaction that was rejected."""
    amounts = named(told, "InstdAmt")
    if any(each.get("Ccy") != CURRENCY for each in amounts):
        raise InvalidValue("the currency is CNY")
    reasons = [text(told, name) for name in ("Cd", "Prtry", "AddtlInf")]
    return ReturnedRow(
        number,
        text(told, "OrgnlEndToEndId"),
        " ".join(filter(None, reasons)) or REJECTED,
        yuan(amounts[0].text or "") if amounts else None,
        day_of(text(told, "AccptncDtTm") or text(root, "CreDtTm")),
        text(told, "StsId") or text(root, "MsgId"),
    )


def day_of(moment: str) -> date:
    """Return the day of an ISO date and time."""
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        raise InvalidValue("the report says no day") from None
