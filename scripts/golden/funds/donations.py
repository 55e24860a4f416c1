"""Gifts: thousands of donations to the federation and four districts, gathered the next day.

Six districts raise money: three are known by the events of this ledger, two by what they state, and
one by both (then its events count, and what it states is another number).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.benefits import people
from scripts.golden.bodies import organisations
from scripts.golden.kernel.chance import dice, shares
from scripts.golden.kernel.commands import FEDERATION, YEAR, Order, fen, order
from scripts.golden.office.officers import CLERK, FUNDRAISER, TREASURER_FUNDS, fundraiser
from scripts.golden.targets import FEDERATION_CASH, SYSTEM_CASH, WAN, YUAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from scripts.golden.kernel.agenda import Agenda
    from scripts.golden.kernel.chance import Ids

BY_EVENTS = ("luohu", "nanshan", "yantian")
BY_BOTH = "futian"
BY_STATEMENT = ("baoan", "longgang")
STATED_LESS = 130 * WAN
FEDERATION_GIFTS, DISTRICT_GIFTS = 2_600, 600
# Persons who give under their names, and registered bodies that do.
KNOWN_DONORS, GIVERS = 300, 400
GRAIN = 10 * YUAN
RECEIPTED = 5_000 * YUAN
REFUNDS, PLEDGES = 8, 12
NEW_YEAR, YEAR_END = date(YEAR, 1, 1), date(YEAR, 12, 31)
FEDERATION_FUNDS = (
    ("fund:federation", "general", 0.56),
    ("fund:federation", "students", 0.08),
    ("fund:named-sunrise", "general", 0.09),
    ("fund:named-harbour", "general", 0.09),
    ("fund:named-lychee", "general", 0.08),
    ("fund:migrant-care", "general", 0.10),
)
CAMPAIGNS = (("spring", 2, 3), ("summer", 6, 7), ("winter", 11, 12))


class Gift(NamedTuple):
    """A donation: into which fund, on which day, how much, from which kind of donor."""

    number: int
    day: date
    fund: str
    earmark: str
    amount: int
    donor: int
    # The body that gives, if it is one.
    body: str = ""

    @property
    def id(self) -> str:
        """Return the donation's id."""
        return f"donation:{YEAR}-{self.number:05}"

    @property
    def by(self) -> str:
        """Return who raised it."""
        district = self.fund.removeprefix("fund:charity-")
        return fundraiser(district) if district != self.fund else FUNDRAISER


class Raised(NamedTuple):
    """All gifts of the year by day, and what keepers state (by district)."""

    gifts: list[Gift]
    stated: dict[str, int]


def plan(seed: int) -> Raised:
    """Decide every gift such that each keeper raises what it raised."""
    chance = dice(seed, "donations")
    districts = (*BY_EVENTS, BY_BOTH, *BY_STATEMENT)
    weights = [chance.uniform(0.7, 1.3) for _ in districts]
    raised = shares(SYSTEM_CASH.value - FEDERATION_CASH.value, weights, WAN)
    of_district = dict(zip(districts, raised, strict=True))
    rows: list[tuple[date, str, str, int, int]] = []
    rows += given(chance, FEDERATION_FUNDS, FEDERATION_CASH.value, count=FEDERATION_GIFTS)
    for district in (*BY_EVENTS, BY_BOTH):
        funds = ((f"fund:charity-{district}", "general", 1.0),)
        rows += given(chance, funds, of_district[district], count=DISTRICT_GIFTS)
    rows.sort(key=lambda row: row[0])
    stated = {district: of_district[district] for district in BY_STATEMENT}
    stated[BY_BOTH] = of_district[BY_BOTH] - STATED_LESS
    givers = organisations.standing(seed)[-GIVERS:]
    gifts = [
        Gift(number, *row, body=givers[number % GIVERS].id)
        for number, row in enumerate(rows, start=1)
    ]
    return Raised(gifts, stated)


def given(
    chance: Random, funds: Sequence[tuple[str, str, float]], total: int, *, count: int
) -> Iterator[tuple[date, str, str, int, int]]:
    """Throw gifts: most are small, a few are most of the money; the last days bring many."""
    amounts = shares(total, [chance.lognormvariate(0, 1.5) for _ in range(count)], GRAIN)
    shares_ = [share for _, _, share in funds]
    for amount in amounts:
        fund, earmark, _ = chance.choices(funds, shares_)[0]
        day = NEW_YEAR + timedelta(days=int(364 * chance.random() ** 0.9))
        yield day, fund, earmark, amount, chance.randrange(10)


def plan_events(agenda: Agenda, ids: Ids, raised: Raised, *, late: dict[int, date]) -> None:
    """Note donors, campaigns, gifts and receipts."""
    agenda.add(NEW_YEAR, donors, ids)
    plan_campaigns(agenda)
    receipted = 0
    for gift in raised.gifts:
        agenda.add(gift.day, received, ids, gift, late.get(gift.number))
        if gift.amount >= RECEIPTED:
            receipted += 1
            agenda.add(min(gift.day + timedelta(days=2), YEAR_END), receipt, gift, receipted)


def plan_gathering(agenda: Agenda, raised: Raised) -> None:
    """Note, a day after the gifts, the gathering of each fund's earmark."""
    through: defaultdict[date, dict[tuple[str, str], None]] = defaultdict(dict)
    for gift in raised.gifts:
        through[gift.day][gift.fund, gift.earmark] = None
    for day, earmarks in through.items():
        if day < YEAR_END:
            agenda.add(day + timedelta(days=1), gathered, day, list(earmarks))


def plan_refunds(agenda: Agenda, raised: Raised) -> None:
    """Note the gifts of which a part is given back."""
    for gift in raised.gifts[100 : 100 + 40 * REFUNDS : 40]:
        agenda.add(gift.day + timedelta(days=9), refunded, gift)


def donors(ids: Ids) -> Iterator[Order]:
    """Register the persons who give under their names."""
    for number in range(KNOWN_DONORS):
        yield people.registered(ids, "donor", number, on=NEW_YEAR)


def received(ids: Ids, gift: Gift, booked: date | None) -> Iterator[Order]:
    """Take a gift: from nobody known, a body, or a person who may not wish to be named."""
    what: dict[str, object] = {
        "fund": gift.fund,
        "earmark": gift.earmark,
        "amount": fen(gift.amount),
        "name_shown": gift.donor in {3, 4, 5, 6, 8},
    }
    if gift.donor > 6:  # noqa: PLR2004 - three in ten are persons
        what["donor"] = ids.person("donor", gift.number % KNOWN_DONORS)
    elif gift.donor > 2:  # noqa: PLR2004 - four in ten are bodies
        what["donor"] = gift.body
    campaign = running(gift)
    if campaign:
        what["campaign"] = campaign
    pledged = gift.number % (len(FEDERATION_FUNDS) * 100) == 0 and booked is None
    if pledged and "donor" in what:
        yield order("donation.pledge", gift.id, pledge(what), by=gift.by, on=gift.day)
    yield order("donation.receive", gift.id, what, by=gift.by, on=gift.day, booked=booked)


def pledge(what: dict[str, object]) -> dict[str, object]:
    """Say what was promised before it came."""
    return {key: what[key] for key in what if key != "name_shown"}


def running(gift: Gift) -> str:
    """Name the campaign in which a gift to the federation falls."""
    if gift.fund == "fund:federation" and gift.earmark == "general":
        for key, start, end in CAMPAIGNS:
            if date(YEAR, start, 5) <= gift.day <= date(YEAR, end, 20):
                return f"campaign:{YEAR}-{key}"
    return ""


def gathered(through: date, earmarks: list[tuple[str, str]]) -> Iterator[Order]:
    """Take a day's gifts into the funds."""
    for fund, earmark in earmarks:
        what = {"earmark": earmark, "through": through.isoformat()}
        day = through + timedelta(days=1)
        yield order("fund.gather", fund, what, by=TREASURER_FUNDS, on=day)


def receipt(gift: Gift, number: int) -> Iterator[Order]:
    """Write a receipt for a large gift."""
    what = {"number": f"SZ{YEAR}{number:06}"}
    day = min(gift.day + timedelta(days=2), YEAR_END)
    yield order("donation.receipt", gift.id, what, by=gift.by, on=day)


def refunded(gift: Gift) -> Iterator[Order]:
    """Propose to give a part back."""
    amount = max(gift.amount // 2 // YUAN * YUAN, YUAN)
    day = gift.day + timedelta(days=9)
    what = {"amount": fen(amount)}
    paper = f"退款申请书 {gift.id.partition(':')[2]}"
    yield order(
        "donation.refund",
        gift.id,
        what,
        by=gift.by,
        on=day,
        reason="重复汇款退还",
        evidence=paper,
    )


def plan_campaigns(agenda: Agenda) -> None:
    """Note the federation's campaigns: filed in time, started, ended."""
    for key, start, end in CAMPAIGNS:
        first, last = date(YEAR, start, 5), date(YEAR, end, 20)
        agenda.add(first - timedelta(days=20), filed, key, first, last)
        agenda.add(first, campaign, key, "start", first)
        agenda.add(last + timedelta(days=1), campaign, key, "end", last + timedelta(days=1))


def filed(key: str, first: date, last: date) -> Iterator[Order]:
    """File a campaign's plan."""
    what = {
        "title": f"{YEAR}年慈善募捐（{key}）",
        "permit": f"募备{YEAR}-{key}",
        "fund": "fund:federation",
        "starts": first.isoformat(),
        "ends": last.isoformat(),
        "goal": fen(500 * WAN),
    }
    day = first - timedelta(days=20)
    paper = f"{YEAR}年慈善募捐方案（{key}）"
    yield order(
        "campaign.file", f"campaign:{YEAR}-{key}", what, by=FUNDRAISER, on=day, evidence=paper
    )


def campaign(key: str, verb: str, day: date) -> Iterator[Order]:
    """Start or end a campaign."""
    yield order(f"campaign.{verb}", f"campaign:{YEAR}-{key}", {}, by=FUNDRAISER, on=day)


def keeper(fund: str) -> str:
    """Return who keeps a charity fund."""
    district = fund.removeprefix("fund:charity-")
    return f"organisation:charity-{district}" if district != fund else FEDERATION


def stated(amounts: dict[str, int]) -> Iterator[Order]:
    """Record what three keepers state of their own gifts."""
    for district, amount in amounts.items():
        what = {
            "figure": "system.cash",
            "keeper": keeper(f"fund:charity-{district}"),
            "value": fen(amount),
            "qualifier": "exact",
            "scope": "system",
            "period": str(YEAR),
            "source": f"{YEAR}年慈善募捐统计表",
            "published_on": YEAR_END.isoformat(),
        }
        subject = f"statement:system-cash-{YEAR}-{district}"
        yield order("statement.record", subject, what, by=CLERK, on=YEAR_END)
