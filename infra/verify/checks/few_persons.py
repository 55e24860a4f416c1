"""The check of the rule of five: what is public of money to persons rests on enough of them.

It folds the log by its own rules for whom each account, month and area has money, and holds against
that what the open zone is told: accounts, districts, months, and pay runs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain import decode
from domain.benefits.relief_case_events import ReliefPaid
from domain.payments.pay_run_events import PayRunDrawnUp
from domain.payments.payment_events import PaymentMade
from infra.verify.check import CheckContext, Findings, QueryCheck
from projections import figures, registers
from projections.core import view
from projections.core.view import Moment
from projections.disclosure.clearance import is_withheld
from projections.disclosure.suppression import NO_DISTRICT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.kernel.aggregate import Event
    from projections.accounts.published_accounts import PublishedLine

SENTENCE = (
    "What the public is told of money to persons rests on at least five of them: each account,"
    " month and district, and each number of a pay run; of a run of fewer there is no word."
)
FIVE = 5
VIEWS = ("balances", "registers")
# The kinds of subjects whose events move money to persons.
MOVING = ["pay-run", "payment", "recovery", "relief"]
LOG = """SELECT notification_id, topic, state FROM ledger.events
    WHERE notification_id <= %s AND split_part(originator_id, ':', 1) = ANY (%s)
    ORDER BY notification_id"""
PERSONAL_ACCOUNTS = "SELECT account FROM views.balance_personal"


class PaidPlace(NamedTuple):
    """Where money to persons was booked."""

    account: str
    month: date
    area: str


@dataclass
class PaidPersons:
    """For whom money was booked, and which runs were drawn up: all that the log says."""

    # By place, the payments of each scheme and month, and persons of relief: they are different.
    of: defaultdict[PaidPlace, defaultdict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    # The first event of each account.
    begun: dict[str, int] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    helped: dict[str, str] = field(default_factory=dict)
    # By run: where it was drawn up, for how many lines, and how many it paid.
    drawn: dict[str, tuple[int, int]] = field(default_factory=dict)
    lines: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def see(self, position: int, event: Event) -> None:
        """Take an event in."""
        subject = event.originator_id
        if isinstance(event, PayRunDrawnUp):
            self.drawn[subject] = position, event.count
        if isinstance(event, PaymentMade) and not (event.completes or event.redirects):
            self.lines[event.run] += 1
        if area := getattr(event, "area", None):
            self.areas[subject] = area
        if isinstance(event, ReliefPaid):
            self.helped[subject] = event.person
        for line in event.postings():
            if line.account.startswith("spent:") and line.unit == "fen":
                self.begun.setdefault(line.account, position)
                month = event.act.booked.replace(day=1)
                place = PaidPlace(line.account, month, self.areas.get(subject, ""))
                turn, name = self.payee(event)
                self.of[place][turn].add(name)

    def payee(self, event: Event) -> tuple[str, str]:
        """Return whom an event is for: a name that is somebody's own within what it names."""
        subject = event.originator_id
        first = getattr(event, "completes", "") or getattr(event, "redirects", "") or subject
        kind, _, _ = first.partition(":")
        turn = first.rpartition(":")[0] if kind == "payment" else kind
        return turn, self.helped.get(first, first)

    def persons(self, places: Iterable[PaidPlace]) -> int:
        """Return how many persons at least have money in some places."""
        turns: defaultdict[str, set[str]] = defaultdict(set)
        for place in places:
            for turn, names in self.of[place].items():
                turns[turn] |= names
        return max(map(len, turns.values()), default=0)


def ask(asked: CheckContext) -> Findings:
    """Fold for whom money was booked, and hold against it what is public."""
    found = Findings()
    reached = view.position(asked.connection, *VIEWS)
    paid = PaidPersons()
    for position, topic, state in asked.rows("log", LOG, (reached, MOVING)):
        paid.see(position, decode(topic, state))
    look_at_accounts(asked, found, paid)
    look_at_months(asked, found, paid, Moment(reached))
    look_at_runs(asked, found, paid, Moment(reached))
    return found


def look_at_accounts(asked: CheckContext, found: Findings, paid: PaidPersons) -> None:
    """Find accounts on which persons' money lies and that are told as a body's are."""
    known = {account for (account,) in asked.connection.execute(PERSONAL_ACCOUNTS).fetchall()}
    for account, position in paid.begun.items():
        found.examined += 1
        if account not in known:
            found.breach([position], account, "money to persons is told to the day and position")


def look_at_months(asked: CheckContext, found: Findings, paid: PaidPersons, moment: Moment) -> None:
    """Find what is told of an account, in months and perhaps a district, and rests on few."""
    areas = {
        name: {area for each in figures.places(asked.connection, moment, [name])
               for area in each.areas}
        for name in registers.opened(asked.connection, "areas", moment, {"level": "district"})
    }  # fmt: skip
    places: defaultdict[str, list[PaidPlace]] = defaultdict(list)
    for place in paid.of:
        places[place.account].append(place)
    for told, since in spans(figures.published_money(asked.connection, moment)):
        found.examined += 1
        many = paid.persons(
            place
            for place in places[told.account]
            if since < place.month <= told.month
            and (told.district == NO_DISTRICT or place.area in areas[told.district])
        )
        if 0 < many < FIVE:
            where = told.district or "the city"
            said = f"{told.value} fen until {told.month} in {where} rest on {many} persons"
            found.breach([], told.account, said)


def spans(lines: Iterable[PublishedLine]) -> Iterator[tuple[PublishedLine, date]]:
    """Give what is told with the month up to which its account was told of before that year."""
    of_account: defaultdict[tuple[str, int], list[PublishedLine]] = defaultdict(list)
    for line in lines:
        of_account[line.account, line.month.year].append(line)
    for (_, year), mine in of_account.items():
        months = sorted({line.month for line in mine})
        before = dict(zip(months, [date(year - 1, 12, 31), *months], strict=False))
        yield from ((line, before[line.month]) for line in mine)


def look_at_runs(asked: CheckContext, found: Findings, paid: PaidPersons, moment: Moment) -> None:
    """Find runs of few that are in a public list, and numbers of runs that rest on few."""
    rows = list(registers.rows(asked.connection, "pay-runs", moment, where={}))
    shown = [row for row in rows if not is_withheld(row)]
    numbers = figures.run_numbers(asked.connection, moment, shown)
    for row, told in zip(shown, numbers, strict=True):
        found.examined += 1
        run = str(row["id"])
        position, count = paid.drawn[run]
        if count < FIVE:
            found.breach([position], run, f"a run of {count} lines is in a public list")
        elif told["paid"]["value"] and paid.lines[run] < FIVE:
            found.breach([position], run, f"it tells what {paid.lines[run]} payments were")


QUESTION = QueryCheck("few-persons", SENTENCE, ask)
