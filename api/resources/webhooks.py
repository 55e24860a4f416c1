"""The office's addresses of webhooks: who is called, and how far each has been told."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from api.queries.formats import Row, columns
from api.queries.resource import Answer, Ask, Question, Source
from api.resources.registers import collection, history, one
from domain.office.webhooks import Webhook
from infra.webhooks import delivery_state
from projections.core.event_log import Reading

READERS = frozenset({"operator", "auditor"})
# How a receiver stands now, whatever moment of the register is asked for; never its secret.
STANDING = columns("delivery told attempts calls failures answer called_at next_try dead_letters")
NOT_YET = {"delivery": "waiting"}


def ask_standing(ask: Ask, connection: Reading, question: Question) -> Answer:
    """Ask the register, and say of each webhook that is called how its receiver stands."""
    answer = ask(connection, question)
    rows = list(answer.rows)
    notes = delivery_state.shown(connection, [str(row["id"]) for row in rows])

    def with_standing(row: Row) -> Row:
        called = row["state"] == "active"
        return {**row, **notes.get(str(row["id"]), NOT_YET if called else {})}

    return answer._replace(
        rows=[with_standing(row) for row in rows],
        columns=[*answer.columns, *STANDING],
        whole=None if answer.whole is None else with_standing(answer.whole),
    )


def standing(source: Source) -> Source:
    """Let a source say how receivers stand."""
    return replace(source, ask=partial(ask_standing, source.ask), roles=READERS)


WEBHOOKS: tuple[Source, ...] = (
    standing(collection(Webhook)),
    standing(one(Webhook)),
    replace(history(Webhook), roles=READERS),
)
