"""The table of roles, commands and pages holds, cell by cell, at a running desk."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from domain.kernel.refusals import AlreadyExists
from scripts import acting_roles
from tests.api.desk.browsers import csrf, sign_in, token_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.scenarios.office import Office

REFUSED, FORM, OPEN = 403, 422, 200


@pytest.fixture(params=acting_roles.ROLES)
def cell(
    request: pytest.FixtureRequest, desk_url: str, office: Office
) -> Iterator[tuple[int, httpx.Client]]:
    """Give the place of a role in the table, and the browser of somebody who holds it alone."""
    role, who = str(request.param), f"only-{request.param}"
    with suppress(AlreadyExists):
        office.send("role.grant", f"role:{who}", by="operator:local", on="2006-01-01",
                    who=who, role=role)  # fmt: skip
    with ExitStack() as stack:
        client = stack.enter_context(httpx.Client(base_url=desk_url, timeout=60))
        token = token_of(office.ledger, role, timedelta(hours=1), by=who)
        assert sign_in(client, token).status_code == 303
        yield acting_roles.ROLES.index(role), client


def test_each_command_is_sent_by_the_roles_of_the_table_and_by_no_other(
    cell: tuple[int, httpx.Client],
) -> None:
    place, client = cell
    token = csrf(client)
    for command, marks in acting_roles.commands().items():
        # An empty form is refused for what it lacks, by whom may send it; nothing is written.
        answer = client.post(f"/desk/commands/{command}", data={"csrf": token})
        may = acting_roles.SENDS in marks[place]
        assert answer.status_code == (FORM if may else REFUSED), command
        assert ("role-missing" in answer.text) is not may, command


def test_each_page_is_open_to_the_roles_of_the_table_and_to_no_other(
    cell: tuple[int, httpx.Client],
) -> None:
    place, client = cell
    for path, marks in acting_roles.pages().items():
        answer = client.get(path.replace("{key}", "no-such-key"))
        may = acting_roles.OPENS in marks[place]
        wanted = 404 if "{key}" in path else OPEN
        assert answer.status_code == (wanted if may else REFUSED), path


def test_without_a_session_every_page_leads_to_the_sign_in(client: httpx.Client) -> None:
    for path in acting_roles.pages():
        answer = client.get(path.replace("{key}", "no-such-key"))
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/desk/sign-in?next=/desk")
    for command in acting_roles.commands():
        answer = client.post(f"/desk/commands/{command}", data={"subject": "x"})
        assert answer.status_code == 303, command


def test_the_page_is_what_the_catalogue_and_the_pages_say() -> None:
    assert acting_roles.PLACE.read_text(encoding="utf-8") == acting_roles.page()
