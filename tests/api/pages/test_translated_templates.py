"""Texts translated when a template is compiled make the same pages as texts translated later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.app import build
from api.http.language import LANGUAGES, Language
from infra.ledger import Ledger
from tests.api.conftest import served
from tests.api.pages.test_pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client

    from scripts.scenarios.office import Office


@pytest.fixture(scope="module")
def plain(office: Office) -> Iterator[Client]:
    """Give a client of a server that translates at every rendering."""
    without = office.ledger.settings.model_copy(update={"without": "translated-templates"})
    ledger = Ledger(without, office.ledger.database, office.ledger.identity)
    with served(ledger, build(ledger)) as client:
        yield client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/funds?as_of=1990-01-01"])
def test_a_page_is_the_same_whenever_its_texts_are_translated(
    web: Client, plain: Client, path: str, language: Language
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": language}
    early, late = (client.get(path, headers=headers) for client in (web, plain))
    assert early.headers["content-type"].startswith("text/html")
    assert late.content == early.content
    assert b"</html>" in late.content
