"""What is published of the year when it is over."""

from __future__ import annotations

from datetime import date

from scripts.golden.kernel.commands import YEAR, Order, order
from scripts.golden.office.officers import PUBLISHER


def published() -> Order:
    """Pin the figures of the year on its last day, after everything else of it."""
    what = {"period": str(YEAR), "title": f"{YEAR}年民政事业数字公布"}
    return order(
        "publication.publish", f"publication:{YEAR}", what, by=PUBLISHER, on=date(YEAR, 12, 31)
    )
