"""The golden year's commands alone, folded without a ledger, give the figures of the report."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from scripts.golden.kernel.chance import Ids
from scripts.golden.year import commands
from tests.scripts.golden_figures import expected, figures, number_in, printed, report
from tests.scripts.golden_fold import OF_TWO, Fold, fold

if TYPE_CHECKING:
    from collections.abc import Generator

    Year = Generator[list[dict[str, Any]], list[dict[str, Any]], None]

# Loaded whole; other seeds in part, which takes a quarter of the time and proves the same rule.
SEEDS = (1, 2007)
PARTS = ((2, 0.01), (2, 0.02), (2, 0.1), (2, 0.25), (3, 0.25), (4, 0.25), (5, 0.25))


@cache
def small() -> Fold:
    return fold(1, 0.02)


@cache
def whole() -> Fold:
    return fold(SEEDS[0], 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_figures_print_as_the_report_does(seed: int) -> None:
    rows, found = report(), figures(whole() if seed == SEEDS[0] else fold(seed, 1))
    assert len(found) == 58
    for name, value in found.items():
        rule = rows[name]["print_rule"]
        assert printed(value, rule) == number_in(rows[name]["printed"]), name
        if rule == "plain":
            assert value == int(rows[name]["value"]), name


@pytest.mark.parametrize(("seed", "scale"), PARTS)
def test_crowds_grow_with_the_scale_and_nothing_else_does(seed: int, scale: float) -> None:
    rows = report()
    for name, value in figures(fold(seed, scale)).items():
        rule = rows[name]["print_rule"]
        # Of few people no share prints as it does of many.
        if rows[name]["unit"] == "percent" and scale < 0.1:
            continue
        assert printed(value, rule) == printed(expected(rows[name], scale), rule), name


def test_the_same_seed_and_scale_send_the_same_commands() -> None:
    assert list(small().told.values()) == list(fold(1, 0.02).told.values())


def test_days_follow_each_other() -> None:
    year, folded, sent = commands(3, 0.01), Fold(3), []
    array = next(year, None)
    while array:
        sent.append(max(one["act"]["on"] for one in array))
        array = answered(year, [folded.take(one) for one in array])
    assert all(before <= after for before, after in pairwise(sent))


def answered(year: Year, receipts: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """Send receipts back; return the next array, or nothing at the end."""
    try:
        return year.send(receipts)
    except StopIteration:
        return None


def test_what_is_late_wrong_or_returned_is_there_in_numbers() -> None:
    folded = whole()
    booked = [one for one in folded.told.values() if "booked" in one["act"]]
    assert len(booked) == 20
    assert all(one["act"]["booked"] < one["act"]["on"] for one in booked)
    assert folded.count["event.reverse"] == 20
    assert folded.count["person.report-death"] == 50
    of_two = sum(folded.count[command] for command in OF_TWO)
    assert folded.count["proposal.confirm"] == len(folded.proposed) == of_two > 0
    assert folded.count["recovery.establish"] == 30
    assert folded.count["held"] >= 100
    assert 430_000 < len(folded.payments) < 450_000
    assert folded.count["returned"] >= 0.005 * len(folded.payments)
    assert folded.count["payment.reissue"] * 2 == folded.count["returned"]


def said_by(command: str) -> list[dict[str, Any]]:
    return [one for one in whole().told.values() if one["command"] == command]


def test_every_body_that_is_granted_money_is_in_the_register_with_a_name_all_year() -> None:
    named = {one["subject"]: one["what"]["title"] for one in said_by("organisation.bring-in")}
    ended = {one["subject"] for verb in ("revoke", "deregister")
             for one in said_by(f"organisation.{verb}")}  # fmt: skip
    bodies = {one["what"]["body"] for one in said_by("grant.apply")}
    assert len(bodies) > 1_000
    assert bodies <= named.keys() - ended
    givers = {one["what"].get("donor", "") for one in said_by("donation.receive")
              if "amount" in one["what"]}  # fmt: skip
    assert {each for each in givers if each.startswith("organisation:")} <= named.keys() - ended


def test_whatever_is_allotted_or_promised_names_its_budget_class() -> None:
    said = [
        one["what"]
        for command in (
            *("fund.allot", "fund.commit", "contract.sign"),
            *("relief.decide", "pay-run.draw-up"),
        )
        for one in said_by(command)
    ]
    shares = [share for one in said_by("grant.award") for share in one["what"]["shares"]]
    assert len(shares) > 1_000
    assert all(one["class"].startswith(("208", "229")) for one in (*said, *shares))


def test_each_fund_of_the_budget_has_one_and_what_it_is_allotted_fits() -> None:
    adopted = {one["subject"]: one["what"]["lines"] for one in said_by("budget.adopt")}
    of_budget = [fund for fund, said in whole().funds.items() if said["basis"] == "allotment"]
    assert len(adopted) == len(of_budget)
    (adjusted,) = said_by("budget.adjust")
    (before,), (after,) = adopted[adjusted["subject"]], adjusted["what"]["lines"]
    assert before["amount"]["value"] < after["amount"]["value"]
    assert before | {"amount": after["amount"]} == after
    for fund in of_budget:
        budget = f"budget:{fund.partition(':')[2]}:2007"
        (line,) = (after,) if budget == adjusted["subject"] else adopted[budget]
        given = sum(
            one["what"]["amount"]["value"]
            for one in said_by("fund.allot")
            if one["subject"] == fund and one["what"]["document"].startswith("深财社〔2007〕")
        )
        assert line["amount"]["value"] == given, fund


def test_decisions_name_their_papers() -> None:
    for command in (
        *("fund.allot", "person.report-death", "organisation.revoke", "organisation.deregister"),
        *("grant.award", "contract.sign", "campaign.file", "donation.refund"),
        "recovery.write-off",
    ):
        said = said_by(command)
        assert said, command
        assert all(one["act"]["evidence"] for one in said), command


def test_a_rate_is_raised_two_months_back_and_the_arrears_are_paid() -> None:
    (raised,) = said_by("scheme.set-rate")
    assert (raised["what"]["from"], raised["act"]["on"][:7]) == ("2007-07-01", "2007-09")
    (drawn,) = (one["what"] for one in said_by("pay-run.draw-up") if "kind" in one["what"])
    assert (drawn["kind"], drawn["from"], drawn["to"]) == ("arrears", "2007-07", "2007-08")
    folded = whole()
    (run,) = (run for run in folded.runs.values() if run.get("kind") == "arrears")
    assert folded.count["arrears"] == len(run["lines"])
    assert {month for month, _, _ in run["lines"]} == {"2007-07", "2007-08"}
    due = sum(
        amount
        for month in ("2007-07", "2007-08")
        for _, amount, _ in folded.rolls.lines("scheme:bed-subsidy", month)
    )
    before = sum(
        each.amount
        for name, each in folded.payments.items()
        if name.startswith(("payment:bed-subsidy:2007-07", "payment:bed-subsidy:2007-08"))
    )
    assert due - before == run["total"] > 0


def test_households_move_and_split_and_a_run_is_rejected_and_drawn_anew() -> None:
    assert len(said_by("household.relocate")) == 12
    left = [one["what"]["person"] for one in said_by("household.leave")]
    alone = [one["what"]["members"] for one in said_by("household.form")]
    assert sum([person] in alone for person in left) == 6
    (moved,) = said_by("household.move")
    former, home = moved["what"]["from"], moved["subject"]
    assert moved["what"]["person"] in whole().rolls.members[home]
    assert moved["what"]["person"] in whole().rolls.members[former]
    (rejected,) = said_by("pay-run.reject")
    assert f"{rejected['subject']}:2" in {one["subject"] for one in said_by("pay-run.release")}
    late = [one for one in said_by("person.report-death")
            if one["what"]["date"][:7] < one["act"]["on"][:7]]  # fmt: skip
    assert late


def test_a_hundred_are_stopped_between_draw_up_and_release() -> None:
    stops = [
        one
        for one in whole().told.values()
        if one["command"] == "entitlement.stop" and one["act"]["on"].endswith("-08")
    ]
    assert len(stops) == 100
    assert all(one["what"]["from"][:7] == one["act"]["on"][:7] for one in stops)


def test_every_district_pays_two_hundred_different_amounts_of_dibao() -> None:
    folded = whole()
    amounts: dict[str, set[int]] = {}
    for holder, area, one, persons in folded.rolls.own("scheme:dibao", "2007-12"):
        assert holder
        rate = folded.rolls.rate("scheme:dibao", area, one.tier, month="2007-12")
        district = list(folded.rolls.above(area, "2007-12"))[2]
        amounts.setdefault(district, set()).add(rate * persons - one.income)
    assert len(amounts) == 8
    assert all(len(different) >= 200 for different in amounts.values())


def test_no_id_tells_who_somebody_is() -> None:
    ids = Ids(1)
    tokens = {ids.token(kind, 7) for kind in ("dibao", "household", "entitlement:dibao")}
    assert len(tokens) == 3
    persons = {
        part
        for subject in (one["subject"] for one in small().told.values())
        if subject.startswith("person:")
        for part in [subject.partition(":")[2]]
    }
    others = (s["subject"] for s in small().told.values() if not s["subject"].startswith("person:"))
    assert not any(part in other for other in set(others) for part in list(persons)[:50])
