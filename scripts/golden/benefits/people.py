"""People: registered with synthetic names for the vault, and their deaths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.golden.kernel.commands import Order, order
from scripts.golden.office.officers import CLERK

if TYPE_CHECKING:
    from datetime import date

    from scripts.golden.kernel.chance import Ids

SURNAMES = "甲乙丙丁戊己庚辛壬癸"
GIVEN = "子丑寅卯辰巳午未申酉戌亥"


def registered(ids: Ids, register: str, number: int, *, on: date) -> Order:
    """Register a person under a pseudonym; the names are cyclical signs that nobody is called."""
    name = SURNAMES[number % 10] + GIVEN[number // 10 % 12] + GIVEN[number // 120 % 12]
    # No area has the code 000000, so no number of this kind belongs to anybody.
    papers = {"name": name, "id_number": f"000000{number:012}", "account": f"0000{number:012}"}
    subject = ids.person(register, number)
    return order("person.register", subject, {"sealed": papers}, by=CLERK, on=on)


def died(person: str, day: date, by: str) -> Order:
    """Report a death on its day, which may lie well before the report."""
    what = {"date": day.isoformat()}
    return order("person.report-death", person, what, by=by, on=day)
