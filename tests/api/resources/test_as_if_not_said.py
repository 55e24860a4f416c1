"""Any sequence of acts with reversals equals the same without what is reversed, in every view."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER, CLERK, EVE, OPERATOR, TREASURER, Office, fen, staffed
from scripts.scenarios.stories import a_fund
from tests.api.conftest import catch_up, served
from tests.api.resources.test_parts import Desk, an_area

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings

FUNDRAISER = "fundraiser-1"
DAYS = ("2007-03-05", "2007-06-15", "2007-11-30")
ASKED = (*DAYS, "2007-12-31", "2008-12-31")
_numbers = count(1)


class Said(NamedTuple):
    """An act: of which kind, on which day, of how much; and whether it is reversed later."""

    kind: str
    day: str
    amount: int
    falls: bool


ACTS = st.lists(
    st.builds(
        Said,
        kind=st.sampled_from(("receive", "gift", "tally")),
        day=st.sampled_from(DAYS),
        amount=st.integers(1, 10**6),
        falls=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        for who in (FUNDRAISER, "auditor-1"):
            role = who.removesuffix("-1")
            office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
        office.send("area.open", "area:city", by=APPROVER, on=EVE, title="全市", level="city")
        with served(ledger) as client:
            yield Desk(office, client)


class Twin(NamedTuple):
    """A fund and an area of its own, in which a sequence is told."""

    office: Office
    key: str

    def tell(self, said: Said, nth: int) -> tuple[str, int]:
        """Tell an act; return its subject and the position of its own event."""
        subject, by, what = self.words(said, f"{self.key}-{nth}")
        command = {"receive": "fund.receive", "gift": "donation.receive", "tally": "tally.report"}
        receipt = self.office.send(command[said.kind], subject, by=by, on=said.day, **what)
        return subject, receipt["positions"][0]

    def words(self, said: Said, name: str) -> tuple[str, str, dict[str, Any]]:
        """Return the subject, the sender and the words of an act."""
        if said.kind == "tally":
            days = {"from_": said.day, "to": said.day}
            number = {"value": said.amount, "unit": "person"}
            what = {"measure": "training", "count": number, "qualifier": "exact", **days}
            more = {"area": f"area:{self.key}", "act": {"reason": "另一期"}}
            return f"tally:{name}", CLERK, what | more
        money = {"amount": fen(said.amount), "earmark": "general"}
        if said.kind == "gift":
            gift = {"fund": f"fund:{self.key}", "name_shown": False}
            return f"donation:{name}", FUNDRAISER, money | gift
        return f"fund:{self.key}", TREASURER, money | {"source": "fiscal", "document": name}

    def seen(self, desk: Desk, day: str) -> dict[str, Any]:
        """Return what the views say on a day, without names and positions."""
        fund, area = f"fund:{self.key}", f"area:{self.key}"
        balances = desk.get("balances", fund=fund, as_of=day)["rows"]
        gifts = desk.get("donations", fund=fund, as_of=day)["totals"]
        asked = {"period": day[:4], "as_of": day, "area": area}
        return {
            "balances": {
                row["account"].replace(self.key, ""): row["value"]
                for row in balances
                if row["value"]
            },
            "gifts": [total["value"] for total in gifts if total["field"] == "amount"] or [0],
            "trained": desk.get("figures/community-staff.trained", **asked).get("value"),
        }


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_what_is_reversed_is_as_if_it_had_not_been_said(desk: Desk, acts: list[Said]) -> None:
    number = next(_numbers)
    with_reversals, without = (Twin(desk.office, f"{name}{number}") for name in ("r", "s"))
    for twin in (with_reversals, without):
        a_fund(desk.office, f"fund:{twin.key}")
        an_area(desk.office, f"area:{twin.key}", EVE)
    falling = []
    for nth, said in enumerate(acts):
        told = with_reversals.tell(said, nth)
        if said.falls:
            falling.append(told)
        else:
            without.tell(said, nth)
    for subject, position in falling:
        desk.office.send("event.reverse", subject, by=APPROVER, on="2008-02-01",
                         act={"reason": "记错"}, of=position)  # fmt: skip
    catch_up(desk.office.ledger)
    for day in ASKED:
        seen, wanted = with_reversals.seen(desk, day), without.seen(desk, day)
        assert seen == wanted, day
        stand = [each for each in acts if not each.falls and each.day <= day]
        assert sum(seen["gifts"]) == sum(each.amount for each in stand if each.kind == "gift")
        if day <= "2007-12-31" and any(each.kind == "tally" for each in stand):
            assert seen["trained"] == sum(each.amount for each in stand if each.kind == "tally")
