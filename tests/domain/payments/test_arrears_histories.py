"""Random histories of rates, stops, returns and runs: arrears and what was paid are what is due."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kernel.refusals import PaidTwice, Refused
from domain.payments.arrears import MonthOf, arrears
from tests.domain.benefits.stories import (
    a_city,
    adopt,
    bring_in,
    crowd,
    first_of,
    pay,
    rate,
    register,
)
from tests.domain.payments.test_arrears import raise_rate
from tests.domain.payments.test_arrears_runs import MAY, RUN, SCHEME, pay_arrears
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger

MONTHS = ("2007-02", "2007-03", "2007-04")
ACTS = st.tuples(
    st.sampled_from(["rate", "stop", "return", "give-up", "join", "recover", "run"]),
    st.integers(0, 4),
    st.sampled_from(MONTHS),
    st.integers(1, 6),
)


def happens(books: InMemoryLedger, claims: list[str], what: tuple[str, int, str, int]) -> None:
    """Let something happen in May to a claim, a payment or the rate; refusals change nothing."""
    kind, nth, month, amount = what
    payments = [each for each in books.positions if each.startswith("payment:")]
    name = payments[nth % len(payments)] if payments else "payment:none"
    match kind:
        case "rate":
            raise_rate(books, 100 * amount, f"{month}-01")
        case "stop":
            books.send("entitlement.stop", claims[nth], an_act("clerk-1", MAY), reason="迁出",
                       from_=first_of(month))  # fmt: skip
        case "return":
            books.send("payment.return", name, an_act("treasurer-1", MAY), reason="x", bank_ref="y")
        case "give-up":
            books.send("payment.write-back", name, an_act("treasurer-1", MAY))
        case "recover":
            books.send("recovery.establish", f"recovery:{len(books.stored)}",
                       an_act("clerk-1", MAY), payments=(name,), amount=10 * amount,
                       reason="多发")  # fmt: skip
        case "join":
            person = f"person:new-{len(books.stored)}"
            register(books, person)
            bring_in(books, SCHEME, person, "a")
        case "run":
            pay_arrears(books, f"{RUN}-{len(books.stored)}", from_=MONTHS[0], to=month)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(ACTS, max_size=8), paid_months=st.integers(0, 3))
def test_arrears_and_what_was_paid_are_what_is_due_and_after_a_run_nothing_is_left(
    acts: list[tuple[str, int, str, int]], paid_months: int
) -> None:
    books = a_city()
    adopt(books, SCHEME, rate("a", 300))
    claims = crowd(books, SCHEME, 5)
    for month in MONTHS[:paid_months]:
        pay(books, SCHEME, month)
    for what in acts:
        try:
            happens(books, claims, what)
        except Refused:
            continue
    before = {month: arrears(books.unit(), MonthOf(SCHEME, month)) for month in MONTHS}
    moved = Counter({month: sum(one.difference for one in before[month]) for month in MONTHS})
    try:
        pay_arrears(books, f"{RUN}-last", from_=MONTHS[0], to=MONTHS[-1])
    except PaidTwice:
        assert not any(one.difference > 0 for found in before.values() for one in found)
    for month in MONTHS:
        left = [one for one in arrears(books.unit(), MonthOf(SCHEME, month)) if one.difference]
        # What lies at the bank's returns is written back; nobody can be asked for it.
        assert all(one.difference < 0 and not sum(p.out for p in one.paid_months) for one in left)
        kept = sum(one.paid for one in arrears(books.unit(), MonthOf(SCHEME, month)))
        due = sum(one.due for one in arrears(books.unit(), MonthOf(SCHEME, month)))
        was = sum(one.paid for one in before[month])
        assert due == was + moved[month]
        assert kept == due - sum(one.difference for one in left)
