"""Public answers from memory: byte for byte what would be answered anew, and never old."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.app import build
from api.http import tokens
from api.http.state import state_of
from infra.embedded.server import EmbeddedPostgres
from infra.ledger import Ledger, open_ledger
from infra.projector.rebuild import rebuild
from scripts.scenarios.stories import FUND, receive
from tests.api.conftest import catch_up, code_of, served
from tests.api.small_year import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client, Response

    from infra.config.settings import Settings
    from scripts.scenarios.office import Office

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ASKED: list[tuple[str, dict[str, str]]] = [
    ("/", HTML),
    ("/years/2007", HTML),
    ("/years/2007", {**HTML, "Accept-Language": "en"}),
    ("/years/2007?lang=en", HTML),
    ("/years/2007", {"Accept": "application/json"}),
    ("/years/2007.csv", {}),
    ("/funds/x.xlsx", {}),
    ("/figures/dibao.spend", HTML),
    ("/events/1", HTML),
    ("/open/v1/funds", {}),
    ("/open/v1/balances?limit=2", {}),
    ("/open/v1/balances?as_of=2007-03-01", {"Accept": "application/jsonl"}),
    ("/open/v1/figures/dibao.spend", {"Accept-Language": "en-GB,zh;q=0.5"}),
]


class Story:
    """A small year, its server, and what the server remembers."""

    def __init__(self, office: Office, stack: ExitStack) -> None:
        app = build(office.ledger)
        self.office = office
        self.memory = state_of(app).memory
        self.web = stack.enter_context(served(office.ledger, app))
        uncached = stack.enter_context(without(office.ledger))
        self.uncached = stack.enter_context(served(uncached, build(uncached)))

    def move(self, amount: int) -> int:
        """Receive money, bring the views to it, and return their position."""
        receive(self.office, FUND, amount)
        return catch_up(self.office.ledger)


def without(ledger: Ledger) -> Ledger:
    """Return a ledger as it is opened with the response cache switched off."""
    settings = ledger.settings.model_copy(update={"without": "response-cache"})
    return Ledger(settings, ledger.database, ledger.identity)


@pytest.fixture(scope="module")
def story(new_settings: Callable[[], Settings]) -> Iterator[Story]:
    """Tell the small year, and serve it."""
    with ExitStack() as stack:
        office = told(stack.enter_context(open_ledger(new_settings())))
        catch_up(office.ledger)
        yield Story(office, stack)


def shown(answer: Response) -> tuple[int, dict[str, str], bytes]:
    """Return all that a reader gets, but the time of day."""
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    return answer.status_code, headers, answer.content


@pytest.mark.parametrize(("path", "headers"), ASKED)
def test_an_answer_from_memory_is_the_one_made_anew(
    path: str, headers: dict[str, str], story: Story
) -> None:
    story.memory.answers.clear()
    made = shown(story.web.get(path, headers=headers))
    given = story.memory.given
    again = shown(story.web.get(path, headers=headers))
    head = shown(story.web.head(path, headers=headers))
    assert story.memory.given == given + 2
    assert made[0] == 200
    assert again == made == shown(story.uncached.get(path, headers=headers))
    assert head[2] == b""
    # A head has no body to be sent in pieces.
    assert {**head[1], "transfer-encoding": ""} == {**made[1], "transfer-encoding": ""}


@pytest.mark.parametrize(("path", "headers"), ASKED)
def test_who_has_the_bytes_is_told_so_from_memory_as_anew(
    path: str, headers: dict[str, str], story: Story
) -> None:
    story.memory.answers.clear()
    tag = story.web.get(path, headers=headers).headers["etag"]
    known = {**headers, "If-None-Match": f'W/"other", {tag}'}
    given = story.memory.given
    again = shown(story.web.get(path, headers=known))
    assert story.memory.given == given + 1
    story.memory.answers.clear()
    made = shown(story.web.get(path, headers=known))
    assert made[0] == 304
    assert again == made == shown(story.uncached.get(path, headers=known))
    # What was learned from an answer without a body is enough to say so again, and no more.
    assert shown(story.web.get(path, headers=known)) == made
    assert story.memory.given == given + 2
    assert story.web.get(path, headers=headers).content


def test_each_language_and_form_has_an_answer_of_its_own(story: Story) -> None:
    pages = [
        story.web.get("/years/2007", headers=headers).content
        for headers in (
            HTML,
            {**HTML, "Accept-Language": "en"},
            {"Accept": "text/csv"},
            {"Accept": "application/json"},
        )
    ]
    assert len(set(pages)) == 4


def test_an_answer_is_old_as_soon_as_the_views_have_moved(story: Story) -> None:
    path = f"/open/v1/balances?account=available:{FUND.partition(':')[2]}:general"
    held = story.web.get(path).json()["rows"][0]["value"]
    for amount in range(1, 20):
        at = story.move(amount)
        held += amount
        answer = story.web.get(path)
        assert answer.json()["rows"][0]["value"] == held
        assert int(answer.headers["mingzhang-position"]) == at
        assert story.web.get(path).content == answer.content


def test_what_the_views_have_not_reached_changes_nothing(story: Story) -> None:
    before = story.web.get("/open/v1/funds").content
    receive(story.office, FUND, 5)
    assert story.web.get("/open/v1/funds").content == before
    at = catch_up(story.office.ledger)
    assert story.web.get("/open/v1/funds").json()["known_at"]["position"] == at


def test_a_reader_who_waits_for_a_position_gets_it(story: Story) -> None:
    for amount in (3, 4):
        at = story.move(amount)
        for _ in range(2):
            said = story.web.get("/open/v1/balances", params={"min_position": at}).json()
            assert said["known_at"]["position"] >= at


def test_nobody_is_told_less_than_was_reached_when_he_asked(story: Story) -> None:
    reached = [catch_up(story.office.ledger)]
    stories: list[tuple[int, int]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            before = reached[-1]
            answer = story.web.get("/open/v1/funds")
            stories.append((before, int(answer.headers["mingzhang-position"])))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    reached += map(story.move, range(1, 11))
    done.set()
    for reader in readers:
        reader.join()
    assert len({seen for _, seen in stories}) > 1
    assert [pair for pair in stories if pair[1] < pair[0]] == []


def test_what_names_a_position_is_given_from_memory_however_far_the_log_goes(
    story: Story,
) -> None:
    at = catch_up(story.office.ledger)
    path = f"/open/v1/balances?known_at={at}"
    made = shown(story.web.get(path))
    assert "immutable" in made[1]["cache-control"]
    story.move(1)
    given = story.memory.given
    assert shown(story.web.get(path)) == made
    assert story.memory.given == given + 1
    story.memory.answers.clear()
    assert shown(story.web.get(path)) == made


def test_views_that_were_grown_anew_are_asked_again(story: Story) -> None:
    before = story.web.get("/open/v1/balances").json()
    given = story.memory.given
    rebuild(story.office.ledger.pool, ["balances"])
    assert story.web.get("/open/v1/balances").json() == before
    assert story.memory.given == given


def test_the_office_and_problems_are_never_kept(story: Story) -> None:
    secret = story.office.ledger.secret(tokens.TOKEN_KEY)
    ttl = timedelta(hours=1)
    token, _ = tokens.issue(secret, by="auditor-1", roles=("auditor",), ttl=ttl)
    story.memory.answers.clear()
    office = story.web.get("/v1/funds", headers={"Authorization": f"Bearer {token}"})
    assert office.status_code == 200
    assert story.web.get("/v1/funds").status_code == 401
    assert code_of(story.web.get("/open/v1/funds?limit=0")) == (422, "malformed")
    assert code_of(story.web.get("/open/v1/funds/nobody")) == (404, "unknown-subject")
    assert story.web.get("/readyz").status_code == 200
    assert not story.memory.answers


def test_while_the_database_is_away_nothing_is_given_from_memory(settings: Settings) -> None:
    with open_ledger(settings) as ledger, served(ledger) as web:
        told(ledger)
        catch_up(ledger)
        before = web.get("/open/v1/funds").content
        EmbeddedPostgres(settings).stop("immediate")
        assert code_of(web.get("/open/v1/funds")) == (503, "store-unavailable")
        ledger.database.restart_if_dead()
        # A power cut may take what the views had last; they grow it again.
        catch_up(ledger)
        assert until_it_answers(web, "/open/v1/funds").content == before


def until_it_answers(web: Client, path: str) -> Response:
    """Ask again while the database comes back."""
    for _ in range(100):
        answer = web.get(path)
        if answer.status_code == 200:
            break
    return answer


def test_only_its_routes_pass_the_cache_and_an_address_is_one_in_every_format(
    story: Story,
) -> None:
    story.memory.answers.clear()
    for path in ("/open/v1/events?limit=1", "/open/v1/events/1", "/style.css", "/livez"):
        assert story.web.get(path).status_code == 200
    assert not story.memory.answers
    for path in ("/open/v1/funds.csv", "/years/2007.json", "/open/v1/schemas", "/"):
        assert story.web.get(path).status_code == 200
    assert len(story.memory.answers) == 4
