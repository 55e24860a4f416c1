"""What the bench's tables rest on; how fast anything is, no test says."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import psycopg
import pytest

from projections.core.view import BLOCK
from scripts.bench import __main__ as bench
from scripts.bench import load, million, rebuilding, relay
from scripts.bench.contents import ALL
from scripts.bench.graphs import memory_graph
from scripts.bench.ledgers import Bench
from scripts.bench.outcomes import Outcome, by_turns, percentile
from scripts.bench.projection import slices
from scripts.bench.samples import Sample, Samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.config.settings import Settings

ROOT = Path(__file__).parents[2]


def an_outcome(*, ours: float, limit: float, goal: float, at_least: bool) -> Outcome:
    return Outcome(
        name="x", path="a path", ours=ours, limit=limit, unit="/s", against="a limit", goal=goal,
        at_least=at_least,
    )  # fmt: skip


@pytest.mark.parametrize(("ours", "met"), [(49.0, False), (50.0, True), (51.0, True)])
def test_a_rate_meets_its_goal_from_the_goal_up(ours: float, met: bool) -> None:  # noqa: FBT001
    kept = an_outcome(ours=ours, limit=100.0, goal=0.5, at_least=True).kept()

    assert kept["met"] is met


@pytest.mark.parametrize(("ours", "met"), [(99.0, True), (100.0, True), (101.0, False)])
def test_a_time_meets_its_goal_up_to_the_goal(ours: float, met: bool) -> None:  # noqa: FBT001
    kept = an_outcome(ours=ours, limit=100.0, goal=1.0, at_least=False).kept()

    assert kept["met"] is met


def test_ours_and_theirs_take_turns_and_each_gives_its_median() -> None:
    order: list[str] = []
    ours, theirs = iter([1.0, 9.0, 5.0]), iter([20.0, 10.0, 90.0])

    def turn(name: str, values: Iterator[float]) -> float:
        order.append(name)
        return next(values)

    found = by_turns(3, lambda: turn("ours", ours), lambda: turn("theirs", theirs))

    assert order == ["ours", "theirs"] * 3
    assert found == [5.0, 20.0]


def test_the_slowest_hundredth_begins_behind_ninety_nine_of_a_hundred() -> None:
    assert percentile(range(1, 101), 0.99) == 100
    assert percentile(range(1, 1001), 0.99) == 991


def test_a_log_is_cut_where_pages_end_and_no_event_is_left_out() -> None:
    cut = slices(100_000, 10)

    assert [first for first, _ in cut[1:]] == [last for _, last in cut[:-1]]
    assert (cut[0][0], cut[-1][1]) == (0, 100_000)
    assert all(first % 4096 == 0 for first, _ in cut)


def test_memory_is_drawn_with_a_line_and_a_name_for_each_program() -> None:
    loader = [Sample(nth, nth * 1000, 80 + nth) for nth in range(1000)]
    drawn = memory_graph({"loader": loader, "a<b": loader[:2]}, "memory")

    lines = re.findall(r'<polyline points="([^"]*)"', drawn)
    assert [len(line.split()) for line in lines] == [335, 3]
    assert {"loader", "a&lt;b", "memory", "events", "0 MB"} <= set(re.findall(r">([^<]+)<", drawn))


def test_the_way_between_two_numbers_of_events_is_read_between_the_looks() -> None:
    samples = Samples(os.getpid(), lambda: 0)
    samples.taken = [Sample(0.0, 0, 50.0), Sample(1.0, 100, 60.0), Sample(3.0, 200, 55.0)]

    assert samples.seconds_between(50, 150) == 1.5
    assert samples.most_mb(101, 200) == 55.0


@contextmanager
def answering(status: int) -> Iterator[tuple[str, list[str]]]:
    """Serve a page of 5 bytes, and note who came."""
    asked: list[str] = []

    class Page(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append(self.headers["X-Who"])
            self.send_response(status)
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"12345")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_our_own_readers_count_every_whole_answer() -> None:
    with answering(200) as (place, asked):
        rate = asyncio.run(load.by_ours(place, "/", {"X-Who": "reader"}, 0.3))

    assert set(asked) == {"reader"}
    assert 0 < rate * 0.3 <= len(asked)


def test_a_failed_answer_is_no_answer() -> None:
    with answering(500) as (place, _), pytest.raises(RuntimeError, match="500"):
        asyncio.run(load.by_ours(place, "/", {}, 0.3))


def test_the_history_keeps_what_a_reader_compares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "HISTORY", tmp_path)

    bench.keep([an_outcome(ours=1.0, limit=2.0, goal=0.4, at_least=True)], {"cores": 2})

    (place,) = tmp_path.iterdir()
    kept = msgspec.json.decode(place.read_bytes())
    assert kept["machine"] == {"cores": 2}
    said = {name: kept["outcomes"][0][name] for name in ("name", "ours", "limit", "ratio", "goal")}
    assert said == {"name": "x", "ours": 1.0, "limit": 2.0, "ratio": 0.5, "goal": 0.4}
    assert kept["outcomes"][0]["met"] is True


def test_the_bench_prints_its_table_and_keeps_no_part_of_a_run(tmp_path: Path) -> None:
    before = sorted(bench.HISTORY.iterdir())

    ran = subprocess.run(
        [sys.executable, "-m", "scripts.bench", "--quick", "--only", "json-lines"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path), "COLUMNS": "150"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "10,000 independent commands as JSON Lines" in ran.stdout
    assert sorted(bench.HISTORY.iterdir()) == before


def test_without_java_the_relay_is_not_measured_and_the_bench_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    measured = list(relay.measure(Bench(tmp_path)))

    assert (measured, list(tmp_path.iterdir())) == ([], [])
    assert "openjdk-17-jre-headless" in capsys.readouterr().err


class OnServer(Bench):
    """Measures on a ledger of the server that all tests share."""

    shared: Settings

    def settings(self, name: str) -> Settings:  # noqa: ARG002
        return self.shared


def test_the_rebuild_and_the_sql_beside_it_write_the_same_rows(
    tmp_path: Path, ledger_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Several months, a block that is full and one that is not.
    monkeypatch.setattr(million, "A_MONTH", BLOCK // 3)
    bench = OnServer(tmp_path, events=BLOCK + BLOCK // 2)
    bench.shared = ledger_settings

    (outcome,) = rebuilding.measure(bench)

    assert outcome.ours > 0 < outcome.limit
    with psycopg.connect(str(ledger_settings.database_url)) as connection:
        for table in ("journal", "balance_cells", "balance_tail", "balance_steps"):
            rows = connection.execute(f"TABLE {rebuilding.LIMIT}.{table} LIMIT 2".encode())
            assert len(rows.fetchall()) == 2, table

    sql = (Path(rebuilding.__file__).with_name("rebuilding.sql")).read_text(encoding="utf-8")
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: sql.replace("-amount)", "amount)"))
    with pytest.raises(RuntimeError, match="not written the same rows"):
        list(rebuilding.measure(bench))


def test_an_unknown_measurement_is_refused_and_the_known_ones_are_named() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "scripts.bench", "--only", "nothing"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 2
    assert next(iter(ALL)) in ran.stderr
