"""Runs of `verify` over HTTP: what was found is kept, and a run survives what cuts it off."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

import pytest

from infra.ledger import Ledger
from infra.postgres.identity import TOKEN
from infra.verify import check_process, kept_results
from infra.verify.runner import CHECKS, NOT_BUILT, verify
from tests.api.audit.audit_desk import AuditDesk

PATIENCE = 60.0
BUILT = [name for name in CHECKS if name not in NOT_BUILT]


def ended(desk: AuditDesk, run: str) -> dict[str, Any]:
    """Wait for the end of a run."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said: dict[str, Any] = desk.get(f"/v1/checks/runs/{run}").json()
        if said["state"] != "waiting":
            return said
        time.sleep(0.2)
    raise TimeoutError(run)


def answers_of(ledger: Ledger) -> list[dict[str, Any]]:
    """Run all checks here, and keep nothing."""
    return list(
        verify(
            ledger.pool,
            decisions=ledger.decisions,
            vault=ledger.vault,
            token_key=ledger.secret(TOKEN),
        )
    )


def test_a_run_keeps_what_each_check_answers(desk: AuditDesk) -> None:
    answer = desk.post("/v1/checks")
    assert answer.status_code == 202
    run = answer.json()["run"]
    assert answer.headers["Location"] == answer.json()["job"] == f"/v1/checks/runs/{run}"
    said = ended(desk, run)
    assert (said["state"], said["by"]) == ("done", "auditor-1")
    assert [row["check"] for row in said["rows"]] == BUILT
    listed = desk.get("/v1/checks").json()
    assert [row["check"] for row in listed["rows"]] == BUILT
    direct = {answer["check"]: answer for answer in answers_of(desk.ledger)}
    for row in listed["rows"]:
        wanted = direct[row["check"]]
        assert (row["holds"], row["examined"]) == (wanted["holds"], wanted["examined"])
        assert row["breaches"] == wanted["breaches"]
        assert row["run"] == run
        assert row["position"] == said["position"] == listed["known_at"]["position"]
        assert row["sentence"]
    assert desk.get("/v1/checks/runs").json()["rows"][0]["run"] == run
    assert len(desk.get("/v1/checks.csv").text.splitlines()) == 1 + len(BUILT)


def test_a_run_of_one_check_leaves_what_the_others_answered(desk: AuditDesk) -> None:
    said = ended(desk, desk.post("/v1/checks", check="identity").json()["run"])
    assert [row["check"] for row in said["rows"]] == ["identity"]
    rows = desk.get("/v1/checks", check=["identity", "sums-zero"]).json()["rows"]
    assert {row["check"] for row in rows} <= {"identity", "sums-zero"}
    assert rows[-1]["run"] == said["run"]


def test_a_run_that_was_cut_off_is_taken_up_again(desk: AuditDesk) -> None:
    """As at the start of a server: what is waiting is carried out, by one process only."""
    ledger = desk.ledger
    with ledger.connection() as connection:
        run = kept_results.ask(connection, "auditor-1", ["sums-zero"], full=True)
        again = kept_results.ask(connection, "auditor-2", ["sums-zero"], full=False)
        assert run == again
        assert run in kept_results.waiting(connection)
    with kept_results.taken(ledger.database.app_url, run) as is_ours:
        assert is_ours
        check_process.carry_out(ledger, run)
        assert desk.get(f"/v1/checks/runs/{run}").json()["state"] == "waiting"
    check_process.take_up(ledger)
    said = ended(desk, str(run))
    assert said["state"] == "done"
    assert said["rows"][0]["holds"]


def test_a_run_that_ends_by_a_fault_has_failed_and_one_that_was_stopped_has_not(
    desk: AuditDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.ledger.connection() as connection:
        run = kept_results.ask(connection, "auditor-1", ["identity"], full=True)
    monkeypatch.setattr(check_process, "run_beside", lambda *_: 1)
    with kept_results.taken(desk.ledger.database.app_url, run):
        # A second process that fails ends nothing for the first.
        check_process.begin(desk.ledger, run)
        assert desk.get(f"/v1/checks/runs/{run}").json()["state"] == "waiting"
    for code, state in {-9: "waiting", 1: "failed"}.items():
        monkeypatch.setattr(check_process, "run_beside", lambda *_, code=code: code)
        check_process.begin(desk.ledger, run)
        assert desk.get(f"/v1/checks/runs/{run}").json()["state"] == state


@pytest.mark.parametrize(
    ("wrong", "pointer"), [({"check": "nothing"}, "/check"), ({"checks": "identity"}, "/checks")]
)
def test_what_there_is_not_is_refused(desk: AuditDesk, wrong: dict[str, Any], pointer: str) -> None:
    answer = desk.post("/v1/checks", **wrong)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
    assert desk.get("/v1/checks/runs/x").status_code == 404
    said = desk.get(f"/v1/checks/runs/{UUID(int=7)}", shape="x")
    assert (said.status_code, said.json()["errors"][0]["pointer"]) == (422, "/shape")
    assert desk.get(f"/v1/checks/runs/{UUID(int=7)}").status_code == 404


def test_who_may_not_see_persons_reads_no_breaches_and_a_clerk_starts_no_run(
    desk: AuditDesk,
) -> None:
    for path in ("/v1/checks", "/v1/checks/runs", f"/v1/checks/runs/{UUID(int=7)}"):
        assert desk.get(path, "registrar").json()["code"] == "role-missing"
        assert desk.client.get(path).status_code == 401
    assert desk.post("/v1/checks", "registrar").json()["code"] == "role-missing"
