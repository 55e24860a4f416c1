"""The reading address of targets: what a plan wants of a period, and how far the events are."""

from __future__ import annotations

from api.queries.formats import Row, columns
from api.queries.resource import Answer, Question, Source, short
from api.resources.figures import VIEWS, which
from api.resources.registers import READERS
from projections import figures
from projections.core.event_log import Reading
from projections.figures import period

COLUMNS = columns(
    "id figure title programme target target_printed qualifier value printed progress due keeper"
    " source formula basis",
    quantities="target value progress",
)


def of_period(connection: Reading, question: Question) -> list[Row]:
    """Return the targets of the period asked for."""
    return [*figures.targets(connection, question.moment, which(connection, question))]


def ask_targets(connection: Reading, question: Question) -> Answer:
    """Ask for the targets of a period."""
    return short(of_period(connection, question), COLUMNS, question)


TARGETS = Source(
    path="/targets",
    says="The targets of a period, each with what measures it, its value so far and its progress.",
    ask=ask_targets,
    views=VIEWS,
    single={"period": period},
    roles=READERS,
)
