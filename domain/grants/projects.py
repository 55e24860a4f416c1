"""Projects (项目): what grants and contracts are grouped by."""

from __future__ import annotations

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.disclosure import public
from domain.kernel.ids import Purpose, Text, Word


class Project(Aggregate):
    """One project of a programme; it may have a thousand grants."""

    KIND = "project"
    COLLECTION = "projects"
    ORDER, PUBLIC_ORDER = 130, 60

    def __init__(self, subject: str) -> None:
        """Start unknown."""
        super().__init__(subject)
        self.purpose = ""

    @command(roles=("clerk",), opens=True)
    def open(self, act: Act, *, title: Text, programme: Word, purpose: Purpose) -> None:
        """Open a project."""
        self.record(ProjectOpened, act, title=title, programme=programme, purpose=purpose)


class ProjectOpened(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The project was opened."""

    TOPIC = "project.opened"
    PUBLIC = public("title programme purpose")
    STATE = "open"

    title: str
    programme: str
    purpose: str

    def apply(self, project: Project) -> None:
        """Keep what it is for."""
        project.purpose = self.purpose
