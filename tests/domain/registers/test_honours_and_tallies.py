"""Honours are conferred and withdrawn; tallies count work of their own period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.money import Quantity
from domain.kernel.refusals import (
    AlreadyExists,
    AreaUnknown,
    Malformed,
    Refused,
    UnitMismatch,
    UnknownSubject,
    WrongState,
)
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.registers.stories import CLERK, EVE, GUIYUAN, LUOHU, a_register, counted
from tests.domain.stories import an_act

HONOUR, TALLY = "honour:guiyuan-2007", "tally:funerals-2007"
AWARD = {"award": "harmony", "level": "province", "recipient": GUIYUAN}
WORK: dict[str, Any] = {
    "measure": "funerals",
    "count": Quantity(98, "person"),
    "base": Quantity(98, "person"),
    "qualifier": "exact",
    "area": LUOHU,
    "from_": date(2007, 1, 1),
    "to": date(2007, 12, 31),
}


def conferred(**more: str) -> InMemoryLedger:
    books = a_register()
    books.send("honour.confer", HONOUR, CLERK, **(AWARD | more))
    return books


def test_an_honour_counts_by_award_and_level_where_it_was_conferred() -> None:
    books = conferred()
    where: dict[str, Any] = {
        "programme": "harmony",
        "detail": "province",
        "area": GUIYUAN,
        "unit": "community",
    }
    assert counted(books, "honours-conferred", **where) == 1
    assert counted(books, "honours", **where) == 1


def test_a_withdrawn_honour_was_conferred_all_the_same() -> None:
    books = conferred()
    with pytest.raises(WrongState):
        books.send("honour.withdraw", HONOUR, an_act("clerk-1", EVE))
    books.send("honour.withdraw", HONOUR, CLERK)
    assert (counted(books, "honours"), counted(books, "honours-conferred")) == (0, 1)
    with pytest.raises(WrongState):
        books.send("honour.withdraw", HONOUR, CLERK)


def test_an_honour_goes_to_somebody_who_is_there() -> None:
    with pytest.raises(AreaUnknown):
        conferred(recipient="area:nowhere")
    with pytest.raises(UnknownSubject):
        conferred(recipient="person:nobody")
    body = conferred(recipient="organisation:new")
    assert counted(body, "honours", unit="organisation") == 1


def reported(books: InMemoryLedger, on: date = date(2007, 12, 31), **more: Any) -> InMemoryLedger:
    books.send("tally.report", TALLY, an_act("clerk-1", on), **(WORK | more))
    return books


def test_a_tally_gives_its_count_and_its_base_to_the_figures() -> None:
    books = reported(a_register())
    assert counted(books, "tally:funerals", area=LUOHU, unit="person") == 98
    assert counted(books, "tally-base:funerals") == 98
    assert counted(reported(a_register(), base=None), "tally-base:funerals") == 0


@pytest.mark.parametrize(
    ("on", "what", "refusal"),
    [
        (EVE, {}, Malformed),
        (date(2008, 1, 5), {}, Malformed),
        (date(2007, 12, 31), {"to": EVE}, Malformed),
        (date(2007, 12, 31), {"base": Quantity(99, "household")}, UnitMismatch),
        (date(2007, 12, 31), {"base": Quantity(97, "person")}, Malformed),
        (date(2007, 12, 31), {"area": "area:nowhere"}, AreaUnknown),
    ],
)
def test_a_tally_makes_sense_and_counts_in_its_year(
    on: date, what: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        reported(a_register(), on, **what)


def test_a_tally_is_reported_again_only_after_it_was_reversed() -> None:
    books = reported(a_register())
    with pytest.raises(AlreadyExists):
        reported(books)
    books.send("event.reverse", TALLY, an_act("approver-1"), of=len(books.stored))
    assert counted(books, "tally:funerals") == 0
    reported(books, count=Quantity(97, "person"))
    assert counted(books, "tally:funerals") == 97
