"""K2: what is reversed is as if it had not been said, in every view, on the day it was said for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.scenarios.office import fen
from tests.faults.front_desk import APPROVER, CITY, CLERK, FUNDRAISER, TREASURER, TREASURER_2, a_key

if TYPE_CHECKING:
    from tests.faults.front_desk import FrontDesk, Json

TRAINED = "community-staff.trained"
KEEPER = "organisation:keeper"
STATED = 215_000_000_00


def reverse(desk: FrontDesk, receipt: Json, subject: str, on: str, **more: Any) -> Json:
    """Take back the first event of a receipt."""
    return desk.take(APPROVER, "event.reverse", subject, on=on, act={"reason": "记错"} | more,
                     of=receipt["positions"][0])  # fmt: skip


def tally(desk: FrontDesk, count: int, days: tuple[str, str], **more: Any) -> tuple[str, Json]:
    """Report training of so many persons."""
    subject = f"tally:{a_key('t')}"
    what: Json = {"measure": "training", "count": {"value": count, "unit": "person"},
                  "qualifier": "exact", "area": CITY, "from": days[0], "to": days[1]}  # fmt: skip
    return subject, desk.take(CLERK, "tally.report", subject, on=days[1], **(what | more))


def statement(desk: FrontDesk, figure: str, value: int, published: str) -> tuple[str, Json]:
    """Record what the keeper states of a figure of 2007."""
    subject = f"statement:{a_key('s')}"
    return subject, desk.take(
        CLERK, "statement.record", subject, on="2007-12-31", figure=figure, keeper=KEEPER,
        value=fen(value), qualifier="exact", scope="system", period="2007", source="年报",
        published_on=published,
    )  # fmt: skip


def kept_fund(desk: FrontDesk) -> str:
    """Open a charity fund of the keeper."""
    return desk.fund(kind="charity", keeper=KEEPER)


def gift(desk: FrontDesk, fund: str, amount: int, **more: Any) -> tuple[str, Json]:
    """Receive a gift from nobody who wants to be named."""
    subject = f"donation:{a_key('d')}"
    what: Json = {"fund": fund, "earmark": "general", "amount": fen(amount), "name_shown": False}
    return subject, desk.take(FUNDRAISER, "donation.receive", subject, **(what | more))


def test_k2_a_tally_of_3000_reversed_in_january_and_1000_told_anew(desk: FrontDesk) -> None:
    days = ("2007-05-01", "2007-05-31")
    subject, receipt = tally(desk, 3000, days)
    assert desk.value(TRAINED) == 3000
    reverse(desk, receipt, subject, "2008-01-10")
    tally(desk, 1000, days)
    assert (desk.value(TRAINED), desk.value(TRAINED, period="2008")) == (1000, 0)
    for page in (desk.page("/years/2008"), desk.page(f"/figures/{TRAINED}", period="2008")):
        assert "-3千" not in page
        assert "−3千" not in page
    assert desk.public(f"figures/{TRAINED}", period="2007")["value"] == 1000


def test_k2_a_gift_of_a_fen_reversed_drops_no_statement(desk: FrontDesk) -> None:
    fund = kept_fund(desk)
    statement(desk, "system.cash", STATED, "2008-01-05")
    assert desk.value("system.cash") == STATED
    subject, receipt = gift(desk, fund, 1)
    assert desk.value("system.cash") == 1
    reverse(desk, receipt, subject, "2007-06-30")
    said = desk.get("figures/system.cash", period="2007")
    assert (said["value"], "left_out" in said) == (STATED, False)
    assert desk.public("figures/system.cash", period="2007")["value"] == STATED


def test_k2_a_pledge_whose_receipt_is_reversed_is_a_pledge_again(desk: FrontDesk) -> None:
    fund, subject = kept_fund(desk), f"donation:{a_key('d')}"
    promise: Json = {"fund": fund, "earmark": "general", "amount": fen(500)}
    desk.take(FUNDRAISER, "donation.pledge", subject, **promise)
    came = desk.take(FUNDRAISER, "donation.receive", subject, name_shown=False, **promise)
    undone = reverse(desk, came, subject, "2007-06-30")
    for row in (desk.get(f"donations/{subject.partition(':')[2]}"),
                desk.public(f"donations/{subject.partition(':')[2]}")):  # fmt: skip
        assert (row["state"], row["amount"]) == ("pledged", fen(500))
        assert row["reversed_by"] == undone["positions"][0]


def test_k2_of_two_statements_the_second_reversed_the_first_stands(desk: FrontDesk) -> None:
    first, _ = statement(desk, "federation.cash", 21_500, "2008-01-05")
    second, receipt = statement(desk, "federation.cash", 30_000, "2008-02-01")
    assert desk.value("federation.cash") == 30_000
    replaced = desk.get(f"statements/{first.partition(':')[2]}")
    assert replaced["replaced_by"] == second
    shown = desk.public(f"statements/{first.partition(':')[2]}")
    assert shown["replaced_by"] == second
    assert "replaced_by" not in desk.get(f"statements/{second.partition(':')[2]}")
    reverse(desk, receipt, second, "2008-02-02")
    assert desk.value("federation.cash") == 21_500
    row = desk.get(f"statements/{first.partition(':')[2]}")
    assert (row["state"], "replaced_by" in row) == ("recorded", False)
    assert desk.get(f"statements/{second.partition(':')[2]}")["state"] == "reversed"


def test_k2_public_registers_total_what_stands(desk: FrontDesk) -> None:
    fund = kept_fund(desk)
    slip, receipt = gift(desk, fund, 501)
    gift(desk, fund, 200)
    undone = reverse(desk, receipt, slip, "2007-06-30")
    for said in (desk.get("donations", fund=fund), desk.public("donations", fund=fund)):
        totals = {each["field"]: each["value"] for each in said["totals"]}
        assert totals["amount"] == 200
        row = next(row for row in said["rows"] if row["id"] == slip)
        assert (row["state"], row["reversed_by"]) == ("reversed", undone["positions"][0])
        assert sum(r["amount"]["value"] for r in said["rows"] if r["state"] != "reversed") == 200


def test_k2_in_a_closed_period_a_reversal_counts_on_its_own_day(desk: FrontDesk) -> None:
    """The last test of its ledger: it closes the books of 2007."""
    subject, receipt = tally(desk, 70, ("2007-04-01", "2007-04-30"))
    before = desk.value(TRAINED)
    desk.take(TREASURER, "period.soft-close", "period:2007", on="2008-02-10", through="2007-12-31")
    desk.take(TREASURER_2, "period.close", "period:2007", on="2008-02-11", through="2007-12-31")
    reverse(desk, receipt, subject, "2008-02-12")
    assert (desk.value(TRAINED), desk.value(TRAINED, period="2008")) == (before, -70)
    # A decrease is a count of no one that may be told.
    page = desk.page(f"/figures/{TRAINED}", period="2008", lang="zh")
    assert "不足 5 人" in page
    for language, words in (
        ("zh", "原日期所在期间已结账的，按冲正的日期计"),
        ("en", "where that lies in a closed period, on that of the reversal"),
    ):
        assert words in desk.page(f"/figures/{TRAINED}", period="2008", lang=language)
    (row,) = desk.rows(f"figures/{TRAINED}/events", period="2008")
    assert row["reverses"] == receipt["positions"][0]
