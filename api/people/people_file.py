"""A person's or a household's whole file, and the event of opening it with names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from api.people.people_search import PURPOSES, VIEWS, note, opened, take_look
from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, Query, Resource
from api.queries.snapshot import snapshot
from api.resources.registers import no_subject
from infra.config.clock import today
from projections.casework.person_file import FileSubject, PersonFile, subject_of
from projections.core import view
from projections.core.view import Moment
from projections.disclosure.clearance import CLOSE

if TYPE_CHECKING:
    from infra.commands.command import Sender
    from infra.ledger import Ledger
    from projections.core.event_log import Reading

PAID = columns(
    "month scheme programme fund id amount state on run bank holder completes after_stop",
    quantities="amount",
)
Papers = Mapping[str, Row]


def open_papers(ledger: Ledger, sender: Sender, key: str, purpose: str) -> Papers:
    """Open the papers of the persons of a file, and note who looks and what for."""
    take_look(ledger, sender)
    with snapshot(ledger) as connection:
        subject = asked_for(connection, key, Moment(view.position(connection, *VIEWS)))
        papers = opened(ledger, connection, subject.persons, [*subject.persons])
    note(ledger, sender, purpose, of=subject.id, shown=[*subject.persons])
    return papers


def asked_for(connection: Reading, key: str, moment: Moment) -> FileSubject:
    """Return whose file it is; raise `UnknownSubject` if nobody is known by the key."""
    subject = subject_of(connection, key, moment, moment.as_of or today())
    if subject is None:
        raise no_subject(key)
    return subject


class FileAnswer(Resource):
    """A whole file; in tables its payments. Names stand in it where its papers were opened."""

    def __init__(self, query: Query, *, papers: Papers) -> None:
        """Answer with the papers that were opened."""
        super().__init__(query)
        self.papers = papers

    @cached_property
    def file(self) -> PersonFile:
        """Return the file, asked for once."""
        query = self.query
        subject = asked_for(query.connection, query.key, query.moment)
        tag = partial(query.vault.tag, query.connection)
        day = query.moment.as_of or today()
        return PersonFile(query.connection, query.moment, subject, day=day, tag=tag)

    def columns(self) -> Sequence[Column]:
        """Return what is said of a payment."""
        return PAID

    def rows(self) -> Sequence[Row]:
        """Return the payments."""
        return self.file.payments

    def totals(self) -> Sequence[Total]:
        """Return what was paid out."""
        return [Total(**each) for each in self.whole()["totals"]]

    def whole(self) -> Row:
        """Return the file."""
        found = self.file.whole()
        members = [row | self.papers.get(str(row["id"]), {}) for row in found["members"]]
        return found | {"members": members}


FILE = Address(
    path="/people/{key}/file",
    summary="A person's or a household's whole file; with names where a purpose is given.",
    resource=partial(FileAnswer, papers={}),
    views=VIEWS,
    listed=False,
    single={"purpose": parameters.one_of(*PURPOSES)},
    roles=CLOSE,
)
