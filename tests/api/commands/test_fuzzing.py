"""Whatever is sent, the answer is a receipt, a refusal or a problem, and the log has no hole."""

from __future__ import annotations

import json
import re
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.commands.parsing import read_command
from api.commands.request import request_of
from api.http.problems import Problem, describe
from domain.kernel.refusals import Refused
from infra.commands.command import CommandRequest, Sender
from infra.ledger import OpenLedger
from infra.projecting.projector import Projector
from projections.core.event_log import head
from scripts.scenarios.office import EVE, OPERATOR, Office, new_key, staffed
from scripts.scenarios.stories import FUND, a_fund
from tests.api.commands.any_command import ANY_JSON, orders

CHINESE = re.compile("[一-鿿]")
FUZZING = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
# Duties that are kept apart exclude the rest.
ROLES = ("clerk", "reviewer", "approver", "registrar", "publisher", "operator", "treasurer")


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
def everybody(server_ledger: OpenLedger) -> Office:
    """Let one person hold all roles that do not exclude each other."""
    office = staffed(Office(server_ledger))
    a_fund(office, holding=10**9, purposes=("aid-poor", "aid-elderly", "community"))
    for role in ROLES:
        office.send("role.grant", "role:all", by=OPERATOR, on=EVE, who="all", role=role)
    return office


@given(sent=st.lists(orders(), min_size=1, max_size=3), dry=st.booleans())
@FUZZING
def test_whatever_is_carried_out_is_done_or_refused(
    everybody: Office, *, sent: list[dict[str, Any]], dry: bool
) -> None:
    before = last(everybody)
    made: list[int] = []
    try:
        request = CommandRequest(
            [read_command(o) for o in sent], new_key(), Sender("all"), listed=True
        )
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
