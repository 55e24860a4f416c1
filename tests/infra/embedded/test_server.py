import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.embedded.server import EmbeddedPostgres
from tests.waiting import wait_until

ROOT = Path(__file__).parents[3]


class Holder:
    """Another process that holds the server of a data folder."""

    def __init__(self, settings: Settings) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.infra.embedded.holder", str(settings.data_folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            text=True,
            start_new_session=True,
        )

    def url(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def leave(self) -> int:
        self.process.communicate(timeout=60)
        return self.process.returncode

    def get(self, sign: signal.Signals) -> None:
        os.killpg(self.process.pid, sign)
        self.process.wait(timeout=60)


@contextmanager
def held(settings: Settings, holders: int) -> Iterator[list[Holder]]:
    processes = [Holder(settings) for _ in range(holders)]
    try:
        yield processes
    finally:
        for holder in processes:
            holder.leave()


def answer(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def runs(settings: Settings) -> bool:
    return EmbeddedPostgres(settings).cluster.postmaster() is not None


@pytest.fixture
def server(settings: Settings) -> EmbeddedPostgres:
    return EmbeddedPostgres(settings)


def test_a_new_folder_gets_a_server_that_loses_nothing(server: EmbeddedPostgres) -> None:
    with server.lease() as url:
        assert answer(url, "SELECT current_database()") == "mingzhang"
        assert answer(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is True
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert answer(url, f"SHOW {setting}") == "on"
        assert server.url() == url
    assert not runs(server.settings)


def test_a_stranger_without_the_password_is_refused(server: EmbeddedPostgres) -> None:
    with server.lease() as url, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url.replace(server.settings.secret("owner-password").hex(), "guess"))


def test_what_was_written_is_there_after_a_restart(server: EmbeddedPostgres) -> None:
    with server.lease() as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    with server.lease() as again:
        assert answer(again, "SELECT n FROM kept") == 7
        assert again == url


def test_four_first_starts_at_once_end_with_one_server(settings: Settings) -> None:
    with held(settings, holders=4) as holders:
        assert len({holder.url() for holder in holders}) == 1
        assert runs(settings)
    assert not runs(settings)


def test_the_last_one_to_leave_stops_it(settings: Settings) -> None:
    with held(settings, holders=2) as (first, second):
        url = first.url()
        assert second.url() == url
        assert first.leave() == 0
        assert answer(url, "SELECT 1") == 1
        assert second.leave() == 0
        assert not runs(settings)


def test_a_killed_holder_counts_no_more(settings: Settings) -> None:
    with held(settings, holders=2) as (first, second):
        url = first.url()
        second.url()
        first.get(signal.SIGKILL)
        assert answer(url, "SELECT 1") == 1
        assert second.leave() == 0
        assert not runs(settings)


def test_a_server_whose_only_holder_was_killed_is_taken_over(
    settings: Settings, server: EmbeddedPostgres
) -> None:
    with held(settings, holders=1) as (only,):
        url = only.url()
        only.get(signal.SIGKILL)
    assert runs(settings)
    with server.lease() as taken_over:
        assert taken_over == url
    assert not runs(settings)


def test_ctrl_c_ends_one_holder_and_not_the_server(settings: Settings) -> None:
    with held(settings, holders=2) as (first, second):
        url = first.url()
        second.url()
        first.get(signal.SIGINT)
        assert answer(url, "SELECT 1") == 1
        second.get(signal.SIGINT)
        assert not runs(settings)


def test_a_dead_server_comes_back_at_its_address(server: EmbeddedPostgres) -> None:
    with server.lease() as url:
        assert not server.restart_if_dead()
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        server.stop("immediate")
        with pytest.raises(Unavailable, match="does not run"):
            server.url()
        assert server.restart_if_dead()
        assert server.url() == url
        assert answer(url, "SELECT n FROM kept") == 7


def test_a_server_that_was_told_to_go_while_somebody_uses_it_comes_back(
    server: EmbeddedPostgres,
) -> None:
    with server.lease() as url, closing(psycopg.connect(url)) as in_use:
        in_use.execute("SELECT 1")
        pid = int((server.cluster.tables / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGTERM)
        wait_until(lambda: cannot_enter(url))
        assert server.restart_if_dead()
        assert answer(url, "SELECT 1") == 1


def cannot_enter(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return True
    return False


def test_a_dead_server_s_number_that_is_another_s_now_is_no_obstacle(
    server: EmbeddedPostgres,
) -> None:
    with server.lease():
        server.stop()
        mark = server.cluster.tables / "postmaster.pid"
        mark.write_text(f"{os.getpid()}\n{server.cluster.tables}\n1\n20000\n\n\n1 1\nready\n")
        assert server.restart_if_dead()


def test_a_port_that_somebody_took_is_left_to_him(server: EmbeddedPostgres) -> None:
    with server.lease():
        port = int((server.folder / "port").read_text())
    with socket.create_server(("127.0.0.1", port)), server.lease() as url:
        assert answer(url, "SELECT 1") == 1
        assert f":{port}/" not in url


def test_two_data_folders_side_by_side_stay_apart(new_settings: Callable[[], Settings]) -> None:
    one, two = EmbeddedPostgres(new_settings()), EmbeddedPostgres(new_settings())
    with one.lease() as here, two.lease() as there:
        assert answer(here, "SELECT 1") == answer(there, "SELECT 1")
        places = {answer(url, "SHOW data_directory") for url in (here, there)}
        assert places == {str(one.cluster.tables), str(two.cluster.tables)}


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("postgres/PG_VERSION", "17\n", "PostgreSQL 17"),
        ("format", "mingzhang 2\n", "another version"),
    ],
)
def test_a_folder_of_another_version_is_left_alone(
    server: EmbeddedPostgres, file: str, content: str, words: str
) -> None:
    with server.lease():
        pass
    (server.folder / file).write_text(content)
    with pytest.raises(Unavailable, match=rf"(?s){words}.*MINGZHANG_DATA"), server.lease():
        pass
    assert not runs(server.settings)
    assert (server.folder / file).read_text() == content


def test_a_half_made_database_is_made_anew(server: EmbeddedPostgres) -> None:
    draft = server.folder / ".postgres-left" / "tables"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    with server.lease() as url:
        assert answer(url, "SELECT 1") == 1
    assert not draft.exists()


def test_a_folder_that_cannot_be_made_is_refused_in_words(settings: Settings) -> None:
    settings.data_folder.write_text("a file")
    with pytest.raises(Unavailable, match="cannot be used"), EmbeddedPostgres(settings).lease():
        pass


def test_the_server_refuses_nobody_because_of_quotes_or_spaces_in_the_path(
    settings: Settings,
) -> None:
    odd = settings.model_copy(update={"data_folder": settings.data_folder / "账 books' 2007"})
    with EmbeddedPostgres(odd).lease() as url:
        assert answer(url, "SELECT 1") == 1
    shutil.rmtree(odd.data_folder)
