"""Encodes the next page in a process of its own, while the relay's process sends the last one.

Python computes one thing at a time, and kafka-python needs all of it. The process is told positions
on its standard input, one a line, and answers with pages; it ends when its input does, so that it
never outlives the relay, however that ends. `InlineEncoder` is its simple twin.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol, cast

import msgspec
import psycopg

from infra.kafka.relay_page import RelayPage, read
from infra.processes.interpreter_tuning import tune_interpreter
from projections.disclosure.cloud_event import Origin

if TYPE_CHECKING:
    from psycopg import Connection

# The bytes that tell how long an answer is.
LENGTH = 8
SECONDS_TO_LEAVE = 5.0


class EncoderSource(NamedTuple):
    """Where pages come from: the address of the application's role, and who tells."""

    url: str
    origin: Origin


class PageEncoder(Protocol):
    """Makes the pages of a relay."""

    def page(self, after: int) -> RelayPage:
        """Return the page behind a position; OperationalError if the database is away."""

    def close(self) -> None:
        """End what was started."""


class InlineEncoder:
    """Makes each page where it is asked for."""

    def __init__(self, connection: Connection[Any], origin: Origin) -> None:
        """Read on the relay's own connection."""
        self._connection = connection
        self._origin = origin

    def page(self, after: int) -> RelayPage:
        """Return the page behind a position."""
        return read(self._connection, self._origin, after)

    def close(self) -> None:
        """Do nothing: nothing was started."""


class EncoderProcess:
    """A process that makes pages; it is started when it is first asked."""

    def __init__(self, source: EncoderSource) -> None:
        """Know where pages come from."""
        self._source = source
        self._child: subprocess.Popen[bytes] | None = None

    def page(self, after: int) -> RelayPage:
        """Return the page behind a position; OperationalError if the database is away."""
        child = self._child = self._child or begun(self._source)
        told, answers = cast("BinaryIO", child.stdin), cast("BinaryIO", child.stdout)
        with suppress(BrokenPipeError):
            told.write(b"%d\n" % after)
            told.flush()
        length = int.from_bytes(answers.read(LENGTH))
        made = answers.read(length)
        if not length or len(made) < length:
            self.close()
            raise psycopg.OperationalError("the process that makes pages has ended")
        found: RelayPage | str = DECODE(made)
        if isinstance(found, str):
            raise psycopg.OperationalError(found)
        return found

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(BrokenPipeError):
            cast("BinaryIO", child.stdin).close()
        try:
            child.wait(SECONDS_TO_LEAVE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        cast("BinaryIO", child.stdout).close()


def begun(source: EncoderSource) -> subprocess.Popen[bytes]:
    """Start a process; secrets are not among its arguments."""
    child = subprocess.Popen(
        [sys.executable, "-m", "infra.kafka.encoder_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    cast("BinaryIO", child.stdin).write(ENCODE(source) + b"\n")
    return child


ENCODE = msgspec.json.encode
PACK = msgspec.msgpack.Encoder().encode
DECODE = msgspec.msgpack.Decoder(RelayPage | str).decode


def main() -> None:
    """Answer until there is nobody who asks."""
    tune_interpreter()
    source = msgspec.json.decode(sys.stdin.buffer.readline(), type=EncoderSource)
    connection: Connection[Any] | None = None
    for after in sys.stdin.buffer:
        made: RelayPage | str
        try:
            connection = connection or psycopg.connect(source.url, autocommit=True)
            made = read(connection, source.origin, int(after))
        except psycopg.OperationalError as away:
            connection, made = None, str(away)
        packed = PACK(made)
        sys.stdout.buffer.write(len(packed).to_bytes(LENGTH) + packed)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
