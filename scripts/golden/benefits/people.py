"""People: registered with synthetic names for the vault, and their deaths."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from domain.benefits.id_numbers import check_sign
from scripts.golden.kernel.commands import Order, order
from scripts.golden.office.officers import CLERK

if TYPE_CHECKING:
    from scripts.golden.kernel.chance import Ids

FIRST_BORN, DAYS_OF_BIRTH = date(1900, 1, 1), 36_524
SURNAMES = "甲乙丙丁戊己庚辛壬癸"
GIVEN = "子丑寅卯辰巳午未申酉戌亥"


def registered(ids: Ids, register: str, number: int, *, on: date) -> Order:
    """Register a person under a pseudonym; the names are cyclical signs that nobody is called."""
    name = SURNAMES[number % 10] + GIVEN[number // 10 % 12] + GIVEN[number // 120 % 12]
    id_number = synthetic_number(register, number)
    papers = {"name": name, "id_number": id_number, "account": f"0000{number:012}"}
    subject = ids.person(register, number)
    return order("person.register", subject, {"sealed": papers}, by=CLERK, on=on)


def synthetic_number(register: str, number: int) -> str:
    """Return an ID number of a register's own that belongs to nobody: no area's code begins with 0.

    A register has 100,000 areas to choose from, and 36 million numbers.
    """
    area = int.from_bytes(blake2b(register.encode(), digest_size=8).digest()) % 100_000
    nth, day = divmod(number, DAYS_OF_BIRTH)
    born = FIRST_BORN + timedelta(days=day)
    body = f"0{area:05}{born:%Y%m%d}{nth:03}"
    return body + check_sign(body)


def died(person: str, day: date, by: str, *, on: date) -> Order:
    """Report a death, which may lie well before the report."""
    what = {"date": day.isoformat()}
    paper = f"居民死亡医学证明 {person.partition(':')[2]}"
    return order("person.report-death", person, what, by=by, on=on, evidence=paper)
