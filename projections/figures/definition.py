"""What a figure is: where its terms come from, what it is called, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from projections.figures.terms.basic import Source

Role: TypeAlias = Literal["value", "numerator", "denominator", "minus"]
Kind: TypeAlias = Literal["flow", "stock", "rate", "difference", "rule"]
Basis: TypeAlias = Literal["events", "tally", "statement", "rule", "mixed"]
Qualifier: TypeAlias = Literal["exact", "nearly", "more than", "about"]
FEN_A_MONTH = "fen/person-month"


class Term(NamedTuple):
    """A part of a figure; `figure` names the figure that it is by itself."""

    role: Role
    source: Source
    unit: str
    figure: str = ""
    # Money to persons, or persons: in public its events are shown per month, without subjects.
    personal: bool = False
    # Told in public as one sum: not even the months of its events are shown.
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a figure means. A numerator and a denominator make a ratio; with `less`, a growth."""

    id: str
    zh: str
    en: str
    programme: str
    kind: Kind
    unit: str
    formula: str
    print: str
    terms: tuple[Term, ...]
    # The chapter of the yearly report that it belongs to.
    chapter: int = 0
    counter: str = ""
    qualifier: Qualifier = "exact"
    scope: str = "city"
    basis: Basis = "events"
    stage: str = ""
    # Counts from the beginning to the end of the period.
    from_beginning: bool = False
    # A ratio in percent keeps so many decimals.
    decimals: int = 1
    less: int = 0


def one(source: Source, unit: str, *, personal: bool = False) -> tuple[Term, ...]:
    """Make the terms of a figure that is one sum."""
    return (Term("value", source, unit, personal=personal),)
