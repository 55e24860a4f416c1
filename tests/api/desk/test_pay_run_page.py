"""A run's page: what changed before it is signed, two persons who sign, release and settlement."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import httpx
import pytest

from infra.ledger import open_ledger
from scripts.scenarios.http_server import http_server
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, draw_up, entitled, release
from tests.api.conftest import catch_up
from tests.api.desk.browsers import TOKEN, sign_in, token_of
from tests.api.resources.test_pay_runs import APRIL, IN_APRIL, a_rate, an_april

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings

PATH = "/desk/pay-runs/aid:2007-04"
FORM = re.compile(r'<form method="post" action="/desk/pay-runs/[^"]+">.*?</form>', re.DOTALL)
FIELDS = re.compile(r'name="([^"]+)" value="([^"]*)"')


class RunDesk(NamedTuple):
    """An office whose April run is drawn up, and its server."""

    office: Office
    url: str
    digest: str

    @contextmanager
    def client(self, role: str, by: str = "") -> Iterator[httpx.Client]:
        """Sign somebody in."""
        token = token_of(self.office.ledger, role, timedelta(hours=1), by=by)
        with httpx.Client(base_url=self.url, timeout=30) as client:
            assert sign_in(client, token).status_code == 303
            yield client

    def press(self, act: str, role: str, by: str = "", **more: str) -> httpx.Response:
        """Press the button of an act on the run's page."""
        with self.client(role, by) as client:
            page = client.get(PATH).text
            forms = [dict(FIELDS.findall(form)) for form in FORM.findall(page)]
            [form] = [each for each in forms if each["act"] == act]
            answer = client.post(PATH, data=form | more)
        catch_up(self.office.ledger)
        return answer

    def page(self, role: str = "reviewer", **asked: str) -> str:
        """Read the page."""
        with self.client(role) as client:
            answer = client.get(PATH, params=asked)
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture
def run_desk(new_settings: Callable[[], Settings]) -> Iterator[RunDesk]:
    """Pay six persons in March, let April happen, and draw its run up."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1_000_000)
        a_scheme(office, rate=1_000, rates=[a_rate("a", 1_000), a_rate("b", 1_500)])
        entitled(office, 6)
        approved(office)
        release(office)
        an_april(office)
        drawn = draw_up(office, APRIL, act={"on": IN_APRIL})
        catch_up(ledger)
        with http_server(ledger) as url:
            yield RunDesk(office, url, str(drawn["digest"]))


def rows_of(page: str) -> list[str]:
    """Return the rows of the lines, without their markup."""
    body = page[page.index('id="lines"') :]
    return [
        re.sub(r"<[^>]+>|\s+", " ", row) for row in re.findall(r"<tr>.*?</tr>", body, re.DOTALL)
    ][1:]


def test_what_changed_and_what_is_held_back_stands_above_the_button_that_signs(
    run_desk: RunDesk,
) -> None:
    page = run_desk.page()
    rows = rows_of(page)
    # All but the two who are paid as before.
    assert len(rows) == 5
    assert sum("新增" in row for row in rows) == 1
    for said in ("已中止", "已停发", "已死亡", "15.00", "10.00"):
        assert any(said in row for row in rows), said
    assert page.count(run_desk.digest) >= 2
    assert page.index(run_desk.digest) < page.index('name="act" value="review"')
    assert len(rows_of(run_desk.page(view="all"))) == 7
    assert len(rows_of(run_desk.page(change="same"))) == 2
    assert len(rows_of(run_desk.page(held_back_for="died"))) == 1
    with run_desk.client("reviewer") as client:
        assert client.get(PATH, params={"view": "none"}).status_code == 422
        assert client.get("/desk/pay-runs/aid:1999-01").status_code == 404
        told = client.get("/v1/pay-runs/aid:2007-04/comparison").json()["totals"]
    before, after = (next(t["value"] for t in told if t["field"] == f) for f in ("before", "after"))
    assert f"{before / 100:.2f}" in page
    assert f"{after / 100:.2f}" in page


def test_two_persons_sign_a_treasurer_releases_and_nobody_does_two_of_these(
    run_desk: RunDesk,
) -> None:
    run_desk.office.send("role.grant", "role:clerk-1", by="operator:local", on="2006-01-01",
                         who="clerk-1", role="reviewer")  # fmt: skip
    assert 'value="approve"' not in run_desk.page("approver")
    assert "等待：" in run_desk.page("approver")
    with run_desk.client("reviewer", "clerk-1") as client:
        page = client.get(PATH).text
        assert "须由另一人办理" in page
        assert 'name="act"' not in page
        form = {"csrf": TOKEN.findall(page)[0], "act": "review", "digest": run_desk.digest}
        refused = client.post(PATH, data=form)
    assert refused.status_code == 422
    assert "maker-is-checker" in refused.text
    assert run_desk.press("review", "reviewer").status_code == 303
    assert run_desk.press("approve", "approver").status_code == 303
    assert run_desk.press("release", "treasurer").status_code == 303
    page = run_desk.page("treasurer")
    for person in ("clerk-1", "reviewer-1", "approver-1", "treasurer-1"):
        assert person in page
    assert "<td>made</td>" not in page, "a state is told by its word"
    assert "<td>已发放</td>" in page
    assert "bank-file.xml" in page
    assert "bank-file.xml" not in run_desk.page("reviewer")
    assert "/desk/commands/pay-run.settle?subject=pay-run:aid:2007-04" in page


def test_a_digest_that_is_not_the_runs_signs_nothing(run_desk: RunDesk) -> None:
    answer = run_desk.press("review", "reviewer", digest="0" * 64)
    assert answer.status_code == 422
    assert "digest-mismatch" in answer.text
    assert 'name="act" value="review"' in run_desk.page()


def test_a_run_is_rejected_with_its_reason(run_desk: RunDesk) -> None:
    assert run_desk.press("reject", "reviewer", reason="名单有误").status_code == 303
    page = run_desk.page()
    assert "名单有误" in page
    assert "已退回" in page
    assert 'name="act"' not in page


def test_a_button_without_its_sessions_token_or_of_another_act_does_nothing(
    run_desk: RunDesk,
) -> None:
    with run_desk.client("reviewer") as client:
        token = TOKEN.findall(client.get(PATH).text)[0]
        for form, status in (
            ({"act": "review", "digest": run_desk.digest}, 403),
            ({"csrf": "0" * 64, "act": "review", "digest": run_desk.digest}, 403),
            ({"csrf": token, "act": "draw-up"}, 422),
            ({"csrf": token, "act": "release"}, 403),
        ):
            assert client.post(PATH, data=form).status_code == status, form
    assert 'name="act" value="review"' in run_desk.page()
    run_desk.office.send("role.grant", "role:raises-1", by="operator:local", on="2006-01-01",
                         who="raises-1", role="fundraiser")  # fmt: skip
    with run_desk.client("fundraiser", "raises-1") as client:
        assert client.get(PATH).status_code == 403
