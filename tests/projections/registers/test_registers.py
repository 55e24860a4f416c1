"""A collection's rows, as of any day and known at any position."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.kernel.event_fields import row as words
from infra.projector.projector import Projector
from projections import registers
from projections.core.view import Moment
from scripts.scenarios.stories import FUND
from tests.projections.small_quarter import RUNS, days

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

    from domain.kernel.aggregate import Event
    from scripts.scenarios.office import Office

KINDS = {
    "entitlements": "entitlement:",
    "funds": "fund:",
    "grants": "grant:",
    "payments": "payment:",
    "pay-runs": "pay-run:",
}


@pytest.fixture
def head(office: Office, connection: psycopg.Connection[Any]) -> int:
    Projector(connection).catch_up()
    return office.positions()[-1]


def laid(events: Iterable[tuple[int, Event]]) -> dict[str, dict[str, Any]]:
    """Lay events over one another, in order of position: the rows of a register by their ids."""
    rows: dict[str, dict[str, Any]] = {}
    for position, event in events:
        row = rows.setdefault(event.originator_id, {"opened_on": event.act.on})
        said = {name: value for name, value in words(event).items() if value is not None}
        row.update(said, version=event.originator_version, position=position)
    return rows


def expected(events: list[Event], prefix: str, position: int, day: date) -> list[dict[str, Any]]:
    """Return the rows of a collection as of a day, known at a position."""
    rows = laid(
        (nth, event)
        for nth, event in enumerate(events[:position], 1)
        if event.originator_id.startswith(prefix) and event.act.on <= day
    )
    return [{"id": name, **rows[name]} for name in sorted(rows)]


@pytest.mark.parametrize("collection", KINDS)
def test_rows_are_the_events_laid_over_one_another(
    office: Office, connection: psycopg.Connection[Any], head: int, collection: str
) -> None:
    events = list(office.events())
    for position in (head, head // 2, head // 3, 60):
        for day in days(events)[:: len(days(events)) // 5]:
            moment = Moment(position, day)
            found = list(registers.rows(connection, collection, moment, where={}))
            assert found == expected(events, KINDS[collection], position, day)


def test_pages_join_without_a_gap_and_one_row_is_as_in_the_list(
    connection: psycopg.Connection[Any], head: int
) -> None:
    moment = Moment(head)
    whole = list(registers.rows(connection, "payments", moment, where={}))
    paged: list[dict[str, Any]] = []
    while True:
        after = registers.key_of(paged[-1]) if paged else None
        page = registers.rows(connection, "payments", moment, where={}, after=after, limit=7)
        before = len(paged)
        paged += page
        if len(paged) == before:
            break
    assert paged == whole
    assert registers.one(connection, str(whole[3]["id"]), moment) == whole[3]
    assert registers.one(connection, "payment:none", moment) is None


def test_filters_choose_by_words_quantities_and_lists(
    connection: psycopg.Connection[Any], head: int
) -> None:
    moment = Moment(head)

    def ids(collection: str, **where: tuple[str, ...]) -> list[str]:
        return [row["id"] for row in registers.rows(connection, collection, moment, where=where)]

    assert len(ids("payments", run=(RUNS[0],))) == 12
    assert len(ids("payments", run=(RUNS[1],))) == 10
    assert len(ids("payments", run=RUNS, state=("returned",))) == 3
    assert ids("funds", purposes=("aid-poor",)) == ["fund:gifts", FUND]
    assert ids("funds", purposes=("veterans",)) == []
    assert ids("payments", amount=("11",)) == []
    assert len(ids("payments", amount=("10",), programme=("aid",))) == 32
    assert ids("grants", id=("grant:g",), body=("organisation:choir",)) == ["grant:g"]


def test_each_field_of_payments_chooses_the_rows_that_have_it(
    connection: psycopg.Connection[Any], head: int
) -> None:
    for moment in (Moment(head), Moment(head - 20), Moment(head, date(2007, 3, 15))):
        rows = list(registers.rows(connection, "payments", moment, where={}))
        for name in {name for row in rows for name in row}:
            for word in {said(row[name]) for row in rows if name in row} | {"", "none"}:
                where = {name: (word, "nothing")}
                chosen = [row for row in rows if name in row and said(row[name]) == word]
                assert list(registers.rows(connection, "payments", moment, where=where)) == chosen
                totals = registers.totals(connection, "payments", moment, where=where)
                assert {row["field"]: row["value"] for row in totals} == {
                    field: sum(row[field]["value"] for row in chosen)
                    for field in ("amount", "persons", "households")
                    if chosen
                }


def said(value: object) -> str:
    """Say a field as a filter does."""
    return str(value["value"] if isinstance(value, dict) else value)


@pytest.mark.usefixtures("head")
def test_payments_are_single_until_something_more_is_heard_of_them(
    office: Office, connection: psycopg.Connection[Any]
) -> None:
    events = Counter(event.originator_id for event in office.events())
    payments = [subject for subject in events if subject.startswith("payment:")]
    single = connection.execute(
        "SELECT originator_id FROM views.payments JOIN ledger.events ON notification_id = position"
    )
    heads = connection.execute("SELECT subject FROM views.payment_heads")
    assert sorted(row[0] for row in single) == sorted(p for p in payments if events[p] == 1)
    assert {row[0] for row in heads} == {p for p in payments if events[p] > 1}
    assert 0 < sum(events[p] > 1 for p in payments) < len(payments)


def test_totals_are_the_sums_of_the_rows(connection: psycopg.Connection[Any], head: int) -> None:
    where = {"run": (RUNS[1],)}
    found = registers.totals(connection, "payments", Moment(head), where=where)
    rows = list(registers.rows(connection, "payments", Moment(head), where=where))
    assert {row["field"]: (row["value"], row["unit"]) for row in found} == {
        "amount": (sum(row["amount"]["value"] for row in rows), "fen"),
        "persons": (sum(row["persons"]["value"] for row in rows), "person"),
        "households": (0, "household"),
    }


def test_the_lines_of_a_run_are_its_payments_and_what_was_held_back(
    connection: psycopg.Connection[Any], head: int
) -> None:
    found = list(registers.lines(connection, RUNS[1], Moment(head)))
    assert len(found) == 12
    assert [line["payment"] for line in found] == sorted(line["payment"] for line in found)
    held = [line for line in found if line["state"] == "held-back"]
    assert sorted(line["held_back_for"] for line in held) == ["stopped", "suspended"]
    assert sum(line["amount"]["value"] for line in found) == 120
    first = list(registers.lines(connection, RUNS[1], Moment(head), limit=5))
    rest = registers.lines(connection, RUNS[1], Moment(head), after=first[-1]["payment"])
    assert [*first, *rest] == found


def test_a_release_is_told_with_its_payments_to_who_stands_inside_of_it(
    office: Office, connection: psycopg.Connection[Any], head: int
) -> None:
    events = list(office.events())
    inside = [
        nth
        for nth, event in enumerate(events, 1)
        if event.TOPIC == "payment.made" and event.originator_id.startswith("payment:aid:2007-03")
    ]
    released = next(
        nth
        for nth, event in enumerate(events, 1)
        if event.TOPIC == "pay-run.released" and event.originator_id == RUNS[2]
    )
    ask = registers.straddling_chunks
    for position in (inside[0], inside[-1], released - 1):
        chunks = ask(connection, [position], beyond=head + 1)
        assert {until for *_, until in chunks} == {released}
        within = [nth for first, last, _ in chunks for nth in range(first, last)]
        assert within == inside
    assert ask(connection, [released], beyond=head + 1) == []
    assert ask(connection, [head], beyond=head + 1) == []
