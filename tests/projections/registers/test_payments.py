"""Payments kept as numbers answer as if they were kept like the subjects of every register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.payments.payment_events import PaymentMade
from infra.projector.projector import Projector
from projections import registers
from projections.core.copy_writer import CopyWriter
from projections.core.view import Moment, create, drop, recorded
from projections.registers.heads import steps
from projections.registers.payments import HEADS, Payments
from projections.registers.view import Registers
from tests.projections.small_quarter import RUNS, days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.core.view import Recorded, Row
    from scripts.scenarios.office import Office

FILTERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"run": RUNS[:1]},
    {"run": RUNS[1:]},
    {"run": RUNS, "state": ("returned", "made")},
    {"state": ("made",)},
    {"programme": ("aid",), "month": ("2007-02",)},
    {"amount": ("10",)},
    {"position": ("90", "120"), "version": ("1",)},
    {"scheme": ("none",)},
)


class PlainPayments(Payments):
    """The twin: each payment has a head, and patches if something more happened to it."""

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        self.learn(writer, [one for one in page if type(one.event) is PaymentMade])
        HEADS.write(writer, steps(writer, page))


def grown_anew(connection: Connection[Any], view: type[Payments]) -> None:
    """Grow the view of payments anew, with one class or its twin."""
    with connection.transaction(), connection.cursor() as cursor:
        drop(cursor, view())
    Projector(connection, [view]).catch_up()


def answers(connection: Connection[Any], moments: list[Moment]) -> list[list[Row]]:
    """Ask all that a collection of payments is asked."""
    found = []
    for moment in moments:
        for where in FILTERS:
            rows = list(registers.rows(connection, "payments", moment, where=where))
            page = registers.rows(connection, "payments", moment, where=where, limit=5)
            last = [*page][-1:]
            after = last[0]["id"] if last else "payment:"
            found += [
                rows,
                [*registers.rows(connection, "payments", moment, where=where, after=after)],
                [registers.one(connection, row["id"], moment) or {} for row in rows[::9]],
                registers.totals(connection, "payments", moment, where=where),
            ]
        found += [[*registers.lines(connection, run, moment)] for run in RUNS]
    return found


def counted(connection: Connection[Any], table: str) -> int:
    ((number,),) = connection.execute(f"SELECT count(*) FROM views.{table}").fetchall()
    return int(number)


def test_numbers_answer_as_heads_do(office: Office, connection: Connection[Any]) -> None:
    events = list(office.events())
    moments = [
        Moment(position, day)
        for position in (len(events), len(events) // 2, 90)
        for day in (None, *days(events)[::9])
    ]
    Projector(connection).catch_up()
    grown_anew(connection, Payments)
    assert counted(connection, "payments") > counted(connection, "payment_heads") > 0
    numbers = answers(connection, moments)
    grown_anew(connection, PlainPayments)
    assert counted(connection, "payments") == 0
    assert answers(connection, moments) == numbers
    assert sum(map(len, numbers)) > 1_000


def test_a_payment_that_came_back_within_a_page_is_found_by_its_run(
    office: Office, connection: Connection[Any]
) -> None:
    """Its words are known although it never was a row of numbers."""
    numbered = list(enumerate(office.events(), 1))
    back = next(event for _, event in numbered if event.TOPIC == "payment.returned")
    page = [recorded(*one) for one in numbered if one[1].originator_id == back.originator_id]
    grown_anew(connection, Payments)
    with connection.transaction(), connection.cursor() as cursor:
        drop(cursor, Payments())
        create(cursor, Payments())
        Payments().fold(CopyWriter(cursor), page, page[-1].position)
        where = {"run": (page[0].event.run,)}  # type: ignore[attr-defined]
        found = registers.rows(connection, "payments", Moment(page[-1].position), where=where)
        assert [row["id"] for row in found] == [back.originator_id]


def test_tables_of_an_earlier_edition_go_when_a_view_grows_anew(
    office: Office, connection: Connection[Any]
) -> None:
    assert office.positions()
    Projector(connection, [Registers]).catch_up()
    (former, *_) = Registers.FORMER_TABLES
    connection.execute(f"CREATE TABLE views.{former} (position bigint)")
    connection.execute("UPDATE views.positions SET shape = 'earlier' WHERE view = 'registers'")
    with connection.transaction(), connection.cursor() as cursor:
        assert create(cursor, Registers())
    gone = connection.execute("SELECT to_regclass(%s)", (f"views.{former}",)).fetchone()
    assert gone == (None,)
    assert counted(connection, "register_heads") == 0
