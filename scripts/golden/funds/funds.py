"""The funds: opened with what they held, given authority to spend in good time through the year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.benefits.relief import MIGRANT_CARE
from scripts.golden.funds import budgets, donations
from scripts.golden.funds.budgets import class_of
from scripts.golden.grants.grant_orders import OLD_PROMISE as OLD_PAYER
from scripts.golden.grants.grants import COMMUNITY, LOTTERY, SOCIAL
from scripts.golden.kernel.commands import BUREAU, EVE, FEDERATION, YEAR, Order, fen, order
from scripts.golden.office.officers import TREASURER_FUNDS
from scripts.golden.registers.areas import OLD_DISTRICTS
from scripts.golden.targets import WAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scripts.golden.kernel.agenda import Agenda

ASSISTANCE, ELDERLY, VETERANS = "fund:social-assistance", "fund:elderly-care", "fund:veterans"
CARE_OPENED = date(2006, 9, 15)
OLD_PROMISE = 500 * WAN
# A year's budget comes in four parts, ahead of what is promised; together a tenth more than that.
PARTS = ((1, 3, 45), (4, 2, 35), (7, 2, 25), (10, 8, 5))
CARRIED_OVER = 3
PURPOSES = {
    ASSISTANCE: ("aid-poor",),
    ELDERLY: ("aid-elderly",),
    VETERANS: ("veterans",),
}
FUND_OF = {purposes[0]: fund for fund, purposes in PURPOSES.items()}


class Opening(NamedTuple):
    """What a fund is."""

    id: str
    title: str
    kind: str
    basis: str
    keeper: str
    purposes: tuple[str, ...]


def fiscal() -> tuple[Opening, ...]:
    """List the funds of the budget."""
    districts = tuple(
        Opening(
            f"fund:community-{district.key}",
            f"{district.title}社区建设配套资金",
            "fiscal",
            "allotment",
            f"organisation:civil-affairs-{district.key}",
            ("community",),
        )
        for district in OLD_DISTRICTS
    )
    return (
        Opening(ASSISTANCE, "社会救助资金", "fiscal", "allotment", BUREAU, PURPOSES[ASSISTANCE]),
        Opening(ELDERLY, "老年福利资金", "fiscal", "allotment", BUREAU, PURPOSES[ELDERLY]),
        Opening(VETERANS, "优抚安置资金", "fiscal", "allotment", BUREAU, PURPOSES[VETERANS]),
        Opening(COMMUNITY, "固本强基社区建设资金", "fiscal", "allotment", BUREAU, ("community",)),
        Opening(SOCIAL, "社会组织和社工发展资金", "fiscal", "allotment", BUREAU, ("community",)),
        *districts,
    )


def charity() -> tuple[Opening, ...]:
    """List the funds that live of gifts, but for the care fund."""
    aims = ("aid-poor", "aid-elderly", "aid-orphans", "charity-other")
    names = {"sunrise": "晨曦爱心基金", "harbour": "港湾助学基金", "lychee": "荔枝红慈善基金"}
    named = tuple(
        Opening(f"fund:named-{key}", title, "named", "cash", FEDERATION, aims)
        for key, title in names.items()
    )
    titles = {district.key: district.title for district in OLD_DISTRICTS}
    local = tuple(
        Opening(
            f"fund:charity-{key}",
            f"{titles[key]}慈善资金",
            "charity",
            "cash",
            donations.keeper(f"fund:charity-{key}"),
            aims,
        )
        for key in (*donations.BY_EVENTS, donations.BY_BOTH)
    )
    federation = Opening("fund:federation", "市慈善会慈善资金", "charity", "cash", FEDERATION, aims)
    return (federation, *named, *local)


LOTTERY_FUND = Opening(
    LOTTERY,
    "福利彩票公益金",
    "lottery",
    "allotment",
    BUREAU,
    ("aid-elderly", "aid-disabled", "aid-orphans", "aid-poor"),
)
CARE_FUND = Opening(
    MIGRANT_CARE.fund,
    "劳务工关爱基金",
    "care",
    "cash",
    FEDERATION,
    ("aid-poor", "charity-other"),
)


def opened(one: Opening, day: date) -> Order:
    """Open a fund."""
    what = {
        "title": one.title,
        "kind": one.kind,
        "basis": one.basis,
        "keeper": one.keeper,
        "purposes": list(one.purposes),
    }
    return order("fund.open", one.id, what, by=TREASURER_FUNDS, on=day)


def plan_events(agenda: Agenda, needs: Mapping[str, int], unforeseen: int) -> None:
    """Note the openings and the year's money; `needs` is what each fund will promise.

    Of that `unforeseen` came up during the year, after the budgets were adopted.
    """
    budgets.plan_events(agenda, given(needs), unforeseen)
    agenda.add(CARE_OPENED, care_fund_opened, needs[CARE_FUND.id])
    agenda.add(EVE, brought_in, needs)
    agenda.add(date(YEAR, 1, 2), carried_over, needs)
    for month, day, percent in PARTS:
        agenda.add(date(YEAR, month, day), allotted, needs, date(YEAR, month, day), percent)
    agenda.add(date(YEAR, 12, 28), surrendered)
    for month in (3, 6, 9, 12):
        agenda.add(date(YEAR, month, 21), interest, date(YEAR, month, 21))


def care_fund_opened(need: int) -> Iterator[Order]:
    """Open the fund for migrant workers in 2006 with its first money."""
    yield opened(CARE_FUND, CARE_OPENED)
    amount = need // WAN * WAN + 50 * WAN
    yield received(
        CARE_FUND.id, "lottery", amount, day=date(2006, 9, 20), document="深财社〔2006〕88号"
    )


def brought_in(needs: Mapping[str, int]) -> Iterator[Order]:
    """Open all other funds on the eve of the year with what they held, and an old promise."""
    for one in (*fiscal(), LOTTERY_FUND, *charity()):
        yield opened(one, EVE)
        earmark = "2006" if one.kind == "fiscal" else "general"
        what = {"earmark": earmark, "as_stated_in": "2006年决算"}
        what_amount = {"amount": fen(held(one.id, needs))}
        yield order("fund.bring-in", one.id, what | what_amount, by=TREASURER_FUNDS, on=EVE)
    promise = {
        "amount": fen(OLD_PROMISE),
        "earmark": "general",
        "to": OLD_PAYER,
        "purpose": "aid-orphans",
        "class": class_of(LOTTERY),
    }
    yield order("fund.commit", LOTTERY, promise, by=TREASURER_FUNDS, on=EVE)


def held(fund: str, needs: Mapping[str, int]) -> int:
    """Return what a fund held at the end of 2006."""
    extra = OLD_PROMISE if fund == LOTTERY else 0
    return needs.get(fund, 0) * CARRIED_OVER // 100 // WAN * WAN + 10 * WAN + extra


def carried_over(needs: Mapping[str, int]) -> Iterator[Order]:
    """Carry the rest of 2006 over into the year's budget."""
    for one in fiscal():
        what = {
            "from_earmark": "2006",
            "to_earmark": "2007",
            "amount": fen(held(one.id, needs) - WAN),
        }
        yield order("fund.carry-over", one.id, what, by=TREASURER_FUNDS, on=date(YEAR, 1, 2))


def surrendered() -> Iterator[Order]:
    """Give back what was not carried over."""
    for one in fiscal():
        what = {"amount": fen(WAN), "earmark": "2006", "to": "finance-bureau"}
        yield order("fund.surrender", one.id, what, by=TREASURER_FUNDS, on=date(YEAR, 12, 28))


def allotted(needs: Mapping[str, int], day: date, percent: int) -> Iterator[Order]:
    """Give the budget's and the lottery's funds their part of the year."""
    for number, one in enumerate((*fiscal(), LOTTERY_FUND), start=1):
        amount = part_of(one, needs[one.id], day.month, percent)
        earmark, source = ("2007", "fiscal") if one.kind == "fiscal" else ("general", "lottery")
        paper = f"深财社〔2007〕{day.month}-{number}号"
        yield allotment(one.id, (earmark, source), amount, day=day, document=paper)


def part_of(one: Opening, need: int, month: int, percent: int) -> int:
    """Return what a fund is allotted in one of the year's four parts."""
    # Community projects may all be approved early: their money comes at once.
    part = (100 if month == 1 else 0) if "community" in one.purposes else percent
    return need * part // 100 // WAN * WAN + WAN


def given(needs: Mapping[str, int]) -> dict[str, int]:
    """Return what each fund of the budget and the lottery's is allotted in the year."""
    return {
        one.id: sum(part_of(one, needs[one.id], month, percent) for month, _, percent in PARTS)
        for one in (*fiscal(), LOTTERY_FUND)
    }


def allotment(
    fund: str,
    of: tuple[str, str],
    amount: int,
    *,
    day: date,
    document: str,
    booked: date | None = None,
) -> Order:
    """Give authority to spend, under an earmark from a source."""
    earmark, source = of
    what = {
        "amount": fen(amount),
        "earmark": earmark,
        "source": source,
        "document": document,
        "class": class_of(fund),
    }
    return order(
        "fund.allot",
        fund,
        what,
        by=TREASURER_FUNDS,
        on=day,
        booked=booked,
        evidence=f"指标文 {document}",
    )


def received(fund: str, source: str, amount: int, *, day: date, document: str) -> Order:
    """Take in cash."""
    what = {"amount": fen(amount), "earmark": "general", "source": source, "document": document}
    return order("fund.receive", fund, what, by=TREASURER_FUNDS, on=day)


def interest(day: date) -> Iterator[Order]:
    """Take in a quarter's interest."""
    for number, one in enumerate(charity(), start=1):
        amount = 3_217 * number * 100 + day.month
        yield received(one.id, "interest", amount, day=day, document=f"银行结息单{day.isoformat()}")
