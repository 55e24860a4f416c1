"""Pay runs in public: those of few are nowhere, the others tell sums that rest on five persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from infra.ledger import open_ledger
from projections.figures import NUMBERS
from scripts.scenarios.office import APPROVER, CLERK, DAY, REVIEWER, Office, staffed
from scripts.scenarios.stories import (
    FUND,
    a_fund,
    a_scheme,
    approved,
    draw_up,
    entitled,
    payments_of,
    release,
    settle,
    stop,
)
from tests.api.conftest import catch_up, code_of, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

RATE = 1000


def run_of(name: str) -> str:
    return f"pay-run:{name}:2007-03"


def scheme_of(office: Office, name: str, many: int) -> list[str]:
    """Let so many persons be entitled to a scheme of their own."""
    a_scheme(office, f"scheme:{name}", rate=RATE)
    return entitled(office, many, f"scheme:{name}")


def paid(office: Office, name: str, many: int, *, stopped: int = 0, back: int = 0) -> None:
    """Pay a run; some claims are stopped before its release, some payments come back."""
    claims = scheme_of(office, name, many)
    approved(office, run_of(name))
    for claim in claims[:stopped]:
        stop(office, claim)
    release(office, run_of(name))
    settle(office, run_of(name), *payments_of(office, run_of(name))[:back])


def drawn_twice(office: Office, name: str, many: int) -> None:
    """Reject a draft, stop one claim, and pay what is drawn up anew."""
    claims = scheme_of(office, name, many)
    draw_up(office, run_of(name))
    office.send("pay-run.reject", run_of(name), by=REVIEWER, reason="重造")
    stop(office, claims[0])
    what: dict[str, Any] = {
        "scheme": f"scheme:{name}",
        "month": "2007-03",
        "fund": FUND,
        "earmark": "general",
    }
    again = f"{run_of(name)}.2"
    digest = office.send("pay-run.draw-up", again, by=CLERK, on=DAY, **what)["digest"]
    office.send("pay-run.review", again, by=REVIEWER, digest=digest)
    office.send("pay-run.approve", again, by=APPROVER, digest=digest)
    release(office, again, on=DAY)


@pytest.fixture(scope="module")
def web(new_settings: Callable[[], Settings]) -> Iterator[Client]:
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1_000_000)
        for many in (1, 4):
            paid(office, f"of-{many}", many)
        scheme_of(office, "draft", 5)
        approved(office, run_of("draft"))
        paid(office, "whole", 9)
        paid(office, "few-held", 12, stopped=2)
        paid(office, "many-held", 12, stopped=5)
        paid(office, "few-back", 9, back=1)
        paid(office, "many-back", 16, back=6)
        paid(office, "few-kept", 9, back=5)
        drawn_twice(office, "twice", 11)
        catch_up(ledger)
        with served(ledger) as client:
            yield client


def told(web: Client, name: str) -> dict[str, tuple[Any, Any]]:
    """Return what a run tells: money and persons by name, without what is withheld."""
    row = web.get(f"/open/v1/pay-runs/{name}").json()
    (listed,) = (
        each for each in web.get("/open/v1/pay-runs").json()["rows"] if each["id"] == row["id"]
    )
    assert listed.items() <= row.items()
    found = {}
    for number in NUMBERS:
        fen, persons = row[number], row[f"{number}_persons"]
        assert (fen["unit"], persons["unit"]) == ("fen", "person")
        if fen["value"] is None:
            assert persons["value"] is None
            assert fen["suppressed"] is persons["suppressed"] is True
            continue
        found[number] = fen["value"], persons["value"]
    return found


def sums(**persons: int) -> dict[str, tuple[int, int]]:
    return {number: (many * RATE, many) for number, many in persons.items()}


def test_a_run_of_few_persons_is_nowhere_in_public(web: Client) -> None:
    said = web.get("/open/v1/pay-runs").json()
    assert not {"count", "persons", "total", "held_lines"} & set(said["rows"][0])
    assert said["totals"] == []
    assert code_of(web.get("/open/v1/pay-runs?persons=3")) == (422, "malformed")
    for name in ("of-1", "of-4", "of-0"):
        assert web.get(f"/open/v1/pay-runs?scheme=scheme:{name}").json().get("rows", []) == []
        for path in (f"{name}:2007-03", f"{name}:2007-03/events"):
            answer = web.get(f"/open/v1/pay-runs/{path}")
            assert code_of(answer) == (404, "unknown-subject")
    assert web.get("/open/v1/pay-runs/draft:2007-03/events").json()["rows"]
    assert "of-4" not in web.get("/open/v1/events?limit=1000&subject=pay-run:*").text


def test_a_run_tells_what_rests_on_five_persons_with_all_that_follows_from_it(web: Client) -> None:
    nothing_moved = {"returned": 0, "reissued": 0, "written_back": 0}
    assert told(web, "draft:2007-03") == {}
    assert told(web, "whole:2007-03") == sums(drawn=9, held_back=0, paid=9, **nothing_moved)
    # Of those held back, be they few or many now, a later run may pay all but one.
    assert told(web, "few-held:2007-03") == sums(paid=10, **nothing_moved)
    assert told(web, "many-held:2007-03") == sums(paid=7, **nothing_moved)
    # One came back: the month's account tells what stayed out, so the run tells nothing.
    assert told(web, "few-back:2007-03") == {}
    moved = {"returned": 6, "reissued": 0, "written_back": 0}
    assert told(web, "many-back:2007-03") == sums(drawn=16, held_back=0, paid=16, **moved)
    assert told(web, "few-kept:2007-03") == {}


def test_of_two_drafts_of_a_month_one_tells_what_it_paid_and_no_more(web: Client) -> None:
    assert told(web, "twice:2007-03") == {}
    second = told(web, "twice:2007-03.2")
    assert second["drawn"] == second["paid"] == (10 * RATE, 10)


def test_a_run_has_told_nothing_before_the_step_that_publishes_its_month(web: Client) -> None:
    rows = web.get("/open/v1/pay-runs", params={"as_of": "2007-03-20"}).json()["rows"]
    assert all(row[number]["value"] is None for row in rows for number in NUMBERS)


def test_every_form_says_the_same_of_a_run(web: Client) -> None:
    table = web.get("/open/v1/pay-runs.csv").text.lstrip("\ufeff").splitlines()
    heads = table[0].split(",")
    assert {"paid", "paid_unit", "paid_persons", "paid_persons_unit"} <= set(heads)
    lines = web.get("/open/v1/pay-runs.jsonl").text.splitlines()
    assert len(lines) == len(table) - 1


def test_an_answer_says_up_to_where_it_tells_of_persons_and_a_page_why(web: Client) -> None:
    asked = {"stage": "spent", "fund": FUND}
    now = web.get("/open/v1/balances", params=asked).json()
    position = now["known_at"]["position"]
    named = web.get("/open/v1/balances", params={**asked, "known_at": position}).json()
    # One month alone was paid: in the log it has begun, and no later one.
    assert now["persons_known_at"]["position"] == position
    assert named["persons_known_at"]["before"] == "2007-03-01"
    assert named["persons_known_at"]["position"] < position
    assert [bool(each["rows"]) for each in (now, named)] == [True, False]
    assert "persons_known_at" not in web.get("/open/v1/organisations").json()
    page = f"/funds/{FUND.partition(':')[2]}"
    for language, words in (("zh", "至少 5 人合计"), ("en", "at least 5 persons")):
        said = web.get(page, params={"lang": language})
        assert words in said.text
        assert now["persons_known_at"]["before"] in said.text
