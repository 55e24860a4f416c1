"""The part of `totals-agree` on figures: each that is money, of the city and of each district.

Every term of a figure is held against the log by rules of this module, and the city against its
districts and what is tied to none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from domain import decode
from domain.registers.statements import StatementRecorded, StatementReversed
from projections import figures, registers
from projections.figures import FigureFilter, period
from projections.figures.terms.basic import BUREAU, Before, Distinct, FactCount, Spent
from projections.figures.terms.statements import EachKeeper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.kernel.aggregate import Event
    from infra.verify.check import CheckContext, Findings
    from projections.core.place_filter import Places
    from projections.core.view import Moment, Row
    from projections.figures.definition import Definition, Term

UNITS = ("fen", "person-month")
# What is stated or in force is no sum of what happened.
NO_SUMS = ("stated:", "rate", "rule:")
# Where a body is registered; a federation or a bureau need not be in the register.
KEEPER = """SELECT topic, state FROM ledger.events
    WHERE originator_id = %s COLLATE "C" AND originator_version = 1"""


class Spending(NamedTuple):
    """What was spent: of which fund and programme, in which area, on which booked day."""

    fund: str
    programme: str
    area: str
    booked: date


class Told(NamedTuple):
    """What an event adds to a figure: of which measure and words, in which area, on which day."""

    measure: str
    fund: str
    programme: str
    detail: str
    area: str
    booked: date


class StatedFigure(NamedTuple):
    """What a keeper published of a figure for a scope and a period, and when."""

    published_on: date
    position: int
    figure: str
    keeper: str
    detail: str
    value: int


Sums: TypeAlias = Counter[Told]


class FigureSums:
    """What the log says of all money that figures count, and of what it is divided by."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.sums = Sums()
        self.statements: dict[str, StatedFigure] = {}

    def spend(self, one: Spending, fen: int) -> None:
        """Add what was spent."""
        self.sums[Told("spent", one.fund, one.programme, "", one.area, one.booked)] += fen

    def add(self, position: int, event: Event) -> None:
        """Add what an event counts."""
        for fact in event.facts():
            if fact.unit in UNITS and not fact.measure.startswith(NO_SUMS):
                words = fact.measure, fact.fund, fact.programme, fact.detail
                self.sums[Told(*words, fact.area, event.act.booked)] += fact.value
        if isinstance(event, StatementRecorded) and isinstance(event.value.value, int):
            self.statements[event.originator_id] = StatedFigure(
                event.published_on,
                position,
                event.figure,
                event.keeper,
                f"{event.scope}:{event.period}",
                event.value.value,
            )
        elif isinstance(event, StatementReversed):
            self.statements.pop(event.originator_id, None)

    def years(self) -> list[int]:
        """Return the years in which money was spent, counted or given."""
        return sorted({told.booked.year for told in self.sums})

    def standing(self, figure: str, detail: str) -> dict[str, int]:
        """Return what each keeper published last of a figure for a period."""
        found: dict[str, StatedFigure] = {}
        for each in sorted(self.statements.values()):
            if (each.figure, each.detail) == (figure, detail):
                found[each.keeper] = each
        return {keeper: each.value for keeper, each in found.items()}


class AskedFigure(NamedTuple):
    """One figure of one year, asked of the city and of each district."""

    figure: Definition
    year: int
    moment: Moment
    # The areas by their ids; the city has no id and no places.
    districts: Mapping[str, Sequence[Places]]


Lines: TypeAlias = "Counter[tuple[str, date]]"


def compare_figures(asked: CheckContext, found: Findings, told: FigureSums, moment: Moment) -> None:
    """Hold every figure of money of every year against the log, and tell it with its parts."""
    named = registers.opened(asked.connection, "areas", moment, {"level": "district"})
    districts = {area: figures.places(asked.connection, moment, [area]) for area in sorted(named)}
    for figure in (*figures.FIGURES, *figures.BESIDE):
        if any(is_money(term) for term in figure.terms):
            for year in told.years():
                compare_figure(asked, found, told, AskedFigure(figure, year, moment, districts))


def is_money(term: Term) -> bool:
    """Tell whether a term is a sum of money that events or keepers tell."""
    return term.unit == "fen" and isinstance(term.source, Spent | FactCount | EachKeeper)


def compare_figure(
    asked: CheckContext, found: Findings, told: FigureSums, one: AskedFigure
) -> None:
    """Hold each term of a figure, of the city and of each district, against the log."""
    shown = {area: row_of(asked, one, area) for area in (None, *one.districts)}
    for nth, term in enumerate(one.figure.terms):
        if isinstance(term.source, Distinct | Before) or not isinstance(
            term.source, Spent | FactCount | EachKeeper
        ):
            continue
        lines = lines_of(asked, told, one, term)
        wanted: dict[str | None, int] = {None: lines.total()} | {
            area: sum(fen for line, fen in lines.items() if lies_in(places, *line))
            for area, places in one.districts.items()
        }
        for area, row in shown.items():
            found.examined += 1
            value = row["terms"][nth]["value"]
            if value != (None if row.get("not_by_area") else wanted[area]):
                said = f"{one.year}, {area or 'the city'}, {term.role}: {value}, the log"
                found.breach([], one.figure.id, f"{said} {wanted[area]}")
        values = {area: row["terms"][nth]["value"] for area, row in shown.items()}
        add_up(found, one, term, Parts(values, wanted, shown[None]))


class Parts(NamedTuple):
    """A term by area (None: the city): as it is shown, as the log has it; and the city's row."""

    shown: Mapping[str | None, int | None]
    wanted: Mapping[str | None, int]
    city: Row


def add_up(found: Findings, one: AskedFigure, term: Term, parts: Parts) -> None:
    """Hold the city against its districts and what is tied to none, and tell all three."""
    by_area = [value for area, value in parts.shown.items() if area is not None]
    untied = (parts.wanted[None]) - sum(
        fen for area, fen in parts.wanted.items() if area is not None
    )
    city = parts.shown[None]
    if not city and not any(by_area):
        return
    row: dict[str, Any] = {"year": str(one.year), "city": city}
    if None in by_area or not by_area:
        row |= {"districts": None, "untied": city, "not_by_area": True}
    else:
        said = sum(value or 0 for value in by_area)
        row |= {"districts": said, "untied": untied}
        if city != said + untied:
            found.breach([], one.figure.id, f"the city is not its parts: {row}")
        beside = parts.city.get("untied", {}).get("value", 0)
        if term.role == "value" and beside != untied:
            detail = f"{one.year}: {beside} fen beside the districts, the log {untied}"
            found.breach([], one.figure.id, detail)
    more = {} if term.role == "value" else {"term": term.role, "unit": term.unit}
    found.note("figures", {"figure": one.figure.id, **more, **row})


def row_of(asked: CheckContext, one: AskedFigure, area: str | None) -> Row:
    """Ask for a figure as the year's page, or a district's, shows it."""
    which = FigureFilter(period=period(str(one.year)), area=area, untied=True)
    return figures.one(asked.connection, one.figure.id, one.moment, which) or {}


def lines_of(asked: CheckContext, told: FigureSums, one: AskedFigure, term: Term) -> Lines:
    """Return what the log says of a term in its period: by area and booked day."""
    last = date(one.year, 12, 31)
    since = period(str(one.year)).over(one.figure.span).since or date.min
    counts = counted_by(asked, one, term.source)
    lines: Lines = Counter()
    keepers: defaultdict[str, int] = defaultdict(int)
    for each, fen in told.sums.items():
        if since <= each.booked <= last and counts(each):
            if isinstance(term.source, EachKeeper):
                keepers[each.detail] += fen
            else:
                lines[each.area, each.booked] += fen
    if isinstance(term.source, EachKeeper):
        stated = told.standing(term.source.figure, f"{term.source.scope}:{one.year}")
        # Events of a keeper's own come before what it stated.
        told_of = {keeper: fen for keeper, fen in stated.items() if keepers[keeper] <= 0}
        for keeper, fen in (*keepers.items(), *told_of.items()):
            lines[area_of_keeper(asked, keeper), last] += fen
    return lines


def counted_by(asked: CheckContext, one: AskedFigure, source: object) -> Callable[[Told], bool]:
    """Return what tells whether something counts for a term."""
    if isinstance(source, Spent):
        return lambda told: (
            told.measure == "spent"
            and source.programme in {"", told.programme}
            and source.fund in {"", told.fund}
        )
    if isinstance(source, EachKeeper):
        return lambda told: told.measure == source.measure
    if not isinstance(source, FactCount):
        return lambda _: False
    detail = source.detail.format(year=one.year)
    funds = {source.fund}
    if source.of_bureau:
        where = {"kind": "fiscal", "keeper": BUREAU}
        funds = {*registers.opened(asked.connection, "funds", one.moment, where)}
    return lambda told: (
        told.measure == source.measure
        and source.programme in {"", told.programme}
        and (funds == {""} or told.fund in funds)
        and detail in {"", told.detail}
    )


def area_of_keeper(asked: CheckContext, keeper: str) -> str:
    """Return where a keeper is registered, nothing if it is in no register."""
    for topic, state in asked.connection.execute(KEEPER, (keeper,), binary=True):
        return str(getattr(decode(topic, state), "area", ""))
    return ""


def lies_in(places: Sequence[Places], area: str, booked: date) -> bool:
    """Tell whether an area is among some on the day when they are meant."""
    return any(holds(where, area, booked) for where in places)


def holds(where: Places, area: str, booked: date) -> bool:
    """Tell whether what was booked lies in some areas on the days when they are meant."""
    since, until = where.since or date.min, where.until or date.max
    return area in where.areas and since <= booked <= until
