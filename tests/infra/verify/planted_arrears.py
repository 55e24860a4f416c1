"""Breaches of arrears, planted into a good store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.payments.payment_events import PaymentMade
from tests.infra.verify.spoilt_store import Store, an_act

if TYPE_CHECKING:
    from collections.abc import Sequence


def arrears_paid_again(store: Store) -> Sequence[int]:
    """Let the run that paid the difference pay one of its lines once more."""
    query = """SELECT convert_from(state, 'UTF8') FROM ledger.events
        WHERE topic = 'payment.made.v1' AND starts_with(originator_id, 'payment:late:')
          AND position('"kind":"arrears"'::bytea IN state) > 0
        ORDER BY notification_id LIMIT 1"""
    made = msgspec.json.decode(store.one(query), type=PaymentMade)
    again = msgspec.structs.replace(made, originator_id="payment:late:2007-03:ab", act=an_act())
    return [store.append(store.promise(amount=made.amount, to=made.run), again) + 1]


def arrears_of_another_amount(store: Store) -> Sequence[int]:
    """Change what an arrears run has paid."""
    query = """SELECT notification_id FROM ledger.events
        WHERE topic = 'payment.made.v1' AND position('"kind":"arrears"'::bytea IN state) > 0
        ORDER BY notification_id LIMIT 1"""
    position = int(store.one(query))
    store.spoil(
        "UPDATE ledger.events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        """ '"amount":2', '"amount":3'), 'UTF8') WHERE notification_id = %(position)s""",
        position=position,
    )
    return [position]


def arrears_that_ask_back_too_much(store: Store) -> Sequence[int]:
    """Ask more back than the arrears run had found to be too much."""
    position = store.position("recovery.established", "recovery:late:%")
    store.spoil(
        "UPDATE ledger.events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        """ '"amount":10', '"amount":11'), 'UTF8') WHERE notification_id = %(position)s""",
        position=position,
    )
    return [position]


PLANTS = [
    ("arrears-once", arrears_paid_again),
    ("arrears-once", arrears_of_another_amount),
    ("arrears-once", arrears_that_ask_back_too_much),
]
