"""The figures as they are asked for: all, one, the events behind one, and against a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from projections.disclosure.small_counts import hidden, quantity
from projections.figures.areas import is_by_area, places, untied
from projections.figures.catalogue import FIGURES
from projections.figures.period import FigurePeriod, Span
from projections.figures.person_counts import CountedEachTime
from projections.figures.printing import half_up, printed, rounded
from projections.figures.public_terms import TermTold, Where, told
from projections.figures.public_terms import untied as untied_in_public
from projections.figures.query import FigureQuery
from projections.figures.registry import KNOWN
from projections.figures.terms.basic import Before, Distinct, FactCount, Spent
from projections.figures.terms.statements import EachKeeper
from projections.figures.year import StatedFor, told_by

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from psycopg import Connection

    from projections.core.view import Moment, Row
    from projections.disclosure import Zone
    from projections.figures.definition import Definition, Term, TermRole
    from projections.figures.person_counts import PersonCounts
    from projections.figures.terms.basic import Amount


@dataclass(frozen=True, kw_only=True)
class FigureFilter:
    """Which period, and where: an area with all below it, by each event's boundaries or a day's."""

    period: FigurePeriod
    programme: str | None = None
    area: str | None = None
    boundaries: date | None = None
    # What the area is: a district, a sub-district ...
    level: str = ""
    # Whether to tell what lies in no district.
    untied: bool = False
    zone: Zone = "office"
    language: Literal["zh", "en"] = "zh"
    person_counts: PersonCounts = field(default_factory=CountedEachTime, compare=False, repr=False)


@dataclass
class Evaluation:
    """A figure with the amounts of its terms, as a question found them."""

    figure: Definition
    query: FigureQuery
    which: FigureFilter
    amounts: dict[str, Amount] = field(default_factory=dict)
    told: dict[str, TermTold] = field(default_factory=dict)
    # False where it is asked for an area, and nothing says what belongs to which.
    by_area: bool = True
    # True where a statement stands for a year without events.
    stated: bool = False

    def __post_init__(self) -> None:
        """Take each term from its source."""
        span = self.figure.span
        self.told = {
            term.role: term_told(self.figure, term, self.query, self.which)
            for term in self.figure.terms
        }
        self.amounts = {role: each.amount for role, each in self.told.items()}
        self.stated = any(isinstance(each.source, StatedFor) for each in self.told.values())
        self.by_area = not self.query.places or all(
            not term.whole and is_by_area(term.source, self.query, span)
            for term in self.figure.terms
        )

    def value(self) -> int | str | None:
        """Work the value out: exact, or rounded as the figure says; None if a part is unknown."""
        values = {role: amount.value for role, amount in self.amounts.items()}
        if not self.by_area:
            return None
        if any(value is None for value in values.values()):
            return None
        if "value" in values:
            return values["value"]
        numerator, denominator = values["numerator"] or 0, values["denominator"]
        if not denominator:
            return None
        # What a register's row states is as it was written: a whole number, or a decimal.
        ratio = Fraction(numerator) / Fraction(denominator)
        if self.figure.unit == "percent":
            return half_up((ratio - self.figure.less) * 100, self.figure.decimals)
        return rounded(ratio) - (values.get("minus") or 0)

    def row(self) -> Row:
        """Return the figure in the contract's shape."""
        figure, which, shown = self.figure, self.which, self.value()
        is_withheld = self.by_area and any(each.is_withheld for each in self.told.values())
        return {
            "id": figure.id,
            "title": figure.zh if which.language == "zh" else figure.en,
            "programme": figure.programme,
            "kind": figure.kind,
            "value": shown,
            "unit": figure.unit,
            **({"suppressed": True} if is_withheld else {}),
            **({} if self.by_area else {"not_by_area": True}),
            **self.parts(),
            **self.beside_districts(),
            "qualifier": figure.qualifier,
            "printed": "" if shown is None else printed(shown, figure.print, figure.counter),
            "scope": which.level or figure.scope,
            **({"area": which.area} if which.area else {}),
            "stage": figure.stage,
            "basis": "statement" if self.stated else figure.basis,
            "period": self.query.period.over(figure.span).text,
            "as_of": self.query.until.as_of,
            "boundaries": str(which.boundaries or "event"),
            "formula": figure.formula,
            "terms": [self.term(nth) for nth in range(len(figure.terms))],
            **self.left_out(),
        }

    def beside_districts(self) -> Row:
        """Return what of a sum of money lies in no district, where something does."""
        term, which = self.figure.terms[0], self.which
        if not which.untied or which.area or term.role != "value" or term.unit != "fen":
            return {}
        if self.told[term.role].is_coarse and isinstance(term.source, Spent):
            amount = untied_in_public(term.source, self.query, self.figure.span)
            return {"untied": quantity(amount.value, term.unit, "open")} if amount.value else {}
        found = untied(term.source, self.query, self.figure.span, which.boundaries)
        return {
            name: quantity(amount.value, term.unit, which.zone) for name, amount in found.items()
        }

    def left_out(self) -> Row:
        """Return the statements that were not added, and why; nothing if there are none."""
        sources = [term.source for term in self.figure.terms]
        left = [
            {
                "position": each.position,
                "keeper": each.who,
                "value": each.value,
                "unit": each.unit,
                "why": "counted-by-events",
            }
            for source in sources
            if isinstance(source, EachKeeper)
            for each in source.statements(self.query, self.figure.span)[1]
        ]
        return {"left_out": left} if left else {}

    def quantity(self, role: TermRole, unit: str) -> Row:
        """Write the amount of a term, or that it is withheld."""
        if self.told[role].is_withheld and self.by_area:
            return hidden(unit)
        value = self.amounts[role].value if self.by_area else None
        return {"value": value, "unit": unit}

    def parts(self) -> Row:
        """Return what a ratio is made of, and how it was rounded."""
        units = {term.role: term.unit for term in self.figure.terms}
        if "numerator" not in units:
            return {}
        roles: tuple[TermRole, ...] = ("numerator", "denominator")
        found: Row = {role: self.quantity(role, units[role]) for role in roles}
        decimals = self.figure.decimals if self.figure.unit == "percent" else 0
        found["rounding"] = f"half-up:{decimals}"
        return found | ({"less": str(self.figure.less)} if self.figure.less else {})

    def term(self, nth: int) -> Row:
        """Return a term in the contract's shape."""
        term = self.figure.terms[nth]
        told = self.told[term.role]
        # So many events would tell of how many people.
        untold = told.is_coarse or not self.by_area or (self.which.zone == "open" and term.whole)
        return {
            "role": term.role,
            **({"figure": term.figure} if term.figure else {}),
            **self.quantity(term.role, term.unit),
            "events": None if untold else told.amount.events,
        }


def term_told(figure: Definition, term: Term, query: FigureQuery, which: FigureFilter) -> TermTold:
    """Return a term with its amount, as the zone is told of it."""
    if which.zone == "office":
        return TermTold(*told_by(figure, term, query))
    return told(figure, term, query, Where(which.area, which.level, which.boundaries))


def query_for(
    connection: Connection[Any], moment: Moment, which: FigureFilter, wanted: Iterable[Definition]
) -> FigureQuery:
    """Make the question that some figures are evaluated by."""
    sources = [term.source for figure in wanted for term in figure.terms]
    return FigureQuery(
        connection,
        moment,
        which.period,
        places=places(connection, moment, [which.area], which.boundaries) if which.area else (),
        spent_on=frozenset((s.fund, s.programme) for s in sources if isinstance(s, Spent)),
        measured=frozenset(
            s.sums
            for s in sources
            if isinstance(s, FactCount | EachKeeper | Before) and not isinstance(s, Distinct)
        ),
        person_counts=which.person_counts,
        is_open=which.zone == "open",
    )


def rows(connection: Connection[Any], moment: Moment, which: FigureFilter) -> list[Row]:
    """Return all figures whose period ends with the one asked for, perhaps of one programme."""
    wanted = [
        figure
        for figure in FIGURES
        if which.programme in (None, figure.programme)
        and (which.period.since is not None or figure.span is Span.TO_DATE)
    ]
    query = query_for(connection, moment, which, wanted)
    return [Evaluation(figure, query, which).row() for figure in wanted]


def one(
    connection: Connection[Any], figure: str, moment: Moment, which: FigureFilter
) -> Row | None:
    """Return a figure, None if there is none of this name."""
    found = KNOWN.get(figure)
    if found is None:
        return None
    return Evaluation(found, query_for(connection, moment, which, [found]), which).row()
