"""Payments: a view of their own, since nearly all subjects of a ledger are payments made once.

A payment of which nothing more was heard is kept as numbers: its position, its day, its quantities,
and one number for all its words, which many payments of a run have in common. Its id stands in the
log. One with a second event has a head and patches, like the subjects of every register.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from domain.kernel.event_fields import row_plan
from domain.kernel.money import unit_of
from domain.payments.payment_events import PaymentMade
from domain.payments.payments import Payment
from projections.core import event_log
from projections.core.copy_writer import CopyWriter
from projections.core.dictionary import Dictionary, with_numbers
from projections.core.view import BLOCK, Table, View
from projections.registers.heads import Heads, step, steps, topics_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from projections.core.view import Recorded

HEADS = Heads("payment")
TABLE, WORDS_TABLE = "payments", "payment_words"
UNITS = {field.name: unit_of(field.type) for field in msgspec.structs.fields(PaymentMade)}
PARTS = row_plan(PaymentMade)
QUANTITIES = {part.name: UNITS[part.field] for part in PARTS if UNITS[part.field]}
WORDS = {part.name: part.default for part in PARTS if not UNITS[part.field]}
SAYS = {name: f"`{name}` of payment.made." for name in WORDS}
ENTERED = ("position", "on_", "words", *QUANTITIES)
LINE = "\t".join(["%s"] * len(ENTERED)) + "\n"


def column(name: str) -> str:
    """Name the column of a word or of a quantity."""
    return f'w."{name}"' if name in WORDS else f's."{name}"'


def shown(name: str) -> str:
    """Write the JSON of a field; a word that says nothing is left out."""
    if name in QUANTITIES:
        return f"jsonb_build_object('value', {column(name)}, 'unit', '{QUANTITIES[name]}')"
    return f"nullif({column(name)}, '{WORDS[name]}')" if WORDS[name] == "" else column(name)


_FIELDS = ", ".join(f"'{name}', {shown(name)}" for name in (*WORDS, *QUANTITIES))
# The row of a payment as a head would hold it.
ROW = f"jsonb_strip_nulls(jsonb_build_object('state', '{PaymentMade.STATE}', {_FIELDS}))"
MOVE_TO_HEADS = f"""
    WITH moved AS (
        DELETE FROM {TABLE} s USING {event_log.rows_of_subjects("%b::text[]")} e
        WHERE e.originator_version = 1 AND s.position = e.notification_id
        RETURNING e.originator_id AS subject, s.*
    )
    INSERT INTO {HEADS.heads}
    SELECT subject, 1, position, position, on_, on_, {ROW}
    FROM moved s JOIN {WORDS_TABLE} w ON w.id = s.words"""


def words_of_payments() -> Dictionary:
    """Return the words of payments, with numbers."""
    says = {"": "What many payments of a run say alike, with numbers."} | SAYS
    return Dictionary(WORDS_TABLE, " ".join(WORDS), says=says)


def layout() -> tuple[Table, ...]:
    """Return the tables of payments that are kept as numbers."""
    quantities = ", ".join(f'"{name}" bigint NOT NULL' for name in QUANTITIES)
    said = ", ".join(column(name) for name in (*WORDS, *QUANTITIES))
    table = Table(
        TABLE,
        f"position bigint PRIMARY KEY, on_ date NOT NULL, words int NOT NULL, {quantities}",
        digest=f"SELECT count(*), md5(string_agg(concat_ws('|', position, on_, {said}), ','"
        f" ORDER BY position)) FROM {TABLE} s JOIN {WORDS_TABLE} w ON w.id = s.words"
        f" GROUP BY position / {BLOCK} ORDER BY position / {BLOCK}",
        says={
            "": "Payments of which the log has one event: that they were made.",
            "position": "The position of the event; the payment's id stands there.",
            "on_": "The day on which it takes effect.",
            "words": "The number of what many payments say alike.",
            **{name: f"As payment.made states it: {QUANTITIES[name]}." for name in QUANTITIES},
        },
    )
    return words_of_payments().layout(), table


class Payments(View):
    """Payments made as numbers; the others by heads and patches."""

    NAME = "payments"
    TOPICS = topics_of({Payment.KIND})
    TABLES = (*HEADS.layout(), *layout())

    def __init__(self) -> None:
        """Know no words yet."""
        self.dictionary = words_of_payments()
        self._words = attrgetter(*(part.field for part in PARTS if part.name in WORDS))
        self._quantities = attrgetter(*(part.field for part in PARTS if part.name in QUANTITIES))

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Enter the payments made, and keep a head of those that something more happened to."""
        made = {one.event.originator_id: one for one in page if type(one.event) is PaymentMade}
        changed = steps(writer, [one for one in page if type(one.event) is not PaymentMade])
        both = [made.pop(subject) for subject in changed.keys() & made.keys()]
        for one in both:
            changed[one.event.originator_id].insert(0, step(one))
        # The words of all payments are known, whichever table holds them: runs are found by them.
        self.learn(writer, both)
        earlier = [subject for subject, each in changed.items() if each[0].version > 1]
        if earlier:
            writer.write(MOVE_TO_HEADS, (earlier,))
        HEADS.write(writer, changed)
        self.enter(writer, made.values())

    def learn(self, writer: CopyWriter, made: Collection[Recorded]) -> None:
        """Give numbers to the words of payments that have none."""
        self.dictionary.learn(writer, {self._words(one.event) for one in made})

    def enter(self, writer: CopyWriter, made: Collection[Recorded]) -> None:
        """Enter payments that were made, in order of position."""
        lines = with_numbers(lambda: self._lines(made), lambda: self.learn(writer, made))
        writer.copy(f"{TABLE} ({', '.join(ENTERED)})", lines)

    def _lines(self, made: Collection[Recorded]) -> list[str]:
        """Write the rows of payments; `KeyError` where words have no number yet."""
        words, quantities, numbers = self._words, self._quantities, self.dictionary.ids
        return [
            LINE
            % (one.position, one.event.act.on, numbers[words(one.event)], *quantities(one.event))
            for one in made
        ]

    def forget(self) -> None:
        """Look the words up again."""
        self.dictionary.ids.clear()
