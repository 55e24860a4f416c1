"""Each kind of exception is found where it was planted, and not before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.relief_case_events import ReliefDecided
from domain.funds.fund_events import FundReceived, FundTransferred
from domain.grants.grant_events import GrantAccounted, GrantAwarded, Share
from domain.kernel.aggregate import Evidence
from domain.kernel.money import Stated
from domain.payments.pay_run_events import PayRunReleased
from domain.payments.payment_events import PaymentReturned
from domain.registers.audit_rules import limits
from domain.registers.rules import EnactedRule
from infra.audit.exception_row import KINDS, AuditContext
from infra.audit.exceptions import exceptions
from infra.projector.projector import Projector
from infra.verify.check import LogAtHead
from projections.casework.account_days import AccountDay, below_zero, idle
from projections.core.view import Moment
from scripts.scenarios.office import APPROVER, TREASURER
from scripts.scenarios.stories import AREA, FUND, RUN, SCHEME
from tests.infra.verify.good_story import GRANT
from tests.infra.verify.planted_acts_alone import released_by_who_drew_it_up
from tests.infra.verify.planted_breaches import PLANTS, a_stop
from tests.infra.verify.spoilt_store import Store, an_act

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# The day to which days count, unless a kind needs another one.
DAY = date(2008, 6, 30)
SATURDAY, MONDAY = date(2007, 3, 24), date(2007, 3, 26)
SHA = "b" * 64


def found(
    store: Store, *kinds: str, day: date = DAY, min_days: int | None = None, **more: Any
) -> list[dict[str, Any]]:
    """Bring the views to the head, and list the exceptions on a day."""
    with psycopg.connect(store.app_url, autocommit=True) as connection:
        head = Projector(connection).catch_up()

        def tag(scheme: str, *parts: str) -> str:
            return store.vault.tag(connection, scheme, parts)

        with connection.transaction():
            log = LogAtHead(connection, head, tag, until=day)
            asked = AuditContext(log, Moment(head, day), day, limits(more.get("rules", ()), day))
            return exceptions(asked, kinds, min_days)


def planted(name: str) -> Callable[[Store], Sequence[int]]:
    """Return the breach that a check of `verify` finds, by the name of its function."""
    return next(plant for _, plant in PLANTS if plant.__name__ == name)


def came_back(store: Store) -> Sequence[int]:
    """Send back a payment to which nothing has happened yet."""
    payment = store.one(
        "SELECT min(originator_id) FROM ledger.events WHERE originator_id IN (SELECT originator_id"
        " FROM ledger.events GROUP BY 1 HAVING count(*) = 1) AND topic = 'payment.made.v1'"
    )
    what: dict[str, Any] = {"run": RUN, "fund": FUND, "earmark": "general", "programme": "aid",
                            "amount": 1, "paid": 9, "reason": "x", "bank_ref": "y"}  # fmt: skip
    return [store.append(store.made(PaymentReturned, payment, **what))]


def released_in_may(store: Store) -> Sequence[int]:
    drawn = store.position("pay-run.drawn-up", "pay-run:low:2007-04")
    act = an_act(TREASURER, booked=date(2007, 5, 2))
    paid: dict[str, Any] = {"paid": 0, "paid_persons": 0, "paid_amount": 0}
    run = "pay-run:low:2007-04"
    return [drawn, store.append(store.made(PayRunReleased, run, act, **paid))]


def there_and_back(store: Store) -> Sequence[int]:
    rest: dict[str, Any] = {"amount": 77, "earmark": "general", "purpose": "aid-poor",
                            "to_earmark": "general"}  # fmt: skip
    first = store.made(FundTransferred, FUND, to_fund="fund:other", **rest)
    second = store.made(FundTransferred, "fund:other", to_fund=FUND, **rest)
    at = store.append(first, second)
    return [at, at + 1]


def award(store: Store, number: int, day: date, amount: int) -> GrantAwarded:
    share = Share(fund=FUND, earmark="general", amount=amount)
    event = store.made(
        GrantAwarded, f"grant:part-{number}", an_act(APPROVER, booked=day), shares=(share,),
        awarded=amount, body="organisation:one", project="project:joy", programme="joy",
        area=AREA,
    )  # fmt: skip
    assert isinstance(event, GrantAwarded)
    return event


def in_parts(store: Store) -> Sequence[int]:
    parts = [award(store, nth, date(2007, 3, nth), 2_000_000) for nth in (5, 6, 7)]
    at = store.append(*parts)
    return [at, at + 1, at + 2]


def decided_on_a_saturday(store: Store) -> Sequence[int]:
    act = an_act(APPROVER, booked=SATURDAY)
    return [store.append(store.made(ReliefDecided, "relief:sat", act, amount=5))]


def accounted_without_papers(store: Store) -> Sequence[int]:
    what: dict[str, Any] = {"amount": 1, "shares": (), "evidence": None, "programme": "joy"}
    return [store.append(store.made(GrantAccounted, GRANT, **what))]


def one_invoice_twice(store: Store) -> Sequence[int]:
    what: dict[str, Any] = {"amount": 1, "shares": (), "programme": "joy",
                            "evidence": (Evidence(name="发票", sha256=SHA),)}  # fmt: skip
    events = [store.made(GrantAccounted, f"grant:{each}", **what) for each in ("i", "j")]
    at = store.append(*events)
    return [at, at + 1]


def paid_then_stopped(store: Store) -> Sequence[int]:
    """Stop the claim of somebody whose payment is still out."""
    given_back = store.one(
        "SELECT originator_id FROM ledger.events WHERE topic = 'payment.written-back.v1'"
    )
    tags = {who: store.tag(SCHEME, f"person:aid-{who}", "2007-03") for who in ("000000", "000001")}
    who = next(who for who, tag in tags.items() if not given_back.endswith(tag))
    stop = a_stop(store, f"entitlement:aid-{who}", f"person:aid-{who}", date(2007, 3, 1))
    return [store.append(stop)]


def back_dated(store: Store) -> Sequence[int]:
    """Promise on a day of 2006 what came in a year later."""
    later = store.made(
        FundReceived, FUND, an_act(booked=date(2007, 6, 1)), amount=90_000, earmark="general",
        source="fiscal", document="单",
    )  # fmt: skip
    store.append(later)
    promise = store.promise(amount=50_000)
    return [store.append(msgspec.structs.replace(promise, act=an_act(booked=date(2006, 2, 1))))]


KINDS_PLANTED: list[tuple[str, Callable[[Store], Sequence[int]]]] = [
    ("paid-after-stop", paid_then_stopped),
    ("paid-twice", planted("member_paid_alone_too")),
    ("excluded-pair", planted("granted_beside_what_excludes_it")),
    ("returned-idle", came_back),
    ("off-purpose", planted("off_purpose")),
    ("paid-late", released_in_may),
    ("self-approved", planted("approved_by_its_maker")),
    ("negative-day", back_dated),
    ("round-trip", there_and_back),
    ("split-below-threshold", in_parts),
    ("weekend", decided_on_a_saturday),
    ("alone", released_by_who_drew_it_up),
    ("no-evidence", accounted_without_papers),
    ("duplicate-document", one_invoice_twice),
]


def test_every_kind_is_planted() -> None:
    assert {kind for kind, _ in KINDS_PLANTED} == set(KINDS) - {"idle-money", "underpaid"}


@pytest.mark.parametrize(
    ("kind", "plant"),
    KINDS_PLANTED,
    ids=[f"{kind}-{plant.__name__}" for kind, plant in KINDS_PLANTED],
)
def test_an_exception_is_found_where_it_was_planted(
    store: Store, kind: str, plant: Callable[[Store], Sequence[int]]
) -> None:
    before = {row["id"] for row in found(store, kind)}
    positions = plant(store)
    new = [row for row in found(store, kind) if row["id"] not in before]
    assert any(set(positions) <= set(row["events"]) for row in new), new
    assert {row["kind"] for row in new} == {kind}


def test_what_is_paid_later_or_known_of_a_later_day_is_not_listed_on_a_day_before(
    store: Store,
) -> None:
    """Of payments the booked day counts, of a stop the day on which it takes effect."""
    day, eve = date(2007, 3, 20), date(2007, 3, 19)
    for kind, plant in KINDS_PLANTED:
        if kind in {"paid-after-stop", "paid-twice"}:
            before, then = (found(store, kind, day=each) for each in (eve, day))
            plant(store)
            assert len(found(store, kind, day=day)) > len(then), kind
            assert found(store, kind, day=eve) == before, kind


def test_money_that_lies_a_year_is_idle_and_what_is_used_is_the_oldest(store: Store) -> None:
    (row,) = [
        each for each in found(store, "idle-money") if each["subject"].startswith("available")
    ]
    since = DAY - timedelta(days=row["days"])
    eve, day = (since + timedelta(days=each) for each in (364, 365))
    assert found(store, "idle-money", day=eve) == []
    assert [each["subject"] for each in found(store, "idle-money", day=day)] == [row["subject"]]
    assert [each["days"] for each in found(store, "idle-money", day=eve, min_days=30)] == [364]


def test_a_rule_in_force_stands_in_place_of_the_default() -> None:
    rule = "rule:audit.returned-idle"
    enacted = [
        EnactedRule(rule, 5, date(2007, 1, 1), Stated(7, "day")),
        EnactedRule(rule, 9, date(2007, 6, 1), Stated(9, "day")),
        EnactedRule(rule, 11, date(2007, 6, 1), Stated(9, "year")),
    ]
    assert limits(enacted, date(2006, 12, 31))["returned-idle"] == 30
    assert limits(enacted, date(2007, 5, 31))["returned-idle"] == 7
    assert limits(enacted, date(2007, 6, 1))["returned-idle"] == 9


def test_what_was_returned_waits_for_the_days_of_the_rule(store: Store) -> None:
    (position,) = came_back(store)
    (row,) = [row for row in found(store, "returned-idle") if position in row["events"]]
    day = date(2007, 3, 20)
    assert row["days"] == (DAY - day).days
    assert row["amount"] == {"value": 1, "unit": "fen"}
    early = {row["id"] for row in found(store, "returned-idle", day=date(2007, 4, 18))}
    late = {row["id"] for row in found(store, "returned-idle", day=date(2007, 4, 19))}
    assert row["id"] in late - early


DAYS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 50), st.integers(0, 50)), max_size=12)


@given(DAYS, st.integers(0, 400))
def test_idle_is_what_is_held_beyond_all_that_came_since(
    given: list[tuple[int, int, int]], until: int
) -> None:
    """By definition: the oldest is used first, so that what came after a day is used last."""
    base = date(2007, 1, 1).toordinal()
    days, held = [], 0
    for nth, (day, taken, wanted) in enumerate(sorted(given)):
        used = min(wanted, held + taken)
        held += taken - used
        days.append(AccountDay("a", "fen", date.fromordinal(base + day), taken, -used, nth))
    last = date.fromordinal(base + until)
    since = sum(each.taken for each in days if each.booked > last)
    lies = idle(days, last)
    assert (lies.value if lies else 0) == max(0, held - since)


@given(DAYS)
def test_days_below_zero_are_those_of_the_running_sum(given: list[tuple[int, int, int]]) -> None:
    base = date(2007, 1, 1).toordinal()
    by_day: dict[int, int] = {}
    for day, taken, used in given:
        by_day[day] = by_day.get(day, 0) + taken - used
    days = [
        AccountDay("a", "fen", date.fromordinal(base + day), max(0, value), min(0, value), day)
        for day, value in sorted(by_day.items())
    ]
    held, below = 0, []
    for day, value in sorted(by_day.items()):
        held += value
        below += [day] if held < 0 else []
    spans = list(below_zero(days))
    for day in by_day:
        at = date.fromordinal(base + day)
        inside = [s for s in spans if s.since <= at and (s.until is None or at < s.until)]
        assert len(inside) == (day in below)
