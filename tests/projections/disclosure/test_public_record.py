"""What the public sees of an event, and what it never sees."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, get_args, get_origin

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import EVENTS
from domain.funds.donation_events import DonationPledged, DonationReceived
from domain.funds.fund_events import FundRecovered, FundReversed, FundsCommitted, FundsUncommitted
from domain.kernel.aggregate import Act, Event, subject_kind
from domain.kernel.disclosure import Public
from domain.kernel.event_fields import plan, said
from domain.kernel.reversals import Reversal
from domain.payments.pay_run_events import PayRunDrawnUp, PayRunReleased
from domain.payments.payment_events import PaymentMade
from projections.disclosure.allow_list import OPEN
from projections.disclosure.cloud_event import record, record_of, text, written
from projections.disclosure.public_record import GIFTS, named, plan_of, words_of
from projections.disclosure.small_counts import COUNTS, words_shown
from scripts.example_events import ORIGIN
from tests.projections.stored_events import AN_ACT, a_line, made, mirror, seen_of

# Kinds of things behind which there is one person, or one household.
OF_PERSONS = frozenset(
    {"entitlement", "household", "payment", "person", "placement", "recovery"}
    | {"registration", "relief", "role", "veteran", "worker"}
)
# Where other systems are called; what an officer wants done; whose papers an officer looked
# at; what the bank says.
OF_OFFICERS = frozenset({"webhook", "proposal", "vault", "bank-account", "bank-statement"})
# Budgets have no public form yet: what was spent is told, not what might be.
BUDGETS = frozenset({"budget.adopted", "budget.adjusted"})
# Who moves in and out of a facility; which payments were too much for one person.
CLOSED = frozenset({"facility.occupied", "facility.vacated"}) | BUDGETS
# Of a run, what would tell how many lines it has, and what its lines were.
OF_RUNS = frozenset(
    f"pay-run.{act}"
    for act in ("reviewed", "approved", "rejected", "cancelled", "chunk-released", "settled")
)
PERSONS = re.compile(rb"person:")
# An amount that no other field of a made event has.
AMOUNT = 777_000_111_222
SECRET_TOPICS = [
    topic
    for topic, kind in sorted(EVENTS.items())
    if kind.TOPIC.startswith(("payment.", "relief.", "recovery."))
]


def test_every_topic_is_open_by_a_list_or_closed_by_intent() -> None:
    topics = {kind.TOPIC for kind in EVENTS.values()}
    inside = OF_PERSONS | OF_OFFICERS
    closed = {kind.TOPIC for kind in EVENTS.values() if subject_kind(kind) in inside}
    closed |= CLOSED | OF_RUNS
    assert topics - closed == OPEN.keys()


@pytest.mark.parametrize("topic", sorted(EVENTS))
def test_a_list_names_only_fields_that_the_event_has(topic: str) -> None:
    kind = EVENTS[topic]
    if kind.TOPIC in OPEN:
        assert set(OPEN[kind.TOPIC].fields) <= {part.name for part in plan(kind)}


@cache
def nasty(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a type; any text, also an id, may hold a pseudonym."""
    origin, arguments = get_origin(kind), get_args(kind)
    if hasattr(kind, "__metadata__"):
        return nasty(arguments[0])
    if origin is tuple:
        return st.lists(nasty(arguments[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(nasty(arguments[0]), nasty(arguments[1]), max_size=2)
    if arguments:
        return st.one_of([nasty(option) for option in arguments if option is not type(None)])
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return struct(kind)
    texts = st.sampled_from(["person:p-1", "x person:p-1.2:b y", "fund:x", "grant:g", "a:b:c:d"])
    dates = st.dates(date(2006, 1, 1), date(2008, 1, 1))
    raw = texts.map(lambda text: msgspec.Raw(msgspec.json.encode({"what": text})))
    plain = {str: texts, date: dates, bool: st.booleans(), int: st.integers(1, 99)}
    return (plain | {msgspec.Raw: raw})[kind]


@cache
def struct(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Return structs of a class; a reversal mirrors whatever may be mirrored."""
    if issubclass(kind, Reversal):
        undoable = sorted((k for k in EVENTS.values() if hasattr(k, "undo")), key=str)
        return st.sampled_from(undoable).flatmap(struct).map(lambda e: mirror(kind, e))
    given_as = {"source": st.just("advanced:x:general:person:p-1")}
    return st.builds(
        kind,
        **{
            field.name: given_as.get(field.name, nasty(field.type))
            for field in msgspec.structs.fields(kind)
        },
    )


@pytest.mark.parametrize("topic", sorted(EVENTS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.data())
def test_no_public_record_names_a_person(topic: str, drawn: st.DataObject) -> None:
    event = drawn.draw(struct(EVENTS[topic]))
    line = text(record_of(a_line(event), "open"), ORIGIN)
    assert not PERSONS.search(line), line


@pytest.mark.parametrize("topic", SECRET_TOPICS)
@settings(max_examples=10, deadline=None)
@given(drawn=st.data())
def test_no_public_record_tells_what_one_person_was_paid(topic: str, drawn: st.DataObject) -> None:
    event = with_amount(drawn.draw(struct(EVENTS[topic])))
    shown = record(a_line(event), ORIGIN, "open")
    assert str(AMOUNT).encode() not in written(shown)
    assert shown["data"].keys() == {"commitment"}


@pytest.mark.parametrize("fields", OPEN.items(), ids=itemgetter(0))
@settings(max_examples=10, deadline=None)
@given(drawn=st.data())
def test_what_hides_nothing_is_said_at_once_and_as_everything_is(
    fields: tuple[str, Public], drawn: st.DataObject
) -> None:
    topic, seen = fields
    kinds = [k for k in EVENTS.values() if topic == k.TOPIC]
    kind = drawn.draw(st.sampled_from(kinds))
    planned = plan_of(kind, seen)
    event = drawn.draw(struct(kind))
    if planned.shape is None:
        assert issubclass(kind, GIFTS) or COUNTS & {part.name for part in planned.parts}
    words = msgspec.json.decode(written(words_of(event, planned)))
    slowly = named(event, words_shown(said(event, planned.parts)))
    assert words == msgspec.json.decode(written(slowly))


def with_amount(event: Event) -> Event:
    """Put the telling amount wherever the event has one, parts included."""
    more: dict[str, Any] = {}
    if hasattr(event, "amount"):
        more["amount"] = AMOUNT
    if hasattr(event, "parts"):
        more["parts"] = tuple(msgspec.structs.replace(part, amount=AMOUNT) for part in event.parts)
    return msgspec.structs.replace(event, **more)


@pytest.mark.parametrize(
    "event",
    [
        made(FundsCommitted, earmark="general", amount=AMOUNT, purpose="aid-poor",
             to="relief:r-1", cause="relief:r-1"),
        made(FundsCommitted, earmark="general", amount=AMOUNT, purpose="aid-poor",
             to="relief:r-1"),
        made(FundsCommitted, earmark="general", amount=AMOUNT, purpose="aid-poor",
             to="pay-run:dibao:2007-08", cause="payment:dibao:2007-08:ab12"),
        made(FundsUncommitted, earmark="general", amount=AMOUNT, of="pay-run:dibao:2007-08",
             cause="pay-run:dibao:2007-08"),
        made(FundRecovered, earmark="general", amount=AMOUNT, cause="payment:dibao:2007-08:ab12",
             source="returned:x:general:pay-run:dibao:2007-08"),
        made(FundRecovered, earmark="general", amount=AMOUNT, cause="recovery:r-1",
             source="owed:x:general:recovery:r-1"),
        made(FundsCommitted, earmark="general", amount=AMOUNT, purpose="aid-poor",
             to="pay-run:dibao:2007-08", cause="pay-run:dibao:2007-08"),
    ],
)  # fmt: skip
def test_a_fund_does_not_tell_what_goes_to_persons(event: Event) -> None:
    for shown in (event, mirror(FundReversed, event)):
        assert seen_of(shown) is None


def test_a_fund_shows_what_it_promises_to_a_grant() -> None:
    event = made(
        FundsCommitted, earmark="general", amount=5, purpose="aid-poor", to="grant:g-1",
        cause="grant:g-1",
    )  # fmt: skip
    data = seen_of(event)
    assert data is not None
    assert data["what"]["amount"] == {"value": 5, "unit": "fen"}
    assert [line["value"] for line in data["postings"]] == [-5, 5]


def test_the_money_of_a_gift_is_shown_and_its_giver_by_his_own_wish() -> None:
    cases = [
        ("person:p-1", True, None),
        ("person:p-1", False, "匿名"),
        ("organisation:mill", True, "organisation:mill"),
        ("organisation:mill", False, "匿名"),
        (None, True, "匿名"),
    ]
    for donor, name_shown, expected in cases:
        event = made(
            DonationReceived, subject="donation:d-1", donor=donor, name_shown=name_shown,
            fund="fund:x", earmark="general", amount=100, keeper="organisation:federation",
        )  # fmt: skip
        data = seen_of(event)
        assert data is not None
        assert data["what"].get("donor") == expected
        assert data["what"]["amount"] == {"value": 100, "unit": "fen"}
        assert len(data["postings"]) == 2
    pledge = made(
        DonationPledged, subject="donation:d-1", donor="organisation:mill", fund="fund:x",
        earmark="general", amount=100,
    )  # fmt: skip
    assert seen_of(pledge)["what"]["donor"] == "匿名"


def test_of_a_payment_nothing_is_shown() -> None:
    event = made(
        PaymentMade, subject="payment:dibao:2007-08:ab12", run="pay-run:dibao:2007-08",
        scheme="scheme:dibao", programme="dibao", fund="fund:x", earmark="general",
        area="area:luohu", tier="a", month="2007-08", persons=3, households=1, amount=100,
    )  # fmt: skip
    assert seen_of(event) is None


def a_run(lines: int, persons: int) -> PayRunDrawnUp:
    """Return a run drawn up with so many lines."""
    return made(
        PayRunDrawnUp, subject="pay-run:dibao:2007-08", scheme="scheme:dibao", programme="dibao",
        purpose="aid-poor", month="2007-08", fund="fund:x", earmark="general", roll_at=9,
        count=lines, persons=persons, total=1000, digest="ab", held_back=0,
    )  # fmt: skip


def test_a_run_tells_of_no_money_and_one_of_few_lines_of_nothing() -> None:
    many = seen_of(a_run(5, 12))
    assert many is not None
    assert many["what"].keys() == {
        "scheme", "programme", "purpose", "month", "fund", "earmark",
    }  # fmt: skip
    assert seen_of(a_run(4, 12)) is None
    for paid, held in ((9, 0), (3, 0), (3, 2), (0, 4)):
        event = made(
            PayRunReleased, subject="pay-run:dibao:2007-08", paid=paid, paid_persons=paid,
            paid_amount=900, held_lines=held, held_amount=100 * held,
        )  # fmt: skip
        data = seen_of(event)
        assert (data is None) == (paid + held < 5)
        assert data is None or data["what"] == {}


def test_small_counts_of_people_are_not_shown_whoever_counted_them() -> None:
    counted = words_shown({"count": {"value": 4, "unit": "couple"}})
    assert counted["count"] == {"value": None, "unit": "couple", "suppressed": True}


def test_reasons_are_shown_where_an_act_is_about_no_person() -> None:
    act = Act(
        by="treasurer-1",
        on=AN_ACT.on,
        booked=AN_ACT.on,
        authority="深民〔2007〕12号",
        reason="更正",
    )
    event = made(FundsUncommitted, act=act, earmark="general", amount=1, of="grant:g")
    data = seen_of(event)
    assert data is not None
    assert (data["authority"], data["reason"]) == ("深民〔2007〕12号", "更正")
    assert "treasurer-1" not in msgspec.json.encode(data).decode()
