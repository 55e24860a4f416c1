"""The unified social credit code (统一社会信用代码, GB 32100-2015): eighteen signs, one a check."""

from __future__ import annotations

from datetime import date

from domain.kernel.aggregate import Act
from domain.kernel.refusals import CreditCodeInvalid

# The standard came into force on this day; nobody had a code before.
IN_FORCE = date(2015, 10, 1)
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
WORTH = {sign: worth for worth, sign in enumerate(SIGNS)}


def check_sign(body: str) -> str:
    """Return the sign that completes the first seventeen (ISO 7064, modulus 31, weights 3^n)."""
    total = sum(WORTH[sign] * pow(3, nth, len(SIGNS)) for nth, sign in enumerate(body))
    return SIGNS[-total % len(SIGNS)]


def require_credit_code(subject: str, act: Act, code: str | None) -> None:
    """Refuse a code that GB 32100 does not allow, and any code before there was the standard."""
    if code is None:
        return
    if act.on < IN_FORCE:
        raise CreditCodeInvalid(
            subject, "there are no credit codes before {first}: leave it out", first=IN_FORCE
        )
    if len(code) != LENGTH or not set(code) <= WORTH.keys():
        raise CreditCodeInvalid(
            subject,
            "{code} is not {length} signs out of {signs}",
            code=code,
            length=str(LENGTH),
            signs=SIGNS,
        )
    if code[-1] != check_sign(code[:-1]):
        raise CreditCodeInvalid(
            subject,
            "the last sign of {code} is wrong, it would be {sign}: read it again",
            code=code,
            sign=check_sign(code[:-1]),
        )
