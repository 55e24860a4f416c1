"""How many different persons stand behind a count: admissions, cases and claims are not persons.

A count whose facts name nobody (couples, tallies, what a contract states) is taken as it is.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from projections import facts
from projections.core.block_sums import LinesQuery
from projections.figures.terms.basic import Distinct, FactCount
from projections.figures.terms.claims import ClaimsInForce

if TYPE_CHECKING:
    from projections.figures.period import Span
    from projections.figures.query import FigureQuery
    from projections.figures.terms.basic import Amount, TermSource

# The measure of persons for whom a month was paid: who they are, no payment says.
PERSONS_PAID = "payment-persons"


def persons(source: TermSource, query: FigureQuery, span: Span, amount: Amount) -> int:
    """Return how many persons stand at least behind a count."""
    many = amount.value or 0
    if isinstance(source, ClaimsInForce):
        return min(many, holders(source, query, span))
    if isinstance(source, Distinct) or not isinstance(source, FactCount):
        return many
    if not names_somebody(source, query):
        return many
    each_once = Distinct(**{each.name: getattr(source, each.name) for each in fields(source)})
    return min(many, each_once.total(query, span).value or 0)


def names_somebody(source: FactCount, query: FigureQuery) -> bool:
    """Tell whether the facts that are counted say whom they count."""
    chosen = query.series(facts.CELLS, source.words(query))
    return chosen.rests_on[1] > 0


def holders(source: ClaimsInForce, query: FigureQuery, span: Span) -> int:
    """Return how many hold the claims in force."""
    asked = source.lines(query, span)
    sql = f"SELECT count(DISTINCT holder), 0 FROM ({asked.sql}) lines"
    counted = LinesQuery(sql, asked.given)
    return query.count(("holders", source.programme), source.rests_on(query), counted)[0]
