"""Balances at any day and any position equal a fold that shares no code with the views."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from infra.projector.projector import Projector, ProjectorOptions
from projections.accounts import balances, journal_queries
from projections.accounts.journal_queries import JournalFilter
from projections.core.view import Moment
from tests.projections.small_quarter import days

if TYPE_CHECKING:
    from datetime import date

    import psycopg

    from domain.kernel.aggregate import Event
    from scripts.scenarios.office import Office

STEPS = 12


def fold(events: list[Event], position: int, day: date) -> dict[str, int]:
    """Add up the postings of the first events, as far as they were booked by the day."""
    held: Counter[str] = Counter()
    for event in events[:position]:
        if event.act.booked <= day:
            for line in event.postings():
                held[line.account] += line.value
    return dict(held)


def spread(among: list[Any]) -> list[Any]:
    """Choose about as many as there are steps, the first and the last with them."""
    step = max(1, len(among) // STEPS)
    return [*among[::step], among[-1]]


def grid(events: list[Event]) -> list[tuple[int, date]]:
    """Return positions and days all over the ledger."""
    positions = spread(list(range(1, len(events) + 1)))
    return [(position, day) for position in positions for day in spread(days(events))]


def test_balances_at_every_day_and_position_are_the_fold(
    office: Office, connection: psycopg.Connection[Any], small_blocks: ProjectorOptions
) -> None:
    Projector(connection, options=small_blocks).catch_up()
    events = list(office.events())
    points = grid(events)
    assert len(points) >= STEPS * STEPS
    for position, day in points:
        found = balances.rows(connection, Moment(position, day), balances.BalanceFilter())
        assert {row["account"]: row["value"] for row in found} == fold(events, position, day)


def test_the_journal_sums_to_the_balances(
    office: Office, connection: psycopg.Connection[Any], small_blocks: ProjectorOptions
) -> None:
    Projector(connection, options=small_blocks).catch_up()
    for position, day in grid(list(office.events()))[::7]:
        held: Counter[str] = Counter()
        for row in journal_queries.rows(connection, Moment(position, day), JournalFilter()):
            held[row["account"]] += row["value"]
        found = balances.rows(connection, Moment(position, day), balances.BalanceFilter())
        assert {row["account"]: row["value"] for row in found} == dict(held)
