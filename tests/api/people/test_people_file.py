"""A whole file holds all that the ledger has of somebody; its names are opened by an event."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from scripts.scenarios.office import CLERK
from scripts.scenarios.stories import payments_of
from tests.api.conftest import catch_up, code_of
from tests.api.people.conftest import (
    APRIL,
    ARREARS,
    BACK,
    ERASED_NAME,
    HOME,
    KNOWN,
    MARCH,
    NAME,
    PAID,
    PeopleDesk,
    a_number,
)

PARTS = (
    "members", "households", "claims", "payments", "relief", "placements", "recoveries",
    "warnings", "looks",
)  # fmt: skip


def file_of(desk: PeopleDesk, key: str, **asked: str) -> dict[str, Any]:
    """Return a file."""
    answer = desk.web.get(f"/v1/people/{key}/file", params=asked, headers=desk.headers("treasurer"))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def bank_lines(desk: PeopleDesk, run: str) -> list[str]:
    """Return the payments of a run's file for the bank, line by line."""
    path = f"/v1/{run.replace(':', 's/', 1)}/bank-file.csv"
    content = desk.web.get(path, headers=desk.headers("treasurer")).content.decode("utf-8-sig")
    return [each["payment"] for each in csv.DictReader(io.StringIO(content))]


@pytest.mark.parametrize("key", ["home", HOME, KNOWN])
def test_a_file_has_the_payments_month_by_month_with_the_banks_line(
    desk: PeopleDesk, key: str
) -> None:
    file = file_of(desk, key)
    assert set(PARTS) <= file.keys()
    assert [row["month"] for row in file["payments"]] == ["2007-03", "2007-04"]
    march, april = file["payments"]
    for row, run in ((march, MARCH), (april, APRIL)):
        lines = bank_lines(desk, run)
        assert row["id"] in payments_of(desk.office, run)
        assert row["bank"] == {"file": run, "line": lines.index(row["id"]) + 1}
    assert (march["state"], april["state"]) == ("returned", "made")
    [total] = file["totals"]
    assert total == {"field": "paid", "value": PAID, "unit": "fen"}
    [claim] = file["claims"]
    assert (claim["id"], claim["holder"]) == ("entitlement:home", HOME)


def test_a_payment_of_arrears_is_told_without_a_line_at_the_bank(desk: PeopleDesk) -> None:
    """A file of several months has its own order: no line is told rather than another's."""
    [row] = [row for row in file_of(desk, BACK)["payments"] if row["run"] == ARREARS]
    assert (row["month"], row["amount"]["value"], row["bank"]) == ("2007-04", PAID, None)


def test_a_household_names_its_members_and_a_person_the_household(desk: PeopleDesk) -> None:
    home, person = file_of(desk, HOME), file_of(desk, "known")
    assert (home["kind"], person["kind"]) == ("household", "person")
    assert [row["id"] for row in home["members"]] == ["person:child", KNOWN]
    assert [row["id"] for row in person["members"]] == [KNOWN]
    [stay] = person["households"]
    assert (stay["household"], stay["until"]) == (HOME, None)


def test_names_stand_in_it_by_an_event_alone(desk: PeopleDesk) -> None:
    before = len(desk.reads())
    plain = file_of(desk, HOME)
    assert len(desk.reads()) == before
    assert NAME not in str(plain)
    opened = file_of(desk, HOME, purpose="correction")
    assert len(desk.reads()) == before + 1
    names = {row["id"]: row.get("name") for row in opened["members"]}
    assert names == {KNOWN: NAME, "person:child": "甲小小"}
    found = [each for each in desk.reads() if each.of == HOME]
    assert {each.purpose for each in found} == {"correction"}
    assert set(found[0].shown) == names.keys()
    assert {each.act.by for each in found} == {"treasurer-1"}


def test_who_looked_stands_in_the_file(desk: PeopleDesk) -> None:
    assert desk.look(a_number(1), "audit", role="auditor").status_code == 200
    assert bank_lines(desk, MARCH)
    assert bank_lines(desk, APRIL)
    catch_up(desk.office.ledger)
    looks = file_of(desk, "known")["looks"]
    assert ("auditor-1", "audit") in {(each["by"], each["purpose"]) for each in looks}
    # Whoever took the file for the bank has seen the name and the account too.
    assert {MARCH, APRIL} <= {each["of"] for each in looks}
    assert [each["position"] for each in looks] == sorted(
        (each["position"] for each in looks), reverse=True
    )


def test_who_was_merged_has_one_file_and_who_was_erased_no_name(desk: PeopleDesk) -> None:
    assert file_of(desk, "old-id")["id"] == "person:new-id"
    gone = file_of(desk, "gone", purpose="service")
    [member] = gone["members"]
    assert (member["state"], member["name"]) == ("erased", None)
    assert ERASED_NAME not in str(gone)


@pytest.mark.parametrize("key", ["nobody", "person:nobody", "household:none", "fund:x", "%25", "*"])
def test_nobodys_file_is_not_there(desk: PeopleDesk, key: str) -> None:
    before = len(desk.reads())
    for asked in ({}, {"purpose": "service"}):
        answer = desk.web.get(f"/v1/people/{key}/file", params=asked, headers=desk.headers())
        assert code_of(answer) == (404, "unknown-subject")
    assert len(desk.reads()) == before
    wrong = desk.web.get(
        "/v1/people/known/file", params={"purpose": "curiosity"}, headers=desk.headers()
    )
    assert wrong.status_code == 422
    refused = desk.web.get("/v1/people/known/file", headers=desk.headers("publisher"))
    assert code_of(refused) == (403, "role-missing")


def test_a_file_is_kept_as_it_was_known(desk: PeopleDesk) -> None:
    """What came later is not in the file of an earlier position."""
    first = payments_of(desk.office, MARCH)
    [made] = desk.office.rows(
        f"SELECT notification_id FROM ledger.events WHERE originator_id = '{first[0]}'"
        " AND originator_version = 1"
    )
    early = file_of(desk, HOME, known_at=str(made[0] - 1))
    assert early["payments"] == []
    assert early["claims"]


def test_a_warning_of_the_list_stands_in_the_file(desk: PeopleDesk) -> None:
    """Somebody who died while the claim runs waits for a decision, here as there."""
    office = desk.office
    office.send("person.report-death", "person:late", by=CLERK, on="2007-04-20", date="2007-04-10")
    catch_up(office.ledger)
    asked = {"as_of": "2007-06-01"}
    everywhere = desk.web.get("/v1/warnings", params=asked, headers=desk.headers()).json()["rows"]
    own = [row for row in everywhere if row["subject"] == "household:late"]
    assert own
    assert file_of(desk, "late", **asked)["warnings"] == own
