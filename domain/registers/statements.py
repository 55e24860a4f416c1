"""Statements (引用): figures of other bodies or of earlier years, kept with their source.

A statement is never turned into invented events, and never added to events of its own keeper.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from domain.kernel.aggregate import Act, Event, command
from domain.kernel.disclosure import REVERSED, public
from domain.kernel.facts import Fact
from domain.kernel.ids import OrganisationId, Text, Word
from domain.kernel.money import Quantity, Ratio, Stated, stated
from domain.kernel.refusals import AlreadyExists
from domain.kernel.reversals import Reversal, Reversible

Qualifier: TypeAlias = Literal["exact", "nearly", "more than", "about"]


class StatementReversed(Reversal, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The statement does not stand."""

    TOPIC = "statement.reversed"
    PUBLIC = REVERSED
    STATE = "reversed"


class Statement(Reversible):
    """One figure as its keeper published it."""

    KIND = "statement"
    COLLECTION = "statements"
    ORDER, PUBLIC_ORDER = 260, 180
    REVERSAL = StatementReversed

    def __init__(self, subject: str) -> None:
        """Start unrecorded."""
        super().__init__(subject)
        self.stands = False

    @command(roles=("clerk",), opens=None)
    def record_(
        self,
        act: Act,
        *,
        figure: Word,
        keeper: OrganisationId,
        value: Quantity | Ratio,
        qualifier: Qualifier,
        scope: Text,
        period: Text,
        source: Text,
        published_on: date,
    ) -> None:
        """Keep a published figure; after a reversal it may be recorded anew."""
        if self.stands:
            raise AlreadyExists(self.id)
        self.record(
            StatementRecorded,
            act,
            figure=figure,
            keeper=keeper,
            value=stated(value),
            qualifier=qualifier,
            scope=scope,
            period=period,
            source=source,
            published_on=published_on,
        )


class StatementRecorded(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A published figure was kept."""

    TOPIC = "statement.recorded"
    PUBLIC = public("figure keeper value qualifier scope period source published_on")
    STATE = "recorded"

    figure: str
    keeper: str
    value: Stated
    qualifier: str
    scope: str
    period: str
    source: str
    published_on: date

    def apply(self, statement: Statement) -> None:
        """Let it stand."""
        statement.stands = True

    def undo(self, statement: Statement) -> None:
        """Let it fall."""
        statement.stands = False

    def facts(self) -> tuple[Fact, ...]:
        """Give a stated quantity to the figures that name it; a ratio is read from the register."""
        if isinstance(self.value.value, str):
            return ()
        return (
            Fact(
                measure=f"stated:{self.figure}",
                value=self.value.value,
                unit=self.value.unit,
                who=self.keeper,
                detail=f"{self.scope}:{self.period}",
            ),
        )
