"""The office's addresses of social assistance: all aid of a household, and early warnings."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import get_args

from api.http.clock import today
from api.queries import parameters
from api.queries.formats import Total, columns
from api.queries.resource import Answer, Question, Source, short
from api.resources.registers import CLOSE, found
from domain.benefits import early_warnings as rules
from projections.casework import early_warnings, household_aid
from projections.core.event_log import Reading

AID = columns(
    "kind id state holder scheme programme follows payee fund area tier units placement facility"
    " month amount income facts_digest from until stopped_from after_stop completes payments"
    " reason",
    quantities="amount income",
)
WARNINGS = columns(
    "id kind subject entitlement scheme area state value line last_on days cases rule",
    quantities="value line",
)


def day_of(question: Question) -> date:
    """Return the day that is asked about: today, unless another one was named."""
    return question.moment.as_of or today()


def ask_aid(connection: Reading, question: Question) -> Answer:
    """Ask for everything that a household and its members get."""
    home = found(connection, f"household:{question.key}", question)
    day, tag = day_of(question), partial(question.vault.tag, connection)
    rows = household_aid.aid(connection, home, question.moment, day=day, tag=tag)
    said = {"household": home["id"], "members": home.get("members", ()), "day": day}
    return short(rows, AID, question)._replace(
        totals=lambda: (Total("paid", household_aid.paid_out(rows), "fen"),),
        more=lambda: said,
    )


def ask_warnings(connection: Reading, question: Question) -> Answer:
    """Ask who should be looked at, and by which rules."""
    day, kinds = day_of(question), question.where.get("kind", ())
    given = early_warnings.warnings(connection, question.moment, day=day, kinds=kinds)
    return short(given.rows, WARNINGS, question)._replace(
        totals=lambda: tuple(Total(*each) for each in early_warnings.counts(given)),
        more=lambda: {"day": day, "rules": [rules.said(each) for each in given.thresholds]},
    )


ASSISTANCE: tuple[Source, ...] = (
    Source(
        path="/households/{key}/aid",
        says="All aid that a household and its members get: entitlements, relief, payments.",
        ask=ask_aid,
        views=("registers", "payments", "roll"),
        roles=CLOSE,
    ),
    Source(
        path="/warnings",
        says="Who is near the line, unchecked for too long, or often in need, and by which rule.",
        ask=ask_warnings,
        views=("registers", "roll"),
        filters={"kind": parameters.one_of(*get_args(rules.Warned))},
        roles=CLOSE,
    ),
)
