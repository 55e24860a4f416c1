"""The lines of a pay run, seen before it is signed, and what has changed since the last run."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from infra.ledger import open_ledger
from projections.casework import pay_runs
from projections.casework.pay_runs import Drawings, drawn_again
from scripts.scenarios.office import APPROVER, CLERK, EVE, REVIEWER, TREASURER, Office, fen, staffed
from scripts.scenarios.stories import (
    AREA,
    RUN,
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    draw_up,
    entitled,
    release,
)
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from domain.payments.pay_run_events import PayRunDrawnUp
    from domain.payments.pay_run_lines import Drawn
    from infra.config.settings import Settings

APRIL, AGAIN = "pay-run:aid:2007-04", "pay-run:aid:2007-04-2"
FIRST_OF_APRIL, IN_APRIL = "2007-04-01", "2007-04-10"
# What became of the holders in April, by their numbers; the seventh is new.
MORE, SUSPENDED, STOPPED, DIED, SAME, STOPPED_LATER, NEW = range(7)


class Desk(NamedTuple):
    """An office with a reviewer's browser before it."""

    office: Office
    client: Client

    def ask(self, path: str, role: str = "reviewer", **params: str) -> dict[str, Any]:
        """Read an address of the office, the views being at the head."""
        catch_up(self.office.ledger)
        secret = self.office.ledger.secret("token-key")
        token, _ = tokens.issue(secret, by=f"{role}-1", roles=(role,), ttl=timedelta(hours=1))
        headers = {"Authorization": f"Bearer {token}"}
        answer = self.client.get(f"/v1/pay-runs/{path}", params=params, headers=headers)
        return {"status": answer.status_code, **answer.json()}


@pytest.fixture
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    """Pay six persons 10 yuan each in March, and open the desk."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1_000_000)
        a_scheme(office, rate=1_000, rates=[a_rate("a", 1_000), a_rate("b", 1_500)])
        entitled(office, 6)
        approved(office)
        release(office)
        with served(ledger) as client:
            yield Desk(office, client)


def a_rate(tier: str, amount: int) -> dict[str, Any]:
    """State a tier's rate of a scheme."""
    return {"tier": tier, "from": EVE, "amount": fen(amount), "authority": "市政府令第1号"}


def an_april(office: Office) -> None:
    """Let something happen to most of them."""

    def claim(nth: int) -> str:
        return f"entitlement:aid-{nth:06d}"

    for command, nth in (("suspend", SUSPENDED), ("stop", STOPPED)):
        office.send(f"entitlement.{command}", claim(nth), by=CLERK, reason="迁出",
                    from_=FIRST_OF_APRIL)  # fmt: skip
    office.agreed("entitlement.adjust", claim(MORE), by=CLERK, second=APPROVER, tier="b",
                  from_=FIRST_OF_APRIL)  # fmt: skip
    office.send("person.report-death", f"person:aid-{DIED:06d}", by=CLERK, on="2007-03-20",
                date="2007-03-18")  # fmt: skip
    office.send("person.register", f"person:aid-{NEW:06d}", by=CLERK)
    office.send("entitlement.bring-in", claim(NEW), by=CLERK, scheme=SCHEME, area=AREA, tier="a",
                holder=f"person:aid-{NEW:06d}", from_=FIRST_OF_APRIL)  # fmt: skip


def by_number(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Return rows by their holder's number."""
    return {int(row["holder"][-6:]): row for row in rows}


def value(row: dict[str, Any], field: str) -> int | None:
    """Return the number of a quantity."""
    return row[field]["value"] if row[field] else None


def sums(answer: dict[str, Any]) -> dict[str, int]:
    """Return the totals by their fields."""
    return {total["field"]: total["value"] for total in answer["totals"]}


def test_the_lines_of_a_drawn_up_run_are_listed_and_sum_to_what_is_signed(desk: Desk) -> None:
    an_april(desk.office)
    drawn = draw_up(desk.office, APRIL, act={"on": IN_APRIL})
    lines = desk.ask("aid:2007-04/lines")
    rows = by_number(lines["rows"])

    assert lines["digest"] == drawn["digest"]
    assert lines["held_back"] == drawn["held_back"] == 2
    assert sums(lines) == {"amount": drawn["total"]["value"], "persons": 4}
    assert sums(lines)["amount"] == 1_500 + 3 * 1_000
    said = {nth: (row["change"], row["reason"], row["state"], row["held_back_for"])
            for nth, row in rows.items()}  # fmt: skip
    assert said == {
        MORE: ("more", "adjusted", "drawn-up", None),
        SUSPENDED: ("gone", "suspended", "held-back", "suspended"),
        STOPPED: ("gone", "stopped", "held-back", "stopped"),
        DIED: ("gone", "died", "held-back", "died"),
        SAME: ("same", "", "drawn-up", None),
        STOPPED_LATER: ("same", "", "drawn-up", None),
        NEW: ("new", "granted", "drawn-up", None),
    }
    same = rows[SAME]
    assert (value(same, "rate"), same["tier"], same["area"]) == (1_000, "a", AREA)
    assert (value(rows[MORE], "rate"), rows[MORE]["tier"]) == (1_500, "b")


def test_a_comparison_tells_what_was_and_is_paid_and_by_which_events(desk: Desk) -> None:
    an_april(desk.office)
    draw_up(desk.office, APRIL, act={"on": IN_APRIL})
    compared = desk.ask("aid:2007-04/comparison")
    rows = by_number(compared["rows"])
    topics = dict(enumerate((event.TOPIC for event in desk.office.events()), 1))

    assert compared["compared_with"] == [RUN]
    assert {nth: (value(row, "before"), value(row, "after")) for nth, row in rows.items()} == {
        MORE: (1_000, 1_500),
        SUSPENDED: (1_000, None),
        STOPPED: (1_000, None),
        DIED: (1_000, None),
        SAME: (1_000, 1_000),
        STOPPED_LATER: (1_000, 1_000),
        NEW: (None, 1_000),
    }
    assert {nth: [topics[at] for at in row["causes"]] for nth, row in rows.items()} == {
        MORE: ["entitlement.adjusted"],
        SUSPENDED: ["entitlement.suspended"],
        STOPPED: ["entitlement.stopped"],
        DIED: ["person.death-reported"],
        SAME: [],
        STOPPED_LATER: [],
        NEW: ["entitlement.brought-in"],
    }
    assert sums(compared) == {
        "new": 1, "gone": 3, "more": 1, "less": 0, "same": 2, "before": 6_000, "after": 4_500,
    }  # fmt: skip
    gone = desk.ask("aid:2007-04/comparison", change="gone")
    assert Counter(row["reason"] for row in gone["rows"]) == {
        "suspended": 1, "stopped": 1, "died": 1,
    }  # fmt: skip


def test_what_a_release_holds_back_is_listed_with_what_it_paid(desk: Desk) -> None:
    an_april(desk.office)
    office = desk.office
    act = {"on": IN_APRIL}
    drawn = draw_up(office, APRIL, act=act)
    office.send("pay-run.review", APRIL, by=REVIEWER, act=act, digest=drawn["digest"])
    office.send("pay-run.approve", APRIL, by=APPROVER, act=act, digest=drawn["digest"])
    office.send("entitlement.stop", f"entitlement:aid-{STOPPED_LATER:06d}", by=CLERK,
                reason="迁出", from_=FIRST_OF_APRIL)  # fmt: skip
    release(office, APRIL, act=act)
    lines = desk.ask("aid:2007-04/lines")
    rows = by_number(lines["rows"])

    assert sums(lines) == {"amount": drawn["total"]["value"], "persons": 4}
    assert (rows[STOPPED_LATER]["state"], rows[STOPPED_LATER]["held_back_for"]) == (
        "held-back", "stopped",
    )  # fmt: skip
    assert rows[SAME]["state"] == "made"
    held = desk.ask("aid:2007-04/lines", state="held-back")
    assert {int(row["holder"][-6:]) for row in held["rows"]} == {
        SUSPENDED, STOPPED, DIED, STOPPED_LATER,
    }  # fmt: skip


def test_a_cancelled_run_is_not_what_the_next_one_is_compared_with(desk: Desk) -> None:
    draw_up(desk.office, APRIL, act={"on": IN_APRIL})
    desk.office.send("pay-run.cancel", APRIL, by=TREASURER, act={"on": IN_APRIL}, reason="误")
    draw_up(desk.office, AGAIN, act={"on": IN_APRIL},
            month="2007-04")  # fmt: skip
    draw_up(desk.office, "pay-run:aid:2007-05", act={"on": "2007-05-10"})

    assert {row["state"] for row in desk.ask("aid:2007-04/lines")["rows"]} == {"cancelled"}
    assert desk.ask("aid:2007-04-2/comparison")["compared_with"] == [RUN]
    assert desk.ask("aid:2007-05/comparison")["compared_with"] == [AGAIN]


def test_lines_are_for_those_who_may_see_persons(desk: Desk) -> None:
    for role in ("publisher", "supervisor", "fundraiser"):
        assert desk.ask("aid:2007-03/lines", role)["status"] == 403
        assert desk.ask("aid:2007-03/comparison", role)["status"] == 403


@pytest.mark.parametrize("kept", [True, False])
def test_a_run_is_drawn_once_for_all_pages_of_its_lines(
    kept: bool,  # noqa: FBT001
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The run and the one before it; a page finds what the page before it has drawn."""
    an_april(desk.office)
    draw_up(desk.office, APRIL, act={"on": IN_APRIL})
    monkeypatch.setattr(desk.office.ledger, "drawings", Drawings() if kept else Drawings(0))
    drawn: list[str] = []

    def counted(connection: Any, run: PayRunDrawnUp, tags: Any) -> Drawn:
        drawn.append(run.originator_id)
        return drawn_again(connection, run, tags)

    monkeypatch.setattr(pay_runs, "drawn_again", counted)
    whole = desk.ask("aid:2007-04/lines")["rows"]
    drawn.clear()
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = desk.ask("aid:2007-04/lines", limit="2", **after)
        rows += page["rows"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}

    assert rows == whole
    assert len(rows) > 4
    assert drawn == ([] if kept else [APRIL, RUN] * (len(rows) // 2 + len(rows) % 2))
