"""An attack on the open zone of a golden year: what its answers tell of single payments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from projections.accounts.balances import CELLS
from projections.core import event_log
from projections.core.view import Moment
from projections.disclosure import small_counts
from projections.figures.published_money import steps_of
from projections.figures.step_sums import SERIES
from scripts.public_attack import counts
from scripts.public_attack.asking import NOW, Attacker
from scripts.public_attack.money import attack
from scripts.public_attack.surfaces import findings
from tests.api.conftest import catch_up, served
from tests.projections.figures.golden_year import golden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client

    from infra.ledger import Ledger

__all__ = ["golden"]

SCALE = "0.05"
# What it keeps is cut by the rule that a test switches off.
PUBLISHED = import_module("projections.figures.published_money")
LINES = f"""SELECT position, series, area, booked, value, e.originator_id
    FROM ({{lines}}) lines JOIN views.balance_places p ON p.id = place
    {event_log.joined("position")} ORDER BY position, series"""


class Golden(NamedTuple):
    """A golden year that is served."""

    ledger: Ledger
    web: Client
    head: int
    office: dict[str, str]


class PersonalLine(NamedTuple):
    """One posting on an account of what was spent on persons."""

    position: int
    series: int
    area: str
    booked: date
    value: int
    subject: str


@pytest.fixture(scope="module")
def answers(golden: Ledger) -> Iterator[Golden]:
    """Serve the year to the public, and to somebody of the office who sees all."""
    head = catch_up(golden)
    who = next(name for name, roles in officers(golden).items() if "treasurer" in roles)
    token, _ = tokens.issue(
        golden.secret("token-key"), by=who, roles=("treasurer",), ttl=timedelta(hours=1)
    )
    with served(golden) as web:
        yield Golden(golden, web, head, {"Authorization": f"Bearer {token}"})


def officers(ledger: Ledger) -> dict[str, set[str]]:
    with ledger.connection() as connection:
        rows = connection.execute(
            "SELECT row ->> 'who', row ->> 'role' FROM views.register_heads"
            " WHERE subject LIKE 'role:%'"
        ).fetchall()
    found: dict[str, set[str]] = {}
    for who, role in rows:
        found.setdefault(who, set()).add(role)
    return found


def personal_lines(answers: Golden) -> list[PersonalLine]:
    with answers.ledger.connection() as connection:
        accounts = dict(connection.execute(SERIES).fetchall())
        lines = CELLS.events(Moment(answers.head), None, [*accounts])
        rows = connection.execute(LINES.format(lines=lines.sql), lines.given).fetchall()
    return [PersonalLine(*row) for row in rows]


@pytest.fixture(scope="module")
def attacker(answers: Golden) -> Attacker:
    """Know the truth, which the office tells, and ask the open zone over HTTP."""
    return Attacker(answers.web, answers.office, answers.head)


@pytest.mark.timeout(600)
def test_no_combination_of_public_answers_determines_money_of_fewer_than_five_persons(
    attacker: Attacker, pytestconfig: pytest.Config
) -> None:
    found = attack(attacker, attacker.steps())
    pytestconfig.get_terminal_writer().line(f"{attacker.asked} questions: {found.told()}")
    assert found.unknowns > 10_000
    assert found.rank > 100
    assert found.determined == 0


@pytest.mark.timeout(600)
def test_forms_the_feed_stages_search_and_events_are_made_of_the_same_sums(
    attacker: Attacker,
) -> None:
    assert [*findings(attacker)] == []


@pytest.mark.timeout(600)
def test_no_combination_of_public_answers_determines_a_count_of_fewer_than_five_persons(
    attacker: Attacker, pytestconfig: pytest.Config
) -> None:
    found = counts.attack(attacker, "2007")
    pytestconfig.get_terminal_writer().line(found.told())
    assert found.unknowns > 200
    assert found.rank > 100
    assert found.few == []


@pytest.mark.timeout(600)
def test_the_attack_finds_persons_where_the_rule_is_off(
    answers: Golden, attacker: Attacker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(small_counts, "THRESHOLD", 1)
    monkeypatch.setattr(PUBLISHED, "_kept", {})
    with served(answers.ledger) as web:
        rival = replace(attacker, web=web)
        # What is told now is enough to find some.
        assert attack(rival, [NOW]).determined > 0
        assert counts.attack(rival, "2007").few


def paths() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the questions in which a single payment would show."""
    for programme in ("dibao", "hospice", "home-care"):
        for group in ("account", "area", "month", "stage"):
            yield "balances", {"programme": programme, "group_by": group, "stage": "spent"}
    yield "balances", {"stage": "returned"}
    yield "balances", {"stage": "owed"}
    for figure in ("dibao.spend", "home-care.spend", "hospice.persons"):
        yield f"figures/{figure}", {"period": "2007"}


def differences(
    answers: Golden, zone: str, moments: list[tuple[dict[str, Any], ...]]
) -> list[tuple[Any, ...]]:
    """Return the questions whose answers differ between two moments that one payment parts."""
    found = []
    for before, after in moments:
        for path, query in paths():
            first, second = (
                asked_of(answers, zone, path, {**query, **moment}) for moment in (before, after)
            )
            if first != second:
                found.append((path, query, after, first, second))
    return found


def asked_of(answers: Golden, zone: str, path: str, query: dict[str, Any]) -> Any:
    headers = answers.office if zone == "/v1" else {}
    answer = answers.web.get(f"{zone}/{path}", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    return {name: body.get(name) for name in ("rows", "totals", "value", "terms", "untied")}


def moments_of(answers: Golden) -> list[tuple[dict[str, Any], ...]]:
    """Choose positions and days of single payments: right before, and with it."""
    chance = Random(5)
    with answers.ledger.connection() as connection:
        steps = steps_of(connection, Moment(answers.head))
    # A month that begins publishes the ones before it.
    begun = {each.position + 1 for each in steps}
    found = [line for line in personal_lines(answers) if line.position not in begun]
    lines = chance.sample(found, 4)
    within = [line for line in found if 1 < line.booked.day < 28]
    return [
        *(({"known_at": line.position - 1}, {"known_at": line.position}) for line in lines),
        *(
            ({"as_of": line.booked - timedelta(days=1)}, {"as_of": line.booked})
            for line in chance.sample(within, 4)
        ),
    ]


def test_no_answer_moves_by_a_payment_and_the_offices_do(answers: Golden) -> None:
    moments = moments_of(answers)
    assert differences(answers, "/open/v1", moments) == []
    assert len(differences(answers, "/v1", moments)) > len(moments)


def test_no_area_below_a_district_is_told_of_persons(answers: Golden) -> None:
    rows = asked_of(answers, "/open/v1", "areas", {"limit": 1000})["rows"]
    levels = {row["id"]: row["level"] for row in rows}
    told = asked_of(answers, "/open/v1", "balances", {"programme": "dibao", "group_by": "area"})
    assert {levels.get(row["area"]) for row in told["rows"]} <= {"district", None}
    assert all(row["postings"] is None for row in told["rows"])
    communities = [name for name, level in levels.items() if level == "community"]
    for area in communities[:20]:
        figure = asked_of(answers, "/open/v1", "figures/dibao.spend", {"area": area})
        assert figure["value"] is None
        of_area = {"programme": "dibao", "area": area}
        assert asked_of(answers, "/open/v1", "balances", of_area)["rows"] == []


def test_another_kind_of_id_is_refused_as_an_area_whether_it_is_there_or_not(
    answers: Golden,
) -> None:
    for path in ("figures", "figures/dibao.spend", "balances"):
        for area in ("person:p-1", "household:h-1", "fund:lottery", "payment:none"):
            answer = answers.web.get(f"/open/v1/{path}", params={"area": area})
            assert answer.status_code == 422
