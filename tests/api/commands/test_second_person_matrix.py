"""Every act that needs a second person, against every way in which one person might do it alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from infra.verify.runner import verify
from scripts.scenarios.office import APPROVER, DAY, EVE, OPERATOR, Office, an_order, staffed
from tests.api.commands.second_person_acts import ACTS, commands, prepared, roles_together
from tests.api.commands.served_office import COMMANDS, bearer
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from httpx import Client, Response

    from infra.ledger import Ledger

SECOND_PERSONS = commands()
LATE = str(date.fromisoformat(DAY) + timedelta(days=31))
AT_ONCE, HUNDRED = 20, 100
_numbers = count(1)


class Matrix(NamedTuple):
    """An office and a client; people who come for one act each."""

    office: Office
    web: Client

    def person(self, *roles: str) -> str:
        """Return somebody new who holds as many of these roles as one may."""
        who = f"somebody-{next(_numbers)}"
        for role in roles_together(*roles):
            self.office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
        return who

    def withdraw(self, who: str, *roles: str) -> None:
        """Take roles from somebody."""
        for role in roles_together(*roles):
            order: dict[str, Any] = {"who": who, "role": role}
            self.office.send("role.withdraw", f"role:{who}", by=OPERATOR, on=EVE, **order)

    def send(
        self, by: str, roles: tuple[str, ...], command: str, subject: str, **more: Any
    ) -> Response:
        """Send a command with a token that carries roles."""
        key = f"matrix-{next(_numbers)}"
        headers = {"Authorization": bearer(self.office, by, *roles), "Idempotency-Key": key}
        on = more.pop("on", DAY)
        order = an_order(command, subject, on=on, act=more.pop("act", None), **more)
        return self.web.post(COMMANDS, json=order, headers=headers)


class Proposed(NamedTuple):
    """A command, and how it is proposed and confirmed."""

    matrix: Matrix
    command: str
    subject: str
    what: dict[str, Any]
    act: Mapping[str, Any]

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the proposer's roles: all that he may hold of the first and the second person."""
        first, second = SECOND_PERSONS[self.command]
        return roles_together(*first, *second)

    @property
    def second(self) -> tuple[str, ...]:
        """Return the roles of who may confirm."""
        return SECOND_PERSONS[self.command][1]

    def propose(self, by: str) -> tuple[str, str]:
        """Propose it; return the proposal and its digest."""
        answer = self.matrix.send(
            by, self.roles, self.command, self.subject, act=dict(self.act), **self.what
        )
        assert answer.status_code == 201, answer.text
        told = answer.json()
        return told["proposed"], told["digest"]

    def confirm(self, by: str, roles: tuple[str, ...], proposal: str, **more: Any) -> str:
        """Confirm a proposal; return the code of the refusal, empty if it is taken."""
        answer = self.matrix.send(by, roles, "proposal.confirm", proposal, **more)
        assert answer.status_code < 500, answer.text
        return "" if answer.status_code == 201 else str(answer.json()["code"])

    def events(self) -> int:
        """Count the events of the subject."""
        return len([*self.matrix.office.events(self.subject)])


@pytest.fixture(scope="module")
def matrix(server_ledger: Ledger) -> Iterator[Matrix]:
    office = staffed(Office(server_ledger))
    prepared(office)
    with served(server_ledger) as web:
        yield Matrix(office, web)


@pytest.fixture(scope="module", params=sorted(ACTS))
def proposed(matrix: Matrix, request: pytest.FixtureRequest) -> Proposed:
    """Prepare one act of each command, which nobody carries out before the last test."""
    subject, what, act = ACTS[request.param](matrix.office)
    return Proposed(matrix, request.param, subject, what, act)


def test_the_matrix_has_every_command_of_the_catalogue() -> None:
    assert ACTS.keys() == SECOND_PERSONS.keys()


def test_nobody_confirms_it_alone_and_nothing_is_done(proposed: Proposed) -> None:
    matrix, before = proposed.matrix, proposed.events()
    second = matrix.person(*proposed.second)
    first = matrix.person(*proposed.roles)
    proposal, digest = proposed.propose(first)
    for role in proposed.roles:
        # Under whichever role of his, all of them included.
        assert proposed.confirm(first, (role,), proposal) == "second-person-needed"
    assert proposed.confirm(first, proposed.roles, proposal) == "second-person-needed"
    stranger = matrix.person("subscriber")
    assert proposed.confirm(stranger, ("subscriber",), proposal) == "role-missing"
    other = ("0" if digest[0] != "0" else "1") + digest[1:]
    assert proposed.confirm(second, proposed.second, proposal, digest=other) == "digest-mismatch"
    assert proposed.confirm(second, proposed.second, proposal, on=LATE) == "wrong-state"
    matrix.withdraw(second, *proposed.second)
    assert proposed.confirm(second, proposed.second, proposal) == "role-missing"
    another = matrix.person(*proposed.second)
    matrix.withdraw(first, *proposed.roles)
    assert proposed.confirm(another, proposed.second, proposal) == "wrong-state"
    assert proposed.events() == before


def test_what_is_rejected_is_not_confirmed(proposed: Proposed) -> None:
    matrix, before = proposed.matrix, proposed.events()
    first, second = matrix.person(*proposed.roles), matrix.person(*proposed.second)
    for by, roles in ((first, proposed.roles), (second, proposed.second)):
        proposal, _ = proposed.propose(first)
        rejected = matrix.send(by, roles, "proposal.reject", proposal, reason="不妥")
        assert rejected.status_code == 201, rejected.text
        assert proposed.confirm(second, proposed.second, proposal) == "wrong-state"
    assert proposed.events() == before


def test_the_event_of_a_proposal_is_not_reversed(proposed: Proposed) -> None:
    matrix = proposed.matrix
    first = matrix.person(*proposed.roles)
    proposal, _ = proposed.propose(first)
    at = matrix.office.rows(
        "SELECT notification_id FROM ledger.events WHERE originator_id = %(id)s", id=proposal
    )[0][0]
    for subject in (proposal, proposed.subject):
        answer = matrix.send(APPROVER, ("approver",), "event.reverse", subject, of=at)
        assert 400 <= answer.status_code < 500, answer.text
    assert [event.TOPIC.partition(".")[2] for event in matrix.office.events(proposal)] == [
        "proposed"
    ]


def test_of_many_confirmations_at_once_one_wins_and_its_parts_stay(proposed: Proposed) -> None:
    matrix, before = proposed.matrix, proposed.events()
    first, second = matrix.person(*proposed.roles), matrix.person(*proposed.second)
    proposal, digest = proposed.propose(first)

    def confirm(_: int) -> str:
        return proposed.confirm(second, proposed.second, proposal, digest=digest)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        codes = list(pool.map(confirm, range(HUNDRED)))
    assert sorted(codes) == ["", *["wrong-state"] * (HUNDRED - 1)]
    made = [
        (position, subject, topic)
        for position, subject, topic in matrix.office.rows(
            "SELECT notification_id, originator_id, topic FROM ledger.events"
            " WHERE position(%(id)s::bytea IN state) > 0 ORDER BY 1", id=proposal,
        )
        if not topic.startswith("proposal.")
    ]  # fmt: skip
    assert made
    assert proposed.events() > before
    for position, subject, topic in made:
        # What it carried out is mirrored, if at all, by another than either of the two.
        answer = matrix.send(first, proposed.roles, "event.reverse", subject, of=position)
        assert 400 <= answer.status_code < 500, (topic, answer.text)


def test_what_was_tried_breaks_no_rule_of_the_store(matrix: Matrix) -> None:
    ledger = matrix.office.ledger
    catch_up(ledger)
    found = verify(ledger.pool, decisions=ledger.decisions, vault=ledger.vault)
    assert [(each["check"], each["breaches"]) for each in found if not each["holds"]] == []
