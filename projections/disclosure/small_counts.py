"""Counts of one to four people are not shown, nor what they would follow from."""

from __future__ import annotations

from typing import Any, TypeAlias

Words: TypeAlias = dict[str, Any]

# Counts of people below this are not shown.
FEW = 5
PEOPLE = frozenset({"person", "person-time", "person-month", "household", "couple"})
# What counts people; a rule or a published statement that names a number of them does not.
OF_PEOPLE = frozenset({"persons", "paid_persons", "count", "base", "outcomes"})
LINES = ("count", "held_back", "paid", "held_lines", "returned_lines")
# Persons, and the number of lines that would tell of them.
COVERS = {"persons": "count", "paid_persons": "paid"}
# What was paid or came back, and the counts that it can be told from; a run's total is public.
RESTS_ON = {
    "paid_amount": frozenset({"paid", "held_lines"}),
    "returned_amount": frozenset({"returned_lines"}),
}
COUNTS = OF_PEOPLE.union(LINES)


def few(words: Words) -> Words:
    """Leave out counts of one to four people, and the money that so few were paid."""
    if COUNTS.isdisjoint(words):
        return words
    words = {
        name: suppressed(value) if name in OF_PEOPLE else value for name, value in words.items()
    }
    hidden = {name for name in LINES if is_few(words.get(name))}
    hidden |= {lines for persons, lines in COVERS.items() if "suppressed" in words.get(persons, ())}
    hidden |= {money for money, behind in RESTS_ON.items() if hidden & behind}
    return {name: said for name, said in words.items() if name not in hidden}


def suppressed(said: Any) -> Any:
    """Put nothing in place of a quantity of one to four people, also among others by name."""
    if not isinstance(said, dict):
        return said
    if "unit" not in said:
        return {name: suppressed(value) for name, value in said.items()}
    if said["unit"] in PEOPLE and is_few(said["value"]):
        return {"value": None, "unit": said["unit"], "suppressed": True}
    return said


def is_few(count: Any) -> bool:
    """Tell whether so few people can be told apart."""
    return isinstance(count, int) and 0 < count < FEW
