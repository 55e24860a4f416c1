"""Proposals in the browser: confirmed by another person with the role, and by nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from api.desk import undo
from infra.config.clock import today
from tests.api.conftest import catch_up
from tests.api.desk.browsers import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from scripts.scenarios.office import Office

FIELDS = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
FORM = re.compile(
    r'<form method="post" action="/desk/commands/(proposal\.[a-z]+)".*?</form>', re.DOTALL
)


@pytest.fixture
def proposed(office: Office) -> Callable[[int], str]:
    """Give what proposes a supplement of some fen by treasurer-1, and return its id."""
    asked = """SELECT originator_id FROM ledger.events WHERE topic LIKE 'payment.returned%%'"""
    payment = str(office.rows(asked)[0][0])

    def made(fen: int) -> str:
        said = office.send(
            "payment.supplement", payment, by="treasurer-1", fund="fund:x",
            on=today().isoformat(), earmark="general", amount={"value": fen, "unit": "fen"},
            reason="少发一笔", act={"evidence": [{"name": "批文七号", "sha256": "0" * 64}]},
        )  # fmt: skip
        catch_up(office.ledger)
        return str(said["proposed"])

    return made


def form_on(page: str, command: str) -> dict[str, str]:
    """Read the form of a command off a page."""
    [form] = [m for m in FORM.finditer(page) if m[1] == command]
    return dict(FIELDS.findall(form[0]))


def test_a_second_person_reads_what_would_change_and_confirms_it(
    at_desk: Callable[..., httpx.Client], office: Office, proposed: Callable[[int], str]
) -> None:
    proposal = proposed(1205)
    path = f"/desk/proposals/{proposal.partition(':')[2]}"
    second = at_desk("treasurer", "treasurer-2")
    assert path in second.get("/desk/proposals").text
    page = second.get(path).text
    for said in ("12.05", "少发一笔", "批文七号", "treasurer-1", "fund:x"):
        assert said in page
    form = form_on(page, "proposal.confirm")
    assert TOKEN.search(page)
    sent = second.post("/desk/commands/proposal.confirm", data=form)
    assert sent.status_code == 303, re.findall(r"<p>[^<]*</p>", sent.text)
    assert "已办理" in second.get(sent.headers["location"]).text
    catch_up(office.ledger)
    again = second.get(path).text
    assert "已确认" in again
    assert "treasurer-2" in again
    assert "proposal.confirm" not in again


def test_who_may_not_confirm_is_told_why(
    at_desk: Callable[..., httpx.Client], proposed: Callable[[int], str]
) -> None:
    proposal = proposed(7)
    path = f"/desk/proposals/{proposal.partition(':')[2]}"
    own = at_desk("treasurer").get(path).text
    assert "这是您提出的" in own
    assert "proposal.confirm" not in own
    assert "收回提议" in own
    clerk = at_desk("clerk").get(path).text
    assert "您的角色不能确认" in clerk
    assert "proposal.confirm" not in clerk
    assert "proposal.reject" not in clerk
    assert at_desk("auditor").get(path).text.count("<form") == 1
    # Sent all the same, the ledger refuses.
    form = {"csrf": TOKEN.findall(own)[0], "key": "own-confirm", "subject": proposal,
            "on": today().isoformat()}  # fmt: skip
    client = at_desk("treasurer")
    form["csrf"] = TOKEN.findall(client.get(path).text)[0]
    refused = client.post("/desk/commands/proposal.confirm", data=form)
    assert refused.status_code == 422
    assert "second-person-needed" in refused.text


def test_a_proposal_is_rejected_with_a_reason_and_shown_so(
    at_desk: Callable[..., httpx.Client], office: Office, proposed: Callable[[int], str]
) -> None:
    proposal = proposed(8)
    path = f"/desk/proposals/{proposal.partition(':')[2]}"
    second = at_desk("approver")
    form = form_on(second.get(path).text, "proposal.reject")
    empty = second.post("/desk/commands/proposal.reject", data=form)
    assert empty.status_code == 422
    assert 'id="what.reason-wrong"' in empty.text
    sent = second.post("/desk/commands/proposal.reject", data={**form, "what.reason": "未附材料"})
    assert sent.status_code == 303
    catch_up(office.ledger)
    page = second.get(path).text
    assert "未附材料" in page
    assert "已否决" in page
    assert "proposal.confirm" not in page
    assert second.get("/desk/proposals/nothing").status_code == 404


def test_what_takes_an_act_back_is_offered_filled_in(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    asked = """SELECT r.key FROM ledger.receipts r JOIN ledger.events e
        ON e.notification_id = r.first_position WHERE e.topic LIKE 'fund.received%%' LIMIT 1"""
    key = office.rows(asked)[0][0]
    shown = at_desk("treasurer").get(f"/desk/receipts/{key}").text
    assert "红字冲正" in shown
    assert "event.reverse?" not in shown, "a treasurer reverses nothing"
    assert "event.reverse?subject=fund:" in at_desk("approver").get(f"/desk/receipts/{key}").text
    [undoing] = undo.of_receipt(
        {"events": [{"topic": "fund.received", "subject": "fund:a", "position": 7}]},
        frozenset({"approver"}),
    )
    assert undoing.link == "/desk/commands/event.reverse?subject=fund:a&what.of=7"
    assert undoing.is_open
    page = at_desk("approver").get(undoing.link).text
    assert 'name="what.of" class="short" inputmode="numeric" autocomplete="off" value="7"' in page
    nothing = {"events": [{"topic": "pay-run.reviewed", "subject": "pay-run:a", "position": 7}]}
    assert not list(undo.of_receipt(nothing, frozenset()))
