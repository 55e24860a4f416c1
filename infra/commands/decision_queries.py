"""What commands ask of the decision views, which a unit of work first brings up to the head."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import psycopg

from domain.benefits.rolls import Roll, bereaved, draw_roll, stops
from infra.commands.caches.pay_run_cache import DrawnRuns, PayRunCache
from infra.config.errors import Unavailable
from infra.projector.projector import Projector
from projections.decision_views import (
    duplicates,
    great_acts,
    held_claims,
    payments,
    roll_members,
    roll_queries,
    stock,
    ungathered,
)
from projections.decision_views.duplicates import Duplicates
from projections.decision_views.great_acts import GreatActs, GreatSums
from projections.decision_views.roll import RollView
from projections.decision_views.stock import Stock
from projections.decision_views.ungathered import UngatheredDonations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from domain.benefits.entitlement_rules import HeldClaim
    from domain.benefits.households import HouseholdStay
    from domain.benefits.roll_inputs import RollInputs
    from projections.core.view import View

VIEWS = (RollView, UngatheredDonations, Stock, Duplicates, GreatActs)


class DecisionQueries:
    """Asks the decision views; brings them up to date on a connection of its own.

    A question to a view that has stopped raises `Unavailable`: nothing is decided by what it knew
    before. The others answer.
    """

    def __init__(self, app_url: str, drawn_runs: DrawnRuns | None = None) -> None:
        """Connect when first asked."""
        self._url = app_url
        self._turn = threading.Lock()
        self._projector: Projector | None = None
        # Why a view has stopped, by its name, as of the last look.
        self._stopped: Mapping[str, str | None] = {}
        self.drawn_runs = drawn_runs or PayRunCache()

    def catch_up(self) -> int:
        """Bring the decision views to the head and return it.

        A broken connection is made anew once.
        """
        with self._turn:
            for last_try in (False, True):
                try:
                    return self._advance()
                except psycopg.OperationalError:
                    self._projector = None
                    if last_try:
                        raise
        raise AssertionError("either returned or raised")

    def _advance(self) -> int:
        projector = self._running()
        head = projector.catch_up()
        self._stopped = {stand.view.NAME: stand.stopped for stand in projector.stopped}
        return head

    def require_going(self, view: type[View]) -> None:
        """Raise `Unavailable` if a view has stopped at an event."""
        if view.NAME in self._stopped:
            raise Unavailable(
                "the view {view} has stopped at {reason}: mend it, then run mingzhang rebuild"
                " {view}",
                view=view.NAME,
                reason=self._stopped[view.NAME],
            )

    def _running(self) -> Projector:
        if self._projector is None:
            self._projector = Projector(psycopg.connect(self._url, autocommit=True), VIEWS)
        return self._projector

    def close(self) -> None:
        """Give the connection back."""
        if self._projector is not None:
            self._projector.connection.close()

    def roll(self, connection: psycopg.Connection[Any], scheme: str, month: str, at: int) -> Roll:
        """Return a scheme's roll for a benefit month, at a position."""
        self.require_going(RollView)
        found = roll_queries.inputs(connection, scheme, month, at)
        return Roll(at, draw_roll(found, month))

    def stops_since(
        self,
        connection: psycopg.Connection[Any],
        scheme: str,
        month: str,
        *,
        after: int,
        head: int,
    ) -> Mapping[str, str]:
        """Return who may not be paid for a month as of the head, by what happened after `after`."""
        self.require_going(RollView)
        inputs = touched(connection, scheme, month, after=after, head=head)
        return stops(inputs, month) if inputs else {}

    def bereaved(
        self, connection: psycopg.Connection[Any], scheme: str, month: str, *, head: int
    ) -> Mapping[str, int]:
        """Return the households that lost a member before a month, and how many are left for it."""
        self.require_going(RollView)
        inputs = touched(connection, scheme, month, after=0, head=head)
        return bereaved(inputs, month) if inputs else {}

    def other_accounts(self, connection: psycopg.Connection[Any], month: str) -> frozenset[str]:
        """Return the holders of a month of whom somebody has another account than at first."""
        self.require_going(RollView)
        return roll_members.other_accounts(connection, month)

    def paid(
        self,
        connection: psycopg.Connection[Any],
        run: str,
        scheme: str,
        month: str,
        at: int,
    ) -> frozenset[str]:
        """Return the tags for which other runs have paid the month, at a position."""
        self.require_going(RollView)
        return payments.paid(connection, run, scheme, month, at=at)

    def holders(
        self, connection: psycopg.Connection[Any], scheme: str, at: int
    ) -> Mapping[str, str]:
        """Return of all whom a scheme's roll may have had so far, by id, the id in use."""
        self.require_going(RollView)
        return held_claims.holders(connection, scheme, at)

    def received(
        self, connection: psycopg.Connection[Any], fund: str, earmark: str, through: date
    ) -> int:
        """Return what was donated up to a day and not gathered."""
        self.require_going(UngatheredDonations)
        return ungathered.left(connection, fund, earmark, through)

    def stock(self, connection: psycopg.Connection[Any], fund: str, earmark: str) -> dict[str, int]:
        """Return the pieces in store, by kind."""
        self.require_going(Stock)
        return stock.held(connection, fund, earmark)

    def first_told(
        self, connection: psycopg.Connection[Any], words: Sequence[str]
    ) -> dict[str, str]:
        """Return by words the subject that told this first, as of the head now, if it stands."""
        self.catch_up()
        self.require_going(Duplicates)
        return duplicates.first(connection, words)

    def great(self, connection: psycopg.Connection[Any]) -> GreatSums:
        """Return what great events weigh together, as of the head now."""
        head = self.catch_up()
        self.require_going(GreatActs)
        return great_acts.held(connection, head)

    def entitlements_of(
        self, connection: psycopg.Connection[Any], holders: Iterable[str]
    ) -> dict[str, tuple[HeldClaim, ...]]:
        """Return every entitlement of holders."""
        self.require_going(RollView)
        return held_claims.held(connection, holders)

    def stays_of(
        self, connection: psycopg.Connection[Any], persons: Iterable[str]
    ) -> dict[str, tuple[HouseholdStay, ...]]:
        """Return the stays of persons in households."""
        self.require_going(RollView)
        return held_claims.stays(connection, persons)


def touched(
    connection: psycopg.Connection[Any], scheme: str, month: str, *, after: int, head: int
) -> RollInputs | None:
    """Return the roll's inputs as of the head of those whom something touched after a position."""
    only = roll_queries.touched(connection, scheme, after)
    return roll_queries.inputs(connection, scheme, month, head, only) if only else None
