"""What receipts answer, beside what the events of their commands say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from domain import decode
from domain.benefits.entitlement_events import EntitlementWithdrawn
from domain.benefits.household_events import HouseholdJoinWithdrawn, HouseholdLeaveWithdrawn
from domain.benefits.person_events import PersonDeathWithdrawn
from domain.kernel.event_fields import plan
from domain.office.proposals import Proposed
from domain.payments.pay_run_events import PayRunDrawnUp
from domain.payments.payment_events import PaymentRedirected, PaymentSupplemented
from infra.commands.receipts import Answer, Answers

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event
    from infra.commands.decision import EventRef
    from infra.verify.check import CheckContext, Findings

RECEIPTS = """SELECT key, first_position, answer FROM ledger.receipts
    WHERE first_position <= %s ORDER BY first_position, key"""
AT = "SELECT topic, state FROM ledger.events WHERE notification_id = ANY (%s)"
# A receipt is written at the instant of the events behind it.
OTHER_INSTANT = """SELECT e.notification_id, e.originator_id, r.key
    FROM ledger.receipts r JOIN ledger.events e ON e.notification_id = r.first_position
    WHERE r.recorded_at <> e.recorded_at AND e.notification_id <= %(head)s"""
# What is recorded by commands whose senders are told more than the events.
ANSWERED = frozenset(
    kind.TOPIC
    for kind in (
        PayRunDrawnUp,
        PaymentSupplemented,
        PaymentRedirected,
        PersonDeathWithdrawn,
        EntitlementWithdrawn,
        HouseholdJoinWithdrawn,
        HouseholdLeaveWithdrawn,
    )
)
# What the receipt of a proposal names it by.
PROPOSED = "proposed"
DECODE = msgspec.json.Decoder(Answers).decode


def compare_answers(asked: CheckContext, found: Findings) -> None:
    """Hold what each receipt answers besides its events against them."""
    for position, subject, key in asked.connection.execute(OTHER_INSTANT, {"head": asked.head}):
        found.breach([position], subject, f"the receipt of {key} is of another instant")
    for key, first, answer in asked.rows("receipts", RECEIPTS, (asked.head,)):
        try:
            answers = DECODE(answer)
        except msgspec.MsgspecError as unreadable:
            found.breach([first], "", f"the receipt of {key} cannot be read: {unreadable}")
            continue
        if len(answers.commands) > 1 and not answers.listed:
            found.breach([first], "", f"the receipt of {key} answers one command, and has several")
        for command in answers.commands:
            compare_answer(asked, found, (key, first), command)


def compare_answer(
    asked: CheckContext, found: Findings, receipt: tuple[str, int], command: Answer
) -> None:
    """Hold one command's answer against its events."""
    key, first = receipt
    at = first + command.start
    told = [*(ref for _, ref in command.before), *command.events]
    own = [version for _, subject, version in told if subject == command.subject]
    # What is only proposed leaves its subject as it is.
    if own[-1:] != ([] if PROPOSED in command.extra else [command.version]):
        said = f"the receipt of {key} answers version {command.version}, its events {own[-1:]}"
        found.breach([at], command.subject, said)
    if command.extra or any(is_answered(ref, command.subject) for ref in command.events):
        positions = [*range(at, at + len(command.events)), *(at for at, _ in command.before[:1])]
        rows = asked.connection.execute(AT, (positions,), binary=True).fetchall()
        events = [decode(topic, state) for topic, state in rows]
        if not command.extra:
            found.breach([at], command.subject, f"the receipt of {key} has lost its answer")
        for name, value in command.extra.items():
            if not is_said(events, name, value):
                said = f"the receipt of {key} answers {name} {value}, its events do not"
                found.breach([at], command.subject, said)


def is_answered(ref: EventRef, subject: str) -> bool:
    """Tell whether the sender of a command on a subject is told more than this event of it.

    A run of arrears completes many payments, and answers none.
    """
    topic, of, _ = ref
    is_by_run = topic == PaymentSupplemented.TOPIC and subject.startswith("pay-run:")
    return topic in ANSWERED and not (is_by_run and of != subject)


def is_said(events: list[Event], name: str, value: Any) -> bool:
    """Tell whether one of the events says the same under this name, in the same unit."""
    if name == PROPOSED:
        return any(isinstance(e, Proposed) and e.originator_id == value for e in events)
    return any(
        value == msgspec.to_builtins(said if part.say is None else part.say(said))
        for event in events
        for part in plan(type(event))
        if part.name == name and (said := getattr(event, part.field)) is not None
    )
