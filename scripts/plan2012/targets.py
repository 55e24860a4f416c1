"""The targets of the plan, as it states them; and the number of elders that shares are taken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.golden.kernel.commands import BUREAU, Order, order
from scripts.plan2012.words import APPROVER, CLERK, EVE, NEW_YEAR, PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "深圳市民政局2012年工作计划"
# 建设100个社区服务中心; 登记、备案的社区社会组织将达到1000家以上; 9064; 100%建立党组织.
TARGETS: tuple[tuple[str, int | str, str, str], ...] = (
    ("service-centres", 100, "site", "exact"),
    ("community-bodies", 1000, "organisation", "more than"),
    ("elders-at-home", "90", "percent", "exact"),
    ("elders-in-community", "6", "percent", "exact"),
    ("elders-in-homes", "4", "percent", "exact"),
    ("party-coverage", "100", "percent", "exact"),
)
# 探索建立贫困预警机制: from where on a household is looked at.
RULES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("warning-near-line", {"value": "15", "unit": "percent"}),
    ("warning-check-overdue", {"value": 1, "unit": "year"}),
    ("warning-relief-high", {"value": 800_000, "unit": "fen"}),
)


def stated(elders: int) -> Iterator[Order]:
    """State the targets, and how many elders somebody else has counted."""
    for figure, value, unit, qualifier in TARGETS:
        yield statement(f"target:{figure}", {"value": value, "unit": unit}, qualifier=qualifier)
    what = {
        "figure": "elders",
        "keeper": "organisation:statistics-bureau",
        "value": {"value": elders, "unit": "person"},
        "qualifier": "about",
        "scope": "city",
        "period": "2011",
        "source": "2011年老年人口统计",
        "published_on": EVE.isoformat(),
    }
    yield order("statement.record", "statement:elders-2011", what, by=CLERK, on=NEW_YEAR)


def statement(figure: str, value: dict[str, Any], *, qualifier: str) -> Order:
    """State one target of the year."""
    what = {
        "figure": figure,
        "keeper": BUREAU,
        "value": value,
        "qualifier": qualifier,
        "scope": "target",
        "period": "2012",
        "source": SOURCE,
        "published_on": PUBLISHED.isoformat(),
    }
    key = figure.replace(":", "-")
    return order("statement.record", f"statement:{key}-2012", what, by=CLERK, on=NEW_YEAR)


def rules() -> Iterator[Order]:
    """Enact the thresholds of early warnings."""
    for rule, amount in RULES:
        what = {"rule": rule, "amount": amount, "from": NEW_YEAR.isoformat()}
        yield order("rule.enact", f"rule:{rule}", what, by=APPROVER, on=NEW_YEAR,
                    authority="深民〔2011〕190号")  # fmt: skip
