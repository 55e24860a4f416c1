"""Entitlements: from the application to the stop, and what is refused on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.refusals import (
    AlreadyExists,
    AreaUnknown,
    ExcludedByScheme,
    MakerIsChecker,
    Malformed,
    NotEntitled,
    NoticePeriodOpen,
    RateMissing,
    Refused,
    UnknownSubject,
    WrongState,
)
from tests.domain.benefits.stories import (
    COMMUNITY,
    PERSON,
    a_city,
    a_scheme,
    adopt,
    bring_in,
    facts_of,
    household,
    in_payment,
    lines_of,
    rate,
    register,
)
from tests.domain.in_memory_unit import InMemoryLedger, Sent
from tests.domain.stories import an_act

CLAIM = "entitlement:1"


def apply(books: InMemoryLedger, scheme: str = "scheme:x", **more: Any) -> Sent:
    """Apply for the person."""
    what = {"scheme": scheme, "holder": PERSON, "area": COMMUNITY} | more
    return books.send("entitlement.apply", CLAIM, an_act("clerk-1"), **what)


def assessed(books: InMemoryLedger, *, eligible: bool = True) -> None:
    """Assess the claim."""
    act = an_act("clerk-1")
    books.send("entitlement.assess", CLAIM, act, income=0, eligible=eligible)


def publicised(books: InMemoryLedger, to: date = date(2007, 3, 8)) -> None:
    """Post the claim for a week."""
    act = an_act("clerk-1")
    books.send("entitlement.publicise", CLAIM, act, from_=date(2007, 3, 1), to=to)


def grant(
    books: InMemoryLedger, by: str = "approver-1", on: date = date(2007, 3, 9), **more: Any
) -> Sent:
    """Grant the claim from March 2007 on."""
    what = {"tier": "a", "from_": date(2007, 3, 1)} | more
    return books.send("entitlement.grant", CLAIM, an_act(by, on), **what)


def test_an_entitlement_goes_from_the_application_to_the_roll() -> None:
    books = a_scheme()
    apply(books)
    assessed(books)
    publicised(books)
    grant(books)

    assert lines_of(books, "scheme:x", "2007-02") == {}
    assert lines_of(books, "scheme:x", "2007-03") == {PERSON: 300}
    assert [fact.measure for fact in facts_of(books)] == ["entitlements", "entitlement-first"]


def test_nothing_is_granted_out_of_its_order() -> None:
    books = a_scheme()
    with pytest.raises(UnknownSubject):
        grant(books)
    apply(books)
    with pytest.raises(WrongState):
        grant(books)
    with pytest.raises(WrongState):
        publicised(books)


def test_who_assessed_does_not_grant() -> None:
    books = a_scheme()
    apply(books)
    assessed(books)

    with pytest.raises(MakerIsChecker):
        grant(books, by="clerk-1")


def test_only_the_eligible_are_granted_anything() -> None:
    books = a_scheme()
    apply(books)
    assessed(books, eligible=False)

    with pytest.raises(NotEntitled):
        grant(books)


def test_the_notice_ends_before_the_grant() -> None:
    books = a_scheme()
    apply(books)
    assessed(books)
    publicised(books)

    with pytest.raises(NoticePeriodOpen):
        grant(books, on=date(2007, 3, 8))
    assert grant(books).events


def test_means_tested_aid_is_publicised_before_its_grant() -> None:
    books = a_scheme(per="household", formula="top-up")
    apply(books, holder=household(books, "h", 2))
    assessed(books)

    with pytest.raises(WrongState, match="publicised"):
        grant(books)


def test_a_new_assessment_needs_a_new_notice() -> None:
    books = a_scheme(per="household", formula="top-up")
    apply(books, holder=household(books, "h", 2))
    assessed(books)
    publicised(books)
    assessed(books)

    with pytest.raises(WrongState, match="publicised"):
        grant(books)


def test_the_amount_is_said_only_where_no_rate_decides() -> None:
    books = a_scheme()
    apply(books)
    assessed(books)
    with pytest.raises(Malformed) as refusal:
        grant(books, amount=100)

    assert refusal.value.pointer == "/what/amount"


def test_without_rates_the_amount_is_said() -> None:
    books = a_city()
    adopt(books, "scheme:x")
    register(books, PERSON)
    apply(books)
    assessed(books)
    with pytest.raises(RateMissing):
        grant(books)
    grant(books, amount=123)

    assert lines_of(books, "scheme:x", "2007-03") == {PERSON: 123}


def test_nobody_has_two_entitlements_of_one_scheme() -> None:
    books = a_scheme()
    bring_in(books, "scheme:x", PERSON)

    with pytest.raises(AlreadyExists):
        apply(books)
    books.send(
        "entitlement.stop",
        "entitlement:x-1",
        an_act("clerk-1"),
        reason="迁出",
        from_=date(2007, 3, 1),
    )
    assert apply(books).events


@pytest.mark.parametrize("excludes", [("scheme:x", ("scheme:y",)), ("scheme:y", ("scheme:x",))])
def test_schemes_that_exclude_each_other_are_not_granted_to_one_person(
    excludes: tuple[str, tuple[str, ...]],
) -> None:
    books = a_city()
    for scheme in ("scheme:x", "scheme:y"):
        of_it = excludes[1] if excludes[0] == scheme else ()
        adopt(books, scheme, rate("a", 300), excludes=of_it)
    register(books, PERSON)
    bring_in(books, "scheme:y", PERSON)
    apply(books)
    assessed(books)

    with pytest.raises(ExcludedByScheme):
        grant(books)


def test_a_household_counts_for_what_excludes_its_members() -> None:
    books = a_scheme(excludes=("scheme:home",))
    adopt(books, "scheme:home", rate("a", 300), per="household")
    bring_in(books, "scheme:home", household(books, "h", 2))
    apply(books, holder="person:h-1")
    assessed(books)

    with pytest.raises(ExcludedByScheme):
        grant(books)


def test_a_member_counts_for_what_excludes_its_household() -> None:
    books = a_scheme(excludes=("scheme:home",))
    adopt(books, "scheme:home", rate("a", 300), per="household")
    home = household(books, "h", 2)
    bring_in(books, "scheme:x", "person:h-1")

    with pytest.raises(ExcludedByScheme):
        bring_in(books, "scheme:home", home)


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"holder": "household:h"}, WrongState),
        ({"holder": "person:nobody"}, UnknownSubject),
        ({"area": "area:nowhere"}, AreaUnknown),
        ({"scheme": "scheme:none"}, UnknownSubject),
    ],
)
def test_an_application_names_what_exists(what: dict[str, str], refusal: type[Refused]) -> None:
    books = a_scheme()
    household(books, "h", 1)

    with pytest.raises(refusal):
        apply(books, **what)


def test_a_scheme_that_follows_another_has_no_entitlements() -> None:
    books = a_scheme()
    adopt(books, "scheme:after", rate("a", 20), follows="scheme:x")

    with pytest.raises(WrongState, match="follows"):
        apply(books, scheme="scheme:after")


def test_nothing_is_granted_to_the_dead() -> None:
    books = a_scheme(after_death_months=1)
    apply(books)
    assessed(books)
    books.send("person.report-death", PERSON, an_act("clerk-1"), date=date(2007, 1, 20))

    with pytest.raises(NotEntitled):
        grant(books)
    assert grant(books, from_=date(2007, 2, 1)).events


def test_an_application_that_was_never_granted_is_not_counted_out() -> None:
    books = a_scheme()
    apply(books)
    books.send("entitlement.stop", CLAIM, an_act("clerk-1"), reason="撤回", from_=date(2007, 3, 1))

    assert in_payment(books) == 0
