"""Arrears and what-if at the desk: the rows of the addresses beside them, and the way to a run."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

import httpx
import pytest

from infra.ledger import open_ledger
from scripts.scenarios.http_server import http_server
from scripts.scenarios.office import APPROVER, Office, fen, staffed
from scripts.scenarios.stories import SCHEME, a_fund, a_scheme, approved, entitled, release, stop
from tests.api.conftest import catch_up
from tests.api.desk.browsers import sign_in, token_of
from tests.api.resources.test_arrears import APRIL, LATER, MARCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings

RUN = "pay-run:aid:2007-04-arrears"


class ArrearsDesk(NamedTuple):
    """An office with two differences, and its server."""

    office: Office
    url: str

    @contextmanager
    def client(self, role: str) -> Iterator[httpx.Client]:
        """Sign somebody in."""
        token = token_of(self.office.ledger, role, timedelta(hours=1))
        with httpx.Client(base_url=self.url, timeout=30) as client:
            assert sign_in(client, token).status_code == 303
            yield client

    def page(self, path: str, role: str = "clerk", **asked: str) -> str:
        """Read a page, in Chinese unless another language is asked for."""
        catch_up(self.office.ledger)
        with self.client(role) as client:
            answer = client.get(path, params={"lang": "zh"} | asked)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)


@pytest.fixture(scope="module")
def arrears_desk(new_settings: Callable[[], Settings]) -> Iterator[ArrearsDesk]:
    """Pay six in March and April; raise the rate of April back, and stop one late."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1_000_000)
        a_scheme(office, rate=1_000)
        claims = entitled(office, 6)
        for run in (MARCH, APRIL):
            approved(office, run)
            release(office, run)
        office.send("scheme.set-rate", SCHEME, by=APPROVER, on=LATER, tier="a",
                    from_="2007-04-01", amount=fen(1_250), act={"authority": "文2"})  # fmt: skip
        stop(office, claims[0], from_="2007-04-01")
        with http_server(ledger) as url:
            yield ArrearsDesk(office, url)


def test_the_page_begins_with_a_choice_of_schemes(arrears_desk: ArrearsDesk) -> None:
    page = arrears_desk.page("/desk/arrears")
    assert f'<option value="{SCHEME}"' in page
    assert "差额明细" not in page


def test_the_differences_are_shown_with_their_causes_and_sums(arrears_desk: ArrearsDesk) -> None:
    page = arrears_desk.page("/desk/arrears", scheme=SCHEME)
    assert page.count("2007-04</td>") == 6
    assert "12.50" in page
    assert "2.50" in page
    assert "-10.00" in page or "−10.00" in page
    assert "停发" in page
    assert "/v1/arrears.xlsx?scheme=" in page
    english = arrears_desk.page("/desk/arrears", scheme=SCHEME, lang="en")
    assert "To be recovered" in english
    assert "补差" not in english.replace("中文", "")


def test_the_form_of_the_run_is_filled_in_for_who_may_draw_it_up(
    arrears_desk: ArrearsDesk,
) -> None:
    page = arrears_desk.page("/desk/arrears", scheme=SCHEME)
    link = page.split('class="button" href="')[1].split('"')[0]
    form = arrears_desk.page(link.split("?")[0], **dict(httpx.URL(link).params))
    for said in (RUN, SCHEME, "2007-03", "2007-04"):
        assert f'value="{said}"' in form, said
    assert "造补差册" not in arrears_desk.page("/desk/arrears", role="reviewer", scheme=SCHEME)


def test_another_rule_is_tried_in_the_browser(arrears_desk: ArrearsDesk) -> None:
    before = arrears_desk.office.positions()
    asked = {
        "from": "2007-04",
        "to": "2007-04",
        "tier0": "a",
        "amount0": "20",
        "since0": "2007-04-01",
    }
    page = arrears_desk.page("/desk/what-if", scheme=SCHEME, **asked)
    assert "按试算标准" in page
    assert "100.00" in page
    assert "20.00" in page
    assert arrears_desk.office.positions() == before
    assert "Sums by month" in arrears_desk.page("/desk/what-if", scheme=SCHEME, lang="en", **asked)


def test_a_rate_that_is_half_filled_in_is_told(arrears_desk: ArrearsDesk) -> None:
    with arrears_desk.client("clerk") as client:
        asked = {"scheme": SCHEME, "tier0": "a", "lang": "zh"}
        answer = client.get("/desk/what-if", params=asked)
    assert answer.status_code == 422
    assert "档次、金额和起始日" in answer.text


def test_the_runs_page_says_its_months_and_what_is_asked_back(arrears_desk: ArrearsDesk) -> None:
    """The last one: it draws the run up."""
    approved(arrears_desk.office, RUN, on=LATER, kind="arrears", from_="2007-03", to="2007-04",
             month="2007-04")  # fmt: skip
    page = arrears_desk.page(f"/desk/{RUN.replace(':', 's/', 1)}", role="reviewer")
    assert "2007-03 — 2007-04 补差" in page
    assert "多发应追回" in page
