"""While a year is loaded every page says how far; nothing that is kept or pinned changes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from infra.processes import load_progress
from infra.processes.load_progress import LoadProgress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Client

    from scripts.scenarios.office import Office

PAGES = ("/", "/years/2007", "/funds", "/figures/dibao.spend", "/events/1")
CHINESE = "已载入 2007年3月15日，214,000 / 687,270 个事件"
ENGLISH = "up to 15 March 2007, 214,000 of 687,270 events"


@contextmanager
def being_loaded(office: Office, *, total: int | None = 687_270) -> Iterator[Path]:
    """Let a load be under way while the block runs."""
    folder = office.ledger.settings.data_folder
    progress = LoadProgress(
        year="golden-2007", seed=2007, scale=1.0, day="2007-03-15", events=214_000, total=total
    )
    progress.write(folder)
    try:
        yield folder
    finally:
        load_progress.clear(folder)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_it_once_in_its_language_and_nobody_stores_it(
    path: str, office: Office, web: Client
) -> None:
    before = web.get(path)
    with being_loaded(office):
        chinese = web.get(path, headers={"If-None-Match": before.headers["etag"]})
        english = web.get(path, params={"lang": "en"})
    assert chinese.text.count(CHINESE) == english.text.count(ENGLISH) == 1
    for answer in (chinese, english):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
    lines = [line for line in chinese.text.splitlines() if CHINESE not in line]
    assert lines == before.text.splitlines()


@pytest.mark.parametrize("path", PAGES)
def test_afterwards_the_page_is_to_the_byte_what_it_was(
    path: str, office: Office, web: Client
) -> None:
    before = web.get(path)
    with being_loaded(office):
        web.get(path)
    after = web.get(path)
    assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])


@pytest.mark.parametrize("path", ["/years/2006?known_at=9", "/years/2007.json", "/open/v1/funds"])
def test_what_names_a_position_or_is_no_page_says_nothing(
    path: str, office: Office, web: Client
) -> None:
    before = web.get(path)
    with being_loaded(office):
        after = web.get(path)
    assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])


def test_a_page_that_is_not_there_yet_says_it_too(office: Office, web: Client) -> None:
    with being_loaded(office, total=None):
        answer = web.get("/funds/nothing", headers={"Accept": "text/html"}, params={"lang": "en"})
    assert answer.status_code == 404
    assert "up to 15 March 2007, 214,000 events" in answer.text
