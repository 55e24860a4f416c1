"""ID numbers told twice, over HTTP: one number is one person's, whoever comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING

import httpx
import pytest

from domain.benefits.id_numbers import check_sign
from infra.commands.papers import IdNumbers
from infra.vault import Vault
from infra.verify.runner import verify
from scripts.scenarios.office import CLERK, DAY, STAFF, an_order, new_key
from tests.api.commands.household_desk import Desk, desk
from tests.api.commands.served_office import COMMANDS, bearer
from tests.api.conftest import catch_up, code_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

__all__ = ["desk"]
_numbers = count(1)


def a_number() -> str:
    """Return a number that nobody has yet."""
    body = f"00000119500101{next(_numbers):03}"
    return body + check_sign(body)


def register(desk: Desk, person: str, number: str, **more: str) -> httpx.Response:
    """Register a person with an ID number."""
    return desk.post(CLERK, "person.register", person, sealed={"id_number": number} | more)


def send(desk: Desk, *orders: dict[str, object], dry_run: bool = False) -> httpx.Response:
    """Send an array of commands."""
    headers = {
        "Authorization": bearer(desk.office, CLERK, STAFF[CLERK]),
        "Idempotency-Key": new_key(),
    }
    asked = {"dry_run": "true"} if dry_run else {}
    return desk.web.post(COMMANDS, json=list(orders), headers=headers, params=asked)


def test_a_second_person_with_the_number_is_told_of_the_first(desk: Desk) -> None:
    number = a_number()
    assert register(desk, "person:id-1", number, name="甲").status_code == 201
    wide = number.translate({ord(str(n)): ord("０") + n for n in range(10)})
    for told in (number, wide, number[:6] + number[8:17]):
        again = register(desk, "person:id-2", told)
        assert code_of(again) == (409, "already-told")
        assert "person:id-1" in again.json()["detail"]
        assert number not in again.text
    english = {"Accept-Language": "en"}
    order = an_order("person.register", "person:id-2", on=DAY, sealed={"id_number": number})
    headers = english | {
        "Authorization": bearer(desk.office, CLERK, STAFF[CLERK]),
        "Idempotency-Key": new_key(),
    }
    said = desk.web.post(COMMANDS, json=order, headers=headers).json()["detail"]
    assert said.startswith("person:id-2: person:id-1 has this ID number")


def test_a_reason_does_not_make_it_two_persons(desk: Desk) -> None:
    number = a_number()
    orders = [
        an_order("person.register", f"person:why-{nth}", on=DAY, sealed={"id_number": number})
        for nth in (1, 2)
    ]
    orders[1]["act"] |= {"reason": "确为两人"}
    assert send(desk, orders[0]).status_code == 201
    assert code_of(send(desk, orders[1])) == (409, "already-told")


def test_a_wrong_number_is_refused_by_name(desk: Desk) -> None:
    number = a_number()
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    refused = register(desk, "person:wrong", wrong)
    assert code_of(refused) == (409, "id-number-invalid")
    assert wrong not in refused.text
    assert register(desk, "person:wrong", number).status_code == 201


def test_two_of_one_array_have_not_one_number(desk: Desk) -> None:
    orders = [
        an_order("person.register", f"person:pair-{nth}", on=DAY, sealed={"id_number": a_number()})
        for nth in (1, 2)
    ]
    assert send(desk, *orders, dry_run=True).status_code == 200
    same = orders[0]["what"]
    twice = [orders[0], orders[1] | {"what": same}]
    assert code_of(send(desk, *twice)) == (409, "already-told")
    assert send(desk, *orders).status_code == 201


def test_an_array_asks_once_whose_its_numbers_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    one_by_one = Vault.numbered

    def noted(
        vault: Vault, connection: psycopg.Connection, numbers: Iterable[str]
    ) -> dict[str, str | None]:
        asked.append(list(numbers))
        return one_by_one(vault, connection, asked[-1])

    taken = a_number()
    assert register(desk, "person:many-0", taken).status_code == 201
    numbers = [a_number() for _ in range(4)]
    orders = [
        an_order("person.register", f"person:many-{nth}", on=DAY, sealed={"id_number": number})
        for nth, number in enumerate([*numbers, taken], 1)
    ]
    monkeypatch.setattr(Vault, "numbered", noted)
    refused = send(desk, *orders)
    assert code_of(refused) == (409, "already-told")
    assert "person:many-0" in refused.json()["detail"]
    assert [len(each) for each in asked] == [5]
    assert send(desk, *orders[:4]).status_code == 201
    assert [len(each) for each in asked] == [5, 4]


def test_of_many_at_once_one_has_the_number(desk: Desk) -> None:
    number = a_number()
    with ThreadPoolExecutor(8) as pool:
        told = [
            pool.submit(register, desk, f"person:race-{nth}", number).result for nth in range(8)
        ]
        answers = [result() for result in told]
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert {answer.json().get("code", "") for answer in answers} == {"", "already-told"}


def test_whoever_has_another_number_now_lets_the_old_one_go(desk: Desk) -> None:
    old, new = a_number(), a_number()
    assert register(desk, "person:old-number", old).status_code == 201
    desk.take(CLERK, "person.change", "person:old-number", on=DAY, sealed={"id_number": new})
    assert register(desk, "person:its-owner", old).status_code == 201
    back = desk.post(CLERK, "person.change", "person:old-number", on=DAY, sealed={"id_number": old})
    assert code_of(back) == (409, "already-told")
    same = {"id_number": new}
    desk.take(CLERK, "person.change", "person:old-number", on=DAY, sealed=same)


@pytest.mark.parametrize("how", ["erase", "change"])
def test_a_number_that_is_given_up_is_free(desk: Desk, how: str) -> None:
    number = a_number()
    assert register(desk, f"person:gone-{how}", number).status_code == 201
    what = {"sealed": {"id_number": ""}} if how == "change" else {}
    desk.take(CLERK, f"person.{how}", f"person:gone-{how}", on=DAY, **what)
    assert register(desk, f"person:after-{how}", number).status_code == 201


def test_the_database_holds_no_number_in_clear(desk: Desk) -> None:
    number = a_number()
    assert register(desk, "person:sealed-number", number).status_code == 201
    with desk.office.ledger.connection() as app:
        rows = app.execute("SELECT number, person FROM vault.numbers()").fetchall()
    assert "person:sealed-number" in {person for _, person in rows}
    assert all(len(told) == 64 and number not in told for told, _ in rows)


def test_the_check_of_the_store_holds(desk: Desk) -> None:
    ledger = desk.office.ledger
    catch_up(ledger)
    (found,) = verify(ledger.pool, ["id-numbers"], decisions=ledger.decisions, vault=ledger.vault)
    assert found["holds"], found


@pytest.mark.parametrize("from_memory", [True, False])
def test_from_memory_no_number_is_hashed(desk: Desk, *, from_memory: bool) -> None:
    """Nobody is asked about it: the append takes a number once."""
    asked = iter(["ab"])
    with desk.office.ledger.connection() as connection:
        known = IdNumbers(connection, desk.office.ledger.vault, [], from_memory=from_memory)
        known.prefetch(asked)
    assert list(asked) == (["ab"] if from_memory else [])
