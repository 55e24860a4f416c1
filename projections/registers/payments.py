"""Payments that were made and of which nothing more was heard: nearly all of a ledger's subjects.

Their rows are kept as numbers: the position, the day, the quantities, and one number for all words,
which many payments of a run have in common. The id stands in the log. A payment with a second event
is taken out and kept among the heads, like every other subject.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec

from domain.kernel.event_fields import row_plan
from domain.kernel.money import unit_of
from domain.payments.payment_events import PaymentMade
from domain.payments.payments import Payment, payment_prefix
from projections.core import event_log
from projections.core.copy_writer import copy, write
from projections.core.dictionary import Dictionary, with_numbers
from projections.core.view import BLOCK, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from psycopg import Connection, Cursor

    from projections.core.view import Recorded

KIND, COLLECTION = Payment.KIND, Payment.COLLECTION
TABLE, WORDS_TABLE = "register_payments", "register_payment_words"
UNITS = {field.name: unit_of(field.type) for field in msgspec.structs.fields(PaymentMade)}
PARTS = row_plan(PaymentMade)
QUANTITIES = {part.name: UNITS[part.field] for part in PARTS if UNITS[part.field]}
WORDS = {part.name: part.default for part in PARTS if not UNITS[part.field]}
SAYS = {name: f"`{name}` of payment.made." for name in WORDS}
# The columns of a row that are not in its JSON.
OUTSIDE = {
    "id": "e.originator_id",
    "version": "'1'",
    "position": "s.position::text",
    "opened_on": "s.on_::text",
}
# They say where a payment's id lies; none of them ever changes.
IN_IDS = frozenset({"run", "scheme", "month"})


def column(name: str) -> str:
    """Name the column of a word or of a quantity."""
    return f'w."{name}"' if name in WORDS else f's."{name}"'


def _shown(name: str) -> str:
    """Write the JSON of a field; a word that says nothing is left out."""
    if name in QUANTITIES:
        return f"jsonb_build_object('value', {column(name)}, 'unit', '{QUANTITIES[name]}')"
    return f"nullif({column(name)}, '{WORDS[name]}')" if WORDS[name] == "" else column(name)


_FIELDS = ", ".join(f"'{name}', {_shown(name)}" for name in (*WORDS, *QUANTITIES))
ROW = f"jsonb_strip_nulls(jsonb_build_object('state', '{PaymentMade.STATE}', {_FIELDS}))"
FROM = f"FROM views.{TABLE} s JOIN views.{WORDS_TABLE} w ON w.id = s.words"
OF_LOG = event_log.joined("s.position")
# Rows as `rows.ROWS` has them.
ROWS = f"""
    SELECT e.originator_id AS subject, 1::bigint AS version, s.position,
           s.on_ AS opened_on, {ROW} AS row
    {FROM} {OF_LOG}"""
THEN = "s.position <= %(position)s AND s.on_ <= %(as_of)s"
BETWEEN = "e.originator_id > %(after)s AND e.originator_id < %(end)s AND e.originator_version = 1"
TAKE_OUT = f"""
    WITH told AS (
        DELETE FROM {TABLE} s USING {event_log.rows_of_subjects("%b::text[]")} e
        WHERE e.originator_version = 1 AND s.position = e.notification_id
        RETURNING e.originator_id AS subject, s.*
    )
    INSERT INTO register_heads
    SELECT subject, 1, position, position, on_, on_, {ROW}
    FROM told s JOIN {WORDS_TABLE} w ON w.id = s.words"""
ENTERED = ("position", "on_", "words", *QUANTITIES)
LINE = "\t".join(["%s"] * len(ENTERED)) + "\n"


def names() -> Dictionary:
    """Return the words of payments, with numbers."""
    says = {"": "What many payments of a run say alike, with numbers."} | SAYS
    return Dictionary(WORDS_TABLE, " ".join(WORDS), says=says)


def layout() -> tuple[Table, ...]:
    """Return the tables."""
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
    return names().layout(), table


class Singles:
    """The rows of payments with one event."""

    def __init__(self) -> None:
        """Know no words yet."""
        self.names = names()
        self._words = attrgetter(*(part.field for part in PARTS if part.name in WORDS))
        self._quantities = attrgetter(*(part.field for part in PARTS if part.name in QUANTITIES))

    def add(self, cursor: Cursor[Any], made: Collection[Recorded]) -> None:
        """Enter payments that were made, in order of position."""

        def learn() -> None:
            self.names.learn(cursor, {self._words(one.event) for one in made})

        lines = with_numbers(lambda: self._lines(made), learn)
        copy(cursor, f"{TABLE} ({', '.join(ENTERED)})", lines)

    def _lines(self, made: Collection[Recorded]) -> list[str]:
        """Write the rows of payments; `KeyError` where words have no number yet."""
        words, quantities, numbers = self._words, self._quantities, self.names.ids
        return [
            LINE
            % (one.position, one.event.act.on, numbers[words(one.event)], *quantities(one.event))
            for one in made
        ]

    def take_out(self, cursor: Cursor[Any], subjects: Iterable[str]) -> None:
        """Move the rows of those of some subjects that are here to the heads."""
        payments = [each for each in subjects if each.startswith(f"{KIND}:")]
        if payments:
            write(cursor, TAKE_OUT, (payments,))

    def forget(self) -> None:
        """Look the words up again."""
        self.names.ids.clear()


def totals(names: Iterable[str], where: Mapping[str, Sequence[str]]) -> str:
    """Write the sums of some quantities; the log is asked for ids only."""
    sums = ", ".join(f"sum({column(name)})::bigint" for name in names)
    of_log = OF_LOG if "id" in where else ""
    return f"SELECT {sums} {FROM} {of_log} WHERE {' AND '.join([THEN, *tests(where)])}"


def tests(where: Mapping[str, Sequence[str]]) -> list[str]:
    """Write the tests of filters, each on the parameter `words<nth>`."""
    found = []
    for nth, (name, wanted) in enumerate(where.items()):
        if name in OUTSIDE:
            found.append(f"{OUTSIDE[name]} = ANY (%(words{nth})s)")
        elif name in WORDS:
            found.append(f"{_shown(name)} = ANY (%(words{nth})s)")
        elif name in QUANTITIES:
            found.append(f"{column(name)}::text = ANY (%(words{nth})s)")
        else:
            found.append(str(name == "state" and PaymentMade.STATE in wanted).lower())
    return found


def between(
    connection: Connection[Any], where: Mapping[str, Sequence[str]]
) -> tuple[str, str] | None:
    """Return what the ids of payments of some runs, schemes or months lie between, if they do."""
    asked = {name: list(words) for name, words in where.items() if name in IN_IDS}
    if not asked:
        return None
    tests = " AND ".join(f"{column(name)} = ANY (%({name})s)" for name in asked)
    sql = f"SELECT DISTINCT scheme, month FROM views.{WORDS_TABLE} w WHERE {tests}"
    prefixes = sorted(payment_prefix(*row) for row in connection.execute(sql, asked))
    if not prefixes:
        return f"{KIND}:", f"{KIND}:"
    return prefixes[0], prefixes[-1].removesuffix(":") + ";"
