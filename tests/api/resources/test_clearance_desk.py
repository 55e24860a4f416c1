"""What of persons each role is shown at the desk: every page, with every key."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from scripts import acting_roles
from scripts.scenarios.office import STAFF
from tests.api.desk.browsers import sign_in, token_of
from tests.api.resources.planted_persons import GUARDED, MARK, OTHERS, marks
from tests.api.resources.test_clearance import keys, without_question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.scenarios.office import Office

HOLDERS = {role: who for who, role in {**STAFF, **OTHERS}.items()}


def pages(office: Office) -> Iterator[str]:
    """Give every page of the desk, each with every key, and each form for a gift and a run."""
    known = keys(office)
    for path in acting_roles.pages():
        collection = path.split("/")[2] if path.count("/") > 1 else ""
        for key in known.get(collection, ["none"]) if "{key}" in path else [""]:
            yield path.replace("{key}", key)
    for command in acting_roles.commands():
        for subject in ("donation:d-0", "pay-run:aid:2007-03"):
            yield f"/desk/commands/{command}?subject={subject}"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("role", [*GUARDED, "subscriber"])
def test_no_page_of_the_desk_tells_of_a_person_who_may_not_see_one(
    role: str, planted_office: Office, planted_web: httpx.Client
) -> None:
    office, looked_for = planted_office, marks(planted_office)
    token = token_of(office.ledger, role, timedelta(hours=1), by=HOLDERS[role])
    opened, broken = 0, []
    with httpx.Client(base_url=planted_web.base_url, timeout=60) as client:
        assert sign_in(client, token).status_code == 303
        for path in pages(office):
            answer = client.get(path)
            opened += answer.status_code == 200
            said = without_question(answer, path, looked_for)
            broken += [(path, mark) for mark in looked_for if mark in said]
    sys.stdout.write(f"{role}: {opened} pages opened, {len(broken)} broken\n")
    assert broken == []
    assert opened > 5 or role == "subscriber"


def test_who_may_see_persons_sees_them_at_the_desk(
    planted_office: Office, planted_web: httpx.Client
) -> None:
    token = token_of(planted_office.ledger, "clerk", timedelta(hours=1), by=HOLDERS["clerk"])
    with httpx.Client(base_url=planted_web.base_url, timeout=60) as client:
        assert sign_in(client, token).status_code == 303
        said = "".join(client.get(path).text for path in ("/desk/households", "/desk/payments"))
    assert MARK in said
