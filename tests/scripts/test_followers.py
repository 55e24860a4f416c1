"""What the bench says of many readers rests on each of them hearing every event."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
import pytest

from scripts.bench.followers import followed, within
from scripts.bench.ledgers import Bench
from scripts.bench.readers import Reader, Stream, heard
from scripts.bench.serving import environment, served

if TYPE_CHECKING:
    from pathlib import Path

    from infra.config.settings import Settings

HEAD = b"HTTP/1.1 200 OK\r\nx: y\r\n\r\n"
TIME = "2007-03-01T12:00:00.000120Z"


def frame(position: int, more: str = "") -> bytes:
    data = f'{{"sequence":"{position}","time":"{TIME}","more":"{more}"}}'
    return f"id: {position}\nevent: fund.committed\ndata: {data}\n\n".encode()


def told(*positions: int) -> bytes:
    return HEAD + b"".join(map(frame, positions))


def reading(stream: Stream, text: bytes, piece: int = 10**6) -> Reader:
    """Let a reader hear a text in pieces."""
    reader = Reader(stream, b"")
    for start in range(0, len(text), piece):
        reader.data_received(text[start : start + piece])
    return reader


@pytest.mark.parametrize("piece", [1, 2, 7, 100, 1000])
def test_pieces_of_any_size_are_heard_whole(piece: int) -> None:
    stream = Stream(4)
    text = HEAD + b":\n\n" + frame(5) + frame(6) + b":\n\n:\n\n" + frame(7) + b":\n\n"
    readers = [reading(stream, text, piece), reading(stream, told(5, 6, 7), piece)]

    said = heard(readers, stream, 7)

    assert (said.complete, said.wrong) == (2, [])
    assert sum(said.late.values()) == 6


@pytest.mark.parametrize(
    "text",
    [told(5, 7), told(5, 5, 6, 7), told(6, 5, 7), HEAD + frame(5) + frame(6, "x") + frame(7)],
)
def test_what_is_lost_doubled_or_altered_is_seen(text: bytes) -> None:
    stream = Stream(4)
    first = reading(stream, told(5, 6, 7))
    second = reading(stream, text)

    said = heard([first, second], stream, 7)

    assert said.complete == 1
    assert len(said.wrong) == 1


def test_what_is_lost_for_everybody_is_seen() -> None:
    stream = Stream(4)
    said = heard([reading(stream, told(5, 7))], stream, 7)
    assert (said.complete, said.wrong) == (0, ["id: 7 came where 6 was to come"])


def test_who_is_refused_is_seen() -> None:
    stream = Stream(4)
    said = heard([reading(stream, b"HTTP/1.1 503 away\r\n\r\n{}\n\n")], stream, 7)
    assert (said.complete, said.wrong) == (0, ["the answer is 503"])


def test_a_part_of_all_is_within_the_milliseconds_that_it_took() -> None:
    late = {3: 98, 40: 1, 700: 1}
    assert [within(late, part) for part in (0.5, 0.99, 1.0)] == [4, 41, 701]


def test_every_reader_of_a_server_hears_every_event(settings: Settings) -> None:
    folder: Path = settings.data_folder
    with (
        Bench(folder.parent).ledger(folder.name) as ledger,
        served(folder, "--only", "api") as server,
    ):
        found = followed(ledger, server.place, readers=5, events=100)
    assert sum(found.heard.late.values()) == 5 * 100


def test_more_follow_than_a_shell_lets_open_files(settings: Settings) -> None:
    folder: Path = settings.data_folder
    command = 'ulimit -Sn 64; exec "$0" -m api.cli serve --only api --port 0 --json'
    with (
        Bench(folder.parent).ledger(folder.name) as ledger,
        subprocess.Popen(
            ["bash", "-c", command, sys.executable],
            env=environment(folder),
            stdout=subprocess.PIPE,
        ) as server,
        ExitStack() as leaving,
    ):
        leaving.callback(server.terminate)
        assert server.stdout is not None
        place = urlsplit(msgspec.json.decode(server.stdout.readline())["url"]).netloc
        found = followed(ledger, place, readers=100, events=5)
    assert found.heard.complete == 100
