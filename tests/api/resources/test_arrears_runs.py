"""A run of arrears through the door: what it shows, pays, asks back, and leaves."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from api.commands.parsing import read_command
from domain.kernel.refusals import PaidTwice
from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER, CLERK, TREASURER, Office, an_order, fen, staffed
from scripts.scenarios.stories import (
    FUND,
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    entitled,
    payments_of,
    release,
    settle,
    stop,
)
from tests.api.conftest import catch_up, served
from tests.api.resources.test_arrears import APRIL, LATER, MARCH, Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings

RUN = "pay-run:aid:2007-05-arrears"
STOPPED, HOLDERS = 6, 7
KIND: dict[str, Any] = {"kind": "arrears", "from_": "2007-03", "to": "2007-04", "month": "2007-04"}


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    """Pay seven in March and April, raise the rate back, stop one late, and pay the arrears."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1_000_000)
        a_scheme(office, rate=1_000)
        claims = entitled(office, HOLDERS)
        for run in (MARCH, APRIL):
            approved(office, run)
            release(office, run)
        office.send("scheme.set-rate", SCHEME, by=APPROVER, on=LATER, tier="a",
                    from_="2007-03-01", amount=fen(1_200), act={"authority": "文2"})  # fmt: skip
        stop(office, claims[STOPPED], from_="2007-04-01")
        with served(ledger) as client:
            yield Desk(office, client)


@pytest.fixture(scope="module")
def due(desk: Desk) -> dict[str, Any]:
    """Return what was in arrears before the run."""
    return desk.ask()


@pytest.fixture(scope="module")
def drawn(desk: Desk, due: dict[str, Any]) -> dict[str, Any]:
    """Take the run to its payments; return what the drawing-up answered."""
    assert due["rows"]
    answer = approved(desk.office, RUN, on=LATER, **KIND)
    lines = desk.get("pay-runs/aid:2007-05-arrears/lines").json()
    assert {row["state"] for row in lines["rows"]} == {"drawn-up", "held-back"}
    release(desk.office, RUN, on=LATER)
    return dict(answer)


def rows_of(desk: Desk, path: str, **params: str) -> list[dict[str, Any]]:
    """Return the rows of an address."""
    answer = desk.get(path, **params)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def test_the_run_pays_what_the_list_had(
    desk: Desk, due: dict[str, Any], drawn: dict[str, Any]
) -> None:
    sums = {total["field"]: total["value"] for total in due["totals"]}
    assert drawn["total"]["value"] == sums["to_pay"] == (2 * HOLDERS - 1) * 200
    assert drawn["to_recover"]["value"] == sums["to_recover"] == 1_000
    assert drawn["count"] == 2 * HOLDERS - 1
    assert (drawn["held_back"], drawn["persons"]["value"]) == (1, 0)
    assert desk.ask()["rows"] == []


def test_its_payments_say_their_months_and_what_they_complete(
    desk: Desk, drawn: dict[str, Any]
) -> None:
    assert drawn
    paid = rows_of(desk, "payments", run=RUN)
    assert {row["month"] for row in paid} == {"2007-03", "2007-04"}
    first = {*payments_of(desk.office, MARCH), *payments_of(desk.office, APRIL)}
    assert {row["completes"] for row in paid} < first
    assert all(row["persons"]["value"] == 0 for row in paid)
    assert all(row["rate_from"] == "2007-03-01" for row in paid)


def test_its_lines_are_those_that_were_signed(desk: Desk, drawn: dict[str, Any]) -> None:
    lines = desk.get("pay-runs/aid:2007-05-arrears/lines").json()
    sums = {total["field"]: total["value"] for total in lines["totals"]}
    assert sums == {"amount": drawn["total"]["value"], "persons": 0}
    assert lines["digest"] == drawn["digest"]
    asked = [row for row in lines["rows"] if row["held_back_for"]]
    assert [(row["holder"], row["held_back_for"]) for row in asked] == [
        (f"person:aid-{STOPPED:06d}", "to-recover")
    ]
    made = {row["id"] for row in rows_of(desk, "payments", run=RUN)}
    assert {row["payment"] for row in lines["rows"] if not row["held_back_for"]} == made
    run = desk.get("pay-runs/aid:2007-05-arrears").json()
    assert (run["kind"], run["from"], run["month"]) == ("arrears", "2007-03", "2007-04")
    (numbers,) = rows_of(desk, "pay-run-sums", id=RUN)
    assert numbers["paid"]["value"] == numbers["out"]["value"] == drawn["total"]["value"]


def test_the_binder_of_a_sample_has_whom_each_was_paid_to_and_its_line(
    desk: Desk, drawn: dict[str, Any]
) -> None:
    terms = {"population": "payments", "method": "random", "size": "50", "seed": "1"}
    sample = desk.get("samples", **terms).json()["id"]
    answer = desk.get(f"samples/{sample}/binder.zip")
    assert answer.status_code == 200, answer.text
    binder = ZipFile(BytesIO(answer.content))
    chains = [json.loads(binder.read(name)) for name in binder.namelist() if "chain.json" in name]
    paid = [chain for chain in chains if chain["run"] == RUN]
    assert {chain["holder"].partition("-")[0] for chain in paid} == {"person:aid"}
    lines = [row["payment"] for row in desk.get("pay-runs/aid:2007-05-arrears/lines").json()["rows"]
             if not row["held_back_for"]]  # fmt: skip
    told = {chain["payment"]: chain["bank"]["line"] for chain in paid}
    assert told == {payment: number for number, payment in enumerate(lines, 1)}
    assert len(told) == drawn["count"]


def test_what_was_too_much_is_owed_back(desk: Desk, drawn: dict[str, Any]) -> None:
    assert drawn
    (debt,) = rows_of(desk, "recoveries")
    assert debt["amount"]["value"] == 1_000
    owed = rows_of(desk, "balances", account="owed:x:general:*")
    assert [row["value"] for row in owed] == [1_000]


def test_the_months_persons_are_counted_once(desk: Desk, drawn: dict[str, Any]) -> None:
    assert drawn
    facts = [fact for event in desk.office.events("payment:") for fact in event.facts()]
    assert sum(fact.value for fact in facts) == 2 * HOLDERS


def test_a_second_run_has_nothing_left_to_pay(desk: Desk, drawn: dict[str, Any]) -> None:
    assert drawn
    order = an_order("pay-run.draw-up", f"{RUN}-2", on=LATER, scheme=SCHEME, fund=FUND,
                     earmark="general", kind="arrears", from_="2007-03", to="2007-04")  # fmt: skip
    assert read_command(order).what["kind"] == "arrears"
    with pytest.raises(PaidTwice):
        desk.office.send("pay-run.draw-up", f"{RUN}-2", by=CLERK, on=LATER, scheme=SCHEME,
                         fund=FUND, earmark="general", kind="arrears", from_="2007-03",
                         to="2007-04")  # fmt: skip


def test_it_is_settled_as_every_run(desk: Desk, drawn: dict[str, Any]) -> None:
    """What the bank sends back counts as paid, and is in arrears once it is written back."""
    assert drawn
    back = str(rows_of(desk, "payments", run=RUN)[0]["id"])
    desk.office.send("pay-run.settle", RUN, by=TREASURER, on=LATER, bank_ref="回盘-1",
                     returned=[{"payment": back, "reason": "销户"}])  # fmt: skip
    assert desk.ask()["rows"] == []
    desk.office.send("payment.write-back", back, by="treasurer-2", on="2007-05-12")
    (row,) = desk.ask()["rows"]
    assert (row["difference"]["value"], row["cause"]) == (200, "written-back")


def test_the_public_is_told_nothing_that_somebody_can_be_found_by(
    desk: Desk, drawn: dict[str, Any]
) -> None:
    """What a month held back, less what its arrears paid of it, would be few persons'."""
    catch_up(desk.office.ledger)
    arrears, march = (
        desk.client.get(f"/open/v1/pay-runs/{run.removeprefix('pay-run:')}").json()
        for run in (RUN, MARCH)
    )
    assert drawn["total"]["value"] > 0
    for name in ("drawn", "held_back", "paid"):
        assert arrears[f"{name}_persons"]["suppressed"]
    assert march["drawn"] == march["paid"] == fen(HOLDERS * 1_000)
    assert march["held_back"] == fen(0)


def test_what_came_back_of_a_supplement_is_counted_by_the_name_that_it_completes(
    new_settings: Callable[[], Settings],
) -> None:
    """Nine are paid the rest of a month and eight of that come back: one person's money is left."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1_000_000)
        a_scheme(office, rate=1_000)
        entitled(office, 9)
        approved(office, MARCH)
        release(office, MARCH)
        settle(office, MARCH)
        office.send("scheme.set-rate", SCHEME, by=APPROVER, on=LATER, tier="a",
                    from_="2007-03-01", amount=fen(1_200), act={"authority": "文2"})  # fmt: skip
        approved(office, RUN, on=LATER, **KIND | {"to": "2007-03", "month": "2007-03"})
        release(office, RUN, on=LATER)
        lines = office.rows(
            "SELECT originator_id FROM ledger.events WHERE topic = 'payment.made.v1'"
            " AND convert_from(state, 'UTF8')::jsonb ->> 'kind' = 'arrears' LIMIT 8"
        )
        back = [{"payment": payment, "reason": "账户已注销"} for (payment,) in lines]
        office.send("pay-run.settle", RUN, by=TREASURER, on=LATER, bank_ref="回盘-2", returned=back)
        catch_up(ledger)
        with served(ledger) as web:
            (run,) = (
                row for row in web.get("/open/v1/pay-runs").json()["rows"] if row["id"] == RUN
            )
            asked = {"account": f"spent:{FUND.removeprefix('fund:')}:*"}
            spent = web.get("/open/v1/balances", params=asked).json()["rows"]
    assert run["paid"]["suppressed"]
    assert run["returned"]["suppressed"]
    assert [row["value"] for row in spent] == [9 * 1_000]
