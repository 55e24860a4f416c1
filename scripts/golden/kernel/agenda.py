"""The calendar: what is to be told on which day, kept as calls until the day comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from scripts.golden.kernel.commands import Order


class Agenda:
    """Keeps calls by day; telling a day makes its commands and forgets it."""

    def __init__(self) -> None:
        """Start empty."""
        self.days: dict[date, list[tuple[Any, ...]]] = {}

    def add(self, day: date, tell: Callable[..., Iterable[Order]], *what: Any) -> None:
        """Note what is to be told on a day; what is noted first is told first."""
        self.days.setdefault(day, []).append((tell, *what))

    def told(self, day: date) -> Iterator[Order]:
        """Tell a day."""
        for tell, *what in self.days.pop(day, ()):
            yield from tell(*what)
