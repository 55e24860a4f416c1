"""Breaches, planted into a good store; each returns positions that the check must name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from domain.benefits.entitlement_events import EntitlementStopped
from domain.benefits.person_events import PersonDeathReported
from domain.benefits.relief_case_events import ReliefPaid
from domain.funds.fund_events import FundRecovered, FundReversed
from domain.grants.grant_events import GrantAwarded, GrantPaid, Share
from domain.kernel.aggregate import Event
from domain.office.roles import RoleGranted
from domain.payments.pay_run_events import PayRunApproved, PayRunChunkReleased
from domain.payments.payment_events import PaymentReissued, PaymentReturned
from scripts.scenarios.office import CLERK, TREASURER
from scripts.scenarios.stories import FUND, RUN, SCHEME
from tests.infra.verify.good_story import (
    FAMILY,
    GRANT,
    HOUSEHOLD,
    LOW_RUN,
    MEMBER,
    PRICE_RUN,
    RELIEF,
    STOPPED,
)
from tests.infra.verify.planted_acts_alone import PLANTS as OF_ONE_PERSON
from tests.infra.verify.planted_arrears import PLANTS as OF_ARREARS
from tests.infra.verify.planted_register_breaches import PLANTS as OF_REGISTERS
from tests.infra.verify.planted_store_breaches import PLANTS as OF_THE_STORE
from tests.infra.verify.spoilt_store import Store, an_act

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def unbalanced(store: Store) -> Sequence[int]:
    what: dict[str, Any] = {"amount": 5, "earmark": "general", "cause": "recovery:r"}
    return [store.append(store.made(FundRecovered, FUND, source="owed:y:g:recovery:r", **what))]


def overdrawn(store: Store) -> Sequence[int]:
    return [store.append(store.promise(amount=10**9))]


def paid_without_promise(store: Store) -> Sequence[int]:
    what: dict[str, Any] = {
        "person": "person:p",
        "fund": FUND,
        "earmark": "general",
        "programme": "aid",
    }
    return [store.append(store.made(ReliefPaid, "relief:none", amount=3, **what))]


def paid_over_the_award(store: Store) -> Sequence[int]:
    what: dict[str, Any] = {"fund": FUND, "earmark": "general", "instalment": 2, "amount": 50}
    more = store.promise(amount=50, to=GRANT)
    return [store.append(more, store.made(GrantPaid, GRANT, **what)) + 1]


def off_purpose(store: Store) -> Sequence[int]:
    return [store.append(store.promise(amount=1, purpose="veterans"))]


def for_another_purpose(store: Store) -> Sequence[int]:
    store.spoil(
        "UPDATE ledger.events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        " 'aid-poor', 'aid-elderly'), 'UTF8') WHERE topic = 'relief.applied.v1'"
    )
    return [promise_to(store, RELIEF)]


def promise_to(store: Store, payer: str) -> int:
    query = """SELECT notification_id FROM ledger.events WHERE topic = 'fund.committed.v1'
        AND convert_from(state, 'UTF8')::json ->> 'cause' = %(payer)s"""
    return int(store.one(query, payer=payer))


def paid_beside_the_roll(store: Store) -> Sequence[int]:
    return [store.append(store.promise(amount=2, to=RUN), store.payment("ab")) + 1]


def one_payment_changed(store: Store) -> Sequence[int]:
    position = store.position("payment.made", "payment:aid:%")
    store.spoil(
        "UPDATE ledger.events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        """ '"amount":10', '"amount":11'), 'UTF8') WHERE notification_id = %(position)s""",
        position=position,
    )
    return [position]


def one_payment_lost(store: Store) -> Sequence[int]:
    position = store.position("payment.made", "payment:aid:%")
    drawn_up = store.position("pay-run.drawn-up", RUN)
    store.spoil("DELETE FROM ledger.events WHERE notification_id = %(p)s", p=position)
    return [drawn_up]


def key_used_again(store: Store) -> Sequence[int]:
    key = store.one("SELECT key FROM ledger.receipts ORDER BY first_position LIMIT 1")
    return [store.append(store.received(an_act(key=key)))]


def key_without_a_receipt(store: Store) -> Sequence[int]:
    return [store.append(store.received(an_act(key="of-nobody")))]


def receipt_of_something_else(store: Store) -> Sequence[int]:
    store.spoil(
        "UPDATE ledger.receipts SET first_position = first_position + 1"
        " WHERE first_position = (SELECT min(first_position) FROM ledger.receipts)"
    )
    return [2]


def reversed_again(store: Store) -> Sequence[int]:
    first = store.position("fund.reversed")
    again = msgspec.structs.replace(store.event(first), originator_version=store.next(FUND))
    return [first, store.append(again)]


def reversed_otherwise(store: Store) -> Sequence[int]:
    mirror = store.event(store.position("fund.reversed"))
    assert isinstance(mirror, FundReversed)
    opening = store.position("fund.received")
    changed = msgspec.structs.replace(
        store.event(store.position("fund.committed", FUND)), originator_version=1
    )
    other = msgspec.structs.replace(
        mirror,
        originator_version=store.next(FUND),
        of=opening,
        original=msgspec.Raw(msgspec.json.encode(changed)),
    )
    return [opening, store.append(other)]


def booked_in_a_closed_year(store: Store) -> Sequence[int]:
    position = store.append(store.received(an_act()))
    store.spoil(
        "UPDATE ledger.events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        " '2007-03-20', '2005-12-31'), 'UTF8') WHERE notification_id = %(position)s",
        position=position,
    )
    return [position]


def approved_by_its_maker(store: Store) -> Sequence[int]:
    made = store.position("pay-run.drawn-up", RUN)
    return [made, store.append(store.made(PayRunApproved, RUN, an_act(CLERK), digest="0"))]


def awarded_by_who_applied(store: Store) -> Sequence[int]:
    applied = store.event(store.position("grant.applied"))
    again = msgspec.structs.replace(applied, originator_id="grant:g-2")
    awarded = GrantAwarded(
        originator_id="grant:g-2",
        originator_version=2,
        act=an_act(CLERK),
        shares=(Share(FUND, "general", 1),),
        awarded=1,
        body="organisation:choir",
        project="project:joy",
        programme="joy",
        area="area:city",
    )
    first = store.append(again, awarded)
    return [first, first + 1]


def money_by_an_auditor(store: Store) -> Sequence[int]:
    role = f"role:{TREASURER}"
    what: dict[str, Any] = {"who": TREASURER, "role": "auditor", "roles": ("auditor", "treasurer")}
    return [store.append(store.made(RoleGranted, role, **what), store.received(an_act())) + 1]


def paid_after_a_stop(store: Store) -> Sequence[int]:
    stop = store.position("entitlement.stopped", "entitlement:aid-000003")
    tag = store.tag(SCHEME, STOPPED, "2007-03")
    return [stop, store.append(store.payment(tag))]


def household_paid_after_a_death(store: Store) -> Sequence[int]:
    died = store.made(PersonDeathReported, MEMBER, date=date(2007, 3, 10))
    paid = store.payment(store.tag("scheme:low", HOUSEHOLD, "2007-04"), LOW_RUN)
    first = store.append(died, paid)
    return [first, first + 1]


def household_paid_again_after_a_death(store: Store) -> Sequence[int]:
    payment = f"payment:low:2007-03:{store.tag('scheme:low', HOUSEHOLD, '2007-03')}"
    what: dict[str, Any] = {"run": "pay-run:low:2007-03", "fund": FUND, "earmark": "general",
                            "programme": "low", "amount": 60}  # fmt: skip
    died = store.made(PersonDeathReported, MEMBER, date=date(2007, 2, 10))
    back = store.made(PaymentReturned, payment, reason="销户", bank_ref="回", **what)
    again = PaymentReissued(originator_id=payment, originator_version=3, act=an_act(), **what)
    first = store.append(died, back, again)
    return [first, first + 2]


def member_paid_after_the_household_was_stopped(store: Store) -> Sequence[int]:
    paid = store.payment(store.tag("scheme:price", MEMBER, "2007-04"), PRICE_RUN)
    first = store.append(a_stop(store, FAMILY, HOUSEHOLD, date(2007, 4, 1)), paid)
    return [first, first + 1]


def a_stop(store: Store, entitlement: str, holder: str, from_: date) -> Event:
    what: dict[str, Any] = {"programme": "aid", "area": "area:city", "origin": "brought-in"}
    return store.made(
        EntitlementStopped, entitlement, reason="迁出", from_=from_, holder=holder, **what
    )


def member_paid_alone_too(store: Store) -> Sequence[int]:
    paid = store.position("payment.made", "payment:aid:%")
    tag = store.one(
        "SELECT split_part(originator_id, ':', 4) FROM ledger.events WHERE notification_id = %(p)s",
        p=paid,
    )
    what: dict[str, Any] = {"scheme": SCHEME, "month": "2007-03", "from_line": 0, "to_line": 1}
    chunk = store.made(
        PayRunChunkReleased, LOW_RUN, **what, paid=1, persons=1, amount=1, guards=(tag,)
    )
    return [paid, store.append(chunk)]


def supplement_of_nothing(store: Store) -> Sequence[int]:
    first = store.event(store.position("payment.made", "payment:aid:%"))
    return [store.append(store.payment("ff", persons=0, completes=first.originator_id))]


def changed_in(table: str, change: str, of: str = "") -> Callable[[Store], Sequence[int]]:
    """Return how to change a row of a view, perhaps one on some accounts."""
    chosen = f"SELECT min(ctid) FROM views.{table}"
    if of:
        chosen += f" WHERE series IN (SELECT id FROM views.balance_series WHERE {of})"

    def change_it(store: Store) -> Sequence[int]:
        store.verify("dense-positions")
        store.spoil(f"UPDATE views.{table} SET {change} WHERE ctid IN ({chosen})")
        return []

    return change_it


PLANTS = [
    ("sums-zero", unbalanced),
    ("identity", unbalanced),
    ("never-negative", overdrawn),
    ("within-commitment", paid_without_promise),
    ("within-commitment", paid_over_the_award),
    ("within-purpose", off_purpose),
    ("within-purpose", for_another_purpose),
    ("run-total", paid_beside_the_roll),
    ("run-total", one_payment_changed),
    ("run-total", one_payment_lost),
    ("one-key-one-content", key_used_again),
    ("one-key-one-content", key_without_a_receipt),
    ("one-key-one-content", receipt_of_something_else),
    ("reversed-once", reversed_again),
    ("reversed-once", reversed_otherwise),
    ("closed-periods", booked_in_a_closed_year),
    ("maker-not-checker", approved_by_its_maker),
    ("maker-not-checker", awarded_by_who_applied),
    ("maker-not-checker", money_by_an_auditor),
    ("not-after-stop", paid_after_a_stop),
    ("not-after-stop", household_paid_after_a_death),
    ("not-after-stop", household_paid_again_after_a_death),
    ("not-after-stop", member_paid_after_the_household_was_stopped),
    ("not-twice", member_paid_alone_too),
    ("not-twice", supplement_of_nothing),
    *OF_ARREARS,
    *OF_REGISTERS,
    *OF_THE_STORE,
    *OF_ONE_PERSON,
    ("views-equal-fold", changed_in("journal", "value = value + 1")),
    ("views-equal-fold", changed_in("balance_tail", "value = value + 1")),
    ("views-equal-fold", changed_in("fact_tail", "value = value + 1")),
    ("views-equal-fold", changed_in("register_heads", 'row = row || \'{"title": "x"}\'')),
    ("totals-agree", changed_in("balance_tail", "value = value + 1", "class = 'spent'")),
]
