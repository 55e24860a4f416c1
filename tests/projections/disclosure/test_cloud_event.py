"""The CloudEvents record of an event: its envelope, its two zones, its canonical bytes."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import EVENTS
from domain.benefits.household_events import HouseholdFormed
from domain.benefits.person_events import PersonRegistered
from domain.funds.fund_events import FundReversed, FundsCommitted
from domain.kernel.aggregate import Act, Evidence, subject_kind
from domain.payments.payment_events import (
    PaymentMade,
    PaymentMoved,
    PaymentOverpaid,
    PaymentSupplemented,
)
from domain.registers.areas import AreaOpened
from projections.core.event_log import StoredEvent
from projections.disclosure.cloud_event import partition_of, record, written
from projections.disclosure.public_record import commitment
from scripts.example_events import ORIGIN
from tests.projections.stored_events import NOON, SALT, a_line, made, mirror

PAPER = Evidence(name="批文.pdf", sha256="ab" * 32)
ACT = Act(
    by="clerk-7",
    on=date(2007, 3, 1),
    booked=date(2007, 3, 2),
    key="k-1",
    authority="深民〔2007〕12号",
    evidence=(PAPER,),
)
COMMITTED = made(
    FundsCommitted,
    subject="fund:lottery",
    act=ACT,
    amount=300000000,
    earmark="general",
    to="contract:care-line",
    purpose="aid-elderly",
)
POSTINGS = [
    {"account": "available:lottery:general", "value": -300000000, "unit": "fen"},
    {"account": "committed:lottery:general:contract:care-line", "value": 300000000, "unit": "fen"},
]
WHAT = {
    "amount": {"value": 300000000, "unit": "fen"},
    "earmark": "general",
    "to": "contract:care-line",
    "purpose": "aid-elderly",
}
ENVELOPE = {
    "specversion": "1.0",
    "id": "440300/123",
    "ledgerid": ORIGIN.ledger,
    "source": "/440300",
    "type": "fund.committed.v1",
    "subject": "fund:lottery",
    "time": "2007-03-01T12:00:00.000120Z",
    "datacontenttype": "application/json",
    "sequence": "123",
    "partitionkey": "fund:lottery",
}


# The whole of a bare commitment: nothing in it differs from that of any other event but these.
BARE = ENVELOPE | {
    "type": "commitment.v1",
    "subject": "commitment",
    "partitionkey": "commitment",
    "dataschema": "urn:mingzhang:schema:commitment:1",
}


def commitment_of(event: Any) -> str:
    return b64encode(hashlib.sha256(SALT + msgspec.json.encode(event)).digest()).decode()


def test_the_office_has_the_whole_event_as_the_contract_writes_it() -> None:
    assert record(a_line(COMMITTED, 123), ORIGIN, "office") == ENVELOPE | {
        "dataschema": "urn:mingzhang:schema:fund.committed:1",
        "data": {
            "version": 1,
            "on": "2007-03-01",
            "booked": "2007-03-02",
            "by": "clerk-7",
            "authority": "深民〔2007〕12号",
            "reason": "",
            "evidence": [{"name": "批文.pdf", "sha256": "ab" * 32}],
            "key": "k-1",
            "what": WHAT,
            "postings": POSTINGS,
            "reverses": None,
        },
    }


def test_the_public_has_the_same_without_who_sent_it_and_bound_to_it() -> None:
    assert record(a_line(COMMITTED, 123), ORIGIN, "open") == ENVELOPE | {
        "dataschema": "urn:mingzhang:schema:public:fund.committed:1",
        "data": {
            "commitment": commitment_of(COMMITTED),
            "on": "2007-03-01",
            "booked": "2007-03-02",
            "authority": "深民〔2007〕12号",
            "reason": "",
            "what": WHAT,
            "postings": POSTINGS,
            "reverses": None,
        },
    }


def test_what_the_public_does_not_see_is_there_as_a_commitment_alone() -> None:
    person = made(PersonRegistered, subject="person:p-1")
    family = made(
        HouseholdFormed,
        subject="household:h-1",
        members=("person:p-1",),
        area="area:luohu",
        first="2007-03",
    )
    for event in (person, family):
        assert record(a_line(event, 123), ORIGIN, "open") == BARE | {
            "data": {"commitment": commitment_of(event)}
        }


def test_a_memo_has_no_booked_day_and_no_lines() -> None:
    data = record(
        a_line(made(AreaOpened, subject="area:city", title="市", level="city")), ORIGIN, "office"
    )["data"]
    assert "booked" not in data
    assert data["postings"] == []


def test_a_reversal_names_what_it_reverses() -> None:
    for zone in ("office", "open"):
        data = record(a_line(mirror(FundReversed, COMMITTED)), ORIGIN, zone)["data"]
        assert data["reverses"] == 7
        assert [line["value"] for line in data["postings"]] == [300000000, -300000000]


def test_all_events_of_a_payment_are_kept_in_order_with_their_run() -> None:
    moves = [PaymentMade, PaymentSupplemented, PaymentOverpaid, *PaymentMoved.__subclasses__()]
    of_payments = {kind for kind in EVENTS.values() if subject_kind(kind) == "payment"}
    assert of_payments >= set(moves)
    for kind in of_payments:
        assert "run" in kind.__struct_fields__
    event = made(
        PaymentOverpaid, subject="payment:dibao:2007-08:ab", run="pay-run:dibao:2007-08",
        recovery="recovery:r-1", amount=3,
    )  # fmt: skip
    assert partition_of(event) == "pay-run:dibao:2007-08"
    assert record(a_line(event), ORIGIN, "open")["partitionkey"] == "commitment"


def rfc_8785(value: Any) -> bytes:
    """Write JSON in canonical form: a reference for texts, whole numbers and constants."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return b"{" + b",".join(rfc_8785(k) + b":" + rfc_8785(v) for k, v in members) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(rfc_8785, value)) + b"]"
    if isinstance(value, str):
        return b'"' + "".join(map(escaped, value)).encode() + b'"'
    if isinstance(value, int) and not isinstance(value, bool):
        assert abs(value) < 2**53
    return json.dumps(value).encode()


def escaped(character: str) -> str:
    """Write a character as ECMAScript's JSON.stringify does."""
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r"}
    short["\t"] = "\\t"
    return short.get(character) or (f"\\u{ord(character):04x}" if character < " " else character)


NAMES = st.text(st.characters(max_codepoint=127), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_records_are_written_in_the_canonical_form_of_rfc_8785(value: Any) -> None:
    assert written({"value": value}) == rfc_8785({"value": value})


@pytest.mark.parametrize("zone", ["office", "open"])
def test_the_line_of_a_record_is_its_canonical_form(zone: Any) -> None:
    shown = record(a_line(COMMITTED, 123), ORIGIN, zone)
    assert written(shown) == rfc_8785(shown)
    assert json.loads(written(shown)) == shown


@pytest.mark.parametrize("topic", ["fund.invented.v1", "fund.opened.v9", "fund.opened.v1"])
@pytest.mark.parametrize("state", [b'{"title":"x"}', b"\x00not json"])
def test_an_event_that_cannot_be_read_is_told_without_reading_it(topic: str, state: bytes) -> None:
    line = StoredEvent(8, NOON, topic, "person:p-1", 1, state, SALT)
    public = record(line, ORIGIN, "open")
    assert public["data"] == {"commitment": commitment(SALT, state)}
    assert public["type"] == "commitment.v1"
    assert (public["subject"], public["partitionkey"]) == ("commitment", "commitment")
    full = record(line, ORIGIN, "office")
    assert full["data"] == {"stored": {"title": "x"} if state.startswith(b"{") else None}
    assert full["type"] == topic
