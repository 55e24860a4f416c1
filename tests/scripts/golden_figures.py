"""The figures of the fold, and how the report prints a figure."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.golden.targets import scaled
from tests.scripts.golden_fold import Fold
from tests.scripts.golden_registers import of_registers

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORT = Path(__file__).parents[1] / "golden" / "figures-2007.csv"
UNITS = {"元": 2, "万元": 6, "亿元": 10, "percent": 0}


def figures(folded: Fold) -> dict[str, int | Decimal]:
    """Compute every figure of the golden year."""
    found = dict([*of_schemes(folded), *of_grants(folded), *of_gifts(folded), *of_cases(folded)])
    return found | dict(of_registers(folded))


def of_schemes(folded: Fold) -> Iterator[tuple[str, int | Decimal]]:
    """Compute what pay runs paid."""
    dibao = spent_on(folded, "dibao")
    persons = sum(
        paid.persons
        for paid in folded.payments.values()
        if paid.programme == "dibao" and paid.state != "written back"
    )
    average = half_up(Decimal(dibao) / persons)
    (before,) = (s["value"]["value"] for s in folded.stated if s["figure"] == "dibao.average")
    rates = folded.rolls.schemes["scheme:price-subsidy"]["rates"]
    yield "dibao.spend", dibao
    yield "dibao.average", average
    yield "dibao.average.rise", average - before
    yield "price-subsidy.rate", rates[-1]["amount"]["value"]
    yield "home-care.spend", spent_on(folded, "home-care")
    yield (
        "home-care.elders",
        sum(
            one.scheme == "scheme:home-care" and one.runs("2007-12")
            for one in folded.rolls.entitlements.values()
        ),
    )
    yield "veterans.pensioners", folded.firsts["scheme:veterans-pension"]


def of_grants(folded: Fold) -> Iterator[tuple[str, int]]:
    """Compute what grants promised."""
    groups = grouped(folded)
    of_lottery = [
        grant
        for group in groups.values()
        for grant in group
        if any(share["fund"] == "fund:lottery" for share in grant["shares"])
    ]
    bought = [each for each in folded.contracts.values() if each["fund"] == "fund:lottery"]
    yield "welfare-bodies.grant", shared(groups["welfare-bodies"], {"fund:lottery"})
    yield "elders-joy.grant", shared(groups["elders-joy"], {"fund:lottery"})
    first = {grant["body"] for grant in groups["elders-joy"] if grant["round"] == 1}
    yield "elders-joy.bodies", len(first)
    yield "lottery.released", folded.committed["fund:lottery"]
    yield "lottery.projects", len({each["project"] for each in (*of_lottery, *bought)})
    city = {
        fund
        for fund, said in folded.funds.items()
        if said["kind"] == "fiscal" and said["keeper"] == "organisation:civil-affairs-bureau"
    }
    yield "community-projects.approved", len(groups["community-building"])
    yield "community-projects.city-money", shared(groups["community-building"], city)


def shared(grants: list[dict[str, Any]], funds: set[str]) -> int:
    """Sum the shares of some funds."""
    shares = [share for grant in grants for share in grant["shares"]]
    return sum(share["amount"]["value"] for share in shares if share["fund"] in funds)


def of_gifts(folded: Fold) -> Iterator[tuple[str, int | Decimal]]:
    """Compute what was sold and given."""
    sales = sum(folded.sales.values())
    (before,) = (s["value"]["value"] for s in folded.stated if s["figure"] == "lottery.sales")
    rows = [s for s in folded.stated if s["figure"] == "system.cash"]
    stated = {s["keeper"]: s["value"]["value"] for s in rows}
    yield "lottery.sales", sales
    yield "lottery.sales.growth", (Decimal(sales) / before - 1) * 100
    yield "federation.cash", folded.donated["organisation:charity-federation"]
    # Each keeper once, events before statement.
    yield "system.cash", sum((stated | dict(folded.donated)).values())


def of_cases(folded: Fold) -> Iterator[tuple[str, int]]:
    """Compute whom relief helped."""
    cases = [case for case in folded.relief.values() if "paid" in case]
    yield "hospice.persons", len({c["person"] for c in cases if c["programme"] == "hospice"})
    care = [case for case in cases if case["fund"] == "fund:migrant-care"]
    yield "migrant-care.cases", len(care)
    yield "migrant-care.spend", sum(case["given"] for case in care)


def report() -> dict[str, dict[str, str]]:
    """Read the figures of the report."""
    with REPORT.open(encoding="utf-8") as rows:
        return {row["id"]: row for row in csv.DictReader(rows)}


def expected(row: dict[str, str], scale: float) -> int | Decimal:
    """Return a figure's value at a scale."""
    value = Decimal(row["value"])
    return scaled(int(value), scale) if row["scales"] == "yes" else value


def printed(value: int | Decimal, rule: str) -> str:
    """Print a value by its rule, without counters."""
    kind, _, number = rule.partition(":")
    if kind in UNITS:
        places = Decimal(1).scaleb(-int(number))
        return str((Decimal(value).scaleb(-UNITS[kind])).quantize(places, ROUND_HALF_UP))
    if kind == "up":
        wan = 10_000 if number.startswith("万:") else 1
        step = int(number.rpartition(":")[2]) * wan
        return str(-(-int(value) // step) * step // wan)
    if kind == "down":
        return str(int(value) // int(number) * int(number))
    if kind == "about":
        times = half_up(Decimal(value) / int(number))
        return "" if times == 1 else str(times)
    assert kind == "plain"
    return str(int(value))


def half_up(value: Decimal) -> Decimal:
    """Round half up to a whole."""
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def number_in(text: str) -> str:
    """Return the number of a printed figure."""
    return "".join(re.findall(r"[\d.]+", text))


def spent_on(folded: Fold, programme: str) -> int:
    """Sum what was spent on a programme."""
    return sum(amount for (_, name), amount in folded.spent.items() if name == programme)


def grouped(folded: Fold) -> defaultdict[str, list[dict[str, Any]]]:
    """Group the awarded grants by programme."""
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for grant in folded.grants.values():
        if grant["awarded"]:
            groups[grant["programme"]].append(grant)
    return groups
