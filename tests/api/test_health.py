"""What those who run it see, and what OpenAPI promises."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from openapi_spec_validator import validate

from api.http import tokens
from infra.ledger import open_ledger
from scripts.scenarios.office import OPERATOR, Office, staffed
from scripts.scenarios.stories import receive
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from httpx import Client

    from infra.config.settings import Settings


def test_it_says_that_it_is_alive_and_ready(office: Office, web: Client) -> None:
    head = catch_up(office.ledger)
    assert web.get("/livez").status_code == 200
    ready = web.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["position"] == head
    assert {view["view"] for view in ready.json()["views"]} >= {"journal", "balances", "registers"}


def test_a_stopped_view_is_seen(settings: Settings) -> None:
    with open_ledger(settings) as ledger:
        staffed(Office(ledger))
        catch_up(ledger)
        with ledger.connection() as connection:
            connection.execute("UPDATE views.positions SET stopped = 'poison' WHERE view = 'facts'")
        with served(ledger) as web:
            answer = web.get("/readyz")
            assert answer.status_code == 503
            assert {"view": "facts", "stopped": "poison"}.items() <= next(
                view for view in answer.json()["views"] if view["view"] == "facts"
            ).items()
            assert 'mingzhang_view_stopped{view="facts"} 1' in web.get("/metrics").text


def test_before_the_first_projection_a_reader_is_asked_to_wait(settings: Settings) -> None:
    with open_ledger(settings) as ledger, served(ledger) as web:
        answer = web.get("/open/v1/funds")
        assert (answer.status_code, answer.json()["code"]) == (503, "view-behind")
        assert web.get("/readyz").status_code == 503


def test_what_is_measured_is_written_for_prometheus(web: Client) -> None:
    text = web.get("/metrics").text
    for line in text.splitlines():
        sample = re.fullmatch(r'[a-z_]+(\{[a-z]+="[a-z_]+"\})? -?\d+', line)
        assert line.startswith("# TYPE ") or sample
    assert "mingzhang_log_position" in text


def test_openapi_is_valid_and_names_every_address(web: Client) -> None:
    document = web.get("/openapi.json").json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    for path in ("/v1/commands", "/v1/funds", "/open/v1/funds/{key}", "/v1/journal", "/v1/events",
                 "/open/v1/figures/{key}/events", "/years/{key}", "/livez"):  # fmt: skip
        assert path in document["paths"], path
    names = [
        operation["operationId"]
        for operations in document["paths"].values()
        for operation in operations.values()
    ]
    assert len(names) == len(set(names))


def test_a_withdrawn_role_opens_nothing_at_once(settings: Settings) -> None:
    with open_ledger(settings) as ledger:
        office = Office(ledger)
        what: dict[str, Any] = {"who": "auditor-9", "role": "auditor"}
        office.send("role.grant", "role:auditor-9", by=OPERATOR, **what)
        catch_up(ledger)
        token, _ = tokens.issue(
            ledger.secret("token-key"), by="auditor-9", roles=("auditor",), ttl=timedelta(hours=1)
        )
        with served(ledger) as web:
            web.headers["Authorization"] = f"Bearer {token}"
            assert web.get("/v1/funds").status_code == 200
            office.send("role.withdraw", "role:auditor-9", by=OPERATOR, **what)
            assert web.get("/v1/funds").json()["code"] == "role-missing"


def test_somebody_s_refused_question_does_not_harm_the_next_command(
    office: Office, web: Client
) -> None:
    for _ in range(50):
        assert web.get("/open/v1/funds/none").status_code == 404
        receive(office, "fund:x", 1)
    catch_up(office.ledger)
