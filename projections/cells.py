"""Sums that can be asked at any day and position: one mechanism for balances and for facts.

A *series* is what is summed apart (an account in an area, a measure of a fund). A *cell* is the sum
of a series on one booked day within one block of positions; it also keeps each line of the block
(offset and value), so that a position inside a block is exact. Lines of the block that is not yet
full wait in a *tail*. What is stored depends on positions only, never on how events were paged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from projections.view import BLOCK, BOOKED, Table, copy, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from psycopg import Cursor

    from projections.view import Moment

Key = tuple[str, ...]
# One line of a fold: position, series, booked day, value.
Line = tuple[int, int, "date", int]
# The same, with the key of a series that may have no number yet.
Unnumbered = tuple[int, "int | Key", "date", int]


class Names:
    """A table of texts with a number for each, so that the many rows stay small."""

    def __init__(
        self, table: str, key: str, *, more: str = "", describe: Callable[[Key], Key] | None = None
    ) -> None:
        """Name the table, the columns of its key and those derived from it (`describe`)."""
        self.table = table
        self.key = tuple(key.split())
        self.columns = self.key + tuple(more.split())
        self.describe = describe or (lambda _key: ())
        self.ids: dict[Key, int] = {}

    def layout(self) -> Table:
        """Return the table."""
        columns = ", ".join(f'{name} text COLLATE "C" NOT NULL' for name in self.columns)
        return Table(
            self.table,
            f"id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, {columns},"
            f" UNIQUE ({', '.join(self.key)})",
        )

    def learn(self, cursor: Cursor[Any], keys: Iterable[Key]) -> dict[Key, int]:
        """Return the numbers, after giving one to each key that has none."""
        new = {key for key in keys if key not in self.ids}
        if new:
            self._find(cursor, new)
            new -= self.ids.keys()
        if new:
            named = ", ".join(self.columns)
            rows = ("\t".join(map(plain, key + self.describe(key))) + "\n" for key in sorted(new))
            copy(cursor, f"{self.table} ({named})", rows)
            self._find(cursor, new)
        return self.ids

    def numbered(self, cursor: Cursor[Any], lines: Sequence[Unnumbered]) -> list[Line]:
        """Put numbers in the place of keys that had none when the lines were made."""
        new = {line[1] for line in lines if not isinstance(line[1], int)}
        ids = self.learn(cursor, new)
        return [
            (place, key if isinstance(key, int) else ids[key], booked, value)
            for place, key, booked, value in lines
        ]

    def _find(self, cursor: Cursor[Any], keys: set[Key]) -> None:
        columns = [list(column) for column in zip(*keys, strict=True)]
        wanted = ", ".join("%s::text[]" for _ in columns)
        named = ", ".join(self.key)
        cursor.execute(
            f"SELECT id, {named} FROM {self.table} JOIN unnest({wanted}) AS w ({named})"
            f" USING ({named})",
            columns,
        )
        for number, *key in cursor.fetchall():
            self.ids[tuple(key)] = number


class Cells:
    """The cells and the tail of one view."""

    def __init__(self, name: str, series: Names) -> None:
        """Name the tables after the view."""
        self.cells, self.tail, self.series = f"{name}_cells", f"{name}_tail", series

    def layout(self) -> tuple[Table, ...]:
        """Return the tables."""
        key = ", ".join(self.series.key)
        shown = f"concat_ws('|', {key}, booked, value, n, offsets, amounts)"
        cells = Table(
            self.cells,
            "series int NOT NULL, block int NOT NULL, booked date NOT NULL, value bigint NOT NULL,"
            " n int NOT NULL, offsets smallint[] NOT NULL, amounts bigint[] NOT NULL,"
            " PRIMARY KEY (series, block, booked)",
            digest=f"SELECT count(*), md5(string_agg({shown}, ',' ORDER BY {key}, booked))"
            f" FROM {self.cells} JOIN {self.series.table} ON id = series"
            " GROUP BY block ORDER BY block",
        )
        tail = Table(
            self.tail,
            "position bigint NOT NULL, series int NOT NULL, booked date NOT NULL,"
            " value bigint NOT NULL",
            digest=f"SELECT count(*), md5(coalesce(string_agg("
            f"concat_ws('|', position, {key}, booked, value), ','"
            f" ORDER BY position, {key}, booked, value), '')) FROM {self.tail}"
            f" JOIN {self.series.table} ON id = series",
        )
        return self.series.layout(), cells, tail

    def add(self, cursor: Cursor[Any], lines: list[Line], *, first: int, through: int) -> None:
        """Write the lines of the events at positions `first` to `through`."""
        full = through // BLOCK * BLOCK
        if full >= first:
            cursor.execute(
                f"DELETE FROM {self.tail} WHERE position <= %s"
                " RETURNING position, series, booked, value",
                (full,),
            )
            waiting: list[Line] = cursor.fetchall()
            self._seal(cursor, sorted(waiting + [line for line in lines if line[0] <= full]))
            lines = [line for line in lines if line[0] > full]
        copy(
            cursor,
            f"{self.tail} (position, series, booked, value)",
            (f"{position}\t{series}\t{on}\t{value}\n" for position, series, on, value in lines),
        )

    def _seal(self, cursor: Cursor[Any], lines: Sequence[Line]) -> None:
        """Make the cells of blocks that are full."""
        cells: dict[tuple[int, int, date], tuple[list[int], list[int]]] = {}
        for position, series, booked, value in lines:
            block, offset = divmod(position - 1, BLOCK)
            key = (series, block, booked)
            if (cell := cells.get(key)) is None:
                cell = cells[key] = ([], [])
            cell[0].append(offset)
            cell[1].append(value)
        copy(
            cursor,
            f"{self.cells} (series, block, booked, value, n, offsets, amounts)",
            (
                f"{series}\t{block}\t{booked}\t{sum(amounts)}\t{len(amounts)}"
                f"\t{{{','.join(map(str, offsets))}}}\t{{{','.join(map(str, amounts))}}}\n"
                for (series, block, booked), (offsets, amounts) in cells.items()
            ),
        )

    def lines(
        self, moment: Moment, since: date | None = None, *, series: Sequence[int] | None = None
    ) -> Asked:
        """Return SQL for rows (series, booked, value, n) whose sums are exact at a moment.

        `series` leaves those of some numbers.
        """
        which = BOOKED if series is None else f"{BOOKED} AND series = ANY (%(series)s)"
        sql = f"""
            SELECT series, booked, value, n FROM views.{self.cells}
            WHERE block < %(block)s AND {which}
            UNION ALL
            SELECT series, booked, amount, 1
            FROM views.{self.cells}, unnest(offsets, amounts) AS line (nth, amount)
            WHERE block = %(block)s AND nth < %(rest)s AND {which}
            UNION ALL
            SELECT series, booked, value, 1 FROM views.{self.tail}
            WHERE position <= %(position)s AND {which}"""
        return Asked(sql, bounds(moment, since) | {"series": None if series is None else [*series]})

    def events(self, moment: Moment, since: date | None = None) -> Asked:
        """Return SQL for rows (position, series, booked, value), one for every line.

        The question adds the parameter `series`: their numbers.
        """
        sql = f"""
            SELECT block * {BLOCK}::bigint + nth + 1 AS position, series, booked, amount AS value
            FROM views.{self.cells}, unnest(offsets, amounts) AS line (nth, amount)
            WHERE series = ANY (%(series)s)
              AND (block < %(block)s OR block = %(block)s AND nth < %(rest)s) AND {BOOKED}
            UNION ALL
            SELECT position, series, booked, value FROM views.{self.tail}
            WHERE series = ANY (%(series)s) AND position <= %(position)s AND {BOOKED}"""
        return Asked(sql, bounds(moment, since))


class Asked(NamedTuple):
    """A part of a query and its parameters."""

    sql: str
    given: Mapping[str, object]


def bounds(moment: Moment, since: date | None) -> dict[str, object]:
    """Return the parameters of a moment: full blocks, the rest of one block, and the days."""
    block, rest = divmod(moment.position, BLOCK)
    return {
        "block": block,
        "rest": rest,
        "position": moment.position,
        "as_of": moment.as_of,
        "since": since,
    }
