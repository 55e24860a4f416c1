"""Rules in force and figures of 2006 that the year is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.golden.funds import lottery
from scripts.golden.kernel.commands import BUREAU, EVE, Order, fen, order
from scripts.golden.office.officers import APPROVER_SCHEMES, CLERK
from scripts.golden.targets import DIBAO_AVERAGE_2006

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("bus.men-age", {"value": 70, "unit": "year"}, "2004-01-01", "深府〔2003〕210号"),
    ("bus.men-age", {"value": 65, "unit": "year"}, "2007-01-01", "深府〔2006〕255号"),
    ("funeral-package:basic", fen(41_900), "2007-01-01", "深民〔2006〕180号"),
    ("funeral-package:full", fen(128_000), "2007-01-01", "深民〔2006〕180号"),
    (
        "lottery.welfare-share",
        {"value": str(lottery.EXTRACTED_PERCENT), "unit": "percent"},
        "2005-01-01",
        "财综〔2004〕12号",
    ),
    ("small-count.threshold", {"value": 5, "unit": "person"}, "2006-01-01", "深民〔2005〕99号"),
)


def enacted() -> Iterator[Order]:
    """Enact the rules."""
    for rule, amount, start, authority in RULES:
        what = {"rule": rule, "amount": amount, "from": start}
        yield order(
            "rule.enact", f"rule:{rule}", what, by=APPROVER_SCHEMES, on=EVE, authority=authority
        )


def stated(seed: int) -> Iterator[Order]:
    """Record what 2006 is remembered by."""
    what = {
        "figure": "dibao.average",
        "keeper": BUREAU,
        "value": fen(DIBAO_AVERAGE_2006.value),
        "qualifier": "exact",
        "scope": "city",
        "period": "2006",
        "source": "2006年工作总结",
        "published_on": EVE.isoformat(),
    }
    yield order("statement.record", "statement:dibao-average-2006", what, by=CLERK, on=EVE)
    yield lottery.sales_before(seed)
