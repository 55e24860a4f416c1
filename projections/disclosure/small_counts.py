"""The rule of small counts (少数人不公开): one to four people are not told of in the open zone.

Records, figures, lists, pages and downloads all ask here: which units count people, which counts
are small, and what is hidden with them because they would follow from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from projections.disclosure import Zone

Words: TypeAlias = dict[str, Any]

# Counts of people below this are not shown; 0 is.
THRESHOLD = 5
# The units in which people are counted.
PEOPLE = frozenset({"person", "person-time", "person-month", "household", "couple"})
# Fields that count people; a rule or a published statement that names a number of them does not.
OF_PEOPLE = frozenset({"persons", "paid_persons", "count", "base", "outcomes"})
# Fields that count lines of a pay run: a line pays one person or one household.
LINES = ("count", "held_back", "paid", "held_lines", "returned_lines", "holders")
# Persons, and the number of lines that would tell of them.
COVERS = {"persons": "count", "paid_persons": "paid"}
# What was paid or came back, and the counts that it can be told from; a run's total is public.
RESTS_ON = {
    "paid_amount": frozenset({"paid", "held_lines"}),
    "returned_amount": frozenset({"returned_lines"}),
}
COUNTS = OF_PEOPLE.union(LINES)


def is_small(count: object) -> bool:
    """Tell whether so few can be told apart, be they added or taken away."""
    return isinstance(count, int) and 0 < abs(count) < THRESHOLD


def tells_of_few(value: object, unit: str) -> bool:
    """Tell whether a quantity counts people, and few of them."""
    return unit in PEOPLE and is_small(value)


def hidden(unit: str) -> Words:
    """Return what stands in place of a quantity that is not shown."""
    return {"value": None, "unit": unit, "suppressed": True}


def quantity(value: int | None, unit: str, zone: Zone) -> Words:
    """Write a quantity as a zone sees it."""
    if zone == "open" and tells_of_few(value, unit):
        return hidden(unit)
    return {"value": value, "unit": unit}


def without_small_counts(said: Any) -> Any:
    """Hide a quantity of few people, also among others by name; anything else stays as it is."""
    if not isinstance(said, dict):
        return said
    if "unit" not in said:
        return {name: without_small_counts(value) for name, value in said.items()}
    return hidden(said["unit"]) if tells_of_few(said.get("value"), said["unit"]) else said


def words_shown(words: Words) -> Words:
    """Leave small counts out of what an event says, and the money that so few were paid."""
    if COUNTS.isdisjoint(words):
        return words
    words = {
        name: without_small_counts(value) if name in OF_PEOPLE else value
        for name, value in words.items()
    }
    left_out = {name for name in LINES if is_small(words.get(name))}
    if "holders" in left_out:
        # Few holders may have many lines.
        left_out |= {*LINES, "persons", "paid_persons"}
    left_out |= {
        lines for persons, lines in COVERS.items() if "suppressed" in words.get(persons, ())
    }
    left_out |= {money for money, behind in RESTS_ON.items() if left_out & behind}
    return {name: said for name, said in words.items() if name not in left_out}


def hidden_parts(values: Sequence[int], unit: str) -> Collection[int]:
    """Return which parts of a public sum are hidden, by their place among the values.

    A single small one takes the smallest of the others along: it would follow from them.
    """
    small = {nth for nth, value in enumerate(values) if tells_of_few(value, unit)}
    if len(small) != 1:
        return small
    return {*small, *sorted(range(len(values)), key=lambda nth: abs(values[nth]))[:2]}


def may_be_summed(unit: str) -> bool:
    """Tell whether the sum of a list's rows is public: of people it would tell what is hidden."""
    return unit not in PEOPLE
