"""The decision views as one unit of work sees them: at the head once, until something is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import psycopg

    from domain.benefits.rolls import Roll
    from infra.commands.decision_queries import DecisionQueries


class DecisionMemo:
    """Asks each question once; `known_to` is the position that all answers speak of."""

    def __init__(self, connection: psycopg.Connection, decisions: DecisionQueries) -> None:
        """Begin without having asked."""
        self._connection = connection
        self._decisions = decisions
        self._head: int | None = None
        self._stops: dict[tuple[str, str, int], Mapping[str, str]] = {}
        self._bereaved: dict[tuple[str, str], Mapping[str, int]] = {}

    def place(self, at: int | None = None) -> int:
        """Bring the views to the head and return it, or `at`."""
        if self._head is None:
            self._head = self._decisions.catch_up()
        return self._head if at is None else at

    @property
    def stops_known_to(self) -> int | None:
        """The position up to which stops were asked, if anything is paid by them."""
        return self._head if self._stops or self._bereaved else None

    def roll(self, scheme: str, month: str, at: int | None) -> Roll:
        """Return a scheme's roll for a month."""
        return self._decisions.roll(self._connection, scheme, month, self.place(at))

    def holders(self, scheme: str, at: int | None) -> Mapping[str, str]:
        """Return of all whom a scheme's roll may have had so far, by id, the id in use."""
        return self._decisions.holders(self._connection, scheme, self.place(at))

    def stops_since(self, scheme: str, month: str, at: int) -> Mapping[str, str]:
        """Return who may no longer be paid for the month."""
        asked = (scheme, month, at)
        if asked not in self._stops:
            self._stops[asked] = self._decisions.stops_since(
                self._connection, scheme, month, after=at, head=self.place()
            )
        return self._stops[asked]

    def bereaved(self, scheme: str, month: str) -> Mapping[str, int]:
        """Return the households that lost a member before a month."""
        asked = (scheme, month)
        if asked not in self._bereaved:
            self._bereaved[asked] = self._decisions.bereaved(
                self._connection, scheme, month, head=self.place()
            )
        return self._bereaved[asked]

    def other_accounts(self, month: str) -> frozenset[str]:
        """Return the holders of a month of whom somebody has another account than at first."""
        self.place()
        return self._decisions.other_accounts(self._connection, month)

    def forget(self) -> None:
        """Ask anew: something was saved."""
        self._head = None
        self._stops.clear()
        self._bereaved.clear()
