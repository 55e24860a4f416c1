"""`mingzhang verify`: every invariant, checked over the whole store, with the sentence it proves.

One state of the store is looked at, however long it takes. Most checks see every event once, in
one reading of the log; the others ask the store themselves.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from domain import EVENTS, UnknownTopicError, decode
from infra.commands.caches.aggregate_cache import AggregateCache
from infra.commands.unit_of_work import UnitOfWork
from infra.config.errors import Unavailable
from infra.master_keys import fingerprint
from infra.postgres.troubles import DAMAGED
from infra.verify.check import CheckContext, Findings, Fold, QueryCheck
from infra.verify.checks import (
    areas,
    arrears,
    chronology,
    claims_in_force,
    few_persons,
    id_numbers,
    log,
    pay_runs,
    payments_after_stop,
    person_marks,
    reversals,
    vault,
    views,
)
from infra.verify.checks.alone import NobodyAlone
from infra.verify.checks.bank import BankMatched
from infra.verify.checks.commitments import WithinCommitment, WithinPurpose
from infra.verify.checks.contracts import PaidWhenConfirmed
from infra.verify.checks.double_entry import Identity, NeverNegative, SumsZero
from infra.verify.checks.duplicates import ToldOnce
from infra.verify.checks.duties import MakerNotChecker
from infra.verify.checks.ended_bodies import EndedBodies
from infra.verify.checks.entrusted_bodies import EntrustedBodies
from infra.verify.checks.exclusion import ExcludingSchemes
from infra.verify.checks.great_sums import SumsBounded
from infra.verify.checks.households import OneHousehold
from infra.verify.checks.life_cycles import LivesInOrder
from infra.verify.checks.merged_persons import OnePerson
from infra.verify.checks.occupancy import BedsNotOverfilled, OnePlaceAtATime
from infra.verify.checks.periods import ClosedPeriods
from infra.verify.checks.vouchers import Vouchers
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from psycopg_pool import ConnectionPool

    from domain.kernel.aggregate import Event
    from infra.commands.decision_queries import DecisionQueries
    from infra.vault import Vault

# What ends a look at the store, and is a finding: a page, a key, a view, an event.
ENDING = (Unavailable, UnknownTopicError, msgspec.MsgspecError, *DAMAGED)
NOT_BUILT = frozenset({"published-unchanged", "proofs"})
FOLDS: tuple[type[Fold], ...] = (
    SumsZero,
    Identity,
    NeverNegative,
    WithinCommitment,
    WithinPurpose,
    ClosedPeriods,
    Vouchers,
    MakerNotChecker,
    NobodyAlone,
    BedsNotOverfilled,
    OnePlaceAtATime,
    PaidWhenConfirmed,
    EndedBodies,
    EntrustedBodies,
    ExcludingSchemes,
    OneHousehold,
    OnePerson,
    LivesInOrder,
    ToldOnce,
    SumsBounded,
    BankMatched,
)
QUESTIONS: tuple[QueryCheck, ...] = (
    pay_runs.TOTAL,
    log.ONE_KEY,
    reversals.QUESTION,
    payments_after_stop.QUESTION,
    pay_runs.TWICE_PAID,
    arrears.QUESTION,
    claims_in_force.QUESTION,
    views.QUESTION,
    areas.QUESTION,
    few_persons.QUESTION,
    chronology.QUESTION,
    log.DENSE_POSITIONS,
    vault.QUESTION,
    id_numbers.QUESTION,
    person_marks.QUESTION,
)
# In the order of the contract.
CHECKS = (
    "sums-zero",
    "identity",
    "never-negative",
    "within-commitment",
    "within-purpose",
    "run-total",
    "one-key-one-content",
    "reversed-once",
    "closed-periods",
    "vouchers",
    "maker-not-checker",
    "alone",
    "not-after-stop",
    "not-twice",
    "arrears-once",
    "beds-not-overfilled",
    "one-place-at-a-time",
    "paid-when-confirmed",
    "ended-bodies",
    "entrusted-bodies",
    "excluding-schemes",
    "one-household",
    "one-person",
    "claims-in-force",
    "lives-in-order",
    "days-in-order",
    "already-told",
    "sums-bounded",
    "bank-matched",
    "views-equal-fold",
    "totals-agree",
    "few-persons",
    "dense-positions",
    "keys-known",
    "id-numbers",
    "person-marks",
    "published-unchanged",
    "proofs",
)
READ = """SELECT notification_id, topic, state FROM ledger.events
    WHERE notification_id <= %s ORDER BY notification_id"""


def verify(
    pool: ConnectionPool,
    names: Sequence[str] | None = None,
    *,
    decisions: DecisionQueries,
    vault: Vault,
    token_key: bytes | None = None,
) -> Iterator[dict[str, Any]]:
    """Run the named checks, or all that are built; give each one's answer.

    `decisions` and `vault` are what commands decide by: the rolls, and the names of payments;
    `token_key` signs tokens, and is looked at where it is given.
    An answer is `{"check", "sentence", "holds", "examined", "breaches": [{"positions", "subject",
    "detail"}], "breached"}`; breaches are told up to a hundred, `breached` counts them all.
    """
    chosen = [name for name in CHECKS if name in (names or set(CHECKS) - NOT_BUILT)]
    with ExitStack() as stack:
        deciding = stack.enter_context(pool.connection())
        connection = stack.enter_context(pool.connection())
        growing = stack.enter_context(pool.connection())
        # The decision views catch up on their own, before this state of the store is taken.
        decisions.catch_up()
        stack.enter_context(connection.transaction())
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute(event_log.HEAD).fetchone()
        print_ = fingerprint(token_key) if token_key else None
        unit = UnitOfWork(deciding, AggregateCache(), decisions, vault)
        head, tag = row[0] if row else 0, unit.payments.tag
        asked = CheckContext(connection, head, tag, unit, growing, vault, print_)
        yield from answers(asked, chosen)


def answers(asked: CheckContext, chosen: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Read the log once for all that see every event, then answer in order."""
    folds = {fold.NAME: fold() for fold in FOLDS if fold.NAME in chosen}
    for fold in folds.values():
        fold.begin(asked)
    unread = findings_of(asked, partial(seen_by_all, asked, folds.values()))
    questions = {question.name: question for question in QUESTIONS}
    when = {"position": asked.head, "since": 0}
    for name in chosen:
        if name in folds:
            found = folds[name].found
            # Of a log that cannot be read to its end nothing holds.
            for breach in unread.breaches:
                found.breach(**breach)
            yield when | found.answer(name, folds[name].SENTENCE)
        elif name in questions:
            asking = partial(questions[name].ask, asked)
            yield when | findings_of(asked, asking).answer(name, questions[name].sentence)


def findings_of(asked: CheckContext, look: Callable[[], Findings]) -> Findings:
    """Return what a look at the store finds; what ends that look is a finding too.

    That is a damaged page, a key that is missing, a decision view that has stopped, or an event
    that cannot be read.
    """
    try:
        with asked.connection.transaction():
            return look()
    except ENDING as error:
        ended = Findings()
        ended.breach((), "", str(error))
        return ended


def seen_by_all(asked: CheckContext, folds: Collection[Fold]) -> Findings:
    """Show every event to the checks that want it; return what none of them could be shown."""
    unread = Findings()
    wanted = {stored: wanting(folds, kind.TOPIC) for stored, kind in EVENTS.items()}
    rows = asked.rows("log", READ, (asked.head,)) if folds else ()
    for position, topic, state in rows:
        try:
            event = decode(topic, state)
        except (UnknownTopicError, msgspec.MsgspecError) as error:
            unread.breach([position], "", str(error))
            continue
        show(wanted[topic], position, event)
    for fold in folds:
        fold.end()
    return unread


def show(wanted: tuple[list[Fold], list[Fold]], position: int, event: Event) -> None:
    """Show an event to the checks that want it always, or for its postings."""
    lines = event.postings()
    by_topic, by_postings = wanted
    for fold in by_topic:
        fold.see(position, event, lines)
    if lines:
        for fold in by_postings:
            fold.see(position, event, lines)


def wanting(folds: Iterable[Fold], topic: str) -> tuple[list[Fold], list[Fold]]:
    """Return the checks that want a topic always, and those that want it for its postings."""
    always = [fold for fold in folds if topic in fold.TOPICS]
    return always, [fold for fold in folds if fold.POSTINGS and fold not in always]
