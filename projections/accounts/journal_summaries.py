"""Summaries of the journal (汇总分录): one row for the postings of many persons.

Who may not see persons reads, in place of the postings of payments, relief and recoveries, what
they sum to: those that a run made on one day, and all others of one topic and month, per account.
An account that names a case or a debt is told by the kind of its payer alone. A summary stands
where the first of its postings stands, so that a page that was read is not shifted.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from psycopg.rows import dict_row

from domain.kernel.accounts import BY_PROGRAMME, parse
from domain.payments.payment_events import PaymentMade
from projections.accounts.vouchers import printed
from projections.core.dictionary import Dictionary
from projections.core.meanings import ACCOUNT
from projections.core.sql import BOOKED, matching
from projections.disclosure.clearance import OF_PERSONS, moves_money_of_persons
from projections.disclosure.public_record import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from psycopg import Connection

    from domain.kernel.aggregate import Event
    from projections.core.dictionary import Key
    from projections.core.view import Moment, Recorded, Row

# The filters on accounts; here `class` is the budget class, and the account's is its stage.
OF_ACCOUNTS = ("account", "fund", "programme", "unit", "stage")
# What COPY takes for nothing.
NONE = r"\N"
# The account as it is told who may not see persons, of a table that has its parts.
MERGED_ACCOUNT = f"""CASE WHEN class <> ALL ('{{{",".join(sorted(BY_PROGRAMME))}}}')
         AND split_part(detail, ':', 1) = ANY ('{{{",".join(sorted(OF_PERSONS))}}}')
    THEN concat_ws(':', class, fund, earmark, split_part(detail, ':', 1)) ELSE account END"""
SUMMED = f"""
    SELECT found.*, summed.value, summed.booked, {printed("of_first")} AS voucher
    FROM (
        SELECT id, account, unit, subject, topic, period, programme,
               position::bigint AS position, line::int AS line
        FROM views.journal_summaries
        WHERE {{tests}} AND position::bigint <= %(position)s
          AND (position::bigint, line::int) > (%(after)s, %(after_line)s)
        ORDER BY position::bigint, line::int
    ) found, LATERAL (
        SELECT sum(value) AS value, max(booked) AS booked FROM views.journal
        WHERE summary = found.id AND position BETWEEN found.position AND %(position)s
          AND {BOOKED}
          AND (%(sayings)s::int[] IS NULL OR said = ANY (%(sayings)s))
    ) summed, LATERAL (
        SELECT booked, voucher FROM views.journal
        WHERE position = found.position AND line = found.line
    ) of_first
    WHERE summed.value IS NOT NULL
    ORDER BY found.position, found.line LIMIT %(limit)s"""


class SummaryFilter(NamedTuple):
    """Which summaries: filters on accounts and subjects, days, and numbers of what was said."""

    where: Mapping[str, Sequence[str]]
    from_: date | None
    to: date | None
    sayings: list[int] | None


def names(firsts: Mapping[Key, tuple[int, int]] = MappingProxyType({})) -> Dictionary:
    """Return the summaries with their numbers; `firsts` has the first posting of new ones."""
    says = {
        "": "Rows of the journal for who may not see persons, each with a number.",
        "subject": "The pay run, where there is one.",
        "topic": "The topic of the events, without version.",
        "period": "The day of the run's payments in the books; of all others the month.",
        "position": "The position of its first posting.",
        "line": "The line of its first posting.",
    }
    return Dictionary(
        "journal_summaries",
        "account unit subject topic period",
        more="class fund programme position line",
        describe=lambda key: _parts(key) + tuple(map(str, firsts[key])),
        says=ACCOUNT | says,
    )


def _parts(key: Key) -> Key:
    account = parse(key[0])
    return account.class_, account.fund, account.programme


def keys_of(one: Recorded) -> list[Key] | None:
    """Return the summary of each posting of an event; None where the event is about nobody."""
    event = one.event
    if is_paid_by_run(event):
        about = event.run, one.topic, event.act.booked.isoformat()
    elif is_about_persons(event, one):
        about = "", one.topic, event.act.booked.isoformat()[:7]
    else:
        return None
    return [(merged(line.account), line.unit, *about) for line in one.lines]


def numbers_of(one: Recorded, numbers: Mapping[Key, int]) -> Sequence[object]:
    """Return what is written of the summary of each posting: its number, or nothing."""
    keys = keys_of(one)
    return [NONE] * len(one.lines) if keys is None else [numbers[key] for key in keys]


def is_paid_by_run(event: Event) -> TypeGuard[PaymentMade]:
    """Tell whether an event is a payment that a run made, out of what was committed to it."""
    return type(event) is PaymentMade and bool(event.kind or not event.completes)


def is_about_persons(event: Event, one: Recorded) -> bool:
    """Tell whether an event moves what may be one person's money."""
    return (
        kind_of(event.originator_id) in OF_PERSONS
        or moves_money_of_persons(event)
        or any(merged(line.account) != line.account for line in one.lines)
    )


@lru_cache(4096)
def merged(account: str) -> str:
    """Return an account without the id of a case, a debt or a person: with its kind alone."""
    parts = parse(account)
    kind = kind_of(parts.detail)
    if parts.class_ in BY_PROGRAMME or kind not in OF_PERSONS:
        return account
    return f"{parts.class_}:{parts.fund}:{parts.earmark}:{kind}"


def rows(
    connection: Connection[tuple[object, ...]],
    moment: Moment,
    which: SummaryFilter,
    *,
    after: tuple[int, int] = (0, 0),
    limit: int | None = None,
) -> list[Row]:
    """Return the summaries behind a place in the journal, in the order of their first postings."""
    tests, given = matching(which.where, OF_ACCOUNTS)
    if "subject" in which.where:
        tests.append("subject = ANY (%(subject)s)")
        given["subject"] = list(which.where["subject"])
    given |= {
        "position": moment.position,
        "since": which.from_,
        "as_of": min(filter(None, (which.to, moment.as_of)), default=None),
        "sayings": which.sayings,
        "after": after[0],
        "after_line": after[1],
        "limit": limit,
    }
    sql = SUMMED.format(tests=" AND ".join(["true", *tests]))
    found = connection.cursor(row_factory=dict_row).execute(sql, given).fetchall()
    return [row_of(each) for each in found]


def row_of(found: Row) -> Row:
    """Write a summary as a row of the journal: it names no event, no area and no sender."""
    booked = found["booked"] if len(found["period"]) > len("2007-03") else None
    return {
        "position": found["position"],
        "line": found["line"],
        "booked": booked,
        "on": None,
        "recorded_at": None,
        "voucher": found["voucher"],
        "account": found["account"],
        "value": found["value"],
        "unit": found["unit"],
        "subject": found["subject"] or None,
        "topic": found["topic"],
        "programme": found["programme"],
        "area": "",
        "class": "",
        "by": None,
    }
