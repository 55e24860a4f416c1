"""Proposals (提议): what waits for a second person, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from api.http.translation import told
from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, Query, Resource, ShortList
from api.resources.registers import no_subject
from domain.kernel.sentences import CountedPart, Sentence
from domain.office.proposals import PROPOSED, Proposal
from infra.config.clock import today
from projections import registers
from projections.disclosure.clearance import OF_PERSONS, READERS, unnamed

STATES = ("proposed", "confirmed", "rejected", "lapsed")
LISTED = columns(
    "id state version position opened_on kind command subject says amount by digest since lapses"
    " second confirmed_by rejected_by reason",
    quantities="amount",
)
# What the whole says besides: the command as it was sent.
STATED = columns("act what")


class Proposals(ShortList):
    """The proposals that the reader may see, in the order of their ids."""

    def columns(self) -> Sequence[Column]:
        """Return what a row says."""
        return LISTED

    def listed(self) -> Sequence[Row]:
        """Return the proposals that the filters leave."""
        query = self.query
        found = registers.rows(query.connection, Proposal.COLLECTION, query.moment, where={})
        rows = [without_command(row) for each in found if (row := shown(each, query)) is not None]
        return [row for row in rows if all(row[name] in said for name, said in query.where.items())]

    def totals(self) -> Sequence[Total]:
        """Return what the rows move or give, together."""
        amounts = [row["amount"]["value"] for row in self.found if row.get("amount")]
        return (Total("amount", sum(amounts), "fen"),) if amounts else ()


class OneProposal(Resource):
    """One proposal, with the command as it was sent."""

    def columns(self) -> Sequence[Column]:
        """Return what a row says."""
        return (*LISTED, *STATED)

    @cached_property
    def found(self) -> Row:
        """Return its row; raise `UnknownSubject` where there is none for the reader."""
        query = self.query
        subject = f"{Proposal.KIND}:{query.key}"
        row = registers.one(query.connection, subject, query.moment)
        seen = row and shown(row, query)
        if not seen:
            raise no_subject(subject)
        return seen

    def rows(self) -> Sequence[Row]:
        """Return the one row."""
        return [self.found]

    def whole(self) -> Row | None:
        """Return the one row."""
        return self.found


NAMES_NOBODY = frozenset({"period", "role"})


def shown(row: Row, query: Query) -> Row | None:
    """Return a proposal as a reader sees it; None of one about a person whom he does not see."""
    if query.is_guarded and row["kind"] in OF_PERSONS:
        return None
    stated = row["stated"]
    seen = {
        **{name: said for name, said in row.items() if name not in {"stated", "proposer"}},
        "state": state_on(row, query.moment.as_of or today()),
        "says": told(sentence(row, stated.get("what", {})), query.language),
        "by": row["proposer"],
        "since": row["opened_on"],
        "act": stated["act"],
        "what": stated.get("what", {}),
    }
    if not query.is_guarded:
        return seen
    # What is said of gifts may name a donor; of roles and periods it names officers alone.
    told_of: Row = unnamed(seen if row["kind"] in NAMES_NOBODY else without_words(seen))
    return told_of


def without_words(row: Row) -> Row:
    """Leave out what was written by hand: the command, and why it was rejected."""
    return {**without_command(row), "reason": None}


def without_command(row: Row) -> Row:
    """Leave the command out of a row of the list."""
    return {name: said for name, said in row.items() if name not in {"act", "what"}}


def state_on(row: Row, day: date) -> str:
    """Return the state of a proposal on a day: nobody tells that one has lapsed."""
    lapsed = row["state"] == "proposed" and day.isoformat() > str(row["lapses"])
    return "lapsed" if lapsed else str(row["state"])


def sentence(row: Row, what: Mapping[str, Any]) -> Sentence:
    """Say what is proposed."""
    subject, command, amount = str(row["subject"]), str(row["command"]), row.get("amount")
    if command == "role.grant":
        return Sentence("let {who} act as {role}", who=what["who"], role=what["role"])
    if not amount:
        return Sentence("carry out {command} on {subject}", command=command, subject=subject)
    fen = CountedPart(int(amount["value"]), "fen")
    if command == "payment.supplement":
        return Sentence("pay {amount} more for {subject}", amount=fen, subject=subject)
    if command == "donation.refund":
        return Sentence("give {amount} of {subject} back to its donor", amount=fen, subject=subject)
    if command == "entitlement.adjust":
        return Sentence("let {subject} be {amount}", amount=fen, subject=subject)
    return Sentence(
        "carry out {command} on {subject}: {amount}", command=command, subject=subject, amount=fen
    )


PROPOSALS = Address(
    path=f"/{Proposal.COLLECTION}",
    summary="What was proposed, and what became of it; a proposal lapses after 30 days.",
    resource=Proposals,
    views=("registers",),
    filters={
        "state": parameters.one_of(*STATES),
        "kind": parameters.one_of(*sorted(PROPOSED)),
        "command": parameters.text,
        "subject": parameters.text,
        "by": parameters.text,
    },
    roles=READERS,
)
PROPOSAL = Address(
    path=f"/{Proposal.COLLECTION}/{{key}}",
    summary="One proposal, with the command as it was sent.",
    resource=OneProposal,
    views=("registers",),
    listed=False,
    roles=READERS,
)
