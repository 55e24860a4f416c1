"""Stories of registers: a small city with persons, and what the figures count of it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act, with_areas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.kernel.facts import Fact

EVE = date(2006, 12, 31)
CITY, LUOHU, GUIYUAN = "area:city", "area:luohu", "area:guiyuan"
REGISTRAR, CLERK = an_act("registrar-1"), an_act("clerk-1")
PERSON = "person:1"


def a_register(*persons: str) -> InMemoryLedger:
    """Return books with a city and some registered persons."""
    books = with_areas(InMemoryLedger())
    for person in persons:
        books.send("person.register", person, an_act("clerk-1", EVE))
    return books


def facts(
    books: InMemoryLedger, measure: str, until: date = date.max, **where: Any
) -> Iterator[Fact]:
    """Return the facts of a measure up to a day whose fields are as told."""
    for event in books.all():
        for fact in event.facts() if event.act.booked <= until else ():
            if fact.measure == measure and where.items() <= words(fact).items():
                yield fact


def words(fact: Fact) -> dict[str, object]:
    """Return the words that a fact is found by."""
    names = ("who", "programme", "fund", "area", "detail", "unit")
    return {name: getattr(fact, name) for name in names}


def counted(books: InMemoryLedger, measure: str, until: date = date.max, **where: Any) -> int:
    """Sum a measure, as a figure does."""
    return sum(fact.value for fact in facts(books, measure, until, **where))


def distinct(books: InMemoryLedger, measure: str, **where: Any) -> int:
    """Count each one that a measure names once, as a figure does."""
    sums: Counter[str] = Counter()
    for fact in facts(books, measure, **where):
        sums[fact.who] += fact.value
    return sum(value > 0 for value in sums.values())
