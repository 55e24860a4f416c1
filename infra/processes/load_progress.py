"""How far the load of a synthetic year has come: a file of the data folder.

It is there from the first command of a load until every view shows the last one, so that pages can
tell it, and that a load that was cut off is known and goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import msgspec

from infra.config.data_folder import in_plain_words

if TYPE_CHECKING:
    from pathlib import Path

FILE = "load.json"


class LoadProgress(msgspec.Struct, frozen=True, kw_only=True):
    """A load: which year, and the last day and position that were told.

    `total` is how many events the whole year has, None where that is not known beforehand.
    """

    year: str
    seed: int
    scale: float
    day: str
    events: int = 0
    total: int | None = None

    @classmethod
    def read(cls, data_folder: Path) -> Self | None:
        """Return the load that goes on or was cut off; None if there is none."""
        try:
            return msgspec.json.decode((data_folder / FILE).read_bytes(), type=cls)
        except FileNotFoundError:
            return None

    def write(self, data_folder: Path) -> None:
        """Replace what was told before, at once and whole."""
        draft = data_folder / f"{FILE}.next"
        with in_plain_words(data_folder):
            draft.write_bytes(msgspec.json.encode(self))
            draft.replace(data_folder / FILE)


def clear(data_folder: Path) -> None:
    """Forget the load: it is done."""
    (data_folder / FILE).unlink(missing_ok=True)
