"""The golden year as arrays of commands: it yields what it sends and is sent the receipts."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from scripts.golden.benefits import bed_subsidy, insurance, relief, schemes
from scripts.golden.benefits.entitlements import Households, Register
from scripts.golden.bodies import veterans
from scripts.golden.funds import donations, funds, lottery
from scripts.golden.grants import grant_orders
from scripts.golden.kernel.agenda import Agenda
from scripts.golden.kernel.chance import Ids
from scripts.golden.kernel.commands import EVE, YEAR, Order, Receipt
from scripts.golden.kernel.corrections import Corrections
from scripts.golden.office import officers, publications
from scripts.golden.payments import arrears, recoveries
from scripts.golden.payments.pay_runs import MONTHS, Returns, Runs
from scripts.golden.plan import SUBSIDY, Plan, plan
from scripts.golden.registers import areas, rules
from scripts.golden.registers import registers as plain_registers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

MOST = 1_000
FIRST_DAY, LAST_DAY = officers.SINCE, date(YEAR, 12, 31)


def commands(
    seed: int, scale: float, catalogue: Mapping[str, dict[str, Any]] | None = None
) -> Generator[list[Order], list[Receipt], None]:
    """Tell the year day by day; the receipts of an array are sent back before the next."""
    year = Year(plan(seed, scale, catalogue or schemes.read_all()), Ids(seed))
    for array in year.arrays():
        receipts = yield array
        year.hear(array, receipts)
        confirmations = [
            officers.confirmed(one, receipt["proposed"])
            for one, receipt in zip(array, receipts, strict=True)
            if "proposed" in receipt
        ]
        if confirmations:
            yield confirmations


class Year:
    """Keeps the calendar of all topics and what the receipts told."""

    def __init__(self, decided: Plan, ids: Ids) -> None:
        """Put everything on the calendar; the phases of a day keep what depends apart."""
        self.plan, self.ids = decided, ids
        self.corrected, self.gathered, self.refunded = Agenda(), Agenda(), Agenda()
        # What asks who is stopped comes after the stops of its day are stored.
        self.told, self.paid_again = Agenda(), Agenda()
        self.corrections = Corrections(decided.seed, self.told, self.corrected)
        self.returns = Returns(ids)
        months = MONTHS | {insurance.SCHEME: insurance.months(decided.dibao.claims)}
        paid = {scheme: decided.fund_of(scheme) for scheme in months}
        self.runs = Runs(paid, self.returns, months)
        self.registers: list[tuple[Register[Any], Iterable[Any]]] = []
        self.plan_funds()
        self.plan_entitlements()
        self.plan_gifts()
        self.plan_projects()
        plain_registers.plan_events(self.told, self.ids, decided)
        self.returns.plan_events(self.paid_again)

    def plan_funds(self) -> None:
        """Put the funds, the areas and the lottery on the calendar."""
        funds.plan_events(self.told, self.plan.needs(), self.plan.subsidies())
        self.corrections.plan_allotments()
        wrong = self.corrections.wrong_sales()
        lottery.plan_events(self.told, self.plan.seed, wrong)

    def plan_entitlements(self) -> None:
        """Put the claims, their returned payments and their recoveries on the calendar."""
        decided = self.plan.dibao
        households = self.households = Households("dibao", self.ids, decided.rates)
        insurance.plan_events(self.told, households, decided.claims)
        self.registers.append((households, decided.claims))
        owed = recoveries.Recoveries(self.ids)
        owed.concealed(households, decided)
        for scheme, planned in self.plan.flat_rates.items():
            known = veterans.SelfEmployed if scheme == veterans.REGISTER else Register
            self.registers.append((known(scheme, self.ids, planned.rates), planned.claims))
        for register, claims in self.registers:
            register.plan_events(self.told, claims)
            self.returns.take(register, claims)
            owed.late(register, claims)
        for number, (month, fate) in decided.subsidy_fates.items():
            holder = households.member(decided.claims[number], 0)
            self.returns.note(SUBSIDY, month, holder, fate=fate)
        owed.plan_events(self.told)
        fund = self.plan.fund_of("dibao")
        recoveries.plan_supplements(self.paid_again, households, decided, fund=fund)
        relief.plan_events(self.told, self.ids, self.plan.relief)

    def plan_gifts(self) -> None:
        """Put the gifts, their gathering and their corrections on the calendar."""
        raised = self.plan.raised
        late = self.corrections.late_gifts(raised.gifts)
        donations.plan_events(self.told, self.ids, raised, late=late)
        donations.plan_gathering(self.gathered, raised)
        donations.plan_refunds(self.refunded, raised)
        self.corrections.plan_gifts(self.ids)

    def plan_projects(self) -> None:
        """Put the grants on the calendar."""
        planned = self.plan.grants
        late = self.corrections.late_accounts(planned.grants)
        grant_orders.plan_events(self.told, planned, late)
        self.corrections.plan_accounts(planned.grants)

    def arrays(self) -> Iterator[list[Order]]:
        """Return the arrays of the year in order."""
        day = FIRST_DAY
        while day <= LAST_DAY:
            for phase in (self.corrected, self.gathered, self.refunded):
                yield from arrayed(phase.told(day))
            yield from arrayed(self.on(day))
            yield from arrayed(self.paid_again.told(day))
            yield from (array for array in self.runs.arrays(day) if array)
            homes = self.plan.fund_of(bed_subsidy.SCHEME)
            yield from arrears.arrays(day, homes, self.runs.digests)
            day += timedelta(days=1)
        yield [publications.published()]

    def on(self, day: date) -> Iterator[Order]:
        """Tell a day: what everything rests on first, then the calendar."""
        if day == officers.SINCE:
            yield from officers.granted()
            yield from areas.opened()
        yield from areas.changes(day)
        if day == EVE:
            yield from rules.enacted()
            yield from rules.stated(self.plan.seed)
        yield from schemes.adopted({n: r.what for n, r in self.plan.rates.items()}, self.ids, day)
        if day == EVE:
            yield from self.stock()
        yield from self.told.told(day)
        if day == LAST_DAY:
            yield from donations.stated(self.plan.raised.stated)

    def stock(self) -> Iterator[Order]:
        """Bring in who was entitled before the year."""
        for register, claims in self.registers:
            for claim in claims:
                if claim.stock:
                    yield from register.brought_in(claim)
        for claim in self.plan.dibao.claims:
            yield from insurance.brought_in(self.households, claim)

    def hear(self, array: list[Order], receipts: list[Receipt]) -> None:
        """Learn the digests of runs and the positions of mistakes."""
        for one, receipt in zip(array, receipts, strict=True):
            if one["command"] == "pay-run.draw-up":
                self.runs.digests[one["subject"]] = receipt["digest"]
            elif one["subject"] in self.corrections.subjects:
                self.corrections.hear(one, position_of(receipt, one["subject"]))


def arrayed(orders: Iterable[Order]) -> Iterator[list[Order]]:
    """Group commands into arrays as large as the door takes."""
    waiting = iter(orders)
    while array := list(islice(waiting, MOST)):
        yield array


def position_of(receipt: Receipt, subject: str) -> int:
    """Return the position of the subject's own event in a receipt."""
    return int(next(e["position"] for e in receipt["events"] if e["subject"] == subject))
