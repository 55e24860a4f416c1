"""The benefit schemes of the year, as the catalogue's files state them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from scripts.golden.kernel.commands import EVE, YEAR, Order, order
from scripts.golden.office.officers import APPROVER_SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scripts.golden.kernel.chance import Ids

NAMES = (
    "dibao",
    "price-subsidy",
    "home-care",
    "old-age",
    "veterans-pension",
    "bed-subsidy",
    "self-employment",
    "inpatient-insurance",
    "hospice",
    "migrant-care",
    "temporary-relief",
    "care-line",
    "skills-training",
)
NEW = "price-subsidy"
NEW_ADOPTED = date(YEAR, 7, 20)


def read_all() -> dict[str, dict[str, Any]]:
    """Read what `scheme.adopt` says of each scheme."""
    from domain.benefits.schemes import catalogue  # noqa: PLC0415 - tests of the plan need no catalogue

    return {name: catalogue.read(name) for name in NAMES}


def adopted(catalogue: Mapping[str, dict[str, Any]], ids: Ids, day: date) -> Iterator[Order]:
    """Adopt what is adopted on a day; each scheme's tag key comes sealed, so that ids repeat."""
    for name in NAMES:
        if (name == NEW) == (day == NEW_ADOPTED) and day in {EVE, NEW_ADOPTED}:
            what = {**catalogue[name], "sealed": {"tag_key": ids.tag_key(name)}}
            yield order("scheme.adopt", f"scheme:{name}", what, by=APPROVER_SCHEMES, on=day)
