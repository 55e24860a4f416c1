"""Marriages and divorces: entered once, inspected by another, annulled once."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from domain.kernel.refusals import (
    AlreadyExists,
    AreaUnknown,
    MakerIsChecker,
    UnknownSubject,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.registers.stories import EVE, LUOHU, REGISTRAR, a_register, counted
from tests.domain.stories import an_act

COUPLE = "registration:2007-1"
REVIEWER = an_act("reviewer-1")


def entered(
    kind: str = "marriage", subject: str = COUPLE, books: InMemoryLedger | None = None
) -> InMemoryLedger:
    books = books or a_register()
    what = {"kind": kind, "office": "luohu-office", "area": LUOHU}
    books.send("registration.enter", subject, REGISTRAR, **what)
    return books


def send(books: InMemoryLedger, verb: str, act: Any = REGISTRAR, **what: Any) -> Sent:
    return books.send(f"registration.{verb}", COUPLE, act, **what)


def test_couples_are_counted_by_kind_and_area_and_nobody_is_named() -> None:
    books = entered("divorce", "registration:2", entered())
    assert counted(books, "registrations", detail="marriage", area=LUOHU) == 1
    assert counted(books, "registrations", detail="divorce", unit="couple") == 1
    assert "person" not in msgspec.json.encode(list(books.all())).decode()


def test_a_couple_is_registered_once() -> None:
    with pytest.raises(AlreadyExists):
        entered(books=entered())


def test_a_registration_is_annulled_once_with_its_reason() -> None:
    books = entered()
    sent = send(books, "annul", reason="受胁迫")
    assert sent.events[0].reason == "受胁迫"  # type: ignore[attr-defined]
    with pytest.raises(WrongState):
        send(books, "annul", reason="受胁迫")
    with pytest.raises(WrongState):
        send(books, "inspect", REVIEWER, compliant=True)
    assert counted(books, "registrations-annulled", detail="marriage") == 1
    assert counted(books, "registrations") == 1


def test_the_rate_of_compliance_has_the_inspected_as_its_base() -> None:
    books = entered()
    send(books, "inspect", REVIEWER, compliant=False)
    entered(subject="registration:2", books=books)
    books.send("registration.inspect", "registration:2", REVIEWER, compliant=True)
    entered(subject="registration:3", books=books)
    assert counted(books, "registrations-inspected") == 2
    assert counted(books, "registrations-compliant") == 1


def test_a_registration_is_inspected_once_and_not_by_who_entered_it() -> None:
    books = entered()
    with pytest.raises(MakerIsChecker):
        send(books, "inspect", compliant=True)
    send(books, "inspect", REVIEWER, compliant=True)
    with pytest.raises(WrongState):
        send(books, "inspect", REVIEWER, compliant=True)


def test_nothing_happens_to_a_registration_before_it_is_entered() -> None:
    with pytest.raises(UnknownSubject):
        send(a_register(), "annul", reason="无")
    for verb, what in (("annul", {"reason": "早"}), ("inspect", {"compliant": True})):
        with pytest.raises(WrongState):
            send(entered(), verb, an_act("reviewer-1", EVE), **what)


def test_an_office_registers_in_an_area_that_is_there() -> None:
    what = {"kind": "marriage", "office": "luohu-office", "area": LUOHU}
    early = an_act("registrar-1", date(2005, 1, 1))
    with pytest.raises(AreaUnknown):
        a_register().send("registration.enter", COUPLE, early, **what)
