"""The inputs of a roll, folded from events in the plainest way: what the roll view must equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from domain.benefits.merged_persons import ids_in_use
from domain.benefits.roll_inputs import EntitlementRow, MemberRow, RateRow, RollInputs
from domain.benefits.rolls import bereaved, draw_roll, stops
from domain.kernel.months import month_of, moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.benefits.rolls import RollLine
    from domain.kernel.aggregate import Event
    from tests.domain.in_memory_unit import InMemoryLedger

TERMS = ("entitlement.granted", "entitlement.adjusted", "entitlement.brought-in")
PAUSES = ("entitlement.suspended", "entitlement.resumed")


def with_rolls(books: InMemoryLedger) -> InMemoryLedger:
    """Let the books draw their rolls from their own events."""

    def roll(scheme: str, month: str, at: int) -> tuple[RollLine, ...]:
        return draw_roll(inputs_of(books, scheme, month, at), month)

    def stopped(scheme: str, month: str, _: int) -> dict[str, str]:
        return stops(inputs_of(books, scheme, month, len(books.stored)), month)

    def deaths(scheme: str, month: str) -> dict[str, int]:
        return bereaved(inputs_of(books, scheme, month, len(books.stored)), month)

    books.on_roll, books.on_stops, books.on_deaths = roll, stopped, deaths
    return books


def inputs_of(books: InMemoryLedger, scheme: str, month: str, at: int) -> RollInputs:
    """Fold the events up to a position into the inputs of one roll."""
    return fold([books.at(place) for place in range(1, at + 1)], scheme, month)


def fold(events: Sequence[Any], scheme: str, month: str) -> RollInputs:
    """Fold events into the inputs of one roll."""
    adopted = next(e for e in events if e.TOPIC == "scheme.adopted" and e.originator_id == scheme)
    died: dict[str, str] = {}
    for event in events:
        if event.TOPIC == "person.death-reported":
            died[event.originator_id] = month_of(event.date)
        elif event.TOPIC == "person.death-withdrawn":
            del died[event.originator_id]
    return RollInputs(
        at=len(events),
        scheme=scheme,
        pays=adopted.pays,
        formula=adopted.formula,
        after_death_months=adopted.after_death_months,
        rates=tuple(rates(events, scheme)),
        parents=parents(events, month),
        entitlements=tuple(entitlements(events, scheme, month, died)),
        members=tuple(members(events, died)),
        followed=fold(events, adopted.follows, month) if adopted.follows else None,
        same=ids_in_use((e.originator_id, e.into) for e in events if e.TOPIC == "person.merged"),
    )


def rates(events: Iterable[Any], scheme: str) -> Iterable[RateRow]:
    """List the rates adopted and set."""
    for event in events:
        if event.originator_id != scheme:
            continue
        for rate in event.rates if event.TOPIC == "scheme.adopted" else (event,):
            yield RateRow(rate.area or "", rate.tier, rate.from_.isoformat(), rate.amount)


def parents(events: Iterable[Any], month: str) -> dict[str, str]:
    """Return the area above each area at the end of the month."""
    known = [
        (event.act.on, place, event)
        for place, event in enumerate(events)
        if event.TOPIC in ("area.opened", "area.moved") and month_of(event.act.on) <= month
    ]
    return {
        event.originator_id: event.parent
        for _, _, event in sorted(known, key=lambda each: each[:2])
        if event.parent
    }


def entitlements(
    events: Sequence[Any], scheme: str, month: str, died: dict[str, str]
) -> Iterable[EntitlementRow]:
    """List the entitlements of a scheme that were granted or brought in."""
    streams: dict[str, list[Any]] = {}
    for event in events:
        if event.originator_id.startswith("entitlement:"):
            streams.setdefault(event.originator_id, []).append(event)
    for subject, stream in streams.items():
        first = stream[0]
        grant = next((e for e in stream if e.TOPIC in (TERMS[0], TERMS[2])), None)
        if first.scheme == scheme and grant is not None:
            row = entitlement(subject, stream, grant, month, died.get(first.holder, ""))
            yield msgspec.structs.replace(
                row,
                beds=beds(events, first.holder, month),
                payee_ended=payee_ended(events, first),
            )


def entitlement(
    subject: str, stream: Sequence[Any], grant: Any, month: str, died: str
) -> EntitlementRow:
    """Fold one entitlement into its row."""
    first = stream[0]
    stream = standing(stream)
    terms = in_force(stream, TERMS, month) or grant
    assessed = [e for e in stream if e.TOPIC == "entitlement.assessed"]
    assessed.sort(key=lambda e: month_of(e.act.on))
    assessed = [e for e in assessed if month_of(e.act.on) <= month] or assessed
    stop = next((e for e in stream if e.TOPIC == "entitlement.stopped"), None)
    pauses = [e for e in stream if e.TOPIC in PAUSES and month_of(e.from_) <= month]
    pause = pauses[-1] if pauses else None
    found = [e for e in stream if found_anew(e, month)]
    return EntitlementRow(
        entitlement=subject,
        holder=first.holder,
        payee=first.payee or "",
        area=first.area,
        tier=terms.tier,
        amount=terms.amount,
        units=terms.units,
        income=assessed[-1].income if assessed else 0,
        starts=month_of(grant.from_),
        ends=month_of(grant.until) if grant.until else "",
        stop=month_of(stop.from_) if stop else "",
        suspended=pause is not None and pause.TOPIC == "entitlement.suspended",
        died=died,
        eligible=not found or found[-1].TOPIC == "entitlement.adjusted" or found[-1].eligible,
    )


def payee_ended(events: Iterable[Any], first: Any) -> str:
    """Return the month in which the body ended that is paid for a holder; empty: it has not."""
    runs, ends = dict[str, str](), dict[str, str]()
    for event in events:
        if event.TOPIC in ("facility.opened", "facility.brought-in"):
            runs[event.originator_id] = event.body
        elif event.TOPIC in ("organisation.deregistered", "organisation.revoked"):
            ends[event.originator_id] = month_of(event.act.on)
    return ends.get(first.payee or runs.get(first.holder, ""), "")


def standing(stream: Sequence[Any]) -> list[Any]:
    """Leave out what was withdrawn."""
    gone = {e.version for e in stream if e.TOPIC == "entitlement.withdrawn"}
    return [e for e in stream if e.originator_version not in gone]


def beds(events: Iterable[Any], holder: str, month: str) -> int:
    """Return the beds that a facility has in use for a month, -1 for another holder."""
    if not holder.startswith("facility:"):
        return -1
    known: list[tuple[str, int]] = []
    for event in events:
        if event.originator_id != holder:
            continue
        on = month_of(event.act.on)
        if event.TOPIC in ("facility.opened", "facility.brought-in"):
            known.append((on, event.beds))
        elif event.TOPIC == "facility.resized" and event.before.state == "open":
            known.append((on if event.beds > event.before.beds else moved(on, 1), event.beds))
        elif event.TOPIC == "facility.closed":
            known.append((moved(on, 1), 0))
    # Sorting keeps the order of the log within a month.
    reached = [
        number for since, number in sorted(known, key=lambda each: each[0]) if since <= month
    ]
    return reached[-1] if reached else 0


def found_anew(event: Any, month: str) -> bool:
    """Tell whether an assessment after the grant, or an adjustment, reaches the month."""
    if event.TOPIC == "entitlement.assessed":
        return bool(event.again) and month_of(event.act.on) <= month
    return event.TOPIC == "entitlement.adjusted" and month_of(event.from_) <= month


def in_force(stream: Iterable[Any], topics: Sequence[str], month: str) -> Any:
    """Return the last event, by its month and its place, that counts for the month."""
    found = [e for e in stream if e.TOPIC in topics and month_of(e.from_) <= month]
    return max(found, key=lambda e: (month_of(e.from_), e.originator_version), default=None)


def members(events: Iterable[Event], died: dict[str, str]) -> Iterable[MemberRow]:
    """List who lived in which household, from which month to which."""
    open_rows: dict[tuple[str, str], tuple[str, int]] = {}
    left: list[MemberRow] = []
    for at, event in enumerate(events, 1):
        home: Any = event
        if event.TOPIC == "household.formed":
            for person in home.members:
                open_rows[event.originator_id, person] = home.first, at
        elif event.TOPIC == "household.joined":
            open_rows[event.originator_id, home.person] = home.first, at
        elif event.TOPIC == "household.left":
            place = (event.originator_id, home.person)
            first, since = open_rows.pop(place)
            left.append(MemberRow(*place, first, home.last, died.get(home.person, ""), since))
        elif event.TOPIC == "household.join-withdrawn":
            del open_rows[event.originator_id, home.person]
        elif event.TOPIC == "household.leave-withdrawn":
            place = (event.originator_id, home.person)
            left = [row for row in left if not is_withdrawn(row, place, home)]
            open_rows[place] = home.first, at
    yield from left
    for (household, person), (first, since) in open_rows.items():
        yield MemberRow(household, person, first, "", died.get(person, ""), since)


def is_withdrawn(row: MemberRow, place: tuple[str, str], told: Any) -> bool:
    """Tell whether a row ends where the leaving that is withdrawn had ended it."""
    return (row.household, row.person) == place and row.last == month_of(told.left_on)
