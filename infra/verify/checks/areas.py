"""The check that parts add up: money spent, by programme, district and year, in every place.

It folds the log once more by its own rules: what is undone counts where it was done. The accounts
by area, the figures of the city and of each district, and the statements of funds are held against
that fold.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from domain import decode
from domain.benefits.relief_case_events import ReliefOverpaid
from domain.kernel.accounts import parse
from domain.kernel.reversals import Reversal
from domain.payments.payment_events import PaymentOverpaid
from domain.payments.recoveries import RecoveryEstablished
from infra.verify.check import CheckContext, Findings, QueryCheck
from infra.verify.checks.run_sums import RunSums, add_to_run, compare_runs
from projections import figures, registers
from projections.accounts import balances, fund_statement, turnover
from projections.core import view
from projections.core.view import Moment
from projections.figures import FigureFilter, period
from projections.figures.period import Span
from projections.figures.terms.basic import Spent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.kernel.aggregate import Event
    from projections.core.place_filter import Places
    from projections.core.view import Row

SENTENCE = (
    "For every figure of money, programme, district and year, the city is its districts and what"
    " is tied to none; the year's page, the funds' statements, the turnover and the accounts say"
    " the same, and each pay run's numbers are its payments as they stand."
)
VIEWS = ("journal", "balances", "facts", "registers")
LOG = """SELECT notification_id, topic, state FROM ledger.events
    WHERE notification_id <= %s ORDER BY notification_id"""
# The first event of a subject tells where it is.
FIRST = """SELECT topic, state FROM ledger.events
    WHERE originator_id = %s COLLATE "C" AND originator_version = 1"""
FOLLOWED = ("payment", "grant", "relief")


class Spending(NamedTuple):
    """What was spent: of which fund and programme, in which area, on which booked day."""

    fund: str
    programme: str
    area: str
    booked: date


Sums = Counter[Spending]


def ask(asked: CheckContext) -> Findings:
    """Fold what was spent, and ask the views for the same."""
    found = Findings()
    reached = view.position(asked.connection, *VIEWS)
    sums, runs = folded(asked, reached)
    found.examined = len(sums)
    moment = Moment(reached)
    compare_accounts(asked, found, sums, moment)
    compare_turnover(asked, found, sums, moment)
    compare_runs(asked, found, runs, moment)
    for year in sorted({each.booked.year for each in sums}):
        of_year = Sums({each: fen for each, fen in sums.items() if each.booked.year == year})
        compare_funds(asked, found, of_year, moment)
        compare_figures(asked, found, of_year, moment)
    return found


def folded(asked: CheckContext, reached: int) -> tuple[Sums, RunSums]:
    """Sum what the log says was spent, and what of each run was paid and came back."""
    sums, runs = Sums(), RunSums()
    for _, topic, state in asked.rows("log", LOG, (reached,)):
        event = decode(topic, state)
        for spending, fen in spent_by(asked, event):
            sums[spending] += fen
        add_to_run(runs, event)
    return sums, runs


def spent_by(asked: CheckContext, event: Event) -> Iterator[tuple[Spending, int]]:
    """Give what an event adds to what was spent."""
    booked = event.act.booked
    if isinstance(event, PaymentOverpaid | ReliefOverpaid):
        # A recovery takes from each payment what the payment's own event says.
        paid: Any = first(asked, event.originator_id)
        fund = paid.fund.partition(":")[2]
        yield Spending(fund, paid.programme, paid.area or "", booked), -event.amount
        return
    if isinstance(event, RecoveryEstablished):
        return
    for line in event.postings():
        account = parse(line.account)
        if account.class_ == "spent" and line.unit == "fen":
            area = area_of(asked, event)
            yield Spending(account.fund, account.programme, area, booked), line.value


def area_of(asked: CheckContext, event: Event) -> str:
    """Return where money counts: where its event says, else where its subject is."""
    told = event.event() if isinstance(event, Reversal) else event
    named = getattr(told, "area", None)
    # What a fund receives back counts where what gives it back was.
    subject = getattr(told, "cause", "") or event.originator_id
    if named is None and subject.partition(":")[0] in FOLLOWED:
        named = getattr(first(asked, subject), "area", None)
    return named or ""


def first(asked: CheckContext, subject: str) -> Event:
    """Return the first event of a subject."""
    ((topic, state),) = asked.connection.execute(FIRST, (subject,), binary=True).fetchall()
    return decode(topic, state)


def compare_accounts(asked: CheckContext, found: Findings, sums: Sums, moment: Moment) -> None:
    """Hold the accounts by area against the fold."""
    lines = balances.CELLS.by_place(moment)
    rows = asked.connection.execute(
        f"""SELECT fund, programme, area, booked, sum(value) FROM ({lines.sql}) lines
            JOIN views.{balances.CELLS.series.table} s ON s.id = series
            JOIN views.{balances.CELLS.places.table} p ON p.id = place
            WHERE class = 'spent' AND unit = 'fen' GROUP BY 1, 2, 3, 4""".encode(),
        lines.given,
    )
    shown = Sums({Spending(*row[:4]): row[4] for row in rows})
    for each in sorted({*shown, *sums}):
        if shown[each] != sums[each]:
            detail = f"{each.programme} in {each.area or 'no area'} on {each.booked}:"
            detail += f" {shown[each]} fen by area, the log {sums[each]}"
            found.breach([], f"fund:{each.fund}", detail)


def compare_funds(asked: CheckContext, found: Findings, sums: Sums, moment: Moment) -> None:
    """Hold the statements of the funds for a year against the fold."""
    (year,) = {each.booked.year for each in sums}
    first, last = date(year, 1, 1), date(year, 12, 31)
    wanted: Counter[tuple[str, str]] = Counter()
    for each, fen in sums.items():
        wanted[f"fund:{each.fund}", each.programme] += fen
    statements = fund_statement.statements(asked.connection, moment, from_=first, to=last)
    said = {
        (fund, row["programme"]): row["value"]
        for fund, statement in statements.items()
        for row in statement["out"]
        if row.get("stage") == "spent"
    }
    for fund, programme in sorted({*wanted, *said}):
        shown, told = said.get((fund, programme), 0), wanted[fund, programme]
        if shown != told:
            detail = f"{programme} in {year}: {shown} fen on the fund's page, the log {told}"
            found.breach([], fund, detail)


def compare_turnover(asked: CheckContext, found: Findings, sums: Sums, moment: Moment) -> None:
    """Hold the net of what went out, by fund, programme and year, against the fold."""
    wanted: Counter[tuple[str, str, str]] = Counter()
    for each, fen in sums.items():
        wanted[f"fund:{each.fund}", each.programme, str(each.booked.year)] += fen
    said = Counter(
        {
            (row["fund"], row["programme"], row["year"]): row["net"]
            for row in turnover.turnover(asked.connection, moment)
            if row["part"] == "out"
        }
    )
    for key in sorted({*wanted, *said}):
        fund, programme, year = key
        if said[key] != wanted[key]:
            detail = (
                f"{programme} in {year}: {said[key]} fen net of turnover, the log {wanted[key]}"
            )
            found.breach([], fund, detail)


def compare_figures(asked: CheckContext, found: Findings, sums: Sums, moment: Moment) -> None:
    """Hold the figures of what was spent in a year, of the city and each district, against it."""
    districts = registers.opened(asked.connection, "areas", moment, {"level": "district"})
    for figure in figures.FIGURES:
        source = figure.terms[0].source
        if len(figure.terms) > 1 or figure.span is not Span.PERIOD or not isinstance(source, Spent):
            continue
        of_figure = Sums(
            {
                each: fen
                for each, fen in sums.items()
                if source.programme in {"", each.programme} and source.fund in {"", each.fund}
            }
        )
        shown = {
            area: compare_figure(asked, found, of_figure, FigureOf(figure.id, area, moment))
            for area in (None, *districts)
        }
        add_up(found, figure.id, shown)


class FigureOf(NamedTuple):
    """A figure, asked of an area or of the city at a moment."""

    figure: str
    area: str | None
    moment: Moment


def compare_figure(
    asked: CheckContext, found: Findings, sums: Sums, one: FigureOf
) -> dict[int, Row]:
    """Hold one figure of one area against the fold of a year; return it as it is shown."""
    shown = {}
    for year in {each.booked.year for each in sums}:
        found.examined += 1
        which = FigureFilter(period=period(str(year)), area=one.area, untied=True)
        row = figures.one(asked.connection, one.figure, one.moment, which) or {}
        shown[year] = row
        inside = figures.places(asked.connection, one.moment, [one.area]) if one.area else None
        wanted = sum(
            fen
            for each, fen in sums.items()
            if inside is None or any(holds(where, each) for where in inside)
        )
        # What cannot be told by area is told of none.
        if row.get("value") != (None if row.get("not_by_area") else wanted):
            said = f"{year}, {one.area or 'the city'}: {row.get('value')} fen, the log {wanted}"
            found.breach([], one.figure, said)
    return shown


def add_up(found: Findings, figure: str, shown: Mapping[str | None, Mapping[int, Row]]) -> None:
    """Hold the city against its districts and what is tied to none, and tell all three."""
    for year, city in shown[None].items():
        parts = [rows[year]["value"] for area, rows in shown.items() if area is not None]
        if not parts or None in parts:
            continue
        untied = city.get("untied", {}).get("value", 0)
        row = {"year": str(year), "city": city["value"], "districts": sum(parts), "untied": untied}
        found.note("figures", {"figure": figure, **row})
        if city["value"] != sum(parts) + untied:
            found.breach([], figure, f"the city is not its parts: {row}")


def holds(where: Places, each: Spending) -> bool:
    """Tell whether what was spent lies in some areas on the days when they are meant."""
    since, until = where.since or date.min, where.until or date.max
    return each.area in where.areas and since <= each.booked <= until


QUESTION = QueryCheck("totals-agree", SENTENCE, ask)
