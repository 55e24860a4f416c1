"""What the open zone is told of a pay run: drawn, held back, paid, and what of it came back.

Money and persons, by the rule of `projections/disclosure/run_money.py`, at the published steps of
money to persons. What a run has drawn up is told where it held nothing back: of what was held back
and what a later run paid of it the difference would be few persons', and what was told once cannot
be taken back. A run of arrears tells no persons: it mostly completes what they were paid already.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from domain import decode
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
NOTHING = ToldShare(())


def run_numbers(connection: Connection[Any], moment: Moment, rows: Sequence[Row]) -> Iterator[Row]:
    """Give for each run, by its row, what is told of it."""
    shares = published_shares(connection, moment)
    runs = list(registers.rows(connection, "pay-runs", moment._replace(as_of=None), where={}))
    secretive = too_few_persons(runs, shares)
    for row in rows:
        told = numbers_of(connection, moment, row, shares)
        if is_of_arrears(row) or programme_and_year(row, shares) in secretive:
            told = {name: number._replace(persons=None) for name, number in told.items()}
        yield said(told)


def numbers_of(
    connection: Connection[Any], moment: Moment, row: Row, shares: Shares
) -> dict[str, RunNumber]:
    """Return the numbers of a run."""
    found = dict.fromkeys(NUMBERS, WITHHELD)
    run = str(row["id"])
    paid = shares.get(RunShare(run, PAID))
    if paid is None or not paid.value(moment.as_of):
        return found
    found[PAID] = RunNumber(paid.value(moment.as_of), row["paid_persons"]["value"])
    if row["total"]["value"] == row["paid_amount"]["value"]:
        found[DRAWN], found[HELD_BACK] = found[PAID], NOBODY
    moved = {name: shares.get(RunShare(run, name), NOTHING) for name in MOVED}
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


def persons_of(connection: Connection[Any], payments: Iterable[str]) -> int:
    """Return for how many persons some payments were made."""
    events = event_log.page(
        connection, after=0, until=2**62, limit=None, topics=[MADE], subjects=[*payments]
    )
    made = (decode(each.topic, each.state) for each in events)
    return sum(each.persons for each in made if isinstance(each, PaymentMade))


def programme_and_year(row: Mapping[str, Any], shares: Shares) -> tuple[str, int]:
    """Return the programme of a run and the year in which it was paid; 0 if that is not told."""
    paid = shares.get(RunShare(str(row["id"]), PAID))
    return str(row["programme"]), paid.sums[0][0].year if paid else 0


def too_few_persons(runs: Iterable[Row], shares: Shares) -> set[tuple[str, int]]:
    """Return the programmes and years of which no run tells its persons.

    The year tells for how many person-months it paid: less those that runs tell, it would tell of
    runs that do not, and of what was given up, where it is withheld too.
    """
    left: Counter[tuple[str, int]] = Counter()
    found: set[tuple[str, int]] = set()
    for row in runs:
        programme, year = programme_and_year(row, shares)
        given_up = RunShare(str(row["id"]), WRITTEN_BACK)
        if shares.get(given_up, NOTHING) is None:
            found.add((programme, year))
        left[programme, year] += len((shares.get(given_up) or NOTHING).names())
        if not year:
            left[programme, 0] += int(row.get("paid") or 0)
        elif is_of_arrears(row):
            left[programme, year] += int(row["paid_persons"]["value"])
    return found | {
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
