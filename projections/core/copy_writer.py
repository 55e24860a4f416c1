"""How a fold writes rows: by COPY, beside its own work where there is much to write.

PostgreSQL takes as long for the rows of a page as Python takes to make them. On a `Beside` cursor
both work at the same time: what is large is sent by a thread, while the next view is folded.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, Self

from psycopg import Cursor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from psycopg import Connection

# How `copy` is told that a column holds nothing.
NULL = "\\N"
# What is smaller is sent sooner than handed to a thread.
LARGE = 32 * 1024


def copy(cursor: Cursor[Any], target: str, lines: Iterable[str]) -> None:
    """Write rows given as lines of PostgreSQL's text format; `target` is `table (columns)`."""
    text = "".join(lines)
    if not text:
        return
    if isinstance(cursor, Beside) and (len(text) >= LARGE or cursor.is_sending):
        cursor.beside(send, target, text)
    else:
        send(cursor, target, text)


def send(cursor: Cursor[Any], target: str, text: str) -> None:
    """Send rows and wait until they are written."""
    with cursor.copy(f"COPY {target} FROM STDIN") as stream:
        stream.write(text)


def write(cursor: Cursor[Any], statement: str, given: Sequence[object]) -> None:
    """Execute a statement that gives nothing back, after all that was sent before it."""
    if isinstance(cursor, Beside) and cursor.is_sending:
        cursor.beside(Cursor.execute, statement, given)
    else:
        cursor.execute(statement, given)


def plain(text: str) -> str:
    """Escape free text for `copy`."""
    if text.isalnum():
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


class Beside(Cursor[Any]):
    """A cursor whose large COPYs run in a thread, one after another, each before what follows."""

    def __init__(self, connection: Connection[Any], hand: ThreadPoolExecutor) -> None:
        """Use an executor of one thread."""
        super().__init__(connection)
        self._hand = hand
        self._sending: list[Future[object]] = []

    @property
    def is_sending(self) -> bool:
        """Tell whether something is under way."""
        return any(not each.done() for each in self._sending)

    def beside(self, work: Callable[..., object], *given: object) -> None:
        """Let the thread do something with a cursor of its own."""
        self._sending.append(self._hand.submit(work, self.connection.cursor(), *given))

    def settle(self) -> None:
        """Wait until all rows are written; raise what went wrong first."""
        sending, self._sending = self._sending, []
        wait(sending)
        for each in sending:
            each.result()

    def execute(self, *args: Any, **kwargs: Any) -> Self:
        """Execute a statement after all that was sent before it."""
        self.settle()
        return super().execute(*args, **kwargs)

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """Send rows after all that was sent before them."""
        self.settle()
        return super().copy(*args, **kwargs)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave nothing under way, whatever has happened."""
        try:
            if kind is None:
                self.settle()
            else:
                wait(self._sending)
        finally:
            super().__exit__(kind, error, traceback)
