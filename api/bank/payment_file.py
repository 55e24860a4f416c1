"""The payment file of a run (代发文件): whom the bank is to pay what, as CSV or ISO 20022 pain.001.

It is a function of the run and of what the vault has of its persons: asked for again it is the same
to the byte, so that a bank which takes an id of a message once takes the file once.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from domain.kernel.sentences import FEN_A_YUAN

COLUMNS = ("payment", "name", "account", "amount", "reference")
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CURRENCY = "CNY"
NOT_PROVIDED = "NOTPROVIDED"
# What ISO 20022 takes for an account that is no IBAN, and for a name.
ACCOUNT = re.compile("[0-9A-Za-z]{4,34}")
LONGEST_NAME = 140
BETWEEN = str.maketrans("", "", " -")


class Transfer(NamedTuple):
    """A payment that the bank is to make: its id and tag, to whom, and how much in fen."""

    payment: str
    tag: str
    name: str
    account: str
    amount: int


class PaymentFile(NamedTuple):
    """What a file says as a whole: its message's id, whose money it is, of which day."""

    message: str
    payer: str
    day: date
    transfers: Sequence[Transfer]

    @property
    def total(self) -> int:
        """Return the sum in fen."""
        return sum(each.amount for each in self.transfers)

    def as_csv(self) -> bytes:
        """Write it as CSV with a byte order mark; every line has the message's id as reference."""
        text = io.StringIO(newline="")
        write = csv.writer(text).writerow
        write(COLUMNS)
        for each in self.transfers:
            write((each.payment, each.name, each.account, yuan(each.amount), self.message))
        return text.getvalue().encode("utf-8-sig")

    def as_xml(self) -> bytes:
        """Write it as pain.001.001.09."""
        root = Element("Document", xmlns=NAMESPACE)
        initiation = SubElement(root, "CstmrCdtTrfInitn")
        self.put_head(SubElement(initiation, "GrpHdr"))
        payments = SubElement(initiation, "PmtInf")
        self.put_payer(payments)
        for each in self.transfers:
            put_transfer(SubElement(payments, "CdtTrfTxInf"), each)
        indent(root)
        written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
        return written + b"\n"

    def put_head(self, head: Element) -> None:
        """Write the message's head: its id, its day, how many payments it has, and their sum."""
        put(head, "MsgId", self.message)
        put(head, "CreDtTm", f"{self.day}T00:00:00")
        put(head, "NbOfTxs", str(len(self.transfers)))
        put(head, "CtrlSum", yuan(self.total))
        put(SubElement(head, "InitgPty"), "Nm", self.payer)

    def put_payer(self, payments: Element) -> None:
        """Write who pays, when; the bank knows the account by its agreement, not by the file."""
        put(payments, "PmtInfId", self.message)
        put(payments, "PmtMtd", "TRF")
        put(payments, "BtchBookg", "true")
        put(payments, "NbOfTxs", str(len(self.transfers)))
        put(payments, "CtrlSum", yuan(self.total))
        put(SubElement(payments, "ReqdExctnDt"), "Dt", self.day.isoformat())
        put(SubElement(payments, "Dbtr"), "Nm", self.payer)
        put_account(SubElement(payments, "DbtrAcct"), NOT_PROVIDED)
        agent = SubElement(SubElement(payments, "DbtrAgt"), "FinInstnId")
        put(SubElement(agent, "Othr"), "Id", NOT_PROVIDED)


def put_transfer(element: Element, transfer: Transfer) -> None:
    """Write one payment; its tag names it within the message, its whole id stands in the text."""
    put(SubElement(element, "PmtId"), "EndToEndId", transfer.tag)
    amount = put(SubElement(element, "Amt"), "InstdAmt", yuan(transfer.amount))
    amount.set("Ccy", CURRENCY)
    put(SubElement(element, "Cdtr"), "Nm", transfer.name)
    put_account(SubElement(element, "CdtrAcct"), transfer.account)
    put(SubElement(element, "RmtInf"), "Ustrd", transfer.payment)


def put(element: Element, name: str, text: str) -> Element:
    """Write a text below an element."""
    below = SubElement(element, name)
    below.text = text
    return below


def put_account(element: Element, account: str) -> None:
    """Write an account that is no IBAN."""
    put(SubElement(SubElement(element, "Id"), "Othr"), "Id", account)


def yuan(fen: int) -> str:
    """Write fen as 元 with two decimals."""
    whole, cents = divmod(fen, FEN_A_YUAN)
    return f"{whole}.{cents:02}"


def account_in(papers: str) -> str:
    """Return an account as banks take it; empty where it is none."""
    account = papers.translate(BETWEEN)
    return account if ACCOUNT.fullmatch(account) else ""
