"""What a figure is: where its terms come from, what it is called, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from projections.figures.period import Span
from projections.figures.terms.basic import TermSource

TermRole: TypeAlias = Literal["value", "numerator", "denominator", "minus"]
FigureKind: TypeAlias = Literal["flow", "stock", "rate", "difference", "rule"]
FigureBasis: TypeAlias = Literal["events", "tally", "statement", "rule", "mixed"]
FigureQualifier: TypeAlias = Literal["exact", "nearly", "more than", "about"]
FEN_A_MONTH = "fen/person-month"


class Term(NamedTuple):
    """A part of a figure; `figure` names the figure that it is by itself."""

    role: TermRole
    source: TermSource
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
    kind: FigureKind
    unit: str
    formula: str
    print: str
    terms: tuple[Term, ...]
    # The chapter of the yearly report that it belongs to.
    chapter: int = 0
    # Not printed in the report: asked for by name, and linked from its chapter of the year's page.
    beside: bool = False
    counter: str = ""
    qualifier: FigureQualifier = "exact"
    scope: str = "city"
    basis: FigureBasis = "events"
    stage: str = ""
    # What of the period counts, for terms that are no stocks.
    span: Span = Span.PERIOD
    # A ratio in percent keeps so many decimals.
    decimals: int = 1
    less: int = 0


def one(source: TermSource, unit: str, *, personal: bool = False) -> tuple[Term, ...]:
    """Make the terms of a figure that is one sum."""
    return (Term("value", source, unit, personal=personal),)
