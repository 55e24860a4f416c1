"""Who was registered twice counts once where different persons are counted, over HTTP."""

from __future__ import annotations

from typing import Any

from scripts.scenarios.office import APPROVER, CLERK, DAY, TREASURER, fen
from scripts.scenarios.stories import AREA, FUND
from tests.api.commands.household_desk import Desk, claim_of, desk
from tests.api.commands.test_merged_persons import holds, merged, two

__all__ = ["desk"]
YEAR_END = "2007-12-31"


def helped(desk: Desk, case: str, person: str, amount: int) -> None:
    """Pay somebody relief."""
    place: dict[str, Any] = {"fund": FUND, "earmark": "general", "programme": "hospice"}
    said = {"person": person, "purpose": "aid-poor", "area": AREA}
    desk.take(CLERK, "relief.apply", case, on=DAY, **said, **place)
    desk.take(APPROVER, "relief.decide", case, on=DAY, amount=fen(amount))
    desk.take(TREASURER, "relief.pay", case, on=DAY)


def aided(desk: Desk, **asked: str) -> int:
    """Count the persons who had relief in the year."""
    found = desk.read("/v1/figures/hospice.persons", period="2007", **asked)
    assert found["value"] is not None
    return int(found["value"])


def test_a_year_counts_a_person_once_who_was_helped_under_two_ids(desk: Desk) -> None:
    known, again = two(desk)
    for nth, person in enumerate((known, again, again)):
        helped(desk, f"relief:counted-{nth}", person, 100)
    before = desk.read("/v1/figures/hospice.persons", period="2007")
    assert before["value"] == 2
    assert merged(desk, again, known)["twice"] == []
    assert desk.figure("hospice.persons", YEAR_END)["value"] == 1
    # What was known then is answered as it was then.
    position = str(before["known_at"]["position"])
    assert aided(desk, known_at=position) == 2
    holds(desk)


def test_a_chain_of_merges_is_one_person(desk: Desk) -> None:
    before = aided(desk)
    one, two_ = two(desk)
    three, four = two(desk)
    for nth, person in enumerate((one, two_, three, four)):
        helped(desk, f"relief:chain-{nth}", person, 100)
    assert aided(desk) == before + 4
    merged(desk, two_, four)
    assert aided(desk) == before + 3
    merged(desk, four, three)
    assert desk.figure("hospice.persons", YEAR_END)["value"] == before + 2
    holds(desk)


def test_two_claims_of_one_person_on_one_scheme_count_once_on_any_day(desk: Desk) -> None:
    known, again = two(desk)
    scheme = desk.scheme(per="person", formula="flat", programme="home-care")
    for person in (known, again):
        assert desk.claim(scheme, person).status_code == 201
    assert desk.elders("2007-03-14") == 2
    stop = {"on": DAY, "reason": "重复登记", "from_": "2007-04-01"}
    desk.take(CLERK, "entitlement.stop", claim_of(scheme, again), **stop)
    merged(desk, again, known)
    assert desk.elders("2007-03-14") == 1
    assert desk.elders(YEAR_END) == 1
    holds(desk)


def test_an_insured_member_counts_once_whatever_the_id(desk: Desk) -> None:
    dibao = desk.scheme(programme="dibao")
    insurance = desk.scheme(per="person", formula="flat", programme="inpatient-insurance")
    home, (known, child) = desk.family(2)
    other, (again,) = desk.family(1)
    for each in (home, other):
        assert desk.claim(dibao, each).status_code == 201
    # Insured under the id that is merged, and by the other not.
    assert desk.claim(insurance, again).status_code == 201
    assert desk.cover("2007-03-14") == (1, 3)
    left = {"on": DAY, "person": again}
    desk.take(CLERK, "household.leave", other, **left)
    stop = {"on": DAY, "reason": "重复登记", "from_": "2007-04-01"}
    desk.take(CLERK, "entitlement.stop", claim_of(insurance, again), **stop)
    merged(desk, again, known)
    assert desk.cover("2007-03-14") == (1, 2)
    assert desk.cover(YEAR_END)[1] == 2
    assert child.startswith("person:")
    holds(desk)


def test_relief_under_both_ids_is_the_persons_in_warnings_and_aid(desk: Desk) -> None:
    home, (known,) = desk.family(1)
    again = f"{known}-again"
    desk.take(CLERK, "person.register", again)
    cases = [f"relief:much-{nth}" for nth in range(2)]
    for case, person in zip(cases, (known, again), strict=True):
        helped(desk, case, person, 3_000_000)

    def high() -> dict[str, tuple[int, int]]:
        rows = desk.read("/v1/warnings", kind="relief-high", as_of=DAY)["rows"]
        return {row["subject"]: (row["value"]["value"], row["cases"]) for row in rows}

    before = high()
    merged(desk, again, known)
    found = high()
    assert found[home] == (6_000_000, 2)
    assert again not in found
    assert before.get(home, (3_000_000, 1)) == (3_000_000, 1)
    aid = desk.read(f"/v1/households/{home.partition(':')[2]}/aid", as_of=DAY)["rows"]
    assert sorted(row["id"] for row in aid if row["kind"] == "relief") == cases
    holds(desk)
