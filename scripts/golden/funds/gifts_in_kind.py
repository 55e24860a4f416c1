"""Gifts in kind: clothing by the piece, given, issued, sold and valued; and donated services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from scripts.golden.funds.donations import BY_BOTH, BY_EVENTS, BY_STATEMENT, keeper
from scripts.golden.kernel.chance import dice, shares
from scripts.golden.kernel.commands import YEAR, Order, fen, order
from scripts.golden.office.officers import CLERK, FUNDRAISER, TREASURER_FUNDS, fundraiser
from scripts.golden.targets import CLOTHING, WAN, YUAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.kernel.agenda import Agenda

KIND, UNIT = "clothing", "item:clothing"
FUNDS = ("fund:federation", *(f"fund:charity-{district}" for district in (*BY_EVENTS, BY_BOTH)))
STATING = BY_STATEMENT[-1]
GIFTS_EACH = 40
YEAR_END = date(YEAR, 12, 31)
STATED_LESS = 1_000
# Issued in two parts of the year, and a little sold; of what was given, in percent.
ISSUED = ((date(YEAR, 6, 20), 30), (date(YEAR, 11, 20), 40))
SOLD = (date(YEAR, 9, 18), 5)
A_PIECE, SALE_A_PIECE = 15 * YUAN, 2 * YUAN
SERVICES = (
    ("bus-advertising", "唐码巴士车身公益广告", 320 * WAN, date(YEAR, 4, 12)),
    ("billboards", "海王路牌公益广告", 180 * WAN, date(YEAR, 5, 20)),
    ("newspaper", "报纸公益广告版面", 90 * WAN, date(YEAR, 10, 15)),
)


class Parcel(NamedTuple):
    """A gift of clothing: to which fund, on which day, how many pieces."""

    number: int
    fund: str
    day: date
    pieces: int

    @property
    def key(self) -> str:
        """Return the gift's key."""
        return f"{YEAR}-clothing-{self.number:03}"


class Clothing(NamedTuple):
    """Every gift of clothing, and what keepers state of theirs."""

    parcels: list[Parcel]
    stated: dict[str, int]


def plan(seed: int) -> Clothing:
    """Decide every gift such that all keepers together print as the report does."""
    chance = dice(seed, KIND)
    keepers = [*FUNDS, STATING]
    weights = [3.0, *(chance.uniform(0.7, 1.3) for _ in keepers[1:])]
    raised = dict(zip(keepers, shares(chance.choice(CLOTHING), weights), strict=True))
    parcels: list[Parcel] = []
    for fund in FUNDS:
        each = shares(raised[fund], [chance.lognormvariate(0, 0.8) for _ in range(GIFTS_EACH)])
        for pieces in each:
            day = date(YEAR, 1, 5) + timedelta(days=chance.randint(0, 350))
            parcels.append(Parcel(len(parcels) + 1, fund, day, pieces))
    both = raised[f"fund:charity-{BY_BOTH}"] - STATED_LESS
    return Clothing(parcels, {STATING: raised[STATING], BY_BOTH: both})


def plan_events(agenda: Agenda, clothing: Clothing) -> None:
    """Note gifts, issues, the sale, the services and what is stated."""
    for parcel in clothing.parcels:
        agenda.add(parcel.day, received, parcel)
        if parcel.number % 25 == 0:
            agenda.add(parcel.day, valued, parcel.key, parcel.pieces * A_PIECE, parcel.day)
    for fund in FUNDS:
        for when, percent in ISSUED:
            pieces = before(clothing, fund, when) * percent // 100
            agenda.add(when, issued, fund, when, pieces)
    when, percent = SOLD
    agenda.add(when, sold, when, before(clothing, FUNDS[0], when) * percent // 100)
    for key, title, worth, given in SERVICES:
        agenda.add(given, served, key, title, given)
        later = given + timedelta(days=30)
        agenda.add(later, valued, key, worth, later)
    agenda.add(YEAR_END, stated, clothing.stated)


def before(clothing: Clothing, fund: str, day: date) -> int:
    """Count the pieces that a fund was given before a day."""
    given = (parcel for parcel in clothing.parcels if parcel.fund == fund and parcel.day < day)
    return sum(parcel.pieces for parcel in given)


def pieces_of(count: int) -> list[dict[str, Any]]:
    """Write pieces of clothing."""
    return [{"kind": KIND, "quantity": {"value": count, "unit": UNIT}}]


def received(parcel: Parcel) -> Iterator[Order]:
    """Take clothing into store."""
    district = parcel.fund.removeprefix("fund:charity-")
    by = FUNDRAISER if district == parcel.fund else fundraiser(district)
    what = {
        "fund": parcel.fund,
        "earmark": "general",
        "goods": pieces_of(parcel.pieces),
        "name_shown": False,
    }
    yield order("donation.receive", f"donation:{parcel.key}", what, by=by, on=parcel.day)


def issued(fund: str, day: date, pieces: int) -> Iterator[Order]:
    """Give clothing out to regions that need it."""
    key = f"{fund.partition(':')[2]}-{day.isoformat()}"
    what = {
        "fund": fund,
        "earmark": "general",
        "programme": "clothing-aid",
        "goods": pieces_of(pieces),
    }
    yield order("goods.issue", f"goods:issue-{key}", what, by=TREASURER_FUNDS, on=day)


def sold(day: date, pieces: int) -> Iterator[Order]:
    """Sell what nobody can wear; the money enters the fund."""
    what = {
        "fund": FUNDS[0],
        "earmark": "general",
        "goods": pieces_of(pieces),
        "amount": fen(pieces * SALE_A_PIECE),
    }
    subject = f"goods:sale-{day.isoformat()}"
    yield order("goods.sell", subject, what, by=TREASURER_FUNDS, on=day)


def served(key: str, title: str, day: date) -> Iterator[Order]:
    """Take a donated service: it is noted, and no money moves."""
    what = {
        "fund": FUNDS[0],
        "earmark": "general",
        "service": title,
        "donor": f"organisation:{key}",
        "name_shown": True,
    }
    yield order("donation.receive", f"donation:{key}", what, by=FUNDRAISER, on=day)


def valued(key: str, worth: int, day: date) -> Iterator[Order]:
    """State what a gift in kind is worth; it is never added to money."""
    what = {"amount": fen(worth), "method": "市场比较法", "source": "捐赠物资评估单"}
    yield order("goods.value", f"goods:{key}", what, by=TREASURER_FUNDS, on=day)


def stated(pieces: dict[str, int]) -> Iterator[Order]:
    """Record what keepers state of their own clothing."""
    for district, count in pieces.items():
        what = {
            "figure": "system.clothing",
            "keeper": keeper(f"fund:charity-{district}"),
            "value": {"value": count, "unit": UNIT},
            "qualifier": "exact",
            "scope": "system",
            "period": str(YEAR),
            "source": f"{YEAR}年慈善募集物资统计表",
            "published_on": YEAR_END.isoformat(),
        }
        subject = f"statement:system-clothing-{YEAR}-{district}"
        yield order("statement.record", subject, what, by=CLERK, on=YEAR_END)
