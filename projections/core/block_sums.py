"""Sums that can be asked at any day and position: one mechanism for balances and for facts.

A *series* is what is summed apart (an account, a measure of a fund). A *cell* is the sum of a
series on one booked day within one block of positions. It also keeps what each *place* (area) has
of it, and each line of the block (offset, value, place), so that a position inside a block is
exact. Lines of the block that is not yet full wait in a *tail*. What is stored depends on positions
only, never on how events were paged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from projections.core.copy_writer import CopyWriter
from projections.core.dictionary import Dictionary
from projections.core.sql import BOOKED
from projections.core.view import BLOCK, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from projections.core.dictionary import Key
    from projections.core.view import Moment

ENCODE = msgspec.json.Encoder().encode
# One line of a fold: position, series, place, booked day, value.
Line = tuple[int, int, int, "date", int]
# The lines of a series on a day in a block: their offsets, values and places.
Cell = tuple[list[int], list[int], list[int]]
# How many lines of a cell lie before the rest of its block: their offsets are in order.
BEFORE = "width_bucket((%(rest)s - 1)::smallint, offsets)"


CELL_SAYS = {
    "": "Sums of a series on one booked day within one full block of positions.",
    "series": "The number of the series.",
    "block": f"The block: positions block * {BLOCK} + 1 to (block + 1) * {BLOCK}.",
    "booked": "The day on which the lines count.",
    "value": "The sum of the lines.",
    "n": "The number of lines.",
    "last": "The offset in the block of the last line.",
    "at": "The places (areas) of the lines, each once.",
    "sums": "The sum for each of these places.",
    "counts": "The number of lines for each of these places.",
    "offsets": "The offset in the block of each line, in order.",
    "amounts": "The value of each line.",
    "places": "The place of each line; empty if all have the same.",
}
TAIL_SAYS = {
    "": "Lines of the block that is not full yet.",
    "position": "The position of the event.",
    "series": "The number of the series.",
    "place": "The number of the place (area).",
    "booked": "The day on which it counts.",
    "value": "What the event adds, in the unit of the series.",
}


class Cells:
    """The cells and the tail of one view."""

    def __init__(self, name: str, series: Dictionary) -> None:
        """Name the tables after the view."""
        self.cells, self.tail, self.series = f"{name}_cells", f"{name}_tail", series
        says = {"": "Areas with their numbers.", "area": "The area, empty where none is said."}
        self.places = Dictionary(f"{name}_places", "area", says=says)

    def layout(self) -> tuple[Table, ...]:
        """Return the tables."""
        return self.series.layout(), self.places.layout(), self.cells_table(), self.tail_table()

    def cells_table(self) -> Table:
        """Return the table of cells: sums by series, block and booked day."""
        key = ", ".join(self.series.key)
        areas = f"JOIN {self.places.table} p ON p.id ="
        # What a number stands for is digested, and in an order that no number decides.
        lines = f"""SELECT string_agg(concat_ws(':', nth, amount, p.area), ','
                ORDER BY nth, p.area, amount) FROM unnest(offsets, amounts, places)
            AS line (nth, amount, place) {areas} coalesce(place, at[1])"""
        parts = f"""SELECT string_agg(concat_ws(':', p.area, amount, lines), ',' ORDER BY p.area)
            FROM unnest(at, sums, counts) AS part (place, amount, lines) {areas} place"""
        shown = f"concat_ws('|', {key}, booked, value, n, last, ({lines}), ({parts}))"
        return Table(
            self.cells,
            "series int NOT NULL, block int NOT NULL, booked date NOT NULL, value bigint NOT NULL,"
            " n int NOT NULL, last smallint NOT NULL,"
            " at int[] NOT NULL, sums bigint[] NOT NULL, counts int[] NOT NULL,"
            " offsets smallint[] NOT NULL, amounts bigint[] NOT NULL, places int[] NOT NULL,"
            " PRIMARY KEY (series, block, booked)",
            digest=f"SELECT count(*), md5(string_agg({shown}, ',' ORDER BY {key}, booked))"
            f" FROM {self.cells} JOIN {self.series.table} ON id = series"
            " GROUP BY block ORDER BY block",
            # Compressing them takes longer than everything else that is done with them.
            packed=("offsets", "amounts", "places"),
            says=CELL_SAYS,
        )

    def tail_table(self) -> Table:
        """Return the table of lines of the block that is not full yet."""
        key = ", ".join(self.series.key)
        return Table(
            self.tail,
            "position bigint NOT NULL, series int NOT NULL, place int NOT NULL,"
            " booked date NOT NULL, value bigint NOT NULL",
            digest="SELECT count(*), md5(coalesce(string_agg("
            f"concat_ws('|', position, {key}, area, booked, value), ','"
            f" ORDER BY position, {key}, area, booked, value), '')) FROM {self.tail}"
            f" JOIN {self.series.table} s ON s.id = series JOIN {self.places.table} p"
            " ON p.id = place",
            says=TAIL_SAYS,
        )

    def learn(self, writer: CopyWriter, series: Collection[Key], places: Iterable[str]) -> None:
        """Give numbers to what has none."""
        self.series.learn(writer, series)
        self.places.learn(writer, {(place,) for place in places})

    def forget(self) -> None:
        """Look the numbers up again."""
        self.series.ids.clear()
        self.places.ids.clear()

    def add(self, writer: CopyWriter, lines: list[Line], *, first: int, through: int) -> None:
        """Write the lines of the events at positions `first` to `through`."""
        full = through // BLOCK * BLOCK
        if full >= first:
            waiting = [] if first % BLOCK == 1 else self._waiting(writer, full)
            self._seal(writer, sorted(waiting + [line for line in lines if line[0] <= full]))
            lines = [line for line in lines if line[0] > full]
        writer.copy(
            f"{self.tail} (position, series, place, booked, value)",
            ("\t".join(map(str, line)) + "\n" for line in lines),
        )

    def _waiting(self, writer: CopyWriter, full: int) -> list[Line]:
        """Take the lines that waited for their block to be full; at its beginning none do."""
        cursor = writer.settled()
        cursor.execute(
            f"DELETE FROM {self.tail} WHERE position <= %s"
            " RETURNING position, series, place, booked, value",
            (full,),
        )
        return cursor.fetchall()

    def _seal(self, writer: CopyWriter, lines: Sequence[Line]) -> None:
        """Make the cells of blocks that are full."""
        columns = (
            "series, block, booked, value, n, last, at, sums, counts, offsets, amounts, places"
        )
        for block, within in groupby(lines, key=lambda line: (line[0] - 1) // BLOCK):
            cells: dict[tuple[int, date], Cell] = {}
            before = block * BLOCK + 1
            for position, series, place, booked, value in within:
                cell = cells.get((series, booked))
                if cell is None:
                    cells[series, booked] = ([position - before], [value], [place])
                else:
                    cell[0].append(position - before)
                    cell[1].append(value)
                    cell[2].append(place)
            writer.copy(
                f"{self.cells} ({columns})",
                (
                    f"{series}\t{block}\t{booked}\t{_written(cell)}\n"
                    for (series, booked), cell in cells.items()
                ),
            )

    def lines(
        self, moment: Moment, since: date | None = None, *, series: Sequence[int] | None = None
    ) -> LinesQuery:
        """Return SQL for rows (series, booked, value, n, position) with exact sums at a moment.

        `position` is that of the last line behind a row. `series` leaves those of some numbers.
        """
        which = self._which(series)
        sql = f"""
            SELECT series, booked, value, n, block * {BLOCK}::bigint + last + 1 AS position
            FROM views.{self.cells} WHERE block < %(block)s AND {which}
            UNION ALL
            SELECT series, booked, part.value, told.n, block * {BLOCK}::bigint + offsets[told.n] + 1
            FROM views.{self.cells}, LATERAL (SELECT {BEFORE}) told (n), LATERAL (
                SELECT sum(amount) AS value
                FROM (SELECT unnest(amounts[:told.n]) AS amount) line
            ) part
            WHERE block = %(block)s AND {which} AND told.n > 0
            UNION ALL
            SELECT series, booked, value, 1, position FROM views.{self.tail}
            WHERE position <= %(position)s AND {which}"""
        return LinesQuery(sql, bounds(moment, since, series))

    def by_place(
        self, moment: Moment, since: date | None = None, *, series: Sequence[int] | None = None
    ) -> LinesQuery:
        """Return SQL for rows (series, place, booked, value, n) with exact sums at a moment."""
        which = self._which(series)
        sql = f"""
            SELECT series, unnest(at) AS place, booked, unnest(sums) AS value, unnest(counts) AS n
            FROM views.{self.cells} WHERE block < %(block)s AND {which}
            UNION ALL
            SELECT series, coalesce(place, first), booked, amount, 1
            FROM ({self._lines(which)} AND block = %(block)s) lines WHERE nth < %(rest)s
            UNION ALL
            SELECT series, place, booked, value, 1 FROM views.{self.tail}
            WHERE position <= %(position)s AND {which}"""
        return LinesQuery(sql, bounds(moment, since, series))

    def events(self, moment: Moment, since: date | None, series: Sequence[int]) -> LinesQuery:
        """Return SQL for rows (position, series, place, booked, value), one for every line."""
        which = self._which(series)
        sql = f"""
            SELECT block * {BLOCK}::bigint + nth + 1 AS position, series,
                   coalesce(place, first) AS place, booked, amount AS value
            FROM ({self._lines(which)} AND block BETWEEN %(from_block)s AND %(to_block)s) lines
            WHERE block < %(block)s OR block = %(block)s AND nth < %(rest)s
            UNION ALL
            SELECT position, series, place, booked, value FROM views.{self.tail}
            WHERE position <= %(position)s AND {which}
              AND (position - 1) / {BLOCK} BETWEEN %(from_block)s AND %(to_block)s"""
        blocks = f"""
            SELECT block, sum(n) FROM views.{self.cells}
            WHERE block BETWEEN %(from_block)s AND %(block)s AND {which} GROUP BY 1 ORDER BY 1"""
        return LinesQuery(sql, bounds(moment, since, series), blocks)

    def _lines(self, which: str) -> str:
        """Write a query for the lines of cells; `place` is NULL where they lie in the `first`."""
        return f"""SELECT series, block, booked, at[1] AS first, unnest(offsets) AS nth,
            unnest(amounts) AS amount, unnest(places) AS place
            FROM views.{self.cells} WHERE {which}"""

    @staticmethod
    def _which(series: Sequence[int] | None) -> str:
        return BOOKED if series is None else f"{BOOKED} AND series = ANY (%(series)s)"


def _written(cell: Cell) -> str:
    """Write the columns of a cell behind its key; places are left out where there is but one."""
    offsets, amounts, places = cell
    sums: defaultdict[int, int] = defaultdict(int)
    for place, amount in zip(places, amounts, strict=True):
        sums[place] += amount
    counts = Counter(places)
    parts = (
        list(sums),
        list(sums.values()),
        [counts[place] for place in sums],
        offsets,
        amounts,
        places if len(sums) > 1 else [],
    )
    arrays = "\t".join(map(_array, parts))
    return f"{sum(amounts)}\t{len(amounts)}\t{offsets[-1]}\t{arrays}"


def _array(numbers: list[int]) -> str:
    """Write an array; JSON's are written five times as fast as texts of numbers are joined."""
    return f"{{{ENCODE(numbers)[1:-1].decode()}}}"


class LinesQuery(NamedTuple):
    """A part of a query and its parameters.

    `blocks` tells how many lines each block has, where the query can be kept to some blocks by the
    parameters `from_block` and `to_block`.
    """

    sql: str
    given: Mapping[str, object]
    blocks: str = ""


def block_of(position: int) -> int:
    """Return the block in which a position lies."""
    return (position - 1) // BLOCK


def bounds(
    moment: Moment, since: date | None, series: Sequence[int] | None = None
) -> dict[str, object]:
    """Return the parameters of a moment: full blocks, the rest of one block, and the days."""
    block, rest = divmod(moment.position, BLOCK)
    return {
        "block": block,
        "rest": rest,
        "position": moment.position,
        "as_of": moment.as_of,
        "since": since,
        "series": None if series is None else [*series],
        "from_block": 0,
        "to_block": block,
    }
