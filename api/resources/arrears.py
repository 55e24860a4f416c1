"""What is due for past months by the rules as now known, less what was paid (`/v1/arrears`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns, quantity
from api.queries.resource import Address, Query, ShortList
from domain.kernel.ids import MONTH
from domain.kernel.months import month_of, spanned
from domain.kernel.refusals import UnknownSubject
from domain.kernel.sentences import InvalidValue
from domain.payments.arrears import MOST_MONTHS
from projections import registers
from projections.casework.arrears import (
    ArrearsOfScheme,
    ExplainedArrear,
    months_run,
)
from projections.casework.pay_runs import StoredRoll
from projections.disclosure.clearance import CLOSE

MONEY = "due paid difference"
COLUMNS = columns(f"holder month {MONEY} cause causes id", quantities=MONEY)


def month(text: str) -> str:
    """Read a month."""
    if not re.fullmatch(MONTH.pattern, text):
        raise InvalidValue("must be a month: YYYY-MM")
    return text


def scheme(text: str) -> str:
    """Read a scheme, by its id or its key."""
    return text if text.startswith("scheme:") else f"scheme:{text}"


class Arrears(ShortList):
    """Who is due other than what he has for some months, and why."""

    def columns(self) -> Sequence[Column]:
        """Return what is told of a holder's month."""
        return COLUMNS

    @cached_property
    def scheme(self) -> str:
        """Return the scheme asked about; it must be there."""
        query = self.query
        named = query.single.get("scheme")
        if named is None:
            raise parameters.wrong("/scheme", "this address needs this parameter")
        moment = query.moment._replace(as_of=None)
        if registers.one(query.connection, named, moment) is None:
            raise UnknownSubject(named)
        return str(named)

    @cached_property
    def months(self) -> Sequence[str]:
        """Return the months asked about, else those from the scheme's first run to its last."""
        query = self.query
        run = months_run(query.connection, self.scheme, query.moment.position)
        first = query.single.get("from") or query.single.get("to") or (run[0] if run else "")
        last = query.single.get("to") or max(first, run[1] if run else "")
        if last < first:
            raise parameters.wrong("/to", "must not be before `from`")
        if query.moment.as_of:
            last = min(last, month_of(query.moment.as_of))
        months = list(spanned(first, last)) if first else []
        if len(months) > MOST_MONTHS:
            raise parameters.wrong("/to", "at most {most} months at once", most=str(MOST_MONTHS))
        return months

    @property
    def source(self) -> StoredRoll:
        """Return where rolls and payments are read."""
        return stored_roll(self.query)

    @cached_property
    def arrears(self) -> Sequence[ExplainedArrear]:
        """Return what differs."""
        asked = ArrearsOfScheme(self.source, self.scheme, self.query.moment.position)
        return list(asked.of(self.months))

    def listed(self) -> Sequence[Row]:
        """Return what differs, month by month."""
        return [row_of(one) for one in self.arrears]

    def totals(self) -> Sequence[Total]:
        """Return what is due, paid and to be paid or recovered, of all that differs."""
        return sums_of(self.arrears)

    def extra(self) -> Mapping[str, Any]:
        """Return which months are compared."""
        months = self.months
        span = {"from": months[0], "to": months[-1]} if months else {}
        return {"scheme": self.scheme, **span}


def stored_roll(query: Query) -> StoredRoll:
    """Return where a question about rolls and payments is answered."""

    def tags(scheme: str, holders: Iterable[str], parts: tuple[str, ...]) -> list[str]:
        return query.vault.tags(query.connection, scheme, holders, parts)

    return StoredRoll(query.connection, tags, query.moment.as_of)


def sums_of(lines: Sequence[ExplainedArrear]) -> tuple[Total, ...]:
    """Return what is due, paid and to be paid or recovered, of some months of holders."""
    found = [one.arrear for one in lines]
    sums = {
        "due": sum(one.due for one in found),
        "paid": sum(one.paid for one in found),
        "difference": sum(one.difference for one in found),
        "to_pay": sum(max(one.difference, 0) for one in found),
        "to_recover": sum(max(-one.difference, 0) for one in found),
    }
    return tuple(Total(name, value, "fen") for name, value in sums.items())


def row_of(one: ExplainedArrear) -> Row:
    """Write a holder's month."""
    arrear = one.arrear
    return {
        "holder": arrear.holder,
        "month": arrear.month,
        **{name: quantity(getattr(arrear, name)) for name in MONEY.split()},
        "cause": one.cause,
        "causes": list(one.positions),
        "id": f"{arrear.holder}:{arrear.month}",
    }


ARREARS = Address(
    path="/arrears",
    summary="What is due for past months by the rules as now known, less what was paid, and why.",
    resource=Arrears,
    views=("registers", "payments", "roll"),
    single={"scheme": scheme, "from": month, "to": month},
    roles=CLOSE,
)
