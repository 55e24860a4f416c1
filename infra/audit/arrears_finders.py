"""Exceptions of months that were paid too little, by the rules as they are known."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from domain.kernel.months import first_day, moved
from infra.audit.exception_row import ExceptionRow
from projections.casework.arrears import ArrearsOfScheme, paid_by_runs
from projections.casework.pay_runs import StoredRoll

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from infra.audit.exception_row import AuditContext
    from projections.casework.arrears import ExplainedArrear

# So many are told of: where a rate was raised back everybody is one.
MOST_CLAIMS = 2_000


class UnderpaidClaim(NamedTuple):
    """What a holder lacks of some months: what is told of them, in fen, and by which events.

    Schemes that follow one claim are together.
    """

    first: str
    told: tuple[str, ...]
    amount: int
    events: tuple[int, ...]

    def row(self, claim: str, day: date) -> ExceptionRow:
        """Return the exception; days count from the end of the first month."""
        days = (day - first_day(moved(self.first, 1))).days
        detail = "; ".join(self.told)
        return ExceptionRow("underpaid", claim, self.events, detail, amount=self.amount, days=days)


def underpaid(asked: AuditContext) -> Iterator[ExceptionRow]:
    """List who was paid less than is due for months that runs have paid, claim by claim."""

    def tags(scheme: str, holders: Iterable[str], parts: tuple[str, ...]) -> list[str]:
        return [asked.log.tag(scheme, holder, *parts) for holder in holders]

    connection, position = asked.log.connection, asked.moment.position
    source = StoredRoll(connection, tags, asked.moment.as_of)
    months: defaultdict[str, list[str]] = defaultdict(list)
    for scheme, month in paid_by_runs(connection, position):
        if first_day(moved(month, 1)) <= asked.day:
            months[scheme].append(month)
    lacking: dict[str, UnderpaidClaim] = {}
    for scheme, of_scheme in months.items():
        for one in ArrearsOfScheme(source, scheme, position).of(of_scheme):
            if one.arrear.difference > 0 and one.arrear.line is not None:
                add(lacking, scheme, one)
    for claim, lack in islice(lacking.items(), MOST_CLAIMS):
        yield lack.row(claim, asked.day)


def add(lacking: dict[str, UnderpaidClaim], scheme: str, one: ExplainedArrear) -> None:
    """Add a month to what its claim lacks."""
    arrear = one.arrear
    claim = arrear.line.entitlement if arrear.line else arrear.holder
    before = lacking.get(claim, UnderpaidClaim(arrear.month, (), 0, ()))
    lacking[claim] = UnderpaidClaim(
        min(before.first, arrear.month),
        (*before.told, f"{scheme} {arrear.month} {one.cause}"),
        before.amount + arrear.difference,
        tuple(sorted({*before.events, *one.positions})),
    )
