"""What the open zone is told of a pay run: drawn, held back, paid, and what of it came back.

Money and persons, by the rule of `projections/disclosure/run_money.py`, at the published steps of
money to persons. What a run has drawn and held back is told beside what it paid, and only if no
other run was drawn up for the month, nor one of arrears: of two drafts of a month, or of what was
held back and what was paid of it later, the difference would be few persons'. A run of arrears
tells no persons: it mostly completes what they were paid already.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from domain import decode
from domain.kernel.months import spanned
from domain.payments.arrears_runs import KIND as ARREARS
from domain.payments.payment_events import PaymentMade
from projections import registers
from projections.core import event_log
from projections.disclosure import small_counts
from projections.disclosure.run_money import MOVED, PAID, WRITTEN_BACK, ToldShare, movements_told
from projections.disclosure.suppression import RunShare
from projections.figures.published_money import published_shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from psycopg import Connection

    from projections.core.view import Moment, Row
    from projections.figures.published_money import Shares

DRAWN, HELD_BACK = "drawn", "held_back"
# The numbers of a run's row, in order; each is money and, as `<name>_persons`, persons.
NUMBERS = (DRAWN, HELD_BACK, PAID, *MOVED)
(MADE,) = event_log.stored_names(PaymentMade)


class RunNumber(NamedTuple):
    """A number of a run: money, and for how many persons; None where it is withheld."""

    fen: int | None
    persons: int | None


WITHHELD = RunNumber(None, None)
NOBODY = RunNumber(0, 0)


def run_numbers(connection: Connection[Any], moment: Moment, rows: Sequence[Row]) -> Iterator[Row]:
    """Give for each run, by its row, what is told of it."""
    shares = published_shares(connection, moment)
    runs = list(registers.rows(connection, "pay-runs", moment._replace(as_of=None), where={}))
    drafts = Counter((row["scheme"], month) for row in runs for month in months_drawn(row))
    secretive = too_few_persons(runs, shares)
    for row in rows:
        is_alone = all(drafts[row["scheme"], month] == 1 for month in months_drawn(row))
        told = numbers_of(connection, moment, row, shares, is_alone=is_alone)
        if is_of_arrears(row) or month_of(row, shares) in secretive:
            told = {name: number._replace(persons=None) for name, number in told.items()}
        yield said(told)


def numbers_of(
    connection: Connection[Any], moment: Moment, row: Row, shares: Shares, *, is_alone: bool
) -> dict[str, RunNumber]:
    """Return the numbers of a run."""
    found = dict.fromkeys(NUMBERS, WITHHELD)
    run = str(row["id"])
    paid = shares.get(RunShare(run, PAID))
    if paid is None or not paid.value(moment.as_of):
        return found
    found[PAID] = RunNumber(paid.value(moment.as_of), row["paid_persons"]["value"])
    if is_alone and not small_counts.is_small(row.get("held_lines")):
        fen, persons = row["total"]["value"], row["persons"]["value"]
        found[DRAWN] = RunNumber(fen, persons)
        found[HELD_BACK] = RunNumber(
            fen - row["paid_amount"]["value"], persons - row["paid_persons"]["value"]
        )
    nothing = ToldShare(())
    moved = {name: shares.get(RunShare(run, name), nothing) for name in MOVED}
    named = {name: share.names() for name, share in moved.items() if share is not None}
    for name in movements_told(row["paid"], named):
        share = moved[name]
        if share is not None:
            fen = abs(share.value(moment.as_of))
            found[name] = RunNumber(fen, persons_of(connection, named[name])) if fen else NOBODY
    return found


def is_of_arrears(row: Mapping[str, Any]) -> bool:
    """Tell whether a run pays arrears: few of those it pays may be paid for a month at last."""
    return row.get("kind") == ARREARS


def months_drawn(row: Mapping[str, Any]) -> Sequence[str]:
    """Return the months for which a run was drawn up."""
    last = str(row["month"])
    return [*spanned(str(row["from"]), last)] if is_of_arrears(row) else [last]


def persons_of(connection: Connection[Any], payments: Iterable[str]) -> int:
    """Return for how many persons some payments were made."""
    events = event_log.page(
        connection, after=0, until=2**62, limit=None, topics=[MADE], subjects=[*payments]
    )
    made = (decode(each.topic, each.state) for each in events)
    return sum(each.persons for each in made if isinstance(each, PaymentMade))


def month_of(row: Mapping[str, Any], shares: Shares) -> tuple[str, int]:
    """Return the programme of a run and the year in which it was paid; 0 if that is not told."""
    paid = shares.get(RunShare(str(row["id"]), PAID))
    return str(row["programme"]), paid.sums[0][0].year if paid else 0


def too_few_persons(runs: Iterable[Row], shares: Shares) -> set[tuple[str, int]]:
    """Return the programmes and years of which no run tells its persons.

    The year tells for how many person-months it paid: less those that runs tell, it would tell of
    runs that do not, and of what was given up.
    """
    left: Counter[tuple[str, int]] = Counter()
    for row in runs:
        programme, year = month_of(row, shares)
        given_up = shares.get(RunShare(str(row["id"]), WRITTEN_BACK))
        left[programme, year] += len(given_up.names()) if given_up else 0
        if not year:
            left[programme, 0] += int(row.get("paid") or 0)
        elif is_of_arrears(row):
            left[programme, year] += int(row["paid_persons"]["value"])
    return {
        (programme, year)
        for programme, year in left
        if small_counts.is_small(left[programme, year] + left[programme, 0])
    }


def said(told: Mapping[str, RunNumber]) -> Row:
    """Write the numbers of a run: money, and persons beside it."""
    words: Row = {}
    for name, number in told.items():
        words[name] = quantity(number.fen, "fen")
        words[f"{name}_persons"] = quantity(number.persons, "person")
    return words


def quantity(value: int | None, unit: str) -> Row:
    """Write a quantity; of one that is withheld, that it is."""
    return small_counts.hidden(unit) if value is None else {"value": value, "unit": unit}
