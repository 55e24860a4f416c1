"""Commands by their forms: carried out once, refused with all that was typed."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import TYPE_CHECKING

import pytest

from api.commands.schemas import SCHEMAS
from tests.api.desk.browsers import csrf, send_form

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from scripts.scenarios.office import Office

GIFTS = {"subject": "fund:gifts", "on": "2007-03-20", "what__earmark": "general"}
KEY = re.compile(r'name="key" value="([^"]+)"')


def opened(title: str = "表单基金") -> dict[str, str]:
    """Fill the form that opens a fund."""
    return {
        "on": "2007-03-20", "what__title": title, "what__kind": "charity", "what__basis": "cash",
        "what__keeper": "organisation:federation", "what__purposes__0": "aid-poor",
        "what__purposes__3": "veterans",
    }  # fmt: skip


def events_of(office: Office, subject: str) -> int:
    """Count the events of a subject."""
    asked = "SELECT count(*) FROM ledger.events WHERE originator_id = %(subject)s"
    return int(office.rows(asked, subject=subject)[0][0])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_a_form_for_each_role_that_may_send_it_and_for_no_other(
    language: str, at_desk: Callable[..., httpx.Client]
) -> None:
    roles = ("clerk", "reviewer", "approver", "treasurer", "fundraiser", "registrar", "auditor")
    for role in roles:
        client = at_desk(role)
        listed = client.get("/desk/commands", params={"lang": language})
        for command, by_kind in SCHEMAS.items():
            may = any(role in each.command.spec.roles for each in by_kind.values())
            path = f"/desk/commands/{command}"
            answer = client.get(path, params={"lang": language})
            assert answer.status_code == (200 if may else 403), (role, command)
            assert (f'href="{path}"' in listed.text) is may
            if may:
                # No code stands where a word belongs.
                assert f"<h1>{command}" not in answer.text
                labels = re.findall(r"<(?:label|legend)[^>]*>([^<]+)", answer.text)
                assert labels
                if language == "zh":
                    assert not [each for each in labels if re.fullmatch(r"[a-z_ ]+", each)], command
        assert client.get("/desk/commands/no.such").status_code == 404


def test_a_form_that_is_sent_twice_is_one_act(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    client = at_desk("treasurer")
    page = client.get("/desk/commands/fund.open").text
    key = KEY.findall(page)[0]
    token = csrf(client)

    def press(_: int) -> httpx.Response:
        data = {name.replace("__", "."): value for name, value in opened().items()}
        form = {"csrf": token, "key": key, "subject": "form-twice", **data}
        return client.post("/desk/commands/fund.open", data=form)

    with ThreadPoolExecutor(4) as together:
        answers = [*together.map(press, range(4))]
    assert {each.status_code for each in answers} == {303}
    assert {each.headers["location"] for each in answers} == {f"/desk/receipts/{key}"}
    assert events_of(office, "fund:form-twice") == 1
    receipt = client.get(answers[0].headers["location"])
    assert receipt.status_code == 200
    assert "fund:form-twice" in receipt.text


def test_an_error_keeps_all_that_was_typed_and_points_to_its_field(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    client = at_desk("treasurer")
    typed = {**GIFTS, "what__amount": "12,34", "what__source": "<b>某某</b>", "reason": "说明",
             "what__document": "", "on": "2007-02-30", "evidence__0__name": "批文"}  # fmt: skip
    before = events_of(office, "fund:gifts")
    answer = send_form(client, "/desk/commands/fund.receive", **typed)
    assert answer.status_code == 422
    page = answer.text
    for kept in ('value="12,34"', "&lt;b&gt;某某&lt;/b&gt;", ">说明</textarea>", 'value="批文"',
                 'value="2007-02-30"', 'value="fund:gifts"'):  # fmt: skip
        assert kept in page, kept
    assert "<b>某某" not in page
    assert "须符合" not in page
    wrong = set(re.findall(r'<p class="wrong" id="([^"]+)-wrong">', page))
    assert wrong == {"what.amount", "what.source", "what.document", "on", "evidence.0.sha256"}
    for name in wrong:
        assert f'href="#{name}"' in page
        assert f'id="{name}"' in page
    assert "^(" not in page, "a pattern is for programs"
    assert "<details" in page
    assert "open><summary>" in page
    assert events_of(office, "fund:gifts") == before


def test_a_refusal_of_the_ledger_is_shown_above_what_was_typed(
    at_desk: Callable[..., httpx.Client],
) -> None:
    client = at_desk("treasurer")
    typed = {**GIFTS, "what__amount": "99,999,999.99", "what__to": "relief:nobody",
             "what__purpose": "aid-poor"}  # fmt: skip
    answer = send_form(client, "/desk/commands/fund.commit", **typed)
    assert answer.status_code == 422
    assert "insufficient-fund" in answer.text
    assert 'value="99,999,999.99"' in answer.text
    unknown = send_form(client, "/desk/commands/fund.receive", subject="fund:nowhere",
                        on="2007-03-20", what__amount="1", what__earmark="general",
                        what__source="s", what__document="d")  # fmt: skip
    assert unknown.status_code == 422
    assert 'id="subject-wrong"' in unknown.text


def test_money_is_written_to_the_fen(at_desk: Callable[..., httpx.Client], office: Office) -> None:
    client = at_desk("treasurer")
    before = events_of(office, "fund:gifts")
    typed = {
        **GIFTS,
        "what__amount": "1,234.05",
        "what__source": "finance",
        "what__document": "文1",
    }
    answer = send_form(client, "/desk/commands/fund.receive", **typed)
    assert answer.status_code == 303, unescape(re.sub("<[^>]+>", " ", answer.text))[-900:]
    assert events_of(office, "fund:gifts") == before + 1
    key = answer.headers["location"].rpartition("/")[2]
    [event] = client.get(f"/v1/receipts/{key}").json()["events"]
    found = at_desk("auditor").get(f"/v1/events/{event['position']}").json()
    assert found["data"]["what"]["amount"] == {"value": 123405, "unit": "fen"}


def test_the_same_form_changed_after_it_was_carried_out_is_another_act(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    client = at_desk("treasurer")
    first = send_form(
        client, "/desk/commands/fund.open", subject="form-a", key="form-a", **opened()
    )
    assert first.status_code == 303
    again = send_form(
        client, "/desk/commands/fund.open", subject="form-b", key="form-a", **opened()
    )
    assert again.status_code == 422
    assert "key-reused" in again.text
    [fresh] = KEY.findall(again.text)
    assert fresh != "form-a"
    third = send_form(client, "/desk/commands/fund.open", subject="form-b", key=fresh, **opened())
    assert third.status_code == 303
    assert events_of(office, "fund:form-b") == 1


def test_a_form_without_its_sessions_token_writes_nothing_and_loses_nothing(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    client, other = at_desk("treasurer"), at_desk("clerk")
    data = {name.replace("__", "."): value for name, value in opened("无令牌").items()}
    for token in ("", "0" * 64, csrf(other)):
        form = {"csrf": token, "subject": "form-forged", **data}
        answer = client.post("/desk/commands/fund.open", data=form)
        assert answer.status_code == 403
        assert "form-not-ours" in answer.text
        assert 'value="无令牌"' in answer.text
    form = {"csrf": csrf(client), "subject": "form-forged", **data}
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    refused = client.post("/desk/commands/fund.open", data=form, headers=elsewhere)
    assert refused.status_code == 403
    assert "无令牌" not in refused.text
    assert events_of(office, "fund:form-forged") == 0


def test_more_rows_are_given_without_a_look_at_what_is_there(
    at_desk: Callable[..., httpx.Client],
) -> None:
    client = at_desk("approver")
    page = client.get("/desk/commands/scheme.adopt").text
    assert page.count("what.rates.0.tier") > 1
    assert "what.rates.1.tier" not in page
    more = send_form(client, "/desk/commands/scheme.adopt", more="what.rates",
                     what__rates__0__tier="full", what__title="只填一半")  # fmt: skip
    assert more.status_code == 200
    assert 'name="what.rates.5.tier"' in more.text
    assert 'value="full"' in more.text
    assert 'value="只填一半"' in more.text


def test_a_link_fills_a_form_in(at_desk: Callable[..., httpx.Client]) -> None:
    client = at_desk("approver")
    asked = {"subject": "relief:x", "what.amount": "12.30", "key": "planted"}
    page = client.get("/desk/commands/relief.decide", params=asked).text
    assert 'value="relief:x"' in page
    assert 'value="12.30"' in page
    assert "planted" not in KEY.findall(page)


def test_a_receipt_is_shown_to_who_may_see_it(at_desk: Callable[..., httpx.Client]) -> None:
    clerk = at_desk("clerk")
    sent = send_form(clerk, "/desk/commands/person.register", subject="form-receipt",
                     on="2007-03-20", what__sealed__name="张三三")  # fmt: skip
    assert sent.status_code == 303
    path = sent.headers["location"]
    assert "person:form-receipt" in clerk.get(path).text
    assert "张三三" not in clerk.get(path).text
    assert at_desk("fundraiser").get(path).status_code == 404
    assert clerk.get("/desk/receipts/nothing").status_code == 404
