"""People are found by what is whole of them, each look is an event, and nobody walks through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.office import looks
from tests.api.conftest import code_of
from tests.api.people.conftest import (
    ACCOUNT,
    BACK,
    ERASED_NAME,
    FORMER_ACCOUNT,
    FORMER_NAME,
    KNOWN,
    NAME,
    TWIN_NAME,
    PeopleDesk,
    a_number,
    paid_to,
)

WIDE = {ord(str(n)): ord("０") + n for n in range(10)}


@pytest.fixture(autouse=True)
def _rested(desk: PeopleDesk) -> Iterator[None]:
    """Let nobody's looks of another test count."""
    yield
    with desk.office.ledger.connection() as connection:
        connection.execute("DELETE FROM office.looks")


@pytest.mark.parametrize(
    "told",
    [
        NAME,
        " 甲子•丑寅 ",
        "甲子 ・ 丑寅",
        a_number(1),
        a_number(1).translate(WIDE).replace("X", "ｘ"),
        a_number(1)[:6] + a_number(1)[8:17],
        ACCOUNT,
        ACCOUNT.replace(" ", ""),
        ACCOUNT.translate(WIDE),
        KNOWN,
        KNOWN.partition(":")[2],
        "ＫＮＯＷＮ",
    ],
)
def test_somebody_is_found_by_what_is_whole(desk: PeopleDesk, told: str) -> None:
    [row] = desk.look(told).json()["rows"]
    assert row["id"] == KNOWN
    assert (row["name"], row["state"], row["former"]) == (NAME, "registered", False)
    assert (row["id_number_ends"], row["account_ends"]) == (a_number(1)[-4:], "2222")


@pytest.mark.parametrize("told", [FORMER_NAME, FORMER_ACCOUNT])
def test_what_was_replaced_finds_too_and_says_so(desk: PeopleDesk, told: str) -> None:
    [row] = desk.look(told).json()["rows"]
    assert (row["id"], row["former"], row["name"]) == (KNOWN, True, NAME)


@pytest.mark.parametrize("told", ["旧名旧", a_number(2), "person:old-id", "新名新", "new-id"])
def test_who_was_merged_leads_to_the_one_that_stands(desk: PeopleDesk, told: str) -> None:
    [row] = desk.look(told).json()["rows"]
    assert (row["id"], row["merged"]) == ("person:new-id", ["person:old-id"])


@pytest.mark.parametrize(
    "told",
    [
        "*", "%", "_", "甲子%", "甲*", "甲子", a_number(1)[:9], a_number(1)[4:], a_number(9),
        "0000 1111 2222", ERASED_NAME, ERASED_NAME + "二", a_number(3), "9900000055556666",
        "person:nobody", "household:none", "payment:aid:2007-03:0123", "' OR 1=1 --", "😀",
        "a" * 120,
    ],
)  # fmt: skip
def test_what_finds_nobody_is_answered_alike(desk: PeopleDesk, told: str) -> None:
    answer, plain = desk.look(told), desk.look("无人叫这个")
    assert answer.status_code == plain.status_code == 200
    said, usual = answer.json(), plain.json()
    assert said.keys() == usual.keys()
    assert {name: said[name] for name in said.keys() - {"known_at"}} == {
        "rows": [], "totals": [], "next": None, "more": False, "as_of": None,
    }  # fmt: skip


def test_a_first_payment_of_arrears_finds_whom_it_paid(desk: PeopleDesk) -> None:
    assert desk.ids(paid_to(desk.office, BACK, "2007-04")) == [BACK]


def test_who_was_erased_is_known_by_the_id_alone(desk: PeopleDesk) -> None:
    [row] = desk.look("person:gone").json()["rows"]
    assert row["state"] == "erased"
    assert row["name"] is row["id_number_ends"] is row["account_ends"] is None
    marks = "SELECT count(*) FROM vault.all_marks() WHERE entry ~ '^person:gone'"
    assert desk.office.rows(marks) == [(0,)]


def test_many_of_one_name_are_shown_in_part(desk: PeopleDesk) -> None:
    found = desk.look(TWIN_NAME).json()
    assert len(found["rows"]) == 20
    assert found["more"]


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"q": NAME}, "/purpose"),
        ({"purpose": "service"}, "/q"),
        ({"q": "", "purpose": "service"}, "/q"),
        ({"q": " 　", "purpose": "service"}, "/q"),
        ({"q": NAME, "purpose": "curiosity"}, "/purpose"),
        ({"q": NAME, "purpose": ""}, "/purpose"),
        ({"q": "甲\x07", "purpose": "service"}, "/q"),
        ({"q": "甲\x00", "purpose": "service"}, "/q"),
        ({"q": "甲" * 121, "purpose": "service"}, "/q"),
        ({"q": "甲" * 2000, "purpose": "audit"}, "/q"),
        ({"q": NAME, "purpose": "service", "known_at": "1"}, "/known_at"),
        ({"q": NAME, "purpose": "service", "name": NAME}, "/name"),
    ],
)
def test_a_look_says_for_whom_and_what_for(
    desk: PeopleDesk, asked: dict[str, str], pointer: str
) -> None:
    before = len(desk.reads())
    answers = [
        desk.web.get("/v1/people", params=asked, headers=desk.headers(**{"Accept-Language": lang}))
        for lang in ("zh", "en")
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
        assert NAME not in answer.text
    assert answers[0].json()["detail"] != answers[1].json()["detail"]
    assert len(desk.reads()) == before


@pytest.mark.parametrize("role", ["fundraiser", "supervisor", "registrar", "publisher", "operator",
                                  "subscriber"])  # fmt: skip
def test_who_may_not_see_persons_looks_for_nobody(desk: PeopleDesk, role: str) -> None:
    answers = [desk.look(told, role=role) for told in (NAME, "无人叫这个")]
    assert {code_of(answer) for answer in answers} == {(403, "role-missing")}
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize("purpose", ["service", "audit", "correction", "payment"])
def test_each_look_is_one_event_with_its_purpose(desk: PeopleDesk, purpose: str) -> None:
    before = desk.reads()
    assert desk.look(NAME, purpose, role="auditor").status_code == 200
    assert desk.look("无人叫这个", purpose, role="auditor").status_code == 200
    found, in_vain = sorted(
        (event for event in desk.reads() if event not in before),
        key=lambda event: -event.persons,
    )
    assert {found.act.by, in_vain.act.by} == {"auditor-1"}
    assert (found.purpose, found.of, found.shown) == (purpose, KNOWN, (KNOWN,))
    assert (in_vain.purpose, in_vain.shown) == (purpose, ())
    assert in_vain.of == in_vain.originator_id


def test_nobody_walks_through_the_numbers(desk: PeopleDesk) -> None:
    """Who finds nobody is stopped; who finds whom he looks for works on; others do, too."""
    for nth in range(looks.MOST_IN_VAIN):
        assert desk.look(a_number(100 + nth), role="approver").status_code == 200
    before = len(desk.reads())
    refused = desk.look(NAME, role="approver")
    assert code_of(refused) == (429, "too-many-looks")
    assert int(refused.headers["Retry-After"]) > 0
    assert len(desk.reads()) == before
    assert desk.ids(NAME) == [KNOWN]


def test_all_forms_say_the_same(desk: PeopleDesk) -> None:
    asked = {"q": NAME, "purpose": "service"}
    for form in ("csv", "xlsx", "jsonl"):
        answer = desk.web.get(f"/v1/people.{form}", params=asked, headers=desk.headers())
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert NAME not in str(answer.headers)
