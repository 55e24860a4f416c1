"""Every filter of every address, alone and in pairs, in every form and both zones: never 5xx."""

from __future__ import annotations

import sys
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.app import IN_OFFICE, IN_PUBLIC
from api.feed.feed import FILTERS, SINGLE
from api.queries.openapi_parameters import PREFIXES
from api.queries.resource import FORMS
from projections.accounts import journal_queries
from scripts.scenarios.office import EVE, OPERATOR, Office, staffed
from tests.api.commands.served_office import bearer
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from httpx import Client, Response

    from api.queries.resource import Address
    from infra.ledger import Ledger
    from projections.disclosure import Zone

# What parameters that are no field of a row are asked by; a field by what its first row says.
SAID = {
    "as_of": "2007-12-31",
    "known_at": "9",
    "min_position": "9",
    "limit": "3",
    "lang": "en",
    "from": "2007-01-01",
    "to": "2007-12-31",
    "group_by": "fund",
    "measure": "spent",
    "rows": "fund",
    "columns": "month",
    "period": "2007",
    "boundaries": "event",
    "known_from": "1",
    "known_to": "9",
    "q": "a",
    "kind": "near-line",
    "until": "9",
    "after": "1",
    "fund": "fund:x",
    "unit": "fen",
    "topic": "payment.*",
}
WRONG = ("", "0001-01-01", "9999-12-31", "9" * 30, "*", "'", "\u202e")
KEYS = {"figures": "dibao.spend", "funds": "x", "pay-runs": "aid:2007-03"}
BLOCKS = 3
AUDITOR = "auditor-of-filters"
# Read by routes of their own, which are asked by what the server's document says of them.
NOT_OF_THE_TABLE: dict[Zone, set[str]] = {
    "office": {"/v1/events/{position}", "/v1/people", "/v1/people/{key}/file"},
    "open": {"/open/v1/events/{position}"},
}


class Target(NamedTuple):
    """An address as it is asked, what it takes, and what its rows say."""

    path: str
    names: tuple[str, ...]
    said: dict[str, str]


def targets(web: Client, zone: Zone, headers: dict[str, str]) -> Iterator[Target]:
    """List the addresses of a zone."""
    prefix = PREFIXES[zone]
    for address in IN_OFFICE if zone == "office" else IN_PUBLIC:
        path = prefix + address.path.replace("{key}", key_of(address))
        answer = web.get(path, headers=headers)
        found = answer.json() if answer.status_code == 200 else {}
        rows = found.get("rows", [found])
        said = {name: str(value) for row in rows[:1] for name, value in row.items()}
        yield Target(path, (*address.taken(), *address.filters), said)
    yield Target(f"{prefix}/events", (*SINGLE, *FILTERS), {})


def key_of(address: Address) -> str:
    """Return a key that is there, where one is known."""
    return KEYS.get(address.path.split("/")[1], "none")


def asked(target: Target, names: Sequence[str]) -> dict[str, str]:
    """Return a query by some names."""
    return {name: SAID.get(name) or target.said.get(name) or "x" for name in names}


def together(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give sets of names so that each two of them are once together."""
    blocks = [names[start::BLOCKS] for start in range(BLOCKS)]
    for one, other in combinations(blocks, 2):
        yield (*one, *other)


@pytest.mark.parametrize("few", [journal_queries.FEW, 0])
@pytest.mark.parametrize("zone", ["office", "open"])
def test_no_question_is_a_mistake_of_ours(
    zone: Zone,
    few: int,
    web: Client,
    as_: Callable[[str], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(journal_queries, "FEW", few)
    headers = as_("auditor") if zone == "office" else {}
    count, broken = 0, []

    def ask(path: str, query: dict[str, Any]) -> None:
        nonlocal count
        answer = web.get(path, params=query, headers=headers)
        count += 1
        if answer.status_code not in {200, 404, 422}:
            broken.append((path, query, answer.status_code, answer.text[:200]))

    filters = pairs = 0
    for target in targets(web, zone, headers):
        # The other plan is of the journal alone.
        if few == 0 and not target.path.endswith("/journal"):
            continue
        forms = [f for f in FORMS if not target.path.endswith("/events") or f in {"json", "jsonl"}]
        filters += len(target.names)
        for form in forms:
            # Each two alone in one form; in the others a few sets hold each two of them.
            two = combinations(target.names, 2)
            sets = [*(two if form == "json" else together(target.names))]
            pairs += len(sets) if form == "json" else 0
            for names in (*((name,) for name in target.names), *sets):
                ask(f"{target.path}.{form}", asked(target, names))
        for name in target.names:
            ask(target.path, {name: list(WRONG)})
    sys.stdout.write(
        f"{zone}: {filters} filters, {pairs} pairs, {count} questions, {len(broken)} of 5xx\n"
    )
    assert broken == []
    assert filters > 0 or few == 0


@pytest.mark.parametrize("zone", ["office", "open"])
def test_every_list_of_the_server_is_asked(
    zone: Zone, web: Client, as_: Callable[[str], dict[str, str]]
) -> None:
    """What the server's own document offers under a zone is in the generated list."""
    headers = as_("auditor") if zone == "office" else {}
    made = {target.path: target.names for target in targets(web, zone, headers)}
    offered, beside = 0, set[str]()
    for path, methods in web.get("/openapi.json").json()["paths"].items():
        prefix = f"{PREFIXES[zone]}/"
        asks = [
            each for each in methods.get("get", {}).get("parameters", ()) if each["in"] == "query"
        ]
        if not path.startswith(prefix) or not asks:
            continue
        collection = path.removeprefix(prefix).split("/")[0]
        mine = made.get(path.replace("{key}", KEYS.get(collection, "none")))
        if mine is None:
            beside.add(path)
            continue
        offered += len(asks)
        assert {each["name"] for each in asks} <= {*mine, "lang"}, path
    assert beside == NOT_OF_THE_TABLE[zone]
    assert offered > 500


@pytest.mark.parametrize("name", ["fund", "unit", "account"])
def test_the_journal_is_asked_by_parts_of_accounts(
    name: str, web: Client, as_: Callable[[str], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {"fund": "fund:x", "unit": "fen", "account": "spent:*"}[name]
    answers: list[Response] = []
    for few in (journal_queries.FEW, 0):
        monkeypatch.setattr(journal_queries, "FEW", few)
        answers.append(web.get("/v1/journal", params={name: query}, headers=as_("auditor")))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["rows"] == answers[1].json()["rows"] != []


@pytest.fixture(scope="module")
def looked_at(server_ledger: Ledger) -> Office:
    """Staff a ledger in which people may be looked at: each look is an event."""
    office = staffed(Office(server_ledger))
    office.send("role.grant", f"role:{AUDITOR}", by=OPERATOR, on=EVE, who=AUDITOR, role="auditor")
    catch_up(server_ledger)
    return office


@pytest.mark.parametrize("zone", ["office", "open"])
def test_what_routes_of_their_own_read_takes_each_filter_and_each_two(
    zone: Zone, looked_at: Office
) -> None:
    auditor = {"Authorization": bearer(looked_at, AUDITOR, "auditor")}
    headers = auditor if zone == "office" else {}
    broken, count = [], 0
    with served(looked_at.ledger) as client:
        paths = client.get("/openapi.json").json()["paths"]
        for path in sorted(NOT_OF_THE_TABLE[zone]):
            asks = paths[path]["get"]["parameters"]
            names = [each["name"] for each in asks if each["in"] == "query"]
            place = path.replace("{position}", "3").replace("{key}", "none")
            queries: list[dict[str, Any]] = [{name: list(WRONG)} for name in names]
            queries += [{name: word} for name in names for word in WRONG]
            sets = [(), *((name,) for name in names), *combinations(names, 2)]
            said = SAID | {"min_position": "3", "known_at": "3", "purpose": "audit"}
            queries += [{name: said.get(name, "x") for name in each} for each in sets]
            for query in queries:
                answer = client.get(place, params=query, headers=headers)
                count += 1
                if answer.status_code not in {200, 404, 422}:
                    broken.append((place, query, answer.status_code, answer.text[:200]))
    assert broken == []
    assert count > len(NOT_OF_THE_TABLE[zone]) * len(WRONG)
