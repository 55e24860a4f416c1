"""Exceptions that the checks of `mingzhang verify` know: what the door refuses, and was there."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from domain import decode
from infra.audit.exception_row import ExceptionRow
from infra.verify.check import Findings
from infra.verify.checks import payments_after_stop
from infra.verify.checks.alone import NobodyAlone
from infra.verify.checks.commitments import WithinPurpose
from infra.verify.checks.duties import MakerNotChecker
from infra.verify.checks.exclusion import ExcludingSchemes
from infra.verify.checks.pay_runs import look_for_tags
from projections.casework.account_days import account_days, below_zero, idle
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from infra.audit.exception_row import AuditContext, ExceptionKind
    from infra.verify.check import Fold

# By the check that reads the log: its kind of exception.
FOLDS: Mapping[ExceptionKind, type[Fold]] = {
    "excluded-pair": ExcludingSchemes,
    "off-purpose": WithinPurpose,
    "self-approved": MakerNotChecker,
    "alone": NobodyAlone,
}
# An auditor is told of every breach, where `verify` tells of some and counts the rest.
MOST = sys.maxsize
HELD = ("available", "committed", "received", "returned", "advanced", "stock")


def breaches(asked: AuditContext, kind: ExceptionKind, found: Findings) -> Iterator[ExceptionRow]:
    """Return the breaches of a check, and money that is out and no breach, with their amounts."""
    given = [*found.breaches, *found.notes.get("overpaid", ())]
    last = {each["positions"][-1] for each in given if each["positions"]}
    first = {each["positions"][0] for each in given if each["positions"]}
    stored = event_log.at_each(asked.log.connection, [*(first | last)])
    events = {each.position: decode(each.topic, each.state) for each in stored}
    for each in given:
        positions: Sequence[int] = each["positions"]
        told = [events[at] for at in sorted(set(positions) & events.keys(), reverse=True)]
        amounts = (getattr(event, "amount", None) for event in told)
        amount = next((value for value in amounts if isinstance(value, int)), None)
        days = (asked.day - told[0].act.booked).days if told else None
        by = told[0].act.by if told else ""
        yield ExceptionRow(
            kind,
            each["subject"],
            tuple(positions),
            each["detail"],
            amount=amount,
            days=days,
            by=by,
        )


def after_stop(asked: AuditContext) -> Findings:
    """Follow every stop to the payments behind it."""
    return payments_after_stop.ask(asked.log, Findings(most=MOST))


def twice(asked: AuditContext) -> Findings:
    """Look for a tag that was paid or guarded twice."""
    found = Findings(most=MOST)
    look_for_tags(asked.log, found)
    return found


def idle_money(asked: AuditContext) -> Iterator[ExceptionRow]:
    """List free money that has lain in a fund too long."""
    until = asked.day - timedelta(days=asked.limits["idle-money"])
    for days in account_days(asked.log.connection, asked.moment, ("available",)):
        lies = idle(days, until)
        if lies is not None:
            yield ExceptionRow(
                "idle-money",
                lies.account,
                (lies.position,),
                f"since {lies.since}",
                amount=lies.value,
                unit=lies.unit,
                days=(asked.day - lies.since).days,
            )


def negative_days(asked: AuditContext) -> Iterator[ExceptionRow]:
    """List the accounts that lay below zero on past days."""
    for days in account_days(asked.log.connection, asked.moment, HELD):
        for span in below_zero(days):
            until = span.until or asked.day
            yield ExceptionRow(
                "negative-day",
                span.account,
                (span.position,),
                f"{span.since} to before {until}",
                amount=span.lowest,
                unit=span.unit,
                days=(until - span.since).days,
            )
