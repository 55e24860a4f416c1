"""The check of the views: what they answer, beside a fold of the log that shares no code of theirs.

Balances and facts are compared at several positions and days, the journal line by line, registers
row by row, at the position that all views have reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from domain import COLLECTIONS, decode
from domain.kernel.event_fields import row as words
from domain.kernel.reversals import Reversal
from infra.verify.check import CheckContext, Findings, QueryCheck
from infra.verify.checks.decisions import compare_decisions, compare_periods
from projections import facts, registers
from projections.accounts import balances, journal_queries
from projections.accounts.journal_queries import JournalFilter
from projections.core import view
from projections.core.view import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.kernel.aggregate import Event

SENTENCE = (
    "Every view says what a fold of the log says: balances and facts at several positions and"
    " days, every line of the journal, every row of the registers, every row of what commands"
    " decide by, and the days that are closed."
)
# A reversal changes no word of the rows of these.
NOT_READ_AGAIN = frozenset({"fund", "lottery"})
VIEWS = ("journal", "balances", "facts", "registers", "payments")
LOG = """SELECT notification_id, topic, state FROM ledger.events
    WHERE notification_id <= %s ORDER BY notification_id"""
STREAMS = """SELECT notification_id, topic, state FROM ledger.events
    WHERE originator_id > %s COLLATE "C" AND originator_id < %s COLLATE "C"
      AND notification_id <= %s ORDER BY originator_id, originator_version"""
# A day in the middle of what is booked: nothing before it, and nothing after it, may hide.
MIDDLE = """SELECT (convert_from(state, 'UTF8')::json #>> '{act,booked}')::date
    FROM ledger.events WHERE notification_id = %s"""
# A limit, so that the answer does not come through the cursor by which the journal is read.
NO_END = 2**31
FACTS = f"{', '.join(facts.KEY)}, area"
Sums: TypeAlias = dict[tuple[str, ...], list[int]]


class Sample(NamedTuple):
    """What the log says at a moment: sum and number per account and unit, and per kind of fact."""

    moment: Moment
    lines: Sums
    facts: Sums
    # Accounts of which a line may be told in parts: a recovery's, by the areas of its payments.
    parted: set[tuple[str, ...]]


def ask(asked: CheckContext) -> Findings:
    """Fold the log beside the views."""
    found = Findings()
    reached = view.position(asked.connection, *VIEWS)
    found.examined = reached
    samples = sampled(asked, reached)
    written = journal_queries.rows(asked.connection, Moment(reached), JournalFilter())
    for position, event in log(asked, reached):
        compare_lines(found, position, event, written)
        for sample in samples:
            add(sample, position, event)
        for sample in [each for each in samples if each.moment.position == position]:
            compare_sample(asked, found, sample)
            samples.remove(sample)
    for row in written:
        found.breach([row["position"]], row["subject"], "the journal has a line that is no event's")
    for collection in COLLECTIONS:
        compare_rows(asked, found, collection, reached)
    compare_decisions(asked, found)
    compare_periods(asked, found)
    return found


def log(asked: CheckContext, reached: int) -> Iterator[tuple[int, Event]]:
    """Read the events up to where the views are."""
    for position, topic, state in asked.rows("log", LOG, (reached,)):
        yield position, decode(topic, state)


def sampled(asked: CheckContext, reached: int) -> list[Sample]:
    """Choose the moments: a third, two thirds and all of the log, with and without a day."""
    row = asked.connection.execute(MIDDLE, (reached // 2,)).fetchone()
    day = row[0] if row else None
    positions = sorted({reached // 3, reached * 2 // 3, reached} - {0})
    moments = [Moment(place, as_of) for place in positions for as_of in {None, day}]
    return [Sample(moment, {}, {}, set()) for moment in moments]


def add(sample: Sample, position: int, event: Event) -> None:
    """Add an event to a sample that it belongs to."""
    moment = sample.moment
    if position > moment.position or (moment.as_of and event.act.booked > moment.as_of):
        return
    parted = "recovery:" in f"{event.originator_id} {getattr(event, 'cause', '')}"
    for line in event.postings():
        count(sample.lines, (line.account, line.unit), line.value)
        sample.parted.update([(line.account, line.unit)] if parted else ())
    for fact in event.facts():
        key = *facts.key_of(fact), fact.area
        count(sample.facts, key, fact.value)


def count(sums: Sums, key: tuple[str, ...], value: int) -> None:
    """Add to a sum, and to its number."""
    entry = sums.get(key)
    if entry is None:
        sums[key] = [value, 1]
    else:
        entry[0] += value
        entry[1] += 1


def compare_sample(asked: CheckContext, found: Findings, sample: Sample) -> None:
    """Ask the views for the same sums."""
    moment = sample.moment
    held: Sums = {
        (row["account"], row["unit"]): [row["value"], row["postings"]]
        for row in balances.rows(asked.connection, moment, balances.BalanceFilter(), limit=NO_END)
    }
    for key in sample.parted & held.keys():
        # Never fewer than there are lines.
        held[key][1] = min(held[key][1], sample.lines[key][1])
    differ(found, moment, "balances", held, sample.lines)
    lines = facts.CELLS.by_place(moment)
    counted = asked.connection.execute(
        f"SELECT sum(value), sum(n)::bigint, {FACTS} FROM ({lines.sql}) lines"
        f" JOIN views.{facts.CELLS.series.table} s ON s.id = series"
        f" JOIN views.{facts.CELLS.places.table} p ON p.id = place GROUP BY {FACTS}".encode(),
        lines.given,
    )
    differ(found, moment, "facts", {row[2:]: list(row[:2]) for row in counted}, sample.facts)


def differ(
    found: Findings,
    moment: Moment,
    name: str,
    shown: Mapping[tuple[str, ...], list[int]],
    folded: Mapping[tuple[str, ...], list[int]],
) -> None:
    """Take down every sum that is not the log's."""
    for key in sorted({*shown, *folded}):
        if shown.get(key, [0, 0]) != folded.get(key, [0, 0]):
            day = f" as of {moment.as_of}" if moment.as_of else ""
            said = f"{shown.get(key)} at {moment.position}{day}, the log {folded.get(key)}"
            found.breach([moment.position], name, f"{'|'.join(key)}: {said}")


def compare_lines(
    found: Findings, position: int, event: Event, written: Iterator[dict[str, Any]]
) -> None:
    """Hold the postings of an event against the next rows of the journal."""
    act = event.act
    for number, line in enumerate(event.postings(), 1):
        row = next(written, None)
        said = row and (
            (row["position"], row["line"], row["account"], row["value"], row["unit"]),
            (row["booked"], row["on"], row["by"], row["subject"], row["topic"]),
        )
        wanted = (
            (position, number, line.account, line.value, line.unit),
            (act.booked, act.on, act.by, event.originator_id, event.TOPIC),
        )
        if said != wanted:
            found.breach([position], event.originator_id, f"the journal has {said} for {wanted}")


def compare_rows(asked: CheckContext, found: Findings, collection: str, reached: int) -> None:
    """Hold the rows of a collection against what its events say, subject by subject."""
    rows = registers.rows_as_told(asked.connection, collection, Moment(reached))
    row = next(rows, None)
    for wanted in folded_rows(asked, collection, reached):
        while row is not None and row["id"] < wanted["id"]:
            found.breach([], row["id"], f"{collection} has a row that is no subject's")
            row = next(rows, None)
        if row is None or row["id"] > wanted["id"]:
            found.breach([wanted["position"]], wanted["id"], f"{collection} has no row of it")
            continue
        if row != wanted:
            found.breach([wanted["position"]], wanted["id"], f"{collection} has {row}")
        row = next(rows, None)
    while row is not None:
        found.breach([], row["id"], f"{collection} has a row that is no subject's")
        row = next(rows, None)


def folded_rows(asked: CheckContext, collection: str, reached: int) -> Iterator[dict[str, Any]]:
    """Lay the words of each subject's events over one another."""
    kind = COLLECTIONS[collection].KIND
    given = f"{kind}:", f"{kind};", reached
    row: dict[str, Any] = {}
    history: list[tuple[int, Event]] = []
    for position, topic, state in asked.rows("streams", STREAMS, given):
        event = decode(topic, state)
        if event.originator_id != row.get("id"):
            if row:
                yield row
            row = {"id": event.originator_id, "state": "", "opened_on": event.act.on}
            history = []
        said = said_by(event)
        row |= said | {"version": event.originator_version, "position": position}
        for gone in {"reversed_by", *event.CLEARS} - said.keys():
            row.pop(gone, None)
        if kind not in NOT_READ_AGAIN:
            history.append((position, event))
        if history and isinstance(event, Reversal):
            row["reversed_by"] = position
            lay_again(row, history)
    if row:
        yield row


def said_by(event: Event) -> dict[str, Any]:
    """Return what an event says of its row."""
    return {name: word for name, word in words(event).items() if word is not None}


def lay_again(row: dict[str, Any], history: list[tuple[int, Event]]) -> None:
    """Leave in a row what the events that were not reversed say of it."""
    fallen = {event.of for _, event in history if isinstance(event, Reversal)}
    acts = [(place, event) for place, event in history if not isinstance(event, Reversal)]
    stands = [said_by(event) for place, event in acts if place not in fallen]
    if not any(stands):
        row["state"] = "reversed"
        return
    for name in {name for _, event in acts for name in said_by(event)}:
        row.pop(name, None)
    row.setdefault("state", "")
    for said in stands:
        row |= said


QUESTION = QueryCheck("views-equal-fold", SENTENCE, ask)
