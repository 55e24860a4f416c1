"""The area that a posting counts in, where its event names none: that of what the event undoes.

A return, a reissue, a write-back, a supplement, an account and a give-back count where the payment,
the grant or the case was; a recovery where its payments were, each for its part. What was so
followed is read from the log, for old events name no area.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

from domain.benefits.relief_case_events import ReliefApplied, ReliefOverpaid
from domain.kernel import accounts
from domain.kernel.accounts import parse
from domain.kernel.money import Posting
from domain.payments.payment_events import PaymentMade, PaymentOverpaid
from domain.payments.recoveries import (
    RecoveryEstablished,
    RecoveryReceived,
    RecoveryWrittenOff,
)
from projections.core import event_log
from projections.core.view import told_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from psycopg import Connection

    from domain.kernel.aggregate import Event
    from projections.core.copy_writer import CopyWriter
    from projections.core.view import Recorded

# The lines of an event, each with the area it counts in.
PlacedLines: TypeAlias = tuple[tuple[Posting, str], ...]
# An area and the fen that belong to it, in the order in which they are taken.
AreaShares: TypeAlias = list[tuple[str, int]]
ONE_AREA = frozenset({"payment", "grant", "relief"})
SEVERAL_AREAS = "recovery"


def own_area(event: Event) -> str:
    """Return the area that an event, or the one that it reverses, names itself."""
    return getattr(told_by(event), "area", None) or ""


def followed(writer: CopyWriter, posted: Iterable[Recorded]) -> dict[int, PlacedLines]:
    """Return the lines, by position, of the events that count where something earlier did."""
    asked = {
        one.position: (one, subject)
        for one in posted
        if not own_area(one.event) and (subject := subject_followed(one.event))
    }
    if not asked:
        return {}
    connection = writer.settled().connection
    subjects = {subject for _, subject in asked.values()}
    areas = areas_of(connection, [each for each in subjects if kind_of(each) in ONE_AREA])
    found = {}
    for position, (one, subject) in asked.items():
        if kind_of(subject) == SEVERAL_AREAS:
            found[position] = split(connection, one, subject)
        else:
            found[position] = tuple((line, areas.get(subject, "")) for line in one.lines)
    return found


def subject_followed(event: Event) -> str:
    """Return the subject whose area an event has: its own, or the cause of a fund's event."""
    subject = event.originator_id
    if kind_of(subject) == "fund":
        subject = getattr(told_by(event), "cause", None) or ""
    kind = kind_of(subject)
    return subject if kind in ONE_AREA or kind == SEVERAL_AREAS else ""


def kind_of(subject: str) -> str:
    """Return the kind of an id."""
    return subject.partition(":")[0]


def areas_of(connection: Connection[Any], subjects: Sequence[str]) -> dict[str, str]:
    """Return the area that each subject's first event names."""
    found: dict[str, str] = {}
    for subject, event in event_log.of_subjects(connection, dict.fromkeys(subjects, 0)):
        found.setdefault(subject, getattr(event, "area", None) or "")
    return found


def split(connection: Connection[Any], one: Recorded, recovery: str) -> PlacedLines:
    """Split the lines of a recovery's event over the areas of its payments, the first first."""
    history = event_log.positioned(connection, recovery)
    shares = shares_of(connection, recovery, [event for _, event in history])
    taken = taken_before(one, history)
    found: list[tuple[Posting, str]] = []
    # Each pair of lines moves one amount from one account of an earmark to another.
    for pair in zip(one.lines[::2], one.lines[1::2], strict=True):
        earmark = earmark_of(pair[0].account)
        for area, value in cut(shares[earmark], taken[earmark], abs(pair[0].value)):
            for line in pair:
                part = value if line.value > 0 else -value
                found.append((Posting(line.account, part, line.unit), area))
        taken[earmark] += abs(pair[0].value)
    return tuple(found)


def earmark_of(account: str) -> str:
    """Return the fund's key and the earmark that an account belongs to."""
    parts = parse(account)
    return f"{parts.fund}:{parts.earmark}"


def shares_of(
    connection: Connection[Any], recovery: str, history: Sequence[Event]
) -> Mapping[str, AreaShares]:
    """Return by earmark what a recovery has asked of the payments of each area, in its order."""
    shares: defaultdict[str, AreaShares] = defaultdict(list)
    named = [each.payments for each in history if isinstance(each, RecoveryEstablished)]
    payments = {payment: 0 for each in named for payment in each}
    made: dict[str, PaymentMade | ReliefApplied] = {}
    asked: dict[str, int] = {}
    for payment, event in event_log.of_subjects(connection, payments):
        if isinstance(event, PaymentMade | ReliefApplied):
            made[payment] = event
        elif isinstance(event, PaymentOverpaid | ReliefOverpaid) and event.recovery == recovery:
            asked[payment] = event.amount
    for payment in payments:
        if payment in asked:
            paid = made[payment]
            earmark = earmark_of(accounts.spent(paid.fund, paid.earmark, paid.programme))
            shares[earmark].append((paid.area or "", asked[payment]))
    return shares


def taken_before(one: Recorded, history: Iterable[tuple[int, Event]]) -> defaultdict[str, int]:
    """Return by earmark what was received or given up before an event of a recovery or a fund."""
    taken: defaultdict[str, int] = defaultdict(int)
    for position, event in history:
        # What a fund received stands beside the recovery's own event, under one key.
        if position >= one.position or event.act.key == one.event.act.key:
            continue
        if isinstance(event, RecoveryReceived | RecoveryWrittenOff):
            for part in event.parts:
                account = accounts.spent(part.fund, part.earmark, part.programme)
                taken[earmark_of(account)] += part.amount
    return taken


def cut(shares: AreaShares, start: int, amount: int) -> list[tuple[str, int]]:
    """Return the areas of an amount that begins at a place in the shares, each area once a row."""
    found: dict[str, int] = {}
    for area, share in shares:
        part = min(max(share - start, 0), amount)
        start = max(start - share, 0)
        amount -= part
        if part:
            found[area] = found.get(area, 0) + part
    if amount:
        found[""] = found.get("", 0) + amount
    return list(found.items())
