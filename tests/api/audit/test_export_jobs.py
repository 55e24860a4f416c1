"""Exports over HTTP: asked for, made behind the answer, taken up after a stop."""

from __future__ import annotations

import hashlib
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from api.audit.export_jobs import MOST_WAITING
from infra.exports import export_process, kept_exports
from infra.exports.book_export import FORMATS
from projections.core.view import Moment

if TYPE_CHECKING:
    from tests.api.audit.audit_desk import AuditDesk

PATIENCE = 120.0
ASKED: dict[str, Any] = {"format": "hledger", "as_of": "2007-12-31", "known_at": 40}


def ended(desk: AuditDesk, job: str) -> dict[str, Any]:
    """Wait for the end of an export."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said: dict[str, Any] = desk.get(job).json()
        if said["state"] != "waiting":
            return said
        time.sleep(0.2)
    raise TimeoutError(job)


def test_an_export_is_made_behind_the_answer_and_its_files_have_their_digests(
    desk: AuditDesk,
) -> None:
    answer = desk.send("/v1/exports", ASKED)
    assert answer.status_code == 202
    job = answer.json()["job"]
    assert answer.headers["Location"] == job
    said = ended(desk, job)
    assert (said["state"], said["format"], said["as_of"]) == ("done", "hledger", "2007-12-31")
    assert said["known_at"]["position"] == 40
    (file,) = said["files"]
    content = desk.get(file["url"]).content
    assert hashlib.sha256(content).hexdigest() == file["sha256"]
    manifest = desk.get(f"{job}/files/manifest.json").json()
    assert manifest["files"] == said["manifest"]["files"]
    assert job.endswith(desk.get("/v1/exports").json()["rows"][0]["export"])
    export = UUID(said["export"])
    shutil.rmtree(export_process.folder_of(desk.ledger.settings, export))
    with kept_exports.taken(desk.ledger.database.app_url, export):
        assert desk.get(file["url"]).status_code == 503
    assert desk.get(file["url"]).content == content
    assert desk.get(f"{job}/files/other").status_code == 404


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_made_and_one_that_was_cut_off_is_taken_up(
    desk: AuditDesk, form: str
) -> None:
    ledger = desk.ledger
    with ledger.connection() as connection:
        export = kept_exports.ask(connection, "auditor-1", form, Moment(60, None))
    with kept_exports.taken(ledger.database.app_url, export):
        export_process.carry_out(ledger, export)
        assert desk.get(f"/v1/exports/{export}").json()["state"] == "waiting"
    # As after a stop in the midst of it.
    export_process.folder_of(ledger.settings, export).mkdir(parents=True)
    export_process.carry_out(ledger, export)
    said = desk.get(f"/v1/exports/{export}").json()
    assert said["state"] == "done"
    assert said["files"]


def test_an_export_that_cannot_be_made_has_failed(
    desk: AuditDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.ledger.connection() as connection:
        export = kept_exports.ask(connection, "auditor-1", "public", Moment(1, None))
        assert export in kept_exports.waiting(connection)
    monkeypatch.setattr(export_process, "run_beside", lambda *_: 1)
    with kept_exports.taken(desk.ledger.database.app_url, export):
        # A second process that fails ends nothing for the first.
        export_process.begin(desk.ledger, export)
        assert desk.get(f"/v1/exports/{export}").json()["state"] == "waiting"
    for code, state in {-9: "waiting", 1: "failed"}.items():
        monkeypatch.setattr(export_process, "run_beside", lambda *_, code=code: code)
        export_process.take_up(desk.ledger)
        assert desk.get(f"/v1/exports/{export}").json()["state"] == state
    assert desk.get(f"/v1/exports/{export}/files/events.jsonl").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"format": "pdf"}, "/format"),
        ({"format": ["hledger"]}, "/format"),
        ({"as_of": "2007-02-30"}, "/as_of"),
        ({"known_at": 10**9}, "/known_at"),
        ({"known_at": "x"}, "/known_at"),
        ({"formats": "hledger"}, "/formats"),
    ],
)
def test_what_cannot_be_exported_is_named(
    desk: AuditDesk, wrong: dict[str, Any], pointer: str
) -> None:
    answer = desk.send("/v1/exports", ASKED | wrong)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"format":"hledger","format":"public"}'])
def test_a_body_that_is_no_object_is_refused(desk: AuditDesk, body: str) -> None:
    answer = desk.client.post("/v1/exports", content=body, headers=desk.headers("auditor"))
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_the_same_is_not_begun_twice_and_few_wait(
    desk: AuditDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As while each is being made.
    monkeypatch.setattr(export_process, "run_beside", lambda *_: -9)
    with desk.ledger.connection() as connection:
        for export in kept_exports.waiting(connection):
            kept_exports.fail(connection, export)
    asked = {"format": "public", "known_at": 30}
    with ThreadPoolExecutor(6) as senders:
        answers = [*senders.map(lambda _: desk.send("/v1/exports", asked), range(6))]
    [first] = {answer.json()["export"] for answer in answers}
    assert desk.send("/v1/exports", asked).json()["export"] == first
    others = [asked | {"format": "hledger"}, asked | {"known_at": 31}, ASKED]
    assert len({first} | {desk.send("/v1/exports", o).json()["export"] for o in others}) == 4
    refused = desk.send("/v1/exports", asked | {"known_at": 32})
    assert (refused.status_code, refused.json()["code"]) == (503, "store-unavailable")
    assert desk.send("/v1/exports", asked).json()["export"] == first
    with desk.ledger.connection() as connection:
        waiting = kept_exports.waiting(connection)
        assert len(waiting) == MOST_WAITING
        for export in waiting:
            kept_exports.fail(connection, export)
    assert desk.send("/v1/exports", asked | {"known_at": 32}).status_code == 202
    with desk.ledger.connection() as connection:
        for export in kept_exports.waiting(connection):
            kept_exports.fail(connection, export)


def test_exports_are_their_askers_own_and_for_those_who_see_persons(desk: AuditDesk) -> None:
    job = desk.send("/v1/exports", ASKED).json()["job"]
    assert desk.get(job, "clerk").status_code == 404
    assert desk.get("/v1/exports/x").status_code == 404
    assert desk.send("/v1/exports", ASKED, "registrar").json()["code"] == "role-missing"
    assert desk.client.post("/v1/exports", json=ASKED).status_code == 401
    assert ended(desk, job)["state"] == "done"
