"""Planted names, ID numbers and accounts stand nowhere in clear but where the right looks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import psycopg
import pytest
from psycopg import sql

from api.app import IN_OFFICE, IN_PUBLIC, build
from infra.exports.book_export import BookExport
from infra.kafka.messages import messages
from projections.core import event_log
from projections.core.view import Moment
from scripts.scenarios.office import DAY, an_order, new_key
from tests.api.conftest import catch_up
from tests.api.desk.browsers import csrf, sign_in, token_of
from tests.api.people.conftest import (
    ACCOUNT,
    ERASED_NAME,
    FORMER_ACCOUNT,
    FORMER_NAME,
    KNOWN,
    NAME,
    TWIN_NAME,
    PeopleDesk,
    a_number,
)

NEW = {"name": "壬癸卯", "id_number": a_number(50), "account": "7700000011112222"}
SENT = {"name": "辰巳午", "id_number": a_number(51), "account": "7700000033334444"}
PLANTED = (
    NAME, FORMER_NAME, TWIN_NAME, ERASED_NAME, ACCOUNT, ACCOUNT.replace(" ", ""), FORMER_ACCOUNT,
    "8888000000000000", "甲小小", *(a_number(nth) for nth in (1, 2, 3)), *NEW.values(),
    *SENT.values(),
)  # fmt: skip
HOUR = timedelta(hours=1)
TABLES = """SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"""
FORMATS = ("journal-csv", "hledger", "beancount")


@pytest.fixture(scope="module")
def told(desk: PeopleDesk) -> PeopleDesk:
    """Bring papers in by every door, refused and taken, and look for them."""
    send(desk, "person.register", "person:new", sealed=NEW)
    send(desk, "person.register", "person:twice", sealed=NEW)
    wrong = NEW | {"id_number": NEW["id_number"][:-1] + "5"}
    send(desk, "person.register", "person:wrong", sealed=wrong)
    send(desk, "person.register", "person:odd", sealed={**SENT, "nickname": SENT["name"]})
    for dry_run in ("true", "false"):
        table(desk, SENT, dry_run)
        table(desk, SENT | {"id_number": SENT["id_number"][:-1] + "5"}, dry_run)
    for text in (*PLANTED, "壬癸"):
        desk.look(text)
        desk.look(text, role="fundraiser")
    with desk.office.ledger.connection() as connection:
        connection.execute("DELETE FROM office.looks")
    catch_up(desk.office.ledger)
    return desk


def send(desk: PeopleDesk, command: str, subject: str, **what: Any) -> httpx.Response:
    """Post a command, taken or not; the answer repeats nothing that is planted."""
    headers = desk.headers("clerk") | {"Idempotency-Key": new_key()}
    answer = desk.web.post(
        "/v1/commands", json=an_order(command, subject, on=DAY, **what), headers=headers
    )
    assert planted_in(answer.text + str(answer.headers)) == []
    return answer


def table(desk: PeopleDesk, papers: dict[str, str], dry_run: str) -> None:
    """Send a table with one person, taken or not; what is said of it repeats nothing."""
    head = "编号,日期,姓名,公民身份号码,银行账号"
    content = f"{head}\nsent,2007-03-01,{','.join(papers.values())}\n".encode("utf-8-sig")
    headers = desk.headers("clerk", **{"Content-Type": "text/csv", "Idempotency-Key": new_key()})
    answer = desk.web.post(
        "/v1/imports/persons", content=content, params={"dry_run": dry_run}, headers=headers
    )
    assert answer.status_code == 200, answer.text
    assert planted_in(answer.text + str(answer.headers)) == []


def planted_in(text: str) -> list[str]:
    """Return what of the planted stands in a text: as it is, in hex, in JSON's or URL's escapes."""
    return [
        each
        for each in PLANTED
        for form in (each, each.encode().hex(), ascii(each)[1:-1], quote(each))
        if form in text
    ]


def test_no_table_of_the_database_has_any(told: PeopleDesk) -> None:
    """Events, receipts, views, marks, drafts, imports: what a dump of it all would have."""
    seen = 0
    with psycopg.connect(told.office.ledger.database.owner_url) as owner:
        for schema, name in owner.execute(TABLES).fetchall():
            place = sql.Identifier(schema, name)
            for (row,) in owner.execute(sql.SQL("SELECT t::text FROM {} t").format(place)):
                assert planted_in(row) == [], f"{schema}.{name}"
                seen += 1
    assert seen > 100


def test_no_stream_and_no_export_has_any(told: PeopleDesk, tmp_path: Path) -> None:
    ledger = told.office.ledger
    with ledger.connection() as connection:
        head = event_log.head(connection).position
        events = event_log.page(connection, after=0, until=head, limit=None)
        for each in messages(events, ledger.identity.origin):
            assert planted_in(f"{each.value.decode()}{each.headers}{each.key.decode()}") == []
        for form in FORMATS:
            BookExport(connection, Moment(head), {}).write(form, tmp_path / form)
    for address in ("/open/v1/events", "/v1/events"):
        headers = told.headers("auditor") if address.startswith("/v1") else {}
        answer = told.web.get(address, params={"limit": "1000"}, headers=headers)
        assert answer.status_code == 200
        assert planted_in(answer.text) == []
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert written
    assert [planted_in(file.read_text(encoding="utf-8")) for file in written] == [[]] * len(written)


def paths(told: PeopleDesk) -> Iterator[str]:
    """Give every address and page, with keys of what is there."""
    keys = {"{key}": "known", "{position}": "1", "{name}": "desk.css"}
    routes = {route.path for route in build(told.office.ledger).routes if hasattr(route, "path")}
    for path in sorted(routes | {f"/v1{each.path}" for each in (*IN_OFFICE, *IN_PUBLIC)}):
        for key in (
            ("known", "person:known", "home", "aid:2007-03", "x", "aid")
            if "{key}" in path
            else ("",)
        ):
            found = path.replace("{key}", key)
            for name, value in keys.items():
                found = found.replace(name, value)
            if "{" not in found and "stream" not in found:
                yield found


@pytest.mark.parametrize("role", ["clerk", "auditor", "fundraiser"])
def test_no_page_and_no_address_has_any_unless_it_is_looked_for(
    told: PeopleDesk, role: str
) -> None:
    """Whoever opens all there is, without saying what for, is shown none; nor is an error's."""
    asked = 0
    with httpx.Client(base_url=told.web.base_url, timeout=60) as browser:
        token = token_of(told.office.ledger, role, HOUR)
        assert sign_in(browser, token).status_code == 303
        for path in paths(told):
            if path.endswith(("/events", "/sign-out", "/metrics")):
                continue
            answer = browser.get(path)
            asked += answer.status_code == 200
            assert answer.status_code < 500, path
            assert planted_in(answer.text + str(answer.headers)) == [], path
    assert asked > 30


def test_whoever_has_the_right_finds_all_that_is_not_erased(told: PeopleDesk) -> None:
    """So that the search above is not empty: each of them is there to be found."""
    found = {text: told.ids(text) for text in PLANTED}
    nobody = {ERASED_NAME, a_number(3)}
    assert {text for text, ids in found.items() if not ids} == nobody
    assert found[NAME] == [KNOWN]
    assert found[SENT["name"]] == ["person:sent"]
    # By the number too: it came in by a table, in full-width digits it is the same.
    assert found[SENT["id_number"]] == ["person:sent"]


def test_a_refused_form_and_the_log_of_the_program_have_none(
    told: PeopleDesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with httpx.Client(base_url=told.web.base_url, timeout=60) as browser:
        assert sign_in(browser, token_of(told.office.ledger, "clerk", HOUR)).status_code == 303
        fields = {f"what.sealed.{name}": text for name, text in NEW.items()}
        said = {"subject": "person:formed", "on": "2007-03-01", "key": new_key(), **fields}
        token = csrf(browser)
        form = browser.post("/desk/commands/person.register", data={"csrf": token, **said})
        assert form.status_code in {409, 422}
        found = browser.post(
            "/desk/people", data={"csrf": token, "q": NEW["name"], "purpose": "audit"}
        )
        assert NEW["name"] in found.text
        drafted = browser.get("/desk/commands")
        assert planted_in(drafted.text) == []
        assert planted_in(str(found.headers) + str(browser.cookies)) == []
    told.look(NEW["name"])
    ours = [r for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    assert planted_in("\n".join(record.getMessage() for record in ours)) == []
