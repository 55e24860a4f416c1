"""What every check is made of: a sentence, how much it looked at, and what broke it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    import psycopg

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting
    from domain.kernel.unit import Unit
    from infra.vault import Vault

# So many breaches are told of one by one; the rest are counted.
MOST = 100
# Rows read at once.
PAGE = 5000


class Tag(Protocol):
    """Names the payment of a scheme, a holder and a month."""

    def __call__(self, scheme: str, *parts: str) -> str:
        """Return the keyed name, the same whenever it is asked for."""


@dataclass
class Findings:
    """What a check has found so far."""

    examined: int = 0
    breached: int = 0
    breaches: list[dict[str, Any]] = field(default_factory=list)
    # So many are told one by one.
    most: int = MOST
    # What is worth knowing and breaks no rule, by the name of its field in the answer.
    notes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def breach(self, positions: Sequence[int], subject: str, detail: str) -> None:
        """Take down a breach: the events that make it, whose it is, and what is wrong."""
        self.breached += 1
        if len(self.breaches) < self.most:
            self.breaches.append(
                {"positions": list(positions), "subject": subject, "detail": detail}
            )

    def note(self, name: str, row: dict[str, Any]) -> None:
        """Take down something that breaks no rule."""
        noted = self.notes.setdefault(name, [])
        if len(noted) < self.most:
            noted.append(row)

    def answer(self, check: str, sentence: str) -> dict[str, Any]:
        """Return the check's answer in the contract's shape; `breached` counts all breaches."""
        return {
            "check": check,
            "sentence": sentence,
            "holds": not self.breached,
            "examined": self.examined,
            "breaches": self.breaches,
            "breached": self.breached,
            **self.notes,
        }


class Fold:
    """A check that sees every event once, in order of position."""

    NAME: ClassVar[str]
    SENTENCE: ClassVar[str]
    # Whether it wants every event that has postings, and which topics (without version) besides.
    POSTINGS: ClassVar[bool] = True
    TOPICS: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        """Start with nothing found."""
        self.found = Findings()

    def begin(self, asked: LogAtHead) -> None:
        """Take what the check may ask besides."""

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Look at an event and its postings."""
        raise NotImplementedError

    def end(self) -> None:
        """Look at what can only be seen at the end."""


@dataclass
class LogAtHead:
    """One state of the log, up to `head`; `tag` names the payment of a scheme, holder and month.

    Of those who ask up to a day (`until`), money booked later and what takes effect later is not
    there.
    """

    connection: psycopg.Connection[Any]
    head: int
    tag: Tag
    until: date | None = field(default=None, kw_only=True)

    def rows(
        self, name: str, query: str, given: Sequence[Any] | Mapping[str, Any]
    ) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a query through a cursor of the server, so that memory stays flat."""
        with self.connection.cursor(name=name) as cursor:
            cursor.itersize = PAGE
            cursor.execute(query.encode(), given, binary=True)
            yield from cursor


@dataclass
class CheckContext(LogAtHead):
    """What a check may use: one state of the store, and a unit for the rest.

    `unit` is what commands decide by, on a connection of their own; on `growing` temporary
    tables may be made.
    """

    unit: Unit
    growing: psycopg.Connection[Any]
    vault: Vault
    # The fingerprint of the key that signs tokens now, if it is to be looked at.
    token_key: str | None = None


class QueryCheck(NamedTuple):
    """A check that asks the store itself."""

    name: str
    sentence: str
    ask: Callable[[CheckContext], Findings]
