"""Gross, reversed, given back, net: one table in which the numbers of a sum follow."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from infra.ledger import open_ledger
from scripts.scenarios.office import APPROVER, OPERATOR, SECOND_TREASURER, TREASURER, fen, staffed
from scripts.scenarios.office import Office as Told
from scripts.scenarios.stories import FUND, a_fund
from tests.api.conftest import catch_up, served
from tests.infra.commands.test_goods import GIFTS, RAISER, a_charity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

BOTH = ("/v1", "/open/v1")
GIFT: dict[str, Any] = {"fund": GIFTS, "earmark": "general", "name_shown": False}
MONEY: dict[str, Any] = {"earmark": "general", "source": "fiscal"}
SUMS = ("gross", "reversed", "given_back", "reversed_later", "of_earlier", "net")


class Desk(NamedTuple):
    """A client of a ledger's server, and what its story was told of."""

    client: Client
    reversed_late: int

    def rows(self, zone: str, **where: str) -> list[dict[str, Any]]:
        """Return the table's rows."""
        answer = self.client.get(f"{zone}/turnover", params=where)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["rows"]
        return found

    def sums(self, zone: str, key: str) -> tuple[int | None, ...]:
        """Return the sums of a row."""
        (row,) = [each for each in self.rows(zone) if each["id"] == key]
        return tuple(row[name]["value"] for name in SUMS)


@pytest.fixture(scope="module")
def desk(new_settings: Callable[[], Settings]) -> Iterator[Desk]:
    with open_ledger(new_settings()) as ledger:
        late = told(a_charity(staffed(Told(ledger))))
        catch_up(ledger)
        token, _ = tokens.issue(
            ledger.secret("token-key"),
            by=TREASURER,
            roles=("treasurer",),
            ttl=timedelta(hours=1),
        )
        with served(ledger) as client:
            client.headers["Authorization"] = f"Bearer {token}"
            yield Desk(client, late)


def told(office: Told) -> int:
    """Give 701 fen of which 200 stand; reverse a receipt of a year that is closed."""
    office.send("role.grant", "role:fundraiser-2", by=OPERATOR, on="2006-01-01",
                who="fundraiser-2", role="fundraiser")  # fmt: skip
    positions = {}
    for key, amount in (("d-1", 200), ("d-2", 300), ("d-3", 201)):
        got = office.send("donation.receive", f"donation:{key}", by=RAISER, amount=fen(amount),
                          **GIFT)  # fmt: skip
        (positions[key],) = got["positions"]
    office.send("event.reverse", "donation:d-2", by=APPROVER, of=positions["d-2"])
    office.agreed("donation.refund", "donation:d-3", by=RAISER, second="fundraiser-2",
                  amount=fen(201), on="2007-03-16")  # fmt: skip
    a_fund(office)
    (first,) = office.send("fund.receive", FUND, by=TREASURER, amount=fen(1000), document="1",
                           **MONEY)["positions"]  # fmt: skip
    office.send("fund.receive", FUND, by=TREASURER, amount=fen(50), document="2", **MONEY)
    office.send("period.soft-close", "period:2007", by=TREASURER, on="2008-01-05",
                through="2007-12-31")  # fmt: skip
    office.send("period.close", "period:2007", by=SECOND_TREASURER, on="2008-01-06",
                through="2007-12-31")  # fmt: skip
    (late,) = office.send("event.reverse", FUND, by=APPROVER, on="2008-01-10",
                          of=first)["positions"]  # fmt: skip
    return int(late)


@pytest.mark.parametrize("zone", BOTH)
def test_gifts_are_gross_reversed_given_back_and_net(desk: Desk, zone: str) -> None:
    assert desk.sums(zone, "2007:in:gifts:donors") == (701, 300, 201, 0, 0, 200)


@pytest.mark.parametrize("zone", BOTH)
def test_what_is_reversed_later_is_said_of_both_years(desk: Desk, zone: str) -> None:
    key = FUND.partition(":")[2]
    assert desk.sums(zone, f"2007:in:{key}:fiscal") == (1050, 0, 0, 1000, 0, 1050)
    assert desk.sums(zone, f"2008:in:{key}:fiscal") == (0, 1000, 0, 0, 1000, -1000)
    rows = desk.rows(zone, fund=FUND)
    assert [row["reversals"] for row in rows] == [[desk.reversed_late]] * 2


@pytest.mark.parametrize("zone", BOTH)
def test_the_net_is_what_funds_say(desk: Desk, zone: str) -> None:
    for fund in (FUND, GIFTS):
        key = fund.partition(":")[2]
        said = desk.client.get(f"{zone}/funds/{key}/statement").json()
        net: Counter[str] = Counter()
        for row in desk.rows(zone, fund=fund):
            net[row["source"]] += row["net"]["value"]
        assert {each["source"]: each["value"] for each in said["in"]} == +net


@pytest.mark.parametrize("zone", BOTH)
def test_a_row_follows_from_its_own_numbers(desk: Desk, zone: str) -> None:
    for row in desk.rows(zone):
        gross, back, given, *_, net = (row[name]["value"] for name in SUMS)
        assert gross - back - given == net, row


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"year": "2007"}, 200),
        ({"year": "1999"}, 404),
        ({"year": "07"}, 422),
        ({"fund": "fund:none"}, 404),
        ({"programme": "nonsense"}, 422),
        ({"part": "nowhere"}, 422),
    ],
)
@pytest.mark.parametrize("zone", BOTH)
def test_a_filter_names_what_there_is(
    desk: Desk, zone: str, asked: dict[str, str], status: int
) -> None:
    assert desk.client.get(f"{zone}/turnover", params=asked).status_code == status


@pytest.mark.parametrize("address", ["/years/2007", f"/funds/{FUND.partition(':')[2]}"])
def test_the_pages_say_what_was_reversed_later(desk: Desk, address: str) -> None:
    for language, words in (("zh", "其后年度冲正"), ("en", "reversed in a later year")):
        page = desk.client.get(address, params={"lang": language}, headers={"Accept": "text/html"})
        assert words in page.text
        assert "10.00" in page.text
