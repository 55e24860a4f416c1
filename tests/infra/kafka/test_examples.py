"""The programs of docs/examples as a newcomer runs them: a real server, a real broker."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import msgspec
import pytest

from infra.commands.command import Sender
from projections.core import event_log
from scripts.bench.ledgers import Bench, commitment, request
from scripts.bench.serving import served
from scripts.broker.broker import free_ports
from scripts.drills.stream_faults import relaying
from tests import node
from tests.api.conftest import catch_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings
    from infra.ledger import Ledger
    from scripts.drills.streams import Stream

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
PATIENCE_SECONDS = 20.0


@pytest.mark.parametrize("example", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_an_example_is_read_at_a_glance(example: Path) -> None:
    assert len(example.read_text(encoding="utf-8").splitlines()) < 60


def test_a_consumer_killed_at_any_moment_counts_every_event_once(
    stream: Stream, tmp_path: Path
) -> None:
    file = tmp_path / "balances.db"
    command = (sys.executable, EXAMPLES / "balances.py", stream.bootstrap, stream.topics[0], file)
    stream.write(4000)
    with relaying(stream):
        head = stream.wait_for_head()
        for _ in range(3):
            with running(*command):
                wait_for(more_than(counted(file), file))
            assert counted(file) < head
        with running(*command):
            wait_for(lambda: counted(file) == head)
            stream.write(50)
            head = stream.wait_for_head()
            wait_for(lambda: counted(file) == head)
    catch_up(stream.ledger)
    assert kept_balances(file) == told_balances(stream)


def test_a_consumer_says_that_there_is_no_such_topic(stream: Stream, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, EXAMPLES / "balances.py", stream.bootstrap, "none", tmp_path / "b.db"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, "there is no topic none\n")


def test_a_line_of_shell_adds_up_the_balances(stream: Stream) -> None:
    catch_up(stream.ledger)
    token = stream.reader()["Authorization"].removeprefix("Bearer ")

    added, refused = (
        subprocess.run(
            ["bash", EXAMPLES / "balances.sh", stream.url],
            env={**os.environ, "TOKEN": sent},
            capture_output=True,
            check=False,
        )
        for sent in (token, "none")
    )

    assert added.returncode == 0
    assert msgspec.json.decode(added.stdout) == told_balances(stream)
    assert refused.returncode != 0


def test_a_follower_goes_on_where_the_server_left_him_and_where_he_left(
    settings: Settings, tmp_path: Path
) -> None:
    (port,) = free_ports(1)
    follow = follower(tmp_path, f"http://127.0.0.1:{port}")
    serve = partial(served, settings.data_folder, "--only", "api", "--port", str(port))
    heard = tmp_path / "heard"
    with Bench(settings.data_folder.parent).ledger(settings.data_folder.name) as ledger:
        with ExitStack() as running_on:
            with serve():
                process = running_on.enter_context(running(*follow, output=heard))
                wait_until_heard(heard, commit_some(ledger))
            with serve():
                wait_until_heard(heard, commit_some(ledger))
            assert process.poll() is None
        with serve():
            head = commit_some(ledger)
            with running(*follow, output=heard):
                wait_until_heard(heard, head)
    assert positions(heard) == list(range(1, head + 1))


def test_the_follower_is_sound_typescript(tmp_path: Path) -> None:
    follower(tmp_path, "")
    text = (EXAMPLES / "follow.ts").read_text(encoding="utf-8")
    (tmp_path / "wrong.ts").write_text(text.replace("position += 1;", 'position = "1";'))
    assert compiled(tmp_path / "follow.ts") == ""
    assert "Type 'string' is not assignable to type 'number'" in compiled(tmp_path / "wrong.ts")


def compiled(program: Path) -> str:
    """Let the compiler check a program's types; return what it says."""
    compiler = node.modules() / "typescript" / "bin" / "tsc"
    strict = ("--noEmit", "--strict", "--module", "nodenext", "--target", "esnext")
    return subprocess.run(
        [node.NODE, compiler, *strict, "--types", "node", program.name],
        cwd=program.parent,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def follower(folder: Path, server: str) -> tuple[str | Path, ...]:
    """Give the follower's command, with its package beside it as npm would lay it."""
    program = shutil.copy(EXAMPLES / "follow.ts", folder)
    (folder / "node_modules").symlink_to(node.modules())
    return node.NODE, program, server, folder / "position.txt"


def commit_some(ledger: Ledger) -> int:
    """Write a few events; return the last position."""
    for _ in range(5):
        ledger.execute(request(commitment(), Sender("treasurer")))
    with ledger.connection() as connection:
        return event_log.head(connection).position


def wait_until_heard(heard: Path, position: int) -> None:
    """Wait until the follower has printed an event."""
    wait_for(lambda: positions(heard)[-1:] == [position])


def positions(heard: Path) -> list[int]:
    """Return the positions that the follower has printed whole lines of."""
    lines = heard.read_text(encoding="utf-8").split("\n")[:-1]
    return [int(line.split()[0]) for line in lines if line[:1].isdigit()]


@contextmanager
def running(*command: str | Path, output: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program while the block runs, then kill it as `kill -9` does."""
    with (output or Path(os.devnull)).open("ab") as written:
        process = subprocess.Popen(command, stdout=written)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.002)


def more_than(before: int, file: Path) -> Callable[[], bool]:
    """Give the question whether the consumer has counted more."""
    return lambda: counted(file) > before


def counted(file: Path) -> int:
    """Return how many events the consumer has counted."""
    if not file.exists():
        return 0
    with closing(sqlite3.connect(file)) as database:
        try:
            ((many,),) = database.execute("SELECT count(*) FROM event")
        except sqlite3.OperationalError:  # it is just making its tables
            return 0
    return int(many)


def kept_balances(file: Path) -> dict[str, int]:
    """Return what the consumer keeps."""
    with closing(sqlite3.connect(file)) as database:
        return dict(database.execute("SELECT account, value FROM balance"))


def told_balances(stream: Stream) -> dict[str, int]:
    """Return what the ledger answers."""
    answer = httpx.get(f"{stream.url}/v1/balances", params={"limit": 1000}, headers=stream.reader())
    return {row["account"]: row["value"] for row in answer.json()["rows"]}
