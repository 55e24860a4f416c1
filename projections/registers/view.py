"""Registers: the current and every earlier row of each subject, for all collections alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain import AGGREGATES
from domain.payments.payments import Payment
from projections.core.view import View
from projections.registers.heads import Heads, steps, topics_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections.core.copy_writer import CopyWriter
    from projections.core.view import Recorded

# Kinds of subjects whose rows another view keeps.
ELSEWHERE = frozenset({Payment.KIND})
KINDS = frozenset(kind.KIND for kind in AGGREGATES) - ELSEWHERE
HEADS = Heads("register")


class Registers(View):
    """Heads and patches of every subject that has no view of its own."""

    NAME = "registers"
    EDITION = 4
    TOPICS = topics_of(KINDS)
    TABLES = HEADS.layout()
    # Payments stood here.
    FORMER_TABLES = ("register_payments", "register_payment_words")

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Write the heads of new subjects, and what changed of the others."""
        HEADS.write(writer, steps(writer, page))
