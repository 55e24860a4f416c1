"""Texts with a number for each, so that the many rows that name them stay small."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from projections.core.meanings import NUMBER
from projections.core.view import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from projections.core.copy_writer import CopyWriter

Key = tuple[str, ...]
Rows = TypeVar("Rows")
# So many numbers are remembered at most; then all are looked up anew.
MOST_REMEMBERED = 100_000


def with_numbers(make: Callable[[], Rows], learn: Callable[[], object]) -> Rows:
    """Return rows made of numbers; where a text has none yet, `learn` gives it one first.

    `make` raises KeyError for a number that is missing. Few pages have new texts, so looking for
    them beforehand would cost more than making the rows of those pages twice.
    """
    try:
        return make()
    except KeyError:
        learn()
        return make()


class Dictionary:
    """A table of texts with a number for each, so that the many rows stay small."""

    def __init__(
        self,
        table: str,
        key: str,
        *,
        says: Mapping[str, str],
        more: str = "",
        describe: Callable[[Key], Key] | None = None,
    ) -> None:
        """Name the table, the columns of its key and those derived from it (`describe`).

        `says` tells what the table ("") and each column holds.
        """
        self.table = table
        self.key = tuple(key.split())
        self.columns = self.key + tuple(more.split())
        self.describe = describe or (lambda _key: ())
        self.says = {"id": NUMBER} | {name: says[name] for name in ("", *self.columns)}
        self.ids: dict[Key, int] = {}

    def layout(self) -> Table:
        """Return the table."""
        columns = ", ".join(f'{name} text COLLATE "C" NOT NULL' for name in self.columns)
        return Table(
            self.table,
            f"id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, {columns},"
            f" UNIQUE ({', '.join(self.key)})",
            says=self.says,
        )

    def learn(self, writer: CopyWriter, keys: Collection[Key]) -> dict[Key, int]:
        """Return the numbers, after giving one to each key that has none."""
        new = {key for key in keys if key not in self.ids}
        if not new:
            return self.ids
        if len(self.ids) + len(new) > MOST_REMEMBERED:
            # What this page has asked for earlier is asked for again.
            new.update(keys)
            self.ids.clear()
        self._find(writer, new)
        new -= self.ids.keys()
        if new:
            self._enter(writer, sorted(new))
        return self.ids

    def _find(self, writer: CopyWriter, keys: Iterable[Key]) -> None:
        named = ", ".join(self.key)
        self._remember(
            writer,
            f"SELECT id, {named} FROM {self.table} JOIN {self._rows(self.key)} USING ({named})",
            keys,
        )

    def _enter(self, writer: CopyWriter, keys: Sequence[Key]) -> None:
        columns, named = ", ".join(self.columns), ", ".join(self.key)
        self._remember(
            writer,
            f"INSERT INTO {self.table} ({columns}) SELECT {columns} FROM {self._rows(self.columns)}"
            f" RETURNING id, {named}",
            [key + self.describe(key) for key in keys],
        )

    @staticmethod
    def _rows(columns: Sequence[str]) -> str:
        wanted = ", ".join("%b::text[]" for _ in columns)
        return f"unnest({wanted}) AS w ({', '.join(columns)})"

    def _remember(self, writer: CopyWriter, sql: str, rows: Iterable[Key]) -> None:
        columns = [list(column) for column in zip(*rows, strict=True)]
        for number, *key in writer.settled().execute(sql, columns):
            self.ids[tuple(key)] = number
