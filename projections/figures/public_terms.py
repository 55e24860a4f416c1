"""Terms of figures as the open zone is told of them (公开口径): by months, years and districts.

Money to persons is what is published of it, month by month. Persons are counted by closed years, as
they were counted when the year was over. Both are told of the city and of its districts, and where
fewer than five stand behind, nobody is told whether there is any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from projections.disclosure import small_counts
from projections.disclosure.persons_behind import counted
from projections.disclosure.suppression import NO_DISTRICT, hidden_districts
from projections.figures.counted_persons import PERSONS_PAID, persons
from projections.figures.period import Span
from projections.figures.terms.basic import Amount, FactCount, Spent
from projections.figures.terms.in_force import InForce
from projections.figures.terms.statements import EachKeeper, StatedBefore
from projections.figures.year import told_by

if TYPE_CHECKING:
    from projections.accounts.published_accounts import PublishedLine
    from projections.core.block_sums import LinesQuery
    from projections.disclosure.persons_behind import Behind
    from projections.figures.definition import Definition, Term
    from projections.figures.query import FigureQuery
    from projections.figures.terms.basic import TermSource

CITY, DISTRICT = "city", "district"
NOTHING = Amount(None, 0)
# What others have published themselves, and rules.
PUBLIC_ALREADY = (StatedBefore, EachKeeper, InForce)


class TermTold(NamedTuple):
    """Where a term comes from, and what of it is told; withheld where too few stand behind it."""

    source: TermSource
    amount: Amount
    is_withheld: bool = False
    is_coarse: bool = False


class Where(NamedTuple):
    """Where a figure is asked for: an area and its level, and by the boundaries of which day."""

    area: str | None = None
    level: str = ""
    boundaries: date | None = None

    @property
    def is_city(self) -> bool:
        """Tell whether the whole city is meant."""
        return self.area is None or self.level == CITY

    @property
    def is_told(self) -> bool:
        """Tell whether persons are told of here: in the city, or in a district as it was."""
        return self.is_city or (self.level == DISTRICT and self.boundaries is None)


def told(figure: Definition, term: Term, query: FigureQuery, where: Where) -> TermTold:
    """Return what the open zone is told of a term."""
    if isinstance(term.source, Spent):
        return money(term.source, query, figure.span, where)
    source, amount = told_by(figure, term, query)
    if term.unit not in small_counts.PEOPLE or isinstance(source, PUBLIC_ALREADY):
        return TermTold(source, amount)
    amount, is_hidden = count(source, query, figure.span, where)
    if term.role == "numerator" and leaves_few(figure, amount, query, where):
        amount, is_hidden = NOTHING, True
    return TermTold(source, amount, is_hidden, is_coarse=True)


def leaves_few(figure: Definition, part: Amount, query: FigureQuery, where: Where) -> bool:
    """Tell whether few of those whom a ratio is of are not in its part: both are told."""
    whole = next((term for term in figure.terms if term.role == "denominator"), None)
    if whole is None or whole.unit not in small_counts.PEOPLE:
        return False
    source, _ = told_by(figure, whole, query)
    if isinstance(source, PUBLIC_ALREADY):
        return False
    amount, _ = count(source, query, figure.span, where)
    return small_counts.is_small((amount.value or 0) - (part.value or 0))


@dataclass(frozen=True, kw_only=True)
class PublishedSpent:
    """Money gone to recipients, to persons among them as it is published."""

    spent: Spent
    published: tuple[PublishedLine, ...]

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Sum what was booked in the period; no number of events, which would count payments."""
        to_others = self.spent.total(query, span)
        return Amount((to_others.value or 0) + sum(each.value for each in self.published), 0)

    def lines(self, query: FigureQuery, span: Span, /, *, apart: bool = True) -> LinesQuery:
        """Give each line on the accounts of what went to others."""
        return self.spent.lines(query, span, apart=apart)

    def months(self) -> dict[date, int]:
        """Return what is published for each month."""
        found: dict[date, int] = {}
        for each in self.published:
            found[each.month] = found.get(each.month, 0) + each.value
        return dict(sorted(found.items()))


def money(source: Spent, query: FigureQuery, span: Span, where: Where) -> TermTold:
    """Return what is told of money spent: withheld where of persons nothing is published."""
    mine = [each for each in query.personal if is_of(source, each)]
    if not mine:
        return TermTold(source, source.total(query, span))
    since, until = query.since(span), query.until.as_of
    lines = tuple(
        each
        for each in query.published
        if is_of(source, each.account)
        and (since is None or since <= each.month)
        and (until is None or each.month <= until)
        and (where.is_city or each.district == where.area)
    )
    spent = PublishedSpent(spent=source, published=lines)
    if not lines or not where.is_told:
        return TermTold(spent, NOTHING, is_withheld=True, is_coarse=True)
    return TermTold(spent, spent.total(query, span), is_coarse=True)


def untied(source: Spent, query: FigureQuery, span: Span) -> Amount:
    """Return what of published money is told of no district."""
    told_of = money(source, query, span, Where())
    lines = told_of.source.published if isinstance(told_of.source, PublishedSpent) else ()
    value = sum(each.value for each in lines if each.district == NO_DISTRICT)
    return Amount(value, 1 if value else 0)


def is_of(source: Spent, account: str) -> bool:
    """Tell whether an account is of the fund and the programme asked for."""
    _, fund, _, programme = account.split(":", 3)
    return (not source.fund or source.fund == fund) and (
        not source.programme or source.programme == programme
    )


def count(source: TermSource, query: FigureQuery, span: Span, where: Where) -> tuple[Amount, bool]:
    """Return a count of persons of a closed year, as it was when the year was over."""
    over = year_over(query, span)
    if over is None or not where.is_told:
        return NOTHING, True
    then = query.known_at(over)
    if is_of_unpublished(source, then, span, where):
        return NOTHING, True
    everywhere = source.total(then.everywhere, span)
    if where.is_city:
        many = persons(source, then.everywhere, span, everywhere)
        amount, is_hidden = everywhere, many < small_counts.THRESHOLD
    else:
        amount, is_hidden = of_district(source, then, span, str(where.area), everywhere)
    return (NOTHING, True) if is_hidden else (amount._replace(events=0), False)


def is_of_unpublished(source: TermSource, query: FigureQuery, span: Span, where: Where) -> bool:
    """Tell whether a count of persons who were paid goes with money of which nothing is told."""
    if not isinstance(source, FactCount) or source.measure != PERSONS_PAID:
        return False
    spent = Spent(programme=source.programme, fund=source.fund.removeprefix("fund:"))
    return money(spent, query, span, where).is_withheld


def of_district(
    source: TermSource, query: FigureQuery, span: Span, area: str, everywhere: Amount
) -> tuple[Amount, bool]:
    """Return a district's count, and whether it or what would tell of it is of too few."""
    part: dict[str, Behind] = {}
    amounts: dict[str, Amount] = {}
    for name, ranges in query.districts.items():
        there = query.elsewhere(ranges)
        amounts[name] = source.total(there, span)
        part[name] = counted(persons(source, there, span, amounts[name]))
    nowhere = (everywhere.value or 0) - sum(each.value or 0 for each in amounts.values())
    if nowhere > 0:
        part[NO_DISTRICT] = counted(nowhere)
    return amounts.get(area, NOTHING), area in hidden_districts(part) or area not in amounts


def year_over(query: FigureQuery, span: Span) -> int | None:
    """Return the position at which the year asked for was over; None if it is none, or is not."""
    last, since = query.until.as_of, query.since(span)
    if last is None or last != last.replace(month=12, day=31):
        return None
    if since is not None and since != last.replace(month=1, day=1):
        return None
    return next((each.position for each in query.steps if each.open_from > last), None)
