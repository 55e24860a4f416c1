"""The auditor's afternoon: a sample drawn by its seed, and a binder with each pick's chain."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.api.audit.audit_desk import AuditDesk

CHECK = Path(__file__).parents[3] / "docs" / "examples" / "check_binder.py"
TERMS: dict[str, Any] = {"population": "payments", "method": "mus", "size": 3, "seed": 20070331}


def binder_of(desk: AuditDesk, **terms: Any) -> zipfile.ZipFile:
    """Draw a sample and take its binder along."""
    drawn = desk.get("/v1/samples", **(TERMS | terms)).json()
    answer = desk.get(f"/v1/samples/{drawn['id']}/binder.zip")
    assert answer.status_code == 200, answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_the_same_seed_draws_the_same_and_says_its_interval(desk: AuditDesk) -> None:
    first, again = (desk.get("/v1/samples", **TERMS).json() for _ in range(2))
    assert first == again
    assert [row["pick"] for row in first["rows"]] == [1, 2, 3]
    assert first["interval"]["value"] == first["total"]["value"] // 3
    assert all(row["subject"].startswith("payment:") for row in first["rows"])
    other = desk.get("/v1/samples", **(TERMS | {"method": "random", "size": 50})).json()
    assert len(other["rows"]) == other["items"]
    assert "interval" not in other


@pytest.mark.parametrize("population", ["payments", "grants", "donations", "journal"])
def test_every_population_is_drawn_in_every_form(desk: AuditDesk, population: str) -> None:
    terms = TERMS | {"population": population, "method": "random"}
    said = desk.get("/v1/samples", **terms).json()
    lines = desk.get("/v1/samples.csv", **terms).text.splitlines()
    assert len(lines) == 1 + len(said["rows"])
    assert said["items"] >= len(said["rows"])


def test_a_binder_has_the_chain_of_each_pick_and_its_check_holds(
    desk: AuditDesk, tmp_path: Path
) -> None:
    binder = binder_of(desk)
    index = json.loads(binder.read("index.json"))
    assert {*binder.namelist()} == {"index.json", *index["files"]}
    for row in index["rows"]:
        chain = json.loads(binder.read(f"{row['pick']}/chain.json"))
        assert chain["payment"] == row["subject"]
        assert chain["holder"].split(":")[0] in {"person", "household"}
        assert chain["claim"].startswith("entitlement:")
        assert chain["rate"]["amount"]["unit"] == "fen"
        assert {"pay-run.drawn-up", "pay-run.approved", "payment.made"} <= {
            act["topic"] for act in chain["acts"]
        }
        assert binder.read(f"{row['pick']}/chain.pdf")[:5] == b"%PDF-"
    kept = tmp_path / "binder.zip"
    kept.write_bytes(desk.get(f"/v1/samples/{index['id']}/binder.zip").content)
    assert checked(kept)[0] == 0, checked(kept)[1]


def test_a_changed_chain_is_found(desk: AuditDesk, tmp_path: Path) -> None:
    binder, spoilt = binder_of(desk), tmp_path / "spoilt.zip"
    with zipfile.ZipFile(spoilt, "w") as out:
        for name in binder.namelist():
            content = binder.read(name)
            if name == "1/chain.json":
                content = content.replace(b"approver-1", b"approver-9")
            out.writestr(name, content)
    status, said = checked(spoilt)
    assert status == 1
    assert "1/chain.json" in said


def test_a_posting_of_a_fund_has_its_command_and_what_caused_it(desk: AuditDesk) -> None:
    binder = binder_of(desk, population="journal", method="random", size=200)
    chains = [json.loads(binder.read(name)) for name in binder.namelist() if "chain.json" in name]
    of_fund = [each for each in chains if each.get("subject", "").startswith("fund:")]
    assert of_fund
    for each in of_fund:
        own = [act for act in each["acts"] if act["subject"] == each["subject"]]
        assert each["position"] in [act["position"] for act in own]
    topics = {act["topic"] for each in of_fund for act in each["acts"]}
    assert {"fund.committed", "grant.awarded", "pay-run.approved"} <= topics


def test_grants_have_their_acts_too(desk: AuditDesk) -> None:
    binder = binder_of(desk, population="grants", size=1)
    chain = json.loads(binder.read("1/chain.json"))
    assert "grant.awarded" in {act["topic"] for act in chain["acts"]}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"population": "people"}, "/population"),
        ({"method": None}, "/method"),
        ({"size": 0}, "/size"),
        ({"size": 1001}, "/size"),
        ({"seed": 2**53 + 1}, "/seed"),
        ({"seed": -1}, "/seed"),
        ({"from": "2007-05-01", "to": "2007-04-01"}, "/to"),
    ],
)
def test_terms_that_cannot_be_drawn_are_named(
    desk: AuditDesk, wrong: dict[str, Any], pointer: str
) -> None:
    given = {name: value for name, value in (TERMS | wrong).items() if value is not None}
    answer = desk.get("/v1/samples", **given)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("key", ["x", "payments-mus-3-1___999999999_", "payments-mus-0-1___5_"])
def test_there_is_no_binder_of_what_is_no_sample(desk: AuditDesk, key: str) -> None:
    assert desk.get(f"/v1/samples/{key}/binder.zip").status_code == 404


def test_only_who_sees_persons_draws_samples(desk: AuditDesk) -> None:
    said = desk.get("/v1/samples", **TERMS).json()
    for path in ("/v1/samples", f"/v1/samples/{said['id']}/binder.zip"):
        assert desk.get(path, "registrar").json()["code"] == "role-missing"
        assert desk.client.get(path).status_code == 401


def checked(binder: Path) -> tuple[int, str]:
    """Run the script that checks a binder."""
    ran = subprocess.run(
        [sys.executable, str(CHECK), str(binder)], capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr
