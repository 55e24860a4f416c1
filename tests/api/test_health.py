"""What those who run it see, and what OpenAPI promises."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from openapi_spec_validator import validate
from prometheus_client.parser import text_string_to_metric_families

from api.http import tokens
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, Stored
from infra.ledger import open_ledger
from scripts.scenarios.office import OPERATOR, Office, staffed
from scripts.scenarios.stories import receive
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client

    from infra.config.settings import Settings

MEASURED = [
    "log_position",
    "webhooks_delivering",
    "webhooks_webhooks",
    "webhooks_retrying",
    "webhooks_ended",
    "webhooks_calls_total",
    "webhooks_failures_total",
    "relay_position",
    "relay_lag",
    "relay_events_per_second",
    "relay_events_total",
    "relay_transactions_total",
    "relay_failures_total",
    "feed_readers",
    "feed_readers_cut_off_total",
    "kept_answers",
    "kept_answers_bytes",
    "kept_answers_given_total",
    "pool_size",
    "pool_available",
    "requests_waiting",
    "command_seconds_count",
]


def test_it_says_that_it_is_alive_and_ready(office: Office, web: Client) -> None:
    head = catch_up(office.ledger)
    assert web.get("/livez").status_code == 200
    ready = web.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["position"] == head
    assert {view["view"] for view in ready.json()["views"]} >= {"journal", "balances", "registers"}


def test_a_release_that_was_begun_and_left_is_told(settings: Settings) -> None:
    with open_ledger(settings) as ledger, served(ledger) as web:
        catch_up(ledger)
        assert web.get("/readyz").json()["releases"] == []
        # The rows as the release writes them; no view has seen them yet.
        begun = [(name, "chunk-released") for name in ("left", "few", "whole")]
        drawn_up = [("left", "drawn-up"), ("few", "drawn-up")]
        told = [*drawn_up, *begun, ("whole", "released")]
        seen: Counter[str] = Counter()
        rows = []
        for name, verb in told:
            seen[name] += 1
            topic, subject = f"pay-run.{verb}.v1", f"pay-run:aid:{name}"
            count = b"4" if name == "few" else b"5"
            rows.append(Stored(subject, seen[name], topic, b'{"paid": 1, "count": %b}' % count))
        with ledger.connection() as connection:
            append(connection, Batch(rows))
        releases = web.get("/readyz").json()["releases"]
        # A run of few lines is not named to everybody.
        assert {each["run"] for each in releases} == {"pay-run:aid:left", None}
        assert all(each["begun_at"].endswith("Z") for each in releases)


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


def measured(web: Client) -> dict[str, float]:
    """Return what is measured, by name and labels."""
    answer = web.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        f"{sample.name}{''.join(sample.labels.values())}": sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_what_is_measured_is_written_for_prometheus(office: Office, web: Client) -> None:
    found = measured(web)
    for name in MEASURED:
        assert f"mingzhang_{name}" in found, name
    assert found["mingzhang_log_position"] == catch_up(office.ledger)
    assert found["mingzhang_relay_stateoff"] == 1
    assert {name for name in found if name.startswith("mingzhang_view_position")} >= {
        "mingzhang_view_positionbalances", "mingzhang_view_positionregisters",
    }  # fmt: skip


def test_commands_and_pages_are_timed(web: Client, as_: Callable[[str], dict[str, str]]) -> None:
    before = measured(web)
    refused = web.post("/v1/commands", json={}, headers=as_("clerk"))
    assert refused.status_code == 422
    assert web.get("/funds?lang=en&limit=7", headers={"Accept": "text/html"}).status_code == 200
    after = measured(web)
    for name in ("mingzhang_command_seconds_count", "mingzhang_page_seconds_countfunds"):
        assert after[name] == before.get(name, 0) + 1
    assert after["mingzhang_page_seconds_sumfunds"] > 0


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
