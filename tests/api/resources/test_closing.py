"""The closing assistant: what stands open is named with its money, and nothing that is done."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from infra.config.clock import today
from infra.ledger import open_ledger
from scripts.scenarios.office import (
    EVE,
    SECOND_TREASURER,
    TREASURER,
    Office,
    fen,
)
from scripts.scenarios.stories import FUND
from tests.api import small_year
from tests.api.commands.served_office import bearer
from tests.api.conftest import catch_up, served
from tests.api.desk.browsers import sign_in, token_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client

    from infra.config.settings import Settings

LEFT = "fund:budget"
YEAR_END = "2007-12-31"
AFTER = "2008-01-10"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def office(new_settings: Callable[[], Settings]) -> Iterator[Office]:
    """Tell the small year, and leave something of each kind open."""
    with open_ledger(new_settings()) as ledger:
        office = small_year.told(ledger)
        office.send("fund.open", LEFT, by=TREASURER, on=EVE, title="预算资金", kind="fiscal",
                    basis="allotment", keeper="organisation:civil-affairs-bureau",
                    purposes=["aid-poor"])  # fmt: skip
        office.send("fund.allot", LEFT, by=TREASURER, amount=fen(700), earmark="2007",
                    source="municipal", document="深财〔2007〕7号")  # fmt: skip
        office.send("donation.receive", "donation:late", by=small_year.FUNDRAISER,
                    on="2007-12-30", fund=small_year.GIFTS, earmark="general",
                    amount=fen(90), name_shown=False)  # fmt: skip
        office.send("bank-account.open", "bank-account:main", by=TREASURER, on=EVE, title="基本户",
                    bank="某银行", last4="0001", funds=[small_year.GIFTS])  # fmt: skip
        office.send("bank-statement.record", "bank-statement:main:2007-03", by=TREASURER,
                    on="2007-04-01", account="bank-account:main", from_="2007-03-01",
                    to="2007-03-31", opening={"value": 0, "unit": "fen"},
                    closing={"value": 4400, "unit": "fen"},
                    lines=[{"day": "2007-03-09", "direction": "in", "amount": fen(4400),
                            "counterparty": "某公司", "reference": "捐款"}])  # fmt: skip
        catch_up(ledger)
        yield office


@pytest.fixture(scope="module")
def web(office: Office) -> Iterator[Client]:
    """Serve it to a treasurer."""
    with served(office.ledger) as client:
        client.headers["Authorization"] = bearer(office, TREASURER, "treasurer")
        yield client


def read(web: Client, **query: str) -> dict[str, Any]:
    """Ask what stands open."""
    answer = web.get("/v1/closing", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_everything_that_stands_open_is_named_with_its_money(web: Client) -> None:
    found = read(web, through=YEAR_END)
    kinds = {row["kind"]: row for row in found["rows"]}
    assert found["through"] == YEAR_END
    assert kinds["returned"]["amount"] == fen(1000)
    assert kinds["ungathered"]["amount"] == fen(90)
    assert (kinds["ungathered"]["since"], kinds["ungathered"]["days"]) == ("2007-12-30", 1)
    assert kinds["unmatched-line"]["amount"] == fen(4400)
    assert "negative-day" not in kinds
    assert "pay-run" not in kinds, "the run of the year is settled"
    totals = {each["field"]: each["value"] for each in found["totals"]}
    assert totals == {kind: sum(row["kind"] == kind for row in found["rows"]) for kind in totals}
    assert found["carry_over"] == [
        {"fund": LEFT, "from_earmark": "2007", "to_earmark": "2008", "amount": fen(700)}
    ]


def test_an_earlier_day_has_what_stood_then_and_no_year_to_carry_over(web: Client) -> None:
    found = read(web, through="2007-11-30")
    assert {row["kind"] for row in found["rows"]} == {"returned", "unmatched-line"}
    assert found["carry_over"] == []
    assert read(web, through=YEAR_END, kind="ungathered")["totals"] == [
        {"field": "ungathered", "value": 1, "unit": "line"}
    ]
    for form in ("csv", "xlsx", "jsonl"):
        assert web.get(f"/v1/closing.{form}", params={"through": YEAR_END}).status_code == 200


def test_the_periods_say_what_stands_open_to_who_may_see_persons(
    office: Office, web: Client
) -> None:
    found = web.get("/v1/periods").json()
    kinds = {row["kind"] for row in found["closing"]["open"]}
    assert kinds >= {"returned", "ungathered", "unmatched-line"}
    others = {"Authorization": bearer(office, small_year.FUNDRAISER, "fundraiser")}
    assert "closing" not in web.get("/v1/periods", headers=others).json()
    assert web.get("/v1/closing", headers=others).status_code == 403
    assert "closing" not in web.get("/open/v1/periods").json()


def test_a_period_that_is_not_over_and_a_year_without_events_are_refused(web: Client) -> None:
    for through in (today(), today() + timedelta(days=40)):
        answer = web.get("/v1/closing", params={"through": through.isoformat()})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/through"
    answer = web.get("/v1/closing", params={"through": "1999-12-31"})
    assert answer.status_code == 404
    assert "2007" in answer.json()["detail"]
    assert web.get("/v1/closing", params={"through": "2007-02-30"}).status_code == 422
    assert web.get("/v1/closing", params={"kind": "nothing"}).status_code == 422


def test_the_desk_closes_a_period_by_two(office: Office) -> None:
    with served(office.ledger) as first, served(office.ledger) as second:
        for client, who in ((first, TREASURER), (second, SECOND_TREASURER)):
            assert (
                sign_in(client, token_of(office.ledger, "treasurer", HOUR, by=who)).status_code
                == 303
            )
        page = first.get("/desk/periods", params={"through": YEAR_END}).text
        assert "结账前未了事项" in page
        assert ">0.90<" in page
        assert "建议结转" in page
        assert press(first, page, "period.soft-close").status_code == 303
        catch_up(office.ledger)
        page = first.get("/desk/periods", params={"through": YEAR_END}).text
        assert "须由另一名会计结账" in page
        assert "/desk/commands/period.close" not in page
        page = second.get("/desk/periods", params={"through": YEAR_END}).text
        assert press(second, page, "period.close").status_code == 303
        catch_up(office.ledger)
        page = second.get("/desk/periods", params={"through": YEAR_END, "lang": "en"}).text
        assert "Closed through" in page
        assert "/desk/commands/period.reopen" not in page
        page = first.get("/desk/periods", params={"through": YEAR_END}).text
        answer = press(first, page, "period.reopen", reason="漏记一笔")
        assert answer.status_code == 303
        catch_up(office.ledger)
        states = [event.TOPIC for event in office.events("period:2007")]
        assert states == ["period.soft-closed", "period.closed"]
        known = {"Authorization": bearer(office, TREASURER, "treasurer")}
        rows = first.get("/v1/proposals", headers=known)
        assert any(row["command"] == "period.reopen" for row in rows.json()["rows"])


def test_the_desk_offers_to_open_again_only_what_the_period_opens(office: Office) -> None:
    before, after = "2006-06-30", "2006-12-31"
    for command, by, through in (
        ("soft-close", TREASURER, before),
        ("close", SECOND_TREASURER, before),
        ("soft-close", TREASURER, after),
    ):
        office.send(f"period.{command}", "period:2006", by=by, on=AFTER, through=through)
    catch_up(office.ledger)
    with served(office.ledger) as client:
        sign_in(client, token_of(office.ledger, "treasurer", HOUR, by=SECOND_TREASURER))
        page = client.get("/desk/periods", params={"through": before}).text
        assert press(client, page, "period.reopen", reason="多结了半年").status_code == 303
        catch_up(office.ledger)
        rows = client.get("/v1/proposals").json()["rows"]
        [proposed] = [row for row in rows if "period:2006" in str(row)]
        event: Any = next(iter(office.events(proposed["id"])))
        assert msgspec.json.decode(event.stated)["what"] == {"through": after}


def test_the_desk_shows_the_pivot_and_the_budget(office: Office) -> None:
    two = {"by": TREASURER, "second": SECOND_TREASURER}
    office.agreed("budget.adopt", "budget:budget:2007", **two, document="深财〔2007〕1号",
                  lines=[{"class": "20812", "earmark": "2007", "amount": fen(900)}])  # fmt: skip
    catch_up(office.ledger)
    with served(office.ledger) as client:
        sign_in(client, token_of(office.ledger, "treasurer", HOUR, by=TREASURER))
        asked = {"measure": "spent", "rows": "fund", "columns": "programme", "lang": "zh"}
        page = client.get("/desk/pivot", params=asked)
        assert page.status_code == 200
        assert "慈善基金" in page.text
        assert ">72.00<" in page.text.replace("<b>", "").replace("</b>", "")
        assert "/v1/pivot.xlsx?measure=spent" in page.text
        rows = client.get("/v1/pivot", params={"measure": "spent", "rows": "programme"})
        programme = rows.json()["rows"][0]["programme"]
        kept = {"programme": programme, "from": "2007-02-01", "to": "2007-12-31"}
        page = client.get("/desk/pivot", params={"measure": "spent", "rows": "fund"} | kept)
        [link] = re.findall(r'href="(/desk/journal[^"]+)"', page.text)
        asked = {"fund": FUND, "stage": "spent", **kept}
        assert dict(parse_qsl(urlsplit(unescape(link)).query)) == asked
        assert client.get(unescape(link)).status_code == 200
        assert client.get("/desk/pivot").status_code == 200
        assert client.get("/desk/pivot", params={"measure": "spent"}).status_code == 422
        page = client.get("/desk/budget")
        assert "城市居民最低生活保障" in page.text
        assert "/v1/budget.csv?year=2007" in page.text
        assert "这一年没有预算" in client.get("/desk/budget", params={"year": "1999"}).text
        assert client.get("/desk/budget", params={"year": "x"}).status_code == 422


def press(client: Client, page: str, command: str, **more: str) -> Any:
    """Send the form of a command as a page has it."""
    _, _, rest = page.partition(f'action="/desk/commands/{command}"')
    form = rest.partition("</form>")[0]
    fields = {
        part.split('"')[0]: part.split('value="')[1].split('"')[0]
        for part in form.split('name="')[1:]
        if 'value="' in part
    }
    return client.post(f"/desk/commands/{command}", data={**fields, **more})
