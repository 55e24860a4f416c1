"""Changes that an owner of the database makes beside the log, planted into a good store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.benefits.person_events import PersonRegistered
from scripts.scenarios.stories import SCHEME
from tests.infra.verify.good_story import LOW_RUN, MEMBER, NUMBER
from tests.infra.verify.planted_bank_breaches import PLANTS as OF_THE_BANK
from tests.infra.verify.planted_ends import PLANTS as OF_ENDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.infra.verify.spoilt_store import Store

ANSWER = """UPDATE ledger.receipts SET answer = convert_to(regexp_replace(
    convert_from(answer, 'UTF8'), %(old)s, %(new)s), 'UTF8') WHERE key = %(key)s"""
KEY_OF = """SELECT convert_from(state, 'UTF8')::json #>> '{act,key}' FROM ledger.events
    WHERE notification_id = %(position)s"""
FIRST = "SELECT first_position FROM ledger.receipts WHERE key = %(key)s"
SEALED = "INSERT INTO vault.sealed VALUES (%(subject)s, %(bytes)s, %(bytes)s)"


def done(statement: str) -> Callable[[Store], Sequence[int]]:
    """Return how to change what is stored; a name of its own tells tests apart."""

    def change(store: Store) -> Sequence[int]:
        # The views that commands decide by are at the head before they are changed.
        store.verify("dense-positions")
        store.spoil(statement.replace("%", "%%"))
        return []

    change.__name__ = "_".join(statement.lower().split()[1:5]).replace(".", "_")
    return change


def changed_on(stage: str) -> Callable[[Store], Sequence[int]]:
    """Return how to change the money on a stage of the accounts by a fen."""
    return done(
        "UPDATE views.balance_tail t SET value = value + 1 FROM views.balance_series s"
        f" WHERE s.id = t.series AND s.unit = 'fen' AND s.class = '{stage}'"
    )


def answers_another_total(store: Store) -> Sequence[int]:
    return answered_otherwise(
        store, "pay-run.drawn-up", ('"total":{"value":[0-9]+', '"total":{"value":1')
    )


def answers_another_version(store: Store) -> Sequence[int]:
    return answered_otherwise(store, "fund.received", ('"version":[0-9]+', '"version":77'))


def answers_another_payment(store: Store) -> Sequence[int]:
    return answered_otherwise(
        store, "payment.supplemented", ('"payment":"[^"]+', '"payment":"payment:x')
    )


def answers_another_unit(store: Store) -> Sequence[int]:
    change = '"unit":"person"', '"unit":"household"'
    return answered_otherwise(store, "pay-run.drawn-up", change)


def answers_more_than_was_decided(store: Store) -> Sequence[int]:
    change = '"extra":{', '"extra":{"approved":true,'
    return answered_otherwise(store, "pay-run.drawn-up", change)


def told_as_if_it_were_a_bodys(store: Store) -> Sequence[int]:
    done("DELETE FROM views.balance_personal WHERE account LIKE 'spent:%:aid'")(store)
    return [store.position("payment.made", "payment:aid:%")]


def run_of_few_in_a_public_list(store: Store) -> Sequence[int]:
    done(f"""UPDATE views.register_heads SET row = row || '{{"count": 30}}'
        WHERE subject = '{LOW_RUN}'""")(store)
    return [store.position("pay-run.drawn-up", LOW_RUN)]


def month_told_of_few(store: Store) -> Sequence[int]:
    """Let only four of those whose money is told for March have had it by then."""
    # The views have what the log said before.
    assert store.check("few-persons")["holds"]
    store.spoil("""UPDATE ledger.events SET state = convert_to(replace(
            convert_from(state, 'UTF8'), '"booked":"2007-03', '"booked":"2007-04'), 'UTF8')
        WHERE notification_id IN (SELECT notification_id FROM ledger.events
            WHERE topic = 'payment.made.v1' AND originator_id LIKE 'payment:late:2007-03:%%'
            ORDER BY notification_id LIMIT 2)""")
    return []


def answered_otherwise(store: Store, topic: str, change: tuple[str, str]) -> Sequence[int]:
    key = store.one(KEY_OF, position=store.position(topic))
    old, new = change
    store.spoil(ANSWER, old=old, new=new, key=key)
    return [int(store.one(FIRST, key=key))]


def answers_for_another_subject(store: Store) -> Sequence[int]:
    return answered_otherwise(store, "fund.received", ('"subject":"fund:x"', '"subject":"fund:y"'))


def answers_no_digest(store: Store) -> Sequence[int]:
    change = '"extra":.*"held_back":[0-9]+}', '"extra":{}'
    return answered_otherwise(store, "pay-run.drawn-up", change)


def receipt_of_another_day(store: Store) -> Sequence[int]:
    store.spoil("UPDATE ledger.receipts SET recorded_at = recorded_at - interval '1 day'")
    return [1]


def scheme_whose_key_is_exchanged(store: Store) -> Sequence[int]:
    sealed = store.vault.seal(SCHEME, {"tag_key": "ef" * 32})
    store.spoil(
        "INSERT INTO vault.sealed VALUES (%(scheme)s, %(key)s, %(content)s)",
        scheme=SCHEME,
        key=sealed.wrapped_key,
        content=sealed.content,
    )
    return [store.position("scheme.adopted", SCHEME)]


def entry_of_nobody(store: Store) -> Sequence[int]:
    sealed = store.vault.seal("person:nobody", {"name": "无"})
    store.spoil(
        "INSERT INTO vault.sealed VALUES ('person:nobody', %(key)s, %(content)s)",
        key=sealed.wrapped_key,
        content=sealed.content,
    )
    return []


def entry_that_does_not_open(store: Store) -> Sequence[int]:
    store.spoil(SEALED, subject="person:needy", bytes=bytes(60))
    return []


def event_of_a_later_program(store: Store) -> Sequence[int]:
    return renamed(store, "fund.received", "fund.painted")


def event_that_cannot_be_read(store: Store) -> Sequence[int]:
    return renamed(store, "fund.received", "fund.opened")


def renamed(store: Store, topic: str, other: str) -> Sequence[int]:
    position = store.position(topic)
    store.spoil(
        "UPDATE ledger.events SET topic = %(other)s WHERE notification_id = %(position)s",
        other=f"{other}.v1",
        position=position,
    )
    return [position]


def two_persons_with_one_number(store: Store) -> Sequence[int]:
    first = store.position("person.registered", MEMBER)
    twin = store.append(store.made(PersonRegistered, "person:twin"))
    sealed = store.vault.seal("person:twin", {"id_number": NUMBER})
    store.spoil(
        "INSERT INTO vault.sealed VALUES ('person:twin', %(key)s, %(content)s)",
        key=sealed.wrapped_key,
        content=sealed.content,
    )
    return [first, twin]


def month_paid_again_under_other_names(store: Store) -> Sequence[int]:
    """As under another key: no tag meets one that was there."""
    return [store.append(store.payment("aa" * 10), store.payment("bb" * 10)) + 1]


def lost_position(store: Store) -> Sequence[int]:
    store.spoil("DELETE FROM ledger.events WHERE notification_id = 9")
    return [10]


def recorded_too_early(store: Store) -> Sequence[int]:
    store.spoil(
        "UPDATE ledger.events SET recorded_at = recorded_at - interval '1 day'"
        " WHERE notification_id = 9"
    )
    return [9]


PLANTS: list[tuple[str, Callable[[Store], Sequence[int]]]] = [
    *OF_THE_BANK,
    *OF_ENDS,
    ("views-equal-fold", done("UPDATE ledger.periods SET soft_through = '2007-02-28'")),
    ("views-equal-fold", done("UPDATE ledger.periods SET closed_through = '2004-12-31'")),
    ("views-equal-fold", done("DELETE FROM ledger.periods")),
    ("views-equal-fold", done("UPDATE views.roll_entitlements SET tier = 'b'")),
    ("views-equal-fold", done("DELETE FROM views.roll_runs")),
    ("views-equal-fold", done("UPDATE views.roll_rates SET amount = amount + 1")),
    ("views-equal-fold", done("UPDATE views.roll_members SET first = '2000-01'")),
    (
        "views-equal-fold",
        done("INSERT INTO views.roll_deaths VALUES ('person:x', 1, '2007-01', '2007-01-15')"),
    ),
    (
        "totals-agree",
        done(
            "UPDATE views.journal j SET value = value - 1 FROM views.journal_accounts a,"
            " views.journal_sayings s WHERE a.id = j.account AND s.id = j.said"
            " AND a.class = 'committed' AND s.topic = 'payment.made'"
        ),
    ),
    ("totals-agree", changed_on("committed")),
    ("totals-agree", changed_on("out")),
    (
        "totals-agree",
        done(
            "UPDATE views.register_heads SET row = jsonb_set(row, '{amount,value}', '77')"
            " WHERE subject LIKE 'grant:%'"
        ),
    ),
    (
        "views-equal-fold",
        done("INSERT INTO views.stock_held VALUES ('fund:x', 'general', 'rice', 5)"),
    ),
    (
        "views-equal-fold",
        done("INSERT INTO views.received_days VALUES ('fund:x', 'general', '2007-03-01', 5)"),
    ),
    (
        "vouchers",
        done("UPDATE views.journal SET voucher = 10 - voucher WHERE voucher BETWEEN 1 AND 9"),
    ),
    ("vouchers", done("UPDATE views.journal SET voucher = voucher + 7 WHERE line = 2")),
    (
        "vouchers",
        done(
            "DELETE FROM views.journal WHERE position = (SELECT max(position) FROM views.journal)"
        ),
    ),
    ("one-key-one-content", answers_another_total),
    ("one-key-one-content", answers_another_version),
    ("one-key-one-content", answers_another_payment),
    ("one-key-one-content", answers_another_unit),
    ("one-key-one-content", answers_more_than_was_decided),
    ("one-key-one-content", answers_for_another_subject),
    ("one-key-one-content", answers_no_digest),
    ("one-key-one-content", receipt_of_another_day),
    ("sums-zero", event_of_a_later_program),
    ("lives-in-order", event_of_a_later_program),
    ("never-negative", event_that_cannot_be_read),
    (
        "run-total",
        done("UPDATE views.positions SET stopped = 'position 9: a poison' WHERE view = 'roll'"),
    ),
    (
        "views-equal-fold",
        done("UPDATE views.positions SET stopped = 'position 9: a poison' WHERE view = 'stock'"),
    ),
    ("few-persons", told_as_if_it_were_a_bodys),
    ("few-persons", run_of_few_in_a_public_list),
    ("few-persons", month_told_of_few),
    ("id-numbers", two_persons_with_one_number),
    ("id-numbers", done("DELETE FROM vault.id_numbers")),
    ("id-numbers", done("INSERT INTO vault.id_numbers VALUES ('ab', 'person:needy')")),
    ("person-marks", done("DELETE FROM vault.marks")),
    ("person-marks", done("INSERT INTO vault.marks VALUES ('ab', 'person:nobody')")),
    ("not-twice", month_paid_again_under_other_names),
    ("keys-known", scheme_whose_key_is_exchanged),
    ("keys-known", entry_of_nobody),
    ("keys-known", entry_that_does_not_open),
    ("keys-known", done("DELETE FROM ledger.keys WHERE name = 'master-key'")),
    ("keys-known", done("DELETE FROM ledger.keys WHERE name = 'token-key'")),
    ("keys-known", done("INSERT INTO ledger.keys VALUES ('scheme:aid', 'another')")),
    ("keys-known", done("INSERT INTO vault.sealed VALUES ('scheme:low', NULL, NULL)")),
    ("keys-known", done("INSERT INTO vault.sealed VALUES ('person:needy', NULL, NULL)")),
    ("dense-positions", lost_position),
    ("dense-positions", recorded_too_early),
]
