"""A body that was deregistered or revoked is entrusted with nothing from that day on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel.payees import BodyEnded
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.registers.stories import LUOHU, a_register
from tests.domain.stories import an_act

BODY, OTHER, HOME = "organisation:over", "organisation:stands", "facility:home"
BEGUN, END = date(2006, 1, 1), date(2007, 6, 15)
BEFORE = END - timedelta(1)
WHAT: dict[str, Any] = {
    "title": "合唱团", "kind": "association", "activity": "elders", "area": LUOHU,
}  # fmt: skip
CARE: dict[str, Any] = {"kind": "elder-home", "body": BODY, "area": LUOHU, "beds": 5}
FUND: dict[str, Any] = {
    "title": "善款", "kind": "charity", "basis": "cash", "keeper": BODY, "purposes": ("aid-poor",),
}  # fmt: skip
SETTLED: dict[str, Any] = {"person": "person:a", "category": "conscript", "cohort": 2006}
# Each act that entrusts something to the body: a command, its subject, its sender, what it says.
ACTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("facility.plan", "facility:new", "clerk-1", CARE),
    ("facility.open", "facility:new", "clerk-1", CARE),
    ("facility.bring-in", "facility:new", "clerk-1", CARE),
    ("facility.open", "facility:planned", "clerk-1", {}),
    ("facility.resize", HOME, "clerk-1", {"beds": 6}),
    ("placement.admit", "placement:p", "clerk-1",
     {"kind": "elder-home", "facility": HOME, "area": LUOHU}),
    ("placement.bring-in", "placement:p", "clerk-1",
     {"kind": "elder-home", "facility": HOME, "area": LUOHU}),
    ("placement.transfer", "placement:elsewhere", "clerk-1", {"facility": HOME}),
    ("fund.open", "fund:gifts", "treasurer-1", FUND),
    ("worker.register", "worker:w", "registrar-1", {"person": "person:a", "body": BODY}),
    ("worker.appoint", "worker:w", "registrar-1",
     {"person": "person:a", "body": BODY, "established": True}),
    ("veteran.place", "veteran:v", "clerk-1", {"body": BODY}),
    ("organisation.register", "organisation:new", "registrar-1", {**WHAT, "body": BODY}),
    ("organisation.record", "organisation:new", "registrar-1", {**WHAT, "body": BODY}),
    ("organisation.bring-in", "organisation:new", "registrar-1", {**WHAT, "body": BODY}),
    ("organisation.change", OTHER, "registrar-1", {"body": BODY}),
)  # fmt: skip


def a_city() -> InMemoryLedger:
    """Return books with a body that runs a home, and one that stands."""
    books = a_register()
    for each in (BODY, OTHER):
        books.send("organisation.register", each, an_act("registrar-1", BEGUN), **WHAT)
    books.send("person.register", "person:a", an_act("clerk-1", BEGUN))
    books.send("veteran.receive", "veteran:v", an_act("clerk-1", BEGUN), **SETTLED)
    books.send("facility.open", HOME, an_act("clerk-1", BEGUN), **CARE)
    books.send("facility.plan", "facility:planned", an_act("clerk-1", BEGUN), **CARE)
    stay = {"kind": "elder-home", "area": LUOHU}
    books.send("placement.admit", "placement:elsewhere", an_act("clerk-1", BEGUN), **stay)
    return books


@pytest.mark.parametrize("verb", ["revoke", "deregister"])
@pytest.mark.parametrize(("command", "subject", "by", "what"), ACTS)
def test_nothing_is_entrusted_to_a_body_from_the_day_of_its_end(
    command: str, subject: str, by: str, what: dict[str, Any], verb: str
) -> None:
    books = a_city()
    books.send(f"organisation.{verb}", BODY, an_act("registrar-1", END))
    for day in (END, END + timedelta(40)):
        with pytest.raises(BodyEnded, match=f"{BODY} ended on {END}"):
            books.send(command, subject, an_act(by, day), **what)
    # What is learnt late of a day on which it stood is taken.
    books.send(command, subject, an_act(by, BEFORE), **what)


def test_what_lets_go_of_a_home_whose_body_has_ended_is_taken() -> None:
    books = a_city()
    stay = {"kind": "elder-home", "facility": HOME, "area": LUOHU}
    books.send("placement.admit", "placement:p", an_act("clerk-1", BEFORE), **stay)
    books.send("organisation.revoke", BODY, an_act("registrar-1", END))
    books.send("facility.resize", HOME, an_act("clerk-1", END), beds=4)
    books.send("placement.discharge", "placement:p", an_act("clerk-1", END))
    books.send("facility.close", HOME, an_act("clerk-1", END))
    books.send("facility.close", "facility:planned", an_act("clerk-1", END))
