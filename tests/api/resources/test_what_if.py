"""Another rule tried on the history: its sums and its differences, and nothing is written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http import tokens
from domain.benefits.proposed_rules import ProposedRate, ProposedRule
from domain.benefits.rates import Rates
from domain.benefits.roll_inputs import RateRow, RollInputs
from domain.kernel.days import calendar_day
from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER, EVE, Office, fen, staffed
from scripts.scenarios.stories import SCHEME, a_fund, a_scheme, approved, entitled, release, stop
from tests.api.conftest import catch_up, code_of, served
from tests.api.resources.test_arrears import APRIL, LATER, MARCH, Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Response

    from infra.config.settings import Settings

HOLDERS, STOPPED = 4, 3
RAISED = {"tier": "a", "from": "2007-04-01", "amount": fen(1_200)}


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    """Pay four in March and April; stop one late."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1_000_000)
        a_scheme(office, rate=1_000)
        claims = entitled(office, HOLDERS)
        for run in (MARCH, APRIL):
            approved(office, run)
            release(office, run)
        stop(office, claims[STOPPED], from_="2007-04-01")
        with served(ledger) as client:
            yield Desk(office, client)


def post(
    desk: Desk, role: str = "clerk", params: dict[str, str] | None = None, **body: Any
) -> Response:
    """Ask, the views being at the head."""
    catch_up(desk.office.ledger)
    secret = desk.office.ledger.secret("token-key")
    token, _ = tokens.issue(secret, by=f"{role}-1", roles=(role,), ttl=timedelta(hours=1))
    headers = {"Authorization": f"Bearer {token}"}
    question = {"scheme": SCHEME} | body
    return desk.client.post("/v1/what-if", json=question, params=params or {}, headers=headers)


def ask(desk: Desk, **body: Any) -> dict[str, Any]:
    """Return an answer."""
    answer = post(desk, **body)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_another_rate_is_tried_and_nothing_is_written(desk: Desk) -> None:
    before = desk.office.positions()
    answer = ask(desk, rates=[RAISED], **{"from": "2007-03", "to": "2007-04"})
    march, april = answer["by_month"]
    assert (march["due"], march["effect"], march["holders"]) == (fen(4_000), fen(0), HOLDERS)
    assert (april["due"], april["now"], april["paid"]) == (fen(3_600), fen(3_000), fen(4_000))
    assert (april["effect"], answer["sums"]["effect"]) == (fen(600), fen(600))
    assert {(row["cause"], row["difference"]["value"]) for row in answer["rows"]} == {
        ("rule", 200),
        ("stopped", -1_000),
    }
    assert desk.office.positions() == before


def test_without_another_rule_it_says_what_the_arrears_say(desk: Desk) -> None:
    arrears = desk.ask()
    answer = ask(desk)
    assert without_now(answer["rows"]) == arrears["rows"]
    assert (answer["from"], answer["to"]) == (arrears["from"], arrears["to"])


def test_another_formula_and_other_months_are_tried(desk: Desk) -> None:
    answer = ask(desk, formula="per-unit", **{"from": "2007-05", "to": "2007-05"})
    assert [row["cause"] for row in answer["rows"]] == ["not-run"] * (HOLDERS - 1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"scheme": "scheme:none"}, 404),
        ({"scheme": None}, 422),
        ({"rates": [{"tier": "a", "from": "2007-04-01"}]}, 422),
        ({"rates": [RAISED | {"amount": fen(0)}]}, 422),
        ({"rates": [RAISED | {"amount": 1200}]}, 422),
        ({"rates": [RAISED | {"area": "area:none"}]}, 404),
        ({"rates": [RAISED] * 201}, 422),
        ({"formula": "half"}, 422),
        ({"colour": "red"}, 422),
        ({"from": "2000-01", "to": "2009-01"}, 422),
    ],
)
def test_what_cannot_be_tried_is_refused(desk: Desk, body: dict[str, Any], status: int) -> None:
    answer = post(desk, **body)
    assert code_of(answer)[0] == status, answer.text


def test_who_may_not_see_persons_may_not_ask(desk: Desk) -> None:
    assert post(desk, "fundraiser").status_code == 403
    assert desk.client.post("/v1/what-if", json={"scheme": SCHEME}).status_code == 401


def test_pages_belong_to_their_question(desk: Desk) -> None:
    first = post(desk, params={"limit": "1"}, rates=[RAISED]).json()
    rest = post(desk, params={"after": first["next"]}, rates=[RAISED]).json()
    whole = ask(desk, rates=[RAISED])
    assert first["rows"] + rest["rows"] == whole["rows"]
    assert rest["sums"] == whole["sums"]
    assert post(desk, params={"after": first["next"]}).status_code == 422


def test_once_the_rule_is_enacted_the_arrears_pay_its_difference_list(desk: Desk) -> None:
    """The last one: from here on the rate is raised."""
    tried = ask(desk, rates=[RAISED])
    desk.office.send("scheme.set-rate", SCHEME, by=APPROVER, on=LATER, tier="a",
                     from_="2007-04-01", amount=fen(1_200), act={"authority": "文2"})  # fmt: skip
    arrears = desk.ask()
    enacted = ask(desk, rates=[RAISED, {"tier": "a", "from": EVE, "amount": fen(1_000)}])
    assert without_now(enacted["rows"]) == arrears["rows"]
    assert sums_of(tried) == sums_of(arrears) == sums_of(enacted)
    paid = approved(desk.office, "pay-run:aid:2007-05-arrears", on=LATER, kind="arrears",
                    from_="2007-03", to="2007-04", month="2007-04")  # fmt: skip
    assert paid["total"] == fen(sums_of(tried)["to_pay"])
    assert paid["to_recover"] == fen(sums_of(tried)["to_recover"])


def without_now(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what the arrears do not say."""
    return [{name: said for name, said in row.items() if name != "now"} for row in rows]


def sums_of(answer: dict[str, Any]) -> dict[str, int]:
    """Return the sums that both say."""
    totals = {total["field"]: total["value"] for total in answer["totals"]}
    return {name: totals[name] for name in ("due", "paid", "difference", "to_pay", "to_recover")}


DAYS = st.sampled_from(["2006-01-01", "2007-03-01", "2007-04-01", "2007-06-15"])
RATES = st.lists(st.tuples(DAYS, st.integers(1, 9)), max_size=4)


@given(enacted=RATES, tried=RATES)
def test_a_rate_that_is_tried_counts_from_its_day_on_and_the_others_until_then(
    enacted: list[tuple[str, int]], tried: list[tuple[str, int]]
) -> None:
    rows = [RateRow("", "a", day, amount) for day, amount in enacted]
    rule = ProposedRule(
        rates=tuple(ProposedRate(tier="a", from_=calendar_day(d), amount=a) for d, a in tried)
    )
    inputs = RollInputs(1, SCHEME, "monthly", "flat", 0, rows, {})
    applied = rule.applied(inputs)
    begins = min((day[:7] for day, _ in tried), default="9999")
    for month in ("2006-06", "2007-03", "2007-05", "2007-06", "2007-07"):
        source = tried if month >= begins else enacted
        counting = [
            (day, nth, amount) for nth, (day, amount) in enumerate(source) if day[:7] <= month
        ]
        newest = Rates(applied, month).newest.get(("", "a"))
        last = max(counting, default=None)
        assert (newest.amount if newest else None) == (last[2] if last else None)
