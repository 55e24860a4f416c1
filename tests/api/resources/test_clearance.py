"""What of persons each role of the office is shown: every address, in every form."""

from __future__ import annotations

import io
import sys
import zipfile
from itertools import chain
from typing import TYPE_CHECKING, Any, get_args

import pytest

from api.app import IN_OFFICE, build
from domain import AGGREGATES
from domain.office.roles import RoleName
from projections.disclosure.clearance import CLOSE
from scripts import reading_roles
from scripts.scenarios.office import CLERK, STAFF
from tests.api.resources.conftest import WITHDRAWN, headers
from tests.api.resources.planted_persons import GUARDED, IDS, MARK, PERSONS, REFUGE, marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client, Response

    from scripts.scenarios.office import Office

FORMS = ("json", "csv", "xlsx", "jsonl")
# Addresses that are no resource: the feed, single receipts, the catalogue.
BESIDE = {f"/v1{path}" for path in reading_roles.BESIDE}


@pytest.fixture
def office(planted_office: Office) -> Office:
    """Give the office of the marked ledger."""
    return planted_office


@pytest.fixture
def web(planted_web: Client) -> Client:
    """Give a client of its server."""
    return planted_web


def keys(office: Office) -> dict[str, list[str]]:
    """Return the keys of all subjects, by collection; and one that there is not."""
    collections = {kind.KIND: kind.COLLECTION for kind in AGGREGATES}
    found: dict[str, list[str]] = {name: ["none"] for name in collections.values()}
    for (subject,) in office.rows("SELECT DISTINCT originator_id FROM ledger.events ORDER BY 1"):
        kind, _, key = subject.partition(":")
        found[collections[kind]].append(key)
    found["figures"] = ["dibao.spend", "hospice.persons", "social-work.staff", "refuge.helped"]
    return found


def paths(office: Office) -> Iterator[str]:
    """Give every address of the office, each with every key."""
    known = keys(office)
    for address in IN_OFFICE:
        collection = address.path.split("/")[1]
        for key in known[collection] if "{key}" in address.path else [""]:
            yield "/v1" + address.path.replace("{key}", key)


def text_of(answer: Response) -> str:
    """Return all that an answer says: its headers, and its body, taken out of a workbook."""
    said = str(answer.headers)
    if not answer.headers.get("content-type", "").startswith("application/vnd"):
        return said + answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return said + "".join(book.read(name).decode() for name in book.namelist())


def without_question(answer: Response, path: str, looked_for: tuple[str, ...]) -> str:
    """Return what an answer says, but for the question that it repeats."""
    said = text_of(answer)
    for part in (path, path.rpartition(".")[0], *path.split("/")):
        if any(mark in part for mark in looked_for):
            said = said.replace(part, "")
    for subject in IDS:
        if subject.partition(":")[2] in path:
            said = said.replace(subject, "")
    return said


def test_every_address_of_the_office_is_looked_at(office: Office) -> None:
    routes = build(office.ledger).openapi()["paths"]
    found = {path for path, ways in routes.items() if path.startswith("/v1/") and "get" in ways}
    assert found == {f"/v1{address.path}" for address in IN_OFFICE} | BESIDE


@pytest.mark.parametrize("role", get_args(RoleName))
def test_each_role_reads_the_addresses_that_the_table_gives_it(
    role: str, office: Office, web: Client
) -> None:
    given, place = headers(office, role), reading_roles.ROLES.index(role)
    for path, given_to in reading_roles.marks().items():
        answer = web.get("/v1" + path.replace("{key}", "none").replace("{position}", "1"),
                         headers=given)  # fmt: skip
        may_read = given_to[place] != reading_roles.NOTHING
        assert (answer.status_code != 403) == may_read, path


def test_the_table_of_the_docs_is_that_of_the_addresses() -> None:
    assert reading_roles.PLACE.read_text(encoding="utf-8") == reading_roles.page()


@pytest.mark.parametrize("role", [*GUARDED, "withdrawn", "subscriber"])
def test_nothing_of_a_person_is_told_who_may_not_see_it(
    role: str, office: Office, web: Client
) -> None:
    given = headers(office, "auditor", WITHDRAWN) if role == "withdrawn" else headers(office, role)
    asked, told, looked_for = 0, 0, marks(office)
    broken: list[tuple[str, str, str]] = []
    for path in paths(office):
        for form in FORMS:
            answer = web.get(f"{path}.{form}", headers=given, params={"limit": 1000})
            if answer.status_code == 422:
                answer = web.get(f"{path}.{form}", headers=given)
            asked += 1
            told += answer.status_code == 200
            said = without_question(answer, path, looked_for)
            broken += [
                (path, form, said[max(0, said.index(mark) - 80) :][:120])
                for mark in looked_for
                if mark in said
            ]
    sys.stdout.write(f"{role}: {asked} answers, {told} with rows, {len(broken)} broken\n")
    assert broken == []
    assert told > 100 or role in {"withdrawn", "subscriber"}


def test_who_may_see_persons_sees_each_of_them(office: Office, web: Client) -> None:
    for role in sorted(CLOSE):
        said = "".join(web.get(path, headers=headers(office, role)).text for path in paths(office))
        assert [each for each in (*IDS, *marks(office)) if each not in said] == [], role


ASKED = (
    ("/v1/journal", "subject", "relief:{}"),
    ("/v1/journal", "account", "committed:x:general:relief:{}"),
    ("/v1/balances", "account", "owed:*:*:recovery:{}"),
    ("/v1/balances", "account", "committed:*:*:*{}*"),
    ("/v1/receipts", "subject", "person:{}-0"),
    ("/v1/receipts", "key", "{}-person.register-person:{}-0"),
    ("/v1/donations", "donor", "person:{}-1"),
    ("/v1/honours", "recipient", "person:{}-4"),
    ("/v1/entries", "links", "person:{}-5"),
    ("/v1/search", "q", "{}"),
    ("/v1/pay-runs", "bank_ref", "{}-bank"),
    ("/v1/figures/dibao.spend", "area", "person:{}-0"),
    ("/v1/facilities", "title", "{}所"),
)


@pytest.mark.parametrize("role", GUARDED)
@pytest.mark.parametrize("asked", ASKED)
def test_no_question_tells_whether_somebody_is_there(
    role: str, asked: tuple[str, str, str], office: Office, web: Client
) -> None:
    path, name, value = asked

    def ask(word: str) -> tuple[int, Any]:
        answer = web.get(
            path, headers=headers(office, role), params={name: value.replace("{}", word)}
        )
        return answer.status_code, answer.text.replace(word, "")

    assert ask(MARK) == ask("nobody")


@pytest.mark.parametrize("role", GUARDED)
@pytest.mark.parametrize(
    "path",
    [
        "/v1/persons/{}",
        "/v1/households/{}/aid",
        "/v1/relief-cases/{}",
        "/v1/facilities/{}-refuge",
        "/v1/facilities/{}-refuge/events",
        "/v1/receipts/{}-household.form-household:{}",
    ],
)
def test_no_address_tells_whether_somebody_is_there(
    role: str, path: str, office: Office, web: Client
) -> None:
    def ask(word: str) -> tuple[int, Any]:
        answer = web.get(path.replace("{}", word), headers=headers(office, role))
        return answer.status_code, answer.text.replace(word, "")

    assert ask(MARK) == ask("nobody")
    assert ask(MARK)[0] in {403, 404}


def test_the_marks_are_in_the_ledger(office: Office) -> None:
    said = [bytes(state) for (state,) in office.rows("SELECT state FROM ledger.events")]
    assert [subject for subject in chain(PERSONS, [REFUGE]) if not any(
        subject.partition(":")[2].encode() in each for each in said)] == []  # fmt: skip
    assert CLERK in STAFF
