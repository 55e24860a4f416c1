"""Stories of schemes and households: a small city in which benefits are granted and paid."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from domain.benefits.schemes import Rate
from domain.kernel.months import moved
from domain.payments.pay_runs import PayRun
from tests.domain.benefits.roll_fold import with_rolls
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act, with_fund

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.facts import Fact
    from tests.domain.in_memory_unit import Sent

EVE = date(2006, 1, 1)
CITY, DISTRICT, COMMUNITY = "area:city", "area:east", "area:east-1"
FUND = "fund:aid"
LAW = "市政府令第1号"
SCHEME, MONTH = "scheme:x", "2007-03"
RUN = "pay-run:x:2007-03"
PERSON = "person:1"


def a_city(holding: int = 10**12) -> InMemoryLedger:
    """Return books with a city of three areas and a fund; rolls are drawn from the events."""
    books = with_rolls(with_fund(InMemoryLedger(), FUND, holding=holding))
    above: str | None = None
    for area, level in ((CITY, "city"), (DISTRICT, "district"), (COMMUNITY, "community")):
        books.send(
            "area.open", area, an_act("approver-1", EVE), title=area, level=level, parent=above
        )
        above = area
    return books


def rate(tier: str, amount: int, from_: str = "2006-01-01", area: str | None = None) -> Rate:
    """Return a dated rate."""
    return Rate(area=area, tier=tier, from_=date.fromisoformat(from_), amount=amount, authority=LAW)


def adopt(books: InMemoryLedger, scheme: str, *rates: Rate, on: date = EVE, **more: Any) -> str:
    """Adopt a scheme: monthly, per person, flat, unless told otherwise; return its id."""
    what: dict[str, Any] = {
        "title": "补助",
        "programme": scheme.partition(":")[2],
        "purpose": "aid-poor",
        "per": "person",
        "pays": "monthly",
        "formula": "flat",
        "rates": rates,
    }
    books.send("scheme.adopt", scheme, an_act("approver-1", on), **(what | more))
    return scheme


def register(books: InMemoryLedger, *persons: str) -> None:
    """Register persons."""
    for person in persons:
        books.send("person.register", person, an_act("clerk-1", EVE))


def household(books: InMemoryLedger, name: str, size: int, on: date = EVE) -> str:
    """Form a household of so many newly registered persons; return its id."""
    members = tuple(f"person:{name}-{nth}" for nth in range(1, size + 1))
    register(books, *members)
    home = f"household:{name}"
    act = an_act("clerk-1", on)
    books.send("household.form", home, act, members=members, area=COMMUNITY)
    return home


def bring_in(books: InMemoryLedger, scheme: str, holder: str, tier: str = "a", **more: Any) -> str:
    """Bring an entitlement in, from 2006 on unless told otherwise; return its id."""
    entitlement = f"entitlement:{scheme.partition(':')[2]}-{holder.partition(':')[2]}"
    what: dict[str, Any] = {"area": COMMUNITY, "from_": EVE, "tier": tier}
    books.send(
        "entitlement.bring-in",
        entitlement,
        an_act("clerk-1", EVE),
        scheme=scheme,
        holder=holder,
        **(what | more),
    )
    return entitlement


def assess(books: InMemoryLedger, entitlement: str, income: int, on: date = EVE) -> None:
    """Assess an income."""
    act = an_act("clerk-1", on)
    books.send("entitlement.assess", entitlement, act, income=income, eligible=True)


def crowd(books: InMemoryLedger, scheme: str, number: int, tier: str = "a") -> list[str]:
    """Bring in so many persons; return their entitlements."""
    persons = [f"person:{scheme.partition(':')[2]}-{nth:03d}" for nth in range(number)]
    register(books, *persons)
    return [bring_in(books, scheme, person, tier) for person in persons]


def first_of(month: str) -> date:
    """Return the first day of a month."""
    return date.fromisoformat(f"{month}-01")


def mid(month: str) -> date:
    """Return a day in the middle of a month, on which its run is drawn up and released."""
    return first_of(month).replace(day=15)


def draw_up(books: InMemoryLedger, scheme: str, month: str, suffix: str = "", **more: Any) -> Sent:
    """Draw a run up; the run is `pay-run:<scheme>:<month><suffix>`."""
    what: dict[str, Any] = {"scheme": scheme, "month": month, "fund": FUND, "earmark": "general"}
    act = an_act("clerk-1", mid(month))
    return books.send("pay-run.draw-up", run_of(scheme, month, suffix), act, **(what | more))


def approve(books: InMemoryLedger, scheme: str, month: str, suffix: str = "") -> Sent:
    """Draw a run up, review it and approve it; return what draw-up answered."""
    run = run_of(scheme, month, suffix)
    sent = draw_up(books, scheme, month, suffix)
    digest = sent.answer["digest"]
    books.send("pay-run.review", run, an_act("reviewer-1", mid(month)), digest=digest)
    books.send("pay-run.approve", run, an_act("approver-1", mid(month)), digest=digest)
    return sent


def release(books: InMemoryLedger, run: str, month: str) -> Sent:
    """Release a run."""
    return books.send("pay-run.release", run, an_act("treasurer-1", mid(month)))


def pay(books: InMemoryLedger, scheme: str, month: str, suffix: str = "") -> list[str]:
    """Take a run from the roll to the payments; return their ids."""
    approve(books, scheme, month, suffix)
    sent = release(books, run_of(scheme, month, suffix), month)
    return [event.originator_id for event in sent.events if event.TOPIC == "payment.made"]


def settle(books: InMemoryLedger, run: str, month: str, returned: Sequence[Any] = ()) -> Sent:
    """Settle a run with what the bank returned."""
    act = an_act("treasurer-1", first_of(moved(month, 1)))
    return books.send("pay-run.settle", run, act, bank_ref="回盘-1", returned=tuple(returned))


def run_of(scheme: str, month: str, suffix: str = "") -> str:
    """Return the id of a scheme's run for a month."""
    return f"pay-run:{scheme.partition(':')[2]}:{month}{suffix}"


def lines_of(books: InMemoryLedger, scheme: str, month: str) -> dict[str, int]:
    """Return what the roll of a month gives to each holder who may be paid now."""
    assert books.on_roll is not None
    drawn = books.on_roll(scheme, month, len(books.stored))
    return {line.holder: line.amount for line in drawn if not line.stopped}


def a_crowd(number: int, holding: int = 10**12) -> tuple[InMemoryLedger, list[str]]:
    """Return books with so many entitled persons, and their entitlements."""
    books = a_city(holding)
    adopt(books, SCHEME, rate("a", 300))
    return books, crowd(books, SCHEME, number)


def stop(books: InMemoryLedger, entitlement: str, month: str = MONTH) -> None:
    """Stop an entitlement from a month on."""
    what = {"reason": "迁出", "from_": first_of(month)}
    books.send("entitlement.stop", entitlement, an_act("clerk-1", mid(MONTH)), **what)


def the_run(books: InMemoryLedger, run: str = RUN) -> PayRun:
    """Return the run as it stands."""
    return books.load(PayRun, run)


def committed(books: InMemoryLedger, run: str = RUN) -> int:
    """Return what is still committed to a run."""
    return books.balances[f"committed:aid:general:{run}"]


def a_scheme(**more: Any) -> InMemoryLedger:
    """Return books with a flat scheme `scheme:x` of one tier, and a person."""
    books = a_city()
    adopt(books, "scheme:x", rate("a", 300), **more)
    register(books, PERSON)
    return books


def facts_of(books: InMemoryLedger) -> list[Fact]:
    """Return everything that was counted."""
    return [fact for event in books.all() for fact in event.facts() if fact.measure != "rate"]


def in_payment(books: InMemoryLedger) -> int:
    """Return how many entitlements are in payment, as the figures count."""
    return sum(fact.value for fact in facts_of(books) if fact.measure == "entitlements")
