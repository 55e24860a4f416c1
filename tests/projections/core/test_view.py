"""Views are what their events say, however these were paged, and however often they are rebuilt."""

from __future__ import annotations

import random
from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from infra.projector import projector
from infra.projector.prefetch import Prefetch
from infra.projector.projector import FASTEST, Projector, ProjectorOptions, follow
from infra.projector.rebuild import digests, rebuild
from projections import VIEWS
from projections.accounts import balances
from projections.core import copy_writer, view
from projections.core.view import Moment, ViewPosition, stands
from projections.facts import Facts
from scripts.scenarios.office import Office
from scripts.scenarios.stories import commit
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.ledger import Ledger
    from projections.core.copy_writer import CopyWriter
    from projections.core.view import Digest, Recorded

SECONDS = 10


def empty(connection: psycopg.Connection[Any]) -> None:
    """Drop all views."""
    with connection.transaction(), connection.cursor() as cursor:
        for kind in VIEWS:
            view.drop(cursor, kind())


def head_of(office: Office) -> int:
    return office.positions()[-1]


def grown(
    connection: psycopg.Connection[Any],
    stops: Sequence[int],
    options: ProjectorOptions = FASTEST,
) -> list[Digest]:
    """Grow all views anew, with a pause at each of some positions."""
    empty(connection)
    projector = Projector(connection, options=options)
    for position in stops:
        projector.catch_up(position)
    return list(digests(connection))


SWITCHES = [
    {"prefetch": prefetch, "parallel_copy": parallel_copy}
    for prefetch in (False, True)
    for parallel_copy in (False, True)
]


@pytest.mark.parametrize("switches", SWITCHES, ids=str)
def test_the_digest_depends_neither_on_the_pages_nor_on_optimisations(
    switches: dict[str, bool],
    office: Office,
    connection: psycopg.Connection[Any],
    small_blocks: ProjectorOptions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Whatever is written is sent in a thread.
    monkeypatch.setattr(copy_writer, "LARGE", 0)
    plain = replace(small_blocks, prefetch=False, parallel_copy=False)
    options = replace(small_blocks, **switches)
    head = head_of(office)
    one_by_one = grown(connection, range(1, head + 1), plain)

    at_once = grown(connection, [head], options)
    chance = sorted(random.Random(7).sample(range(1, head), 9))

    assert at_once == one_by_one == grown(connection, [*chance, head], options)
    assert {each.position for each in at_once} == {head}
    told = {each.view for each in at_once if each.rows}
    assert told >= {"journal", "balances", "facts", "registers", "roll", "received"}


def test_far_behind_all_pages_but_the_first_are_read_ahead(
    office: Office,
    connection: psycopg.Connection[Any],
    small_blocks: ProjectorOptions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    announced: list[tuple[int, int]] = []

    class Listening(Prefetch):
        def announce(self, bounds: tuple[int, int]) -> None:
            announced.append(bounds)
            super().announce(bounds)

    monkeypatch.setattr(projector, "Prefetch", Listening)
    head = head_of(office)

    Projector(connection, options=small_blocks).advance()

    assert {end for _, end in announced} >= {*range(32, head, 16), head}


def test_a_rebuild_gives_the_digests_of_the_live_views_and_the_projector_goes_on(
    office: Office,
    ledger: Ledger,
    connection: psycopg.Connection[Any],
    small_blocks: ProjectorOptions,
) -> None:
    projector = Projector(connection, options=small_blocks)
    projector.catch_up()
    before = list(digests(connection))
    assert rebuild(ledger.pool) == before
    commit(office, 1)
    projector.catch_up()
    after = list(digests(connection))
    assert rebuild(ledger.pool, ["balances"]) == [each for each in after if each.view == "balances"]
    assert grown(connection, [head_of(office)]) == after
    left = "SELECT tablename FROM pg_tables WHERE schemaname = 'views_next'"
    assert connection.execute(left).fetchall() == [("positions",)]


def test_views_of_an_earlier_edition_grow_anew_and_nobody_is_led_astray(
    office: Office, ledger: Ledger, connection: psycopg.Connection[Any]
) -> None:
    beside = Projector(connection)
    beside.catch_up()
    before = list(digests(connection))
    for change in (
        "ALTER TABLE views.positions DROP COLUMN shape",
        "ALTER TABLE views.balance_cells DROP COLUMN last",
        "DROP TABLE views.fact_names",
    ):
        connection.execute(change)
    with ledger.connection() as another:
        Projector(another).catch_up()
    assert list(digests(connection)) == before
    commit(office, 1)
    beside.catch_up()
    assert list(digests(connection)) == grown(connection, [head_of(office)])


def test_tables_that_no_position_tells_of_are_not_taken_over(
    office: Office, connection: psycopg.Connection[Any]
) -> None:
    Projector(connection).catch_up()
    before = list(digests(connection))
    connection.execute("DELETE FROM views.positions WHERE view = 'facts'")

    Projector(connection).catch_up()

    assert list(digests(connection)) == before
    assert before[0].position == head_of(office)


def test_no_two_views_have_a_table_of_one_name() -> None:
    names = [table.name for kind in VIEWS for table in kind.TABLES]
    assert len(names) == len(set(names))


def test_only_the_view_that_says_something_else_grows_anew(
    office: Office, connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    Projector(connection).catch_up()
    before = list(digests(connection))
    monkeypatch.setattr(Facts, "EDITION", Facts.EDITION + 1)
    projector = Projector(connection)
    found = {stand.view: stand.position for stand in stands(connection)}
    assert found.pop("facts") == 0
    assert set(found.values()) == {head_of(office)}
    projector.catch_up()
    assert list(digests(connection)) == before


def test_a_rebuild_of_an_unknown_view_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LookupError, match="there is journal"):
        rebuild(ledger.pool, ["ledger"])


def test_two_projectors_lose_and_repeat_nothing(
    office: Office, ledger: Ledger, connection: psycopg.Connection[Any]
) -> None:
    expected = grown(connection, [head_of(office)])
    empty(connection)

    def project() -> None:
        with ledger.connection() as mine:
            Projector(mine).catch_up()

    threads = [Thread(target=project) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert list(digests(connection)) == expected


class Weak(Facts):
    """A view that cannot take one kind of event."""

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:
        if any(one.topic == "project.opened" for one in page):
            raise ValueError("a poison")
        super().fold(writer, page, through)


def test_a_poison_event_stops_its_view_alone_with_position_and_reason(
    office: Office, connection: psycopg.Connection[Any]
) -> None:
    head = head_of(office)
    poison = 1 + next(n for n, e in enumerate(office.events()) if e.TOPIC == "project.opened")
    views = [Weak if kind is Facts else kind for kind in VIEWS]
    assert Projector(connection, views).catch_up() == head
    found = {stand.view: stand for stand in stands(connection)}
    weak = found.pop("facts")
    assert weak == ViewPosition("facts", poison - 1, f"position {poison}: ValueError: a poison")
    assert {(stand.position, stand.stopped) for stand in found.values()} == {(head, None)}


def test_a_rebuild_lets_a_stopped_view_go_on(
    office: Office, ledger: Ledger, connection: psycopg.Connection[Any]
) -> None:
    Projector(connection, [Weak]).catch_up()
    rebuild(ledger.pool, ["facts"])
    assert [s for s in stands(connection) if s.view == "facts"] == [
        ViewPosition("facts", head_of(office), None)
    ]


def test_a_follower_shows_an_event_soon_after_it_was_taken(
    office: Office, ledger: Ledger, connection: psycopg.Connection[Any]
) -> None:
    stopping = Event()
    url = ledger.database.app_url
    thread = Thread(target=follow, args=(url, stopping))
    thread.start()
    try:
        (position,) = commit(office, 1)["positions"]
        for _ in range(SECONDS * 20):
            if view.position(connection) >= position:
                break
            stopping.wait(0.05)
        account = {"account": ("committed:x:general:contract:care-line",)}
        found = balances.rows(connection, Moment(position), balances.BalanceFilter(where=account))
        assert [row["value"] for row in found] == [1]
    finally:
        stopping.set()
        thread.join(SECONDS)
    assert not thread.is_alive()


ANALYZED = """
    SELECT count(*) FROM pg_stat_user_tables
    WHERE schemaname = 'views' AND relname = 'journal' AND last_analyze IS NOT NULL"""


def test_what_another_projector_grew_is_counted_when_statistics_are_gathered(
    office: Office, connection: psycopg.Connection[Any]
) -> None:
    assert office.positions()
    Projector(connection).advance()
    connection.execute("SELECT pg_stat_force_next_flush()")

    second = Projector(connection)

    assert second.grown > 0
    second.take_stock(second.grown)
    assert second.grown == 0
    assert connection.execute(ANALYZED).fetchone() == (1,)


def test_statistics_are_gathered_once_nobody_writes(
    office: Office,
    ledger: Ledger,
    connection: psycopg.Connection[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(projector, "MANY", 10)
    head = head_of(office)
    stopping = Event()
    thread = Thread(target=follow, args=(ledger.database.app_url, stopping))

    thread.start()
    try:
        wait_until(lambda: connection.execute(ANALYZED).fetchone() == (1,))
    finally:
        stopping.set()
        thread.join(SECONDS)

    assert {stand.position for stand in stands(connection)} == {head}
