"""Days that cannot be, over HTTP: what is not yet, and what comes before its cause."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from infra.config.clock import today
from infra.ledger import open_ledger
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    EVE,
    REVIEWER,
    SECOND_TREASURER,
    STAFF,
    TREASURER,
    Office,
    an_order,
    fen,
    new_key,
    staffed,
)
from scripts.scenarios.stories import (
    AREA,
    FUND,
    RUN,
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    draw_up,
    entitled,
    payments_of,
    release,
    settle,
)
from tests.api.commands.served_office import COMMANDS, bearer
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

ALLOTMENT, GRANT, RELIEF = "fund:budget", "grant:g-1", "relief:r-1"
APRIL = "pay-run:aid:2007-04"
EARLIER = "2007-03-01"
FAR = "2099-01-01"
TAKEN = (201, "")


class FrontCounter(NamedTuple):
    """An office with its front counter, over HTTP."""

    office: Office
    client: Client

    def post(self, by: str, order: dict[str, Any]) -> tuple[int, str]:
        """Send a command as somebody; return the status and the code of a refusal."""
        headers = {
            "Authorization": bearer(self.office, by, STAFF[by]),
            "Idempotency-Key": new_key(),
        }
        answer = self.client.post(COMMANDS, json=order, headers=headers)
        return answer.status_code, answer.json().get("code", "")


@pytest.fixture(scope="module")
def counter(new_settings: Callable[[], Settings]) -> Iterator[FrontCounter]:
    """Pay a run, let one payment come back, apply for a grant and for relief, all on one day."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=100_000)
        office.send("fund.open", ALLOTMENT, by=TREASURER, on=EVE, title="指标", kind="fiscal",
                    basis="allotment", keeper="organisation:civil-affairs-bureau",
                    purposes=["aid-poor"])  # fmt: skip
        a_scheme(office, rate=100)
        entitled(office, 3)
        approved(office)
        release(office)
        settle(office, RUN, payments_of(office)[0])
        drawn = draw_up(office, APRIL)
        office.send("pay-run.review", APRIL, by=REVIEWER, on="2007-04-02", digest=drawn["digest"])
        office.send("project.open", "project:p", by=CLERK, title="项目", programme="x",
                    purpose="aid-poor")  # fmt: skip
        office.send("grant.apply", GRANT, by=CLERK, body="organisation:o", project="project:p",
                    programme="x", purpose="aid-poor", title="修缮", area=AREA,
                    amount=fen(500))  # fmt: skip
        office.send("relief.apply", RELIEF, by=CLERK, person="person:aid-000000", fund=FUND,
                    earmark="general", programme="x", purpose="aid-poor")  # fmt: skip
        with served(ledger) as client:
            yield FrontCounter(office, client)


def allot(on: str) -> dict[str, Any]:
    """Allot to the budget's fund."""
    return an_order("fund.allot", ALLOTMENT, on=on, amount=fen(100), earmark="general",
                    source="fiscal", document="文")  # fmt: skip


def closing(command: str, on: str, through: str) -> dict[str, Any]:
    """Close the books through a day."""
    return an_order(f"period.{command}", "period:p", on=on, through=through)


def drawing(month: str, on: str) -> dict[str, Any]:
    """Draw up a month."""
    return an_order("pay-run.draw-up", f"pay-run:aid:{month}", on=on, scheme=SCHEME, month=month,
                    fund=FUND, earmark="general")  # fmt: skip


def award(on: str, **act: str) -> dict[str, Any]:
    """Award what was applied for."""
    share = {"fund": FUND, "earmark": "general", "amount": fen(500)}
    return an_order("grant.award", GRANT, on=on, act=act, shares=[share])


NOT_YET = [
    (TREASURER, allot(FAR)),
    (TREASURER, an_order("fund.receive", FUND, on=EARLIER, act={"booked": FAR}, amount=fen(1),
                         earmark="general", source="x", document="文")),
    (TREASURER, closing("soft-close", "2077-12-31", "2077-12-30")),
    (TREASURER, closing("soft-close", "2007-12-31", "2077-12-31")),
    (TREASURER, closing("soft-close", "2007-12-31", "2007-12-31")),
    (SECOND_TREASURER, closing("close", "2007-12-31", "2077-12-31")),
    (CLERK, drawing("2199-12", "2199-12-05")),
    (CLERK, drawing("2007-05", "2007-04-30")),
    (APPROVER, award(FAR)),
    (TREASURER, an_order("pay-run.release", APRIL, on=FAR)),
]  # fmt: skip


@pytest.mark.parametrize(("by", "order"), NOT_YET, ids=[str(n) for n in range(len(NOT_YET))])
def test_what_is_not_yet_is_refused(counter: FrontCounter, by: str, order: dict[str, Any]) -> None:
    held = counter.office.positions()
    assert counter.post(by, order) == (409, "not-yet")
    assert counter.office.positions() == held


def test_today_is_not_too_late_and_tomorrow_is(counter: FrontCounter) -> None:
    assert counter.post(TREASURER, allot(today().isoformat())) == TAKEN
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert counter.post(TREASURER, allot(tomorrow)) == (409, "not-yet")


def before_their_causes(office: Office) -> list[tuple[str, dict[str, Any]]]:
    """Return acts that are dated, or booked, before what they act on."""
    back, paid, _ = payments_of(office)
    returned: dict[str, Any] = {"reason": "销户", "bank_ref": "退"}
    april = drawn_of(office)
    return [
        (APPROVER, award(EARLIER)),
        (APPROVER, award("2007-03-20", booked=EARLIER)),
        (APPROVER, an_order("relief.decide", RELIEF, on=EARLIER, amount=fen(5))),
        (APPROVER, an_order("pay-run.approve", APRIL, on="2007-04-01", digest=april)),
        (TREASURER, an_order("payment.return", paid, on=EARLIER, **returned)),
        (TREASURER, an_order("payment.return", paid, on="2007-03-20", act={"booked": EARLIER},
                             **returned)),
        (TREASURER, an_order("payment.reissue", back, on=EARLIER)),
        (TREASURER, an_order("payment.write-back", back, on=EARLIER)),
        (CLERK, an_order("recovery.establish", "recovery:r", on=EARLIER, payments=[paid],
                         amount=fen(5), reason="多发")),
    ]  # fmt: skip


def drawn_of(office: Office) -> str:
    """Return the digest of the run of April."""
    drawn = next(event for event in office.events(APRIL) if event.TOPIC == "pay-run.drawn-up")
    return str(drawn.digest)  # type: ignore[attr-defined]


@pytest.mark.parametrize("nth", range(9))
def test_nothing_lies_before_its_cause(counter: FrontCounter, nth: int) -> None:
    orders = before_their_causes(counter.office)
    assert len(orders) == 9
    by, order = orders[nth]
    held = counter.office.positions()
    assert counter.post(by, order) == (409, "before-its-cause")
    assert counter.office.positions() == held


def test_a_release_before_the_drawing_up_is_refused(counter: FrontCounter) -> None:
    act = {"on": "2007-04-03"}
    counter.office.send("pay-run.approve", APRIL, by=APPROVER, act=act,
                        digest=drawn_of(counter.office))  # fmt: skip
    for days in ({"on": "2006-01-01"}, {"on": "2007-04-05", "act": {"booked": "2006-01-01"}}):
        order = an_order("pay-run.release", APRIL, **days)
        assert counter.post(TREASURER, order) == (409, "before-its-cause")
    assert counter.post(TREASURER, an_order("pay-run.release", APRIL, on="2007-04-03")) == TAKEN


def test_a_day_and_a_time_of_the_zone_are_moments(counter: FrontCounter) -> None:
    catch_up(counter.office.ledger)
    head = len(counter.office.positions())
    headers = {"Authorization": bearer(counter.office, CLERK, "clerk")}

    def known(**asked: str) -> Any:
        return counter.client.get("/v1/funds", params=asked, headers=headers)

    assert known(known_at=today().isoformat()).json()["known_at"]["position"] == head
    assert known(known_at="2008-01-15").json()["rows"] == []
    assert known(known_at="2008-01-15T12:00").json()["rows"] == []
    assert known(as_of="2006-01-01T12:00").json()["as_of"] == "2006-01-01"
    # Sixteen hours in London are midnight in Shenzhen.
    assert known(as_of="2006-01-01T16:00:00Z").json()["as_of"] == "2006-01-02"
    for wrong in ({"known_at": FAR}, {"known_at": "2007-02-30"}, {"as_of": "2007-02-30T10:00"}):
        assert known(**wrong).status_code == 422


def test_a_page_of_a_negative_day_says_so_and_names_the_accounts(counter: FrontCounter) -> None:
    promise: dict[str, Any] = {
        "amount": fen(100),
        "earmark": "general",
        "to": "contract:c",
        "purpose": "aid-poor",
    }
    counter.office.send("fund.allot", ALLOTMENT, by=TREASURER, on="2007-06-01", amount=fen(500),
                        earmark="late", source="fiscal", document="文-2")  # fmt: skip
    counter.office.send("fund.commit", ALLOTMENT, by=TREASURER, on="2007-05-01",
                        **(promise | {"earmark": "late"}))  # fmt: skip
    catch_up(counter.office.ledger)
    negative, later = (
        counter.client.get("/funds/budget", params={"as_of": day}).text
        for day in ("2007-05-15", "2007-06-15")
    )
    assert "available:budget:late" in negative
    assert "核对无误" not in negative
    assert "available:budget:late" not in later
    assert "核对无误" in later
