"""People who move in circles, and what is said and taken back of them, give each month right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import TYPE_CHECKING, Any

from scripts.scenarios.office import CLERK
from tests.api.commands.household_desk import Desk, desk, totals
from tests.api.commands.test_merged_persons import holds
from tests.api.conftest import code_of

if TYPE_CHECKING:
    import httpx

__all__ = ["desk"]
RATE = 300


def two_homes(desk: Desk) -> tuple[str, list[tuple[str, list[str]]]]:
    """Form two families with a claim each."""
    scheme = desk.scheme()
    homes = [desk.family(2), desk.family(2)]
    for home, _ in homes:
        assert desk.claim(scheme, home).status_code == 201
    return scheme, homes


def move(desk: Desk, person: str, route: list[str], day: str) -> None:
    """Move a person along a route, all on one day."""
    for left, joined in pairwise(route):
        desk.take(CLERK, "household.move", joined, on=day, person=person, from_=left)


def counted(desk: Desk, run: str) -> dict[str, int]:
    """Count the persons of each line of a run."""
    rows = desk.read(f"/v1/pay-runs/{run.partition(':')[2]}/lines")["rows"]
    return {row["holder"]: row["persons"]["value"] for row in rows if row["persons"]}


def test_back_and_forth_on_one_day_is_as_if_nobody_had_moved(desk: Desk) -> None:
    for day in ("2007-03-01", "2007-03-10"):
        scheme, ((one, (walker, _)), (other, _)) = two_homes(desk)
        move(desk, walker, [one, other, one, other, one], day)
        for month in ("2007-03", "2007-04"):
            drawn = desk.draw_up(scheme, month)
            assert totals(drawn) == (2, 4, 4 * RATE)
            assert counted(desk, drawn["run"]) == {one: 2, other: 2}
    holds(desk)


def test_a_circle_that_ends_elsewhere_counts_in_one_line_of_each_month(desk: Desk) -> None:
    for day in ("2007-03-01", "2007-03-10"):
        scheme, ((one, (walker, _)), (other, _)) = two_homes(desk)
        move(desk, walker, [one, other, one, other], day)
        march, april = desk.draw_up(scheme, "2007-03"), desk.draw_up(scheme, "2007-04")
        assert totals(march) == totals(april) == (2, 4, 4 * RATE)
        assert counted(desk, march["run"]) == {one: 2, other: 2}
        assert counted(desk, april["run"]) == {one: 1, other: 3}
    holds(desk)


def test_a_circle_is_withdrawn_step_by_step(desk: Desk) -> None:
    scheme, ((one, (walker, _)), (other, _)) = two_homes(desk)
    move(desk, walker, [one, other, one, other], "2007-03-01")
    for joined, left in ((other, one), (one, other), (other, one)):
        desk.take(CLERK, "household.withdraw-join", joined, on="2007-03-02", person=walker)
        desk.take(CLERK, "household.withdraw-leave", left, on="2007-03-02", person=walker)
    drawn = desk.draw_up(scheme, "2007-04")
    assert counted(desk, drawn["run"]) == {one: 2, other: 2}
    holds(desk)


def test_what_is_said_again_after_it_was_taken_back_is_known(desk: Desk) -> None:
    scheme, ((one, (walker, dead)), (other, _)) = two_homes(desk)
    died = {"on": "2007-02-10", "date": "2007-01-20"}
    desk.take(CLERK, "person.report-death", dead, **died)
    desk.take(CLERK, "person.withdraw-death", dead, on="2007-02-10")
    desk.take(CLERK, "person.report-death", dead, **died)
    move(desk, walker, [one, other], "2007-02-20")
    desk.take(CLERK, "household.withdraw-join", other, on="2007-02-20", person=walker)
    desk.take(CLERK, "household.join", other, on="2007-02-20", person=walker)
    drawn = desk.draw_up(scheme, "2007-03")
    assert counted(desk, drawn["run"])[other] == 3
    assert totals(drawn)[1] == 3
    holds(desk)


def test_of_two_moves_at_the_same_instant_one_wins(desk: Desk) -> None:
    scheme, homes = two_homes(desk)
    (one, (walker, _)), (other, _) = homes
    third, _ = desk.family(1)
    together = Barrier(8)

    def send(nth: int) -> httpx.Response:
        together.wait(timeout=30)
        target = (other, third)[nth % 2]
        what: dict[str, Any] = {"on": "2007-03-10", "person": walker, "from_": one}
        return desk.post(CLERK, "household.move", target, **what)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    taken = [answer for answer in answers if answer.status_code == 201]
    assert len(taken) == 1
    refused = {code_of(answer) for answer in answers if answer.status_code != 201}
    assert refused <= {(409, "wrong-state"), (409, "in-another-household")}
    rows = desk.read("/v1/households", members=walker)["rows"]
    assert len(rows) == 1
    assert totals(desk.draw_up(scheme, "2007-03"))[1] == 4
    holds(desk)
