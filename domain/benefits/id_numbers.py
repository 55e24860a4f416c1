"""The citizen's ID number (公民身份号码, GB 11643-1999): eighteen signs, one of them a check.

Nothing that is raised here repeats a number: it is personal.
"""

from __future__ import annotations

import re
from datetime import date

from domain.kernel.refusals import IdNumberInvalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
# Full-width signs, as an input method writes them, and the small x.
PLAIN = str.maketrans({chr(ord("０") + n): str(n) for n in range(10)} | dict.fromkeys("ｘＸx", "X"))
OF_TODAY = re.compile(r"[0-9]{17}[0-9X]")
# Until 1999 a number had fifteen digits: no century, and no check.
OF_OLD = re.compile(r"[0-9]{15}")
CENTURY = "19"


def check_sign(body: str) -> str:
    """Return the sign that completes the first seventeen (ISO 7064, modulus 11-2)."""
    return CHECKS[sum(int(one) * weight for one, weight in zip(body, WEIGHTS, strict=True)) % 11]


def id_number(subject: str, text: str, today: date) -> str:
    """Return a number in its eighteen signs; an old one of fifteen digits is brought up to them.

    Raises `IdNumberInvalid` for what is no number, a day of birth that is none or has not come, and
    a wrong check sign.
    """
    told = text.strip().translate(PLAIN)
    if OF_OLD.fullmatch(told):
        body = told[:6] + CENTURY + told[6:]
        told = body + check_sign(body)
    if not OF_TODAY.fullmatch(told):
        raise IdNumberInvalid(
            subject, "an ID number has 17 digits and a check sign, or 15 digits: read it again"
        )
    if not is_born(told[6:14], today):
        raise IdNumberInvalid(
            subject, "signs 7 to 14 are no day of birth up to {today}: read them again", today=today
        )
    if told[-1] != check_sign(told[:-1]):
        raise IdNumberInvalid(
            subject, "its last sign does not fit the others: one of them is wrong, read it again"
        )
    return told


def is_born(day: str, today: date) -> bool:
    """Tell whether YYYYMMDD is a day, and has come."""
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])) <= today
    except ValueError:
        return False
