"""Whatever is sent, the answer is a receipt, a refusal or a problem, and the log has no hole."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.commands.parsing import read_command
from api.commands.request import request_of
from api.http.problems import Problem, describe
from domain.kernel.refusals import Refused
from infra.commands.command import Command, CommandRequest, Sender
from infra.ledger import Ledger
from infra.projector.projector import Projector
from projections.core.event_log import head
from scripts.scenarios.office import EVE, OPERATOR, Office, new_key, staffed
from scripts.scenarios.stories import FUND, a_fund
from tests.api.commands.any_command import ANY_JSON, orders

CHINESE = re.compile("[一-鿿]")
FUZZING = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
# One person holds one role, so that no two of them exclude each other.
ROLES = (
    "clerk",
    "reviewer",
    "approver",
    "registrar",
    "publisher",
    "operator",
    "treasurer",
    "fundraiser",
)


def require_told(problem: Refused | Problem) -> None:
    """Require that a problem can be sent, and is told in Chinese by a sentence of its own."""
    chinese = describe(problem, instance="/v1/commands", language="zh")
    json.dumps(chinese)
    for text in (chinese["detail"], *(error["detail"] for error in chinese["errors"])):
        assert CHINESE.search(text), text
        assert "无效：" not in text, text


@given(sent=st.one_of(ANY_JSON, orders()))
@FUZZING
def test_whatever_is_sent_is_read_or_refused(sent: Any) -> None:
    try:
        request_of(json.dumps(sent).encode(), {"idempotency-key": "k"}, Sender("all"))
    except (Refused, Problem) as problem:
        require_told(problem)


@pytest.fixture(scope="module")
def everybody(server_ledger: Ledger) -> Office:
    """Let there be somebody for every role."""
    office = staffed(Office(server_ledger))
    a_fund(office, holding=10**9, purposes=("aid-poor", "aid-elderly", "community"))
    for role in ROLES:
        who = f"any-{role}"
        office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
    return office


def by_who_may(order: dict[str, Any]) -> Command:
    """Read a command, sent by somebody of its role."""
    known = read_command(order)
    return msgspec.structs.replace(known, by=f"any-{known.type.spec.roles[0]}")


@given(sent=st.lists(orders(), min_size=1, max_size=3), dry=st.booleans())
@FUZZING
def test_whatever_is_carried_out_is_done_or_refused(
    everybody: Office, *, sent: list[dict[str, Any]], dry: bool
) -> None:
    before = last(everybody)
    made: list[int] = []
    try:
        request = CommandRequest([by_who_may(o) for o in sent], new_key(), None, listed=True)
        receipts = everybody.ledger.execute(request, dry_run=dry)
        made = [position for receipt in receipts for position in receipt["positions"]]
    except (Refused, Problem) as problem:
        require_told(problem)
    assert made == list(range(before + 1, last(everybody) + 1))


def last(office: Office) -> int:
    """Return the head of the log."""
    with office.ledger.connection() as connection:
        return head(connection).position


def test_the_fund_of_the_fuzzing_is_in_order_afterwards(everybody: Office) -> None:
    """Every version once, and no account below zero: what memory held was what was stored."""
    versions = [e.originator_version for e in everybody.events(FUND)]
    assert versions == list(range(1, len(versions) + 1))
    assert everybody.positions() == list(range(1, last(everybody) + 1))


def test_no_view_stumbles_over_what_was_taken(everybody: Office) -> None:
    with psycopg.connect(everybody.ledger.database.app_url, autocommit=True) as connection:
        assert Projector(connection).catch_up() == last(everybody)
        stopped = connection.execute(
            "SELECT view, stopped FROM views.positions WHERE stopped IS NOT NULL"
        ).fetchall()
    assert stopped == []
