"""How a fold writes its rows: by COPY, at once or while the next view is folded.

PostgreSQL takes as long for the rows of a page as Python takes to make them. `ParallelCopyWriter`
lets both work at the same time: what is large is sent by a thread. `CopyWriter` is its simple twin.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from psycopg import Cursor

# How `copy` is told that a column holds nothing.
NULL = "\\N"
# What is smaller (in characters) is sent sooner than handed to a thread.
LARGE = 32 * 1024


class CopyWriter:
    """Writes the rows of one transaction, each when it is told to."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        """Write through a cursor."""
        self._cursor = cursor

    def copy(self, target: str, lines: Iterable[str]) -> None:
        """Write rows given as lines of PostgreSQL's text format; `target` is `table (columns)`."""
        if text := "".join(lines):
            send(self._cursor, target, text)

    def write(self, statement: str, given: Sequence[object]) -> None:
        """Execute a statement that gives nothing back, after all that was written before it."""
        self._cursor.execute(statement, given)

    def settled(self) -> Cursor[Any]:
        """Return the cursor, once all that was written before is in its tables."""
        return self._cursor

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave nothing under way."""


class ParallelCopyWriter(CopyWriter):
    """Sends large COPYs in a thread, one after another; what follows one of them waits for it."""

    def __init__(self, cursor: Cursor[Any], thread: ThreadPoolExecutor) -> None:
        """Use an executor of one thread."""
        super().__init__(cursor)
        self._thread = thread
        self._sending: list[Future[object]] = []

    def copy(self, target: str, lines: Iterable[str]) -> None:
        """Begin to write rows."""
        text = "".join(lines)
        if text and (len(text) >= LARGE or self._is_sending()):
            self._begin(send, target, text)
        elif text:
            send(self.settled(), target, text)

    def write(self, statement: str, given: Sequence[object]) -> None:
        """Execute a statement, in the thread if something is under way there."""
        if self._is_sending():
            self._begin(execute, statement, given)
        else:
            self.settled().execute(statement, given)

    def settled(self) -> Cursor[Any]:
        """Wait until all rows are written; raise what went wrong first."""
        sending, self._sending = self._sending, []
        wait(sending)
        for each in sending:
            each.result()
        return self._cursor

    def _is_sending(self) -> bool:
        return any(not each.done() for each in self._sending)

    def _begin(self, work: Callable[..., object], *given: object) -> None:
        """Let the thread do something with a cursor of its own."""
        cursor = self._cursor.connection.cursor()
        self._sending.append(self._thread.submit(work, cursor, *given))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave nothing under way, whatever has happened."""
        if kind is None:
            self.settled()
        else:
            wait(self._sending)


def send(cursor: Cursor[Any], target: str, text: str) -> None:
    """Send rows and wait until they are written."""
    with cursor.copy(f"COPY {target} FROM STDIN") as stream:
        stream.write(text)


def execute(cursor: Cursor[Any], statement: str, given: Sequence[object]) -> None:
    """Execute a statement."""
    cursor.execute(statement, given)


def plain(text: str) -> str:
    """Escape free text for `copy`."""
    if text.isalnum():
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
