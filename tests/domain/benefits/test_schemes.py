"""Schemes: adopted from the catalogue's files, with dated rates that cite their authority."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.benefits.schemes import Rate, catalogue
from domain.benefits.schemes.catalogue import SchemeFile
from domain.kernel.refusals import AlreadyExists, AreaUnknown, Malformed, UnknownSubject, WrongState
from tests.domain.benefits.stories import a_city, adopt, draw_up, lines_of, rate, register
from tests.domain.benefits.stories import bring_in as brought_in
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act

NAMES = catalogue.names()
# The programmes of the two reports that pay by a scheme.
REPORTED = (
    "bed-subsidy",
    "dibao",
    "home-care",
    "hospice",
    "inpatient-insurance",
    "migrant-care",
    "old-age",
    "price-subsidy",
    "self-employment",
    "temporary-relief",
    "veterans-pension",
)
DISTRICTS = ("area:luohu", "area:futian", "area:nanshan", "area:yantian")


def said(name: str) -> dict[str, Any]:
    """Return what a file says, as the door would hand it to the command."""
    what = catalogue.read(name)
    rates = tuple(
        Rate(
            area=row.get("area"),
            tier=row["tier"],
            from_=date.fromisoformat(row["from"]),
            amount=row["amount"]["value"],
            authority=row["authority"],
        )
        for row in what["rates"]
    )
    return what | {"excludes": tuple(what["excludes"]), "rates": rates}


def a_catalogue() -> InMemoryLedger:
    """Return books that have adopted every file of the catalogue."""
    books = a_city()
    for area in DISTRICTS:
        act = an_act("approver-1", date(2006, 1, 1))
        books.send("area.open", area, act, title=area, level="district", parent="area:city")
    for name in sorted(NAMES, key=lambda each: each == "price-subsidy"):
        act = an_act("approver-1", date(2006, 1, 1))
        books.send("scheme.adopt", f"scheme:{name}", act, **said(name))
    return books


def test_the_catalogue_lists_its_files_and_lacks_no_programme() -> None:
    assert set(REPORTED) <= set(NAMES)
    assert list(NAMES) == sorted(NAMES)


def test_every_file_of_the_catalogue_can_be_adopted() -> None:
    books = a_catalogue()

    assert sum(event.TOPIC == "scheme.adopted" for event in books.all()) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_titles_in_both_languages_and_rates_with_an_authority(name: str) -> None:
    file = catalogue.load(name)

    assert file.title.zh
    assert file.title.en.isascii()
    assert all(row.authority and row.amount % 5 == 0 for row in file.rates)
    assert bool(file.rates) == (file.per != "case" and file.pays != "in-kind")


@pytest.mark.parametrize(
    "wrong",
    [
        {"formula": "by-feeling"},
        {"amount": 1},
        {"rates": [{"tier": "a", "from": date(2007, 1, 1), "amount": 1.5, "authority": "x"}]},
        {"rates": [{"tier": "a", "from": date(2007, 1, 1), "amount": 1}]},
    ],
)
def test_a_file_that_says_something_else_is_refused(wrong: dict[str, Any]) -> None:
    plain = {
        "title": {"zh": "补助", "en": "Aid"},
        "programme": "aid",
        "purpose": "aid-poor",
        "per": "person",
        "pays": "monthly",
        "formula": "flat",
        "after_death_months": 0,
    }
    assert SchemeFile.model_validate(plain)

    with pytest.raises(ValidationError):
        SchemeFile.model_validate(plain | wrong)


def test_the_price_subsidy_is_twenty_yuan_from_august() -> None:
    (row,) = catalogue.read("price-subsidy")["rates"]

    assert (row["amount"], row["from"]) == ({"value": 2000, "unit": "fen"}, "2007-08-01")
    assert catalogue.read("price-subsidy")["follows"] == "scheme:dibao"


def test_the_standard_is_higher_inside_the_special_zone() -> None:
    books = a_catalogue()
    for number, area in enumerate((*DISTRICTS, "area:east-1")):
        register(books, f"person:{number}")
        home = f"household:{number}"
        act = an_act("clerk-1", date(2006, 1, 1))
        books.send("household.form", home, act, members=(f"person:{number}",), area=area)
        brought_in(books, "scheme:dibao", home, tier="standard", area=area)

    inside, outside = 36_100, 34_400
    assert list(lines_of(books, "scheme:dibao", "2007-01").values()) == [*[inside] * 4, outside]


def test_a_scheme_is_adopted_once() -> None:
    books = a_city()
    adopt(books, "scheme:x")

    with pytest.raises(AlreadyExists):
        adopt(books, "scheme:x")


def test_a_rate_stands_for_an_area_that_is_there() -> None:
    books = a_city()
    with pytest.raises(AreaUnknown):
        adopt(books, "scheme:x", rate("a", 300, area="area:none"))
    with pytest.raises(Malformed):
        adopt(books, "scheme:x", rate("a", 300), rate("a", 310))


def test_a_scheme_follows_one_that_is_adopted_and_follows_none() -> None:
    books = a_city()
    with pytest.raises(UnknownSubject):
        adopt(books, "scheme:after", follows="scheme:x")
    adopt(books, "scheme:x")
    adopt(books, "scheme:after", follows="scheme:x")
    with pytest.raises(WrongState):
        adopt(books, "scheme:later", follows="scheme:after")


def test_a_new_rate_counts_for_later_months_and_rewrites_none() -> None:
    books = a_city()
    adopt(books, "scheme:x", rate("a", 300))
    register(books, "person:1")
    brought_in(books, "scheme:x", "person:1")
    march = draw_up(books, "scheme:x", "2007-03").answer["digest"]
    what = {"tier": "a", "from_": date(2007, 4, 1), "amount": 330}
    books.send("scheme.set-rate", "scheme:x", an_act("approver-1"), **what)

    assert draw_up(books, "scheme:x", "2007-03", ":again").answer["digest"] == march
    assert lines_of(books, "scheme:x", "2007-04") == {"person:1": 330}


def test_rates_are_stated_for_the_figures() -> None:
    books = a_catalogue()
    stated = [
        (fact.value, fact.unit, fact.detail)
        for event in books.all()
        for fact in event.facts()
        if fact.measure == "rate" and fact.programme == "price-subsidy"
    ]

    assert stated == [(2000, "fen", "2007-08-01:standard")]
