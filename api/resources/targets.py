"""The reading address of targets: what a plan wants of a period, and how far the events are."""

from __future__ import annotations

from collections.abc import Sequence

from api.queries.formats import Column, Row, columns
from api.queries.resource import Address, ShortList
from api.resources.figures import VIEWS, OfFigures
from projections import figures
from projections.disclosure.clearance import READERS
from projections.figures import period

TARGET_COLUMNS = columns(
    "id figure title programme target target_printed qualifier value printed progress due keeper"
    " source formula basis",
    quantities="target value progress",
)


class Targets(OfFigures, ShortList):
    """The targets of a period."""

    def columns(self) -> Sequence[Column]:
        """Return what a target says."""
        return TARGET_COLUMNS

    def listed(self) -> Sequence[Row]:
        """Return the targets in the plan's order."""
        return [*figures.targets(self.query.connection, self.query.moment, self.chosen)]


TARGETS = Address(
    path="/targets",
    summary="The targets of a period, each with what measures it, its value so far and its"
    " progress.",
    resource=Targets,
    views=VIEWS,
    single={"period": period},
    roles=READERS,
)
