"""The pages show what their twins say, in both languages, at any moment."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, ClassVar

import pytest

from api.pages.numbers import amount
from domain.kernel.sentences import in_yuan
from projections.disclosure.small_counts import THRESHOLD
from scripts.scenarios.stories import FUND, receive
from tests.api.conftest import catch_up

if TYPE_CHECKING:
    from httpx import Client, Response

    from scripts.scenarios.office import Office

PAGES = ("/", "/years/2007", "/funds", "/funds/x", "/roles", "/figures/dibao.spend",
         "/figures/hospice.persons", "/events/1", "/events/20")  # fmt: skip


class Outline(HTMLParser):
    """Reads a page's tags: whether they are closed in order, and what they hold."""

    VOID: ClassVar[set[str]] = {"meta", "link", "input", "br", "path", "rect", "circle"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def outline(answer: Response) -> Outline:
    """Read a page."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = Outline()
    page.feed(answer.text)
    assert page.open == []
    return page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_is_whole_and_has_its_landmarks(path: str, language: str, web: Client) -> None:
    page = outline(web.get(path, params={"lang": language}))
    tags = [tag for tag, _ in page.seen]
    assert tags.count("h1") == 1
    for landmark in ("header", "nav", "main", "footer"):
        assert landmark in tags
    root = next(attributes for tag, attributes in page.seen if tag == "html")
    assert root["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    assert tags.count("table") == tags.count("caption"), "every table says what it is"
    assert "script" not in tags
    assert not [a for _, a in page.seen if "style" in a], "the policy allows no inline style"
    words = "".join(page.text)
    assert "None" not in words
    assert ("明账" in words) == (language == "zh")


@pytest.mark.parametrize("path", [p for p in PAGES if p != "/"])
def test_every_page_has_its_twins_and_keeps_its_moment(path: str, web: Client) -> None:
    page = outline(web.get(f"{path}?as_of=2007-12-31"))
    twins = [a["href"] for tag, a in page.seen if tag == "link" and a.get("rel") == "alternate"]
    assert len(twins) == 3
    for twin in twins:
        assert twin
        assert "as_of=2007-12-31" in twin
        assert web.get(twin).status_code == 200
    inner = [a["href"] for tag, a in page.seen if tag == "a" and "/years/" in str(a.get("href"))]
    assert all("as_of=2007-12-31" in str(link) for link in inner)


def test_every_link_of_every_page_leads_somewhere(web: Client) -> None:
    waiting, seen = list(PAGES), set[str]()
    while waiting:
        path = waiting.pop().partition("#")[0]
        if path in seen or not path or len(seen) > 150:
            continue
        seen.add(path)
        answer = web.get(path)
        assert answer.status_code == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            page = outline(answer)
            links = [a["href"] for tag, a in page.seen if tag in {"a", "link"} and a.get("href")]
            waiting += [link for link in links if link and link.startswith("/")]
    assert len(seen) > 40


def test_the_page_of_a_year_shows_what_its_twin_says(web: Client) -> None:
    page = "".join(outline(web.get("/years/2007?lang=zh")).text)
    rows = web.get("/years/2007.json").json()["rows"]
    assert len(rows) >= 21
    assert rows == web.get("/open/v1/figures?period=2007").json()["rows"]
    for row in rows:
        assert row["title"] in page
        assert row["formula"] in page
        assert row["printed"] in page


def test_the_page_of_the_funds_shows_what_its_twin_says(web: Client) -> None:
    page = "".join(outline(web.get("/funds")).text)
    for row in web.get("/funds.json").json()["rows"]:
        assert row["title"] in page
        stages = ("spent", "lost", "advanced", "committed", "returned", "owed", "received",
                  "available", "passed_on")  # fmt: skip
        assert row["taken_in"] == sum(row[stage] for stage in stages)
        for stage in stages:
            assert not row[stage] or in_yuan(row[stage]) in page


def test_the_page_of_a_fund_balances(web: Client) -> None:
    page = "".join(outline(web.get("/funds/x?lang=en")).text)
    said = web.get("/funds/x.json").json()
    assert said["holds"] is True
    assert said["fund"]["title"] in page
    for each in [*said["in"], *said["out"]]:
        assert in_yuan(each["value"]) in page
    assert "what came in equals" in page
    assert "the civil affairs bureau" in page


def test_the_page_of_a_figure_leads_down_to_its_events(web: Client) -> None:
    said = web.get("/figures/community-projects.approved.json").json()
    assert said["figure"]["id"] == "community-projects.approved"
    page = outline(web.get("/figures/federation.cash?lang=en"))
    assert "federation.cash" in "".join(page.text)
    hospice = web.get("/figures/hospice.persons.json").json()
    assert hospice["figure"]["value"] is None
    assert hospice["figure"]["suppressed"] is True
    text = "".join(outline(web.get("/figures/hospice.persons?lang=en")).text)
    assert f"fewer than {THRESHOLD} people: not shown" in text
    assert "summed by month" in text
    unknown = "".join(outline(web.get("/figures/bus.men-age?lang=en")).text)
    assert "nothing to tell yet" in unknown


def test_the_page_of_an_event_shows_its_public_record_only(office: Office, web: Client) -> None:
    first = "SELECT min(notification_id) FROM ledger.events WHERE topic = %(topic)s"
    private = office.rows(first, topic="entitlement.brought-in.v1")[0][0]
    text = "".join(outline(web.get(f"/events/{private}?lang=en")).text)
    assert "its content is not public" in text
    assert not re.search("person:[a-z]", text)
    public = office.rows(first, topic="fund.received.v1")[0][0]
    text = "".join(outline(web.get(f"/events/{public}?lang=en")).text)
    assert "¥10,000.00" in text
    assert "Fund received" in text


def test_a_page_at_a_position_stays_as_it_was(office: Office, web: Client) -> None:
    at = catch_up(office.ledger)
    paths = [f"{path}?known_at={at}&lang=zh" for path in PAGES]
    before = [web.get(path).content for path in paths]
    receive(office, FUND, 99)
    catch_up(office.ledger)
    assert [web.get(path).content for path in paths] == before
    assert web.get("/funds").content != web.get(f"/funds?known_at={at}").content


def test_a_year_that_is_none_and_an_event_to_come_are_explained(web: Client) -> None:
    html = {"Accept": "text/html", "Accept-Language": "en"}
    for path, status in (("/years/20x7", 422), ("/events/999999", 404), ("/funds/none", 404),
                         ("/figures/none", 404), ("/funds?as_of=2007-02-30", 422)):  # fmt: skip
        answer = web.get(path, headers=html)
        assert answer.status_code == status, path
        assert answer.headers["content-type"].startswith("text/html")
        assert "Go on from here" in answer.text


def test_pages_may_be_framed_and_scripted_by_nobody(web: Client) -> None:
    answer = web.get("/funds")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    tag = answer.headers["etag"]
    assert web.get("/funds", headers={"If-None-Match": tag}).status_code == 304


def test_money_is_written_out_to_the_fen() -> None:
    assert in_yuan(4048700000) == "40,487,000.00"
    assert in_yuan(-5) == "−0.05"
    assert amount(23500, "fen/person-month", "zh") == "235.00 元/人月"
    assert amount(None, "person", "en") == "—"
    assert amount("27.2", "percent", "en") == "27.2%"
