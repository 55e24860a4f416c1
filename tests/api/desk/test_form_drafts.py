"""Nothing that was typed is lost where a session ends, and nobody else reads it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from cryptography.exceptions import InvalidTag

from infra.ledger import open_ledger
from infra.office import drafts
from infra.office.drafts import DraftedForm
from tests.api.desk.browsers import COOKIE, csrf, send_form, sign_in, token_of
from tests.api.desk.conftest import HOUR
from tests.api.desk.test_command_forms import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from infra.config.settings import Settings
    from infra.ledger import Ledger
    from scripts.scenarios.office import Office

PATH = "/desk/commands/person.register"
NAME = "欧阳草稿"


def over(office: Office, client: httpx.Client, how: str) -> None:
    """Let the session of a client be over."""
    value = sha256(client.cookies[COOKIE].encode()).digest()
    with office.ledger.connection() as connection:
        connection.execute(f"UPDATE office.sessions SET {how} WHERE hash = %s", (value,))


@pytest.mark.parametrize(
    "how", ["seen_at = now() - interval '31 minutes'", "ends_at = now() - interval '1 second'"]
)
def test_a_form_that_comes_after_its_session_is_there_again_after_signing_in(
    how: str, at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    client = at_desk("clerk")
    key = KEY.findall(client.get(PATH).text)[0]
    subject = f"person:draft-{len(how)}"
    form = {"csrf": csrf(client), "key": key, "subject": subject, "on": "2007-03-20",
            "what.sealed.name": NAME, "reason": "来信"}  # fmt: skip
    over(office, client, how)
    answer = client.post(PATH, data=form)
    assert answer.status_code == 303
    [wanted] = parse_qs(urlsplit(answer.headers["location"]).query)["next"]
    assert wanted == f"{PATH}?draft={key}"
    signing = sign_in(client, token_of(office.ledger, "clerk", HOUR), next=wanted)
    assert signing.headers["location"] == wanted
    page = client.get(wanted).text
    for kept in (subject, NAME, "来信", f'name="key" value="{key}"'):
        assert kept in page
    sent = client.post(PATH, data={**form, "csrf": csrf(client)})
    assert sent.headers["location"] == f"/desk/receipts/{key}"
    # The draft has gone with it.
    assert NAME not in client.get(wanted).text
    assert not office.rows("SELECT 1 FROM office.drafts WHERE key = %(key)s", key=key)


def test_a_draft_is_its_authors_alone_and_lies_sealed(
    at_desk: Callable[..., httpx.Client], office: Office
) -> None:
    office.send("role.grant", "role:clerk-8", by="operator:local", on="2006-01-01",
                who="clerk-8", role="clerk")  # fmt: skip
    client, other = at_desk("clerk"), at_desk("clerk", "clerk-8")
    saved = send_form(client, PATH, key="draft-mine", subject="person:draft-x", save="1",
                      what__sealed__name=NAME)  # fmt: skip
    assert (saved.status_code, saved.headers["location"]) == (303, "/desk/commands")
    assert "draft=draft-mine" in client.get("/desk/commands").text
    assert "draft=draft-mine" not in other.get("/desk/commands").text
    assert NAME in client.get(f"{PATH}?draft=draft-mine").text
    assert NAME not in other.get(f"{PATH}?draft=draft-mine").text
    # Under another command's address it is not opened either.
    assert NAME not in client.get("/desk/commands/person.change?draft=draft-mine").text
    # Who guesses the key neither overwrites nor drops it.
    send_form(other, PATH, key="draft-mine", subject="person:theirs", save="1")
    send_form(other, "/desk/drafts", draft="draft-mine")
    assert NAME in client.get(f"{PATH}?draft=draft-mine").text
    rows = office.rows("SELECT wrapped_key::text, content::text, command FROM office.drafts")
    assert rows
    for row in rows:
        assert NAME.encode().hex() not in "".join(row)
    assert send_form(client, "/desk/drafts", draft="draft-mine").status_code == 303
    assert NAME not in client.get(f"{PATH}?draft=draft-mine").text
    assert client.post("/desk/drafts", data={"draft": "x"}).status_code == 403


def test_a_form_that_is_not_of_the_ended_session_is_not_kept(
    at_desk: Callable[..., httpx.Client], office: Office, client: httpx.Client
) -> None:
    ended, count = at_desk("clerk"), "SELECT count(*) FROM office.drafts"
    before = office.rows(count)
    over(office, ended, "ends_at = now() - interval '1 second'")
    for form in ({"what.sealed.name": NAME}, {"what.sealed.name": NAME, "csrf": "0" * 64}):
        assert ended.post(PATH, data=form).status_code == 403
    unknown = client.post(PATH, data={"what.sealed.name": NAME})
    assert unknown.status_code == 303
    assert "draft" not in unknown.headers["location"]
    assert office.rows(count) == before


@pytest.fixture
def fresh(ledger_settings: Settings) -> Iterator[tuple[Ledger, psycopg.Connection]]:
    """Give a ledger of its own with a connection."""
    with open_ledger(ledger_settings) as ledger, ledger.connection() as connection:
        yield ledger, connection


def test_old_drafts_go_and_no_more_than_fifty_are_kept(
    fresh: tuple[Ledger, psycopg.Connection],
) -> None:
    ledger, connection = fresh
    for number in range(drafts.MOST + 5):
        form = DraftedForm("clerk-1", "person.register", f"k{number}", {"a": "b"})
        drafts.keep(connection, ledger.vault, form)
    found = drafts.of_person(connection, "clerk-1")
    assert [each.key for each in found] == [f"k{n}" for n in range(drafts.MOST + 4, 4, -1)]
    connection.execute("UPDATE office.drafts SET kept_at = now() - interval '8 days'")
    form = DraftedForm("clerk-2", "person.register", "another", {"a": "b"})
    drafts.keep(connection, ledger.vault, form)
    assert drafts.of_person(connection, "clerk-1") == []
    assert len(drafts.of_person(connection, "clerk-2")) == 1


def test_a_draft_does_not_open_in_another_persons_row(
    fresh: tuple[Ledger, psycopg.Connection],
) -> None:
    ledger, connection = fresh
    form = DraftedForm("clerk-1", "person.register", "k", {"what.sealed.name": NAME})
    drafts.keep(connection, ledger.vault, form)
    connection.execute("UPDATE office.drafts SET person = 'clerk-2'")
    with pytest.raises(InvalidTag):
        drafts.read(connection, ledger.vault, "clerk-2", "person.register", "k")
