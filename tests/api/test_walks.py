"""The walks of docs/architecture.md: the modules that a command and a page pass, in their order."""

from __future__ import annotations

import re
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.projector.projector import Projector
from scripts.scenarios.office import DAY, TREASURER, Office, an_order, fen, staffed
from scripts.scenarios.stories import FUND, a_fund
from tests.api.commands.served_office import bearer
from tests.api.conftest import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    import httpx

    from infra.ledger import Ledger

ROOT = f"{Path(__file__).parents[2]}/"
PAGE = Path(ROOT, "docs/architecture.md").read_text(encoding="utf-8")
MOST_OF_A_COMMAND, MOST_OF_A_SIDE = 14, 12


def walks() -> list[list[str]]:
    """Return the modules of the page's numbered lists: a command's, a view's, a page's."""
    found: list[list[str]] = []
    for number, module in re.findall(r"^(\d+)\. `([\w/]+\.py)`", PAGE, re.MULTILINE):
        if number == "1":
            found.append([])
        found[-1].append(module)
    return found


COMMAND, VIEW, YEAR = walks()
DOORS = ("load_banner", "response_cache", "read_limit")


@contextmanager
def followed() -> Iterator[dict[str, None]]:
    """Note our modules in the order in which they are first called, in threads that begin here."""
    modules: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: Any) -> None:
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(ROOT):
            modules.setdefault(file.removeprefix(ROOT))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield modules
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def commit(web: httpx.Client, key: str) -> None:
    what: dict[str, Any] = {
        "amount": fen(1),
        "earmark": "general",
        "to": "grant:g",
        "purpose": "aid-poor",
    }
    order = an_order("fund.commit", FUND, on=DAY, **what)
    assert web.post("/v1/commands", json=order, headers={"Idempotency-Key": key}).is_success


def on(walk: list[str], passed: dict[str, None]) -> list[str]:
    """Return the modules of a walk in the order in which they were passed."""
    return [module for module in passed if module in walk]


def test_modules_are_passed_as_the_page_says(server_ledger: Ledger) -> None:
    with followed() as passed:
        office = staffed(Office(server_ledger))
        a_fund(office, holding=100)
        with served(server_ledger) as web:
            web.headers["Authorization"] = bearer(office, TREASURER, "treasurer")
            commit(web, "first")
            passed.clear()
            commit(web, "second")
            of_command = on(COMMAND, passed)
        # No server runs beside it, whose readers would follow the log too.
        with server_ledger.connection() as connection:
            projector = Projector(connection)
            passed.clear()
            projector.catch_up()
            of_view = on(VIEW, passed)
        with served(server_ledger) as web:
            passed.clear()
            assert web.get("/years/2007").is_success
            of_year = on(YEAR, passed)

    assert of_command == COMMAND
    assert of_view == VIEW
    assert of_year == YEAR


def test_every_door_before_the_walks_is_named() -> None:
    """What `api/app.py` puts around everything, but for the module that the walks begin with."""
    app = Path(ROOT, "api/app.py").read_text(encoding="utf-8")
    added = set(re.findall(r"add_middleware\(\s*(\w+)", app))
    assert added == {
        "LoadBanner", "ResponseCache", "WithoutResponseCache", "ReadLimit", "AddressMiddleware"
    }  # fmt: skip
    begins = PAGE.partition("## The walk of a command")[2].partition("\n1. ")[0]
    assert all(f"/{door}.py`" in begins for door in DOORS)


def test_walks_are_short_and_pass_nothing_twice() -> None:
    for walk, most in (
        (COMMAND, MOST_OF_A_COMMAND),
        (VIEW, MOST_OF_A_SIDE),
        (YEAR, MOST_OF_A_SIDE),
    ):
        assert len(walk) == len(set(walk)) <= most
