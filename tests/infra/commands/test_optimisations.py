"""Whatever is turned off, the same commands leave the same log, receipts and refusals.

Several clients send schedules of commands at once, of which no two clients touch the same subject
but their common fund; each waits for its answer before it sends the next one. What a client is
answered, and what stands in the log, must not depend on who carried it out; only the order in
which the clients' events stand may.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from api.commands.parsing import read_command
from domain.kernel.refusals import Refused
from domain.payments import pay_runs
from infra.commands.command import CommandRequest, Receipts, Sender
from infra.commands.executor import FreshExecutor
from infra.commands.group_commit import GroupCommitExecutor
from infra.config.optimisations import Optimisations
from infra.ledger import open_ledger
from scripts.scenarios.office import (
    CLERK,
    DAY,
    EVE,
    SECOND_TREASURER,
    TREASURER,
    Office,
    an_order,
    fen,
    staffed,
)
from scripts.scenarios.stories import (
    AREA,
    FUND,
    RUN,
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    entitled,
    release,
    settle,
)
from tests.conftest import new_database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.commands.command import Outcome
    from infra.config.settings import Settings
    from infra.ledger import Ledger

TESTS = Path(__file__).parents[2]
CLIENTS, STEPS, LINES, CHUNK = 6, 25, 60, 10
SWITCHES = [field.name.replace("_", "-") for field in fields(Optimisations)]
# What decides and saves is turned off here, each other switch by the test that is named.
WRITING = ["group-commit", "aggregate-cache", "pay-run-cache", "pipelined-save"]
ELSEWHERE = {
    "prefetch": "projections/core/test_view.py: "
    "test_the_digest_depends_neither_on_the_pages_nor_on_optimisations",
    "parallel-copy": "projections/core/test_view.py: "
    "test_the_digest_depends_neither_on_the_pages_nor_on_optimisations",
    "paged-projection": "infra/projecting/test_library_runner.py: "
    "test_the_runner_of_the_library_and_the_projector_grow_the_same_views",
    "remembered-counts": "projections/figures/test_person_counts.py: "
    "test_the_switch_changes_no_answer",
    "response-cache": "api/http/test_response_cache.py: "
    "test_an_answer_from_memory_is_the_one_made_anew",
    "libpq-statement": "infra/eventlog/test_libpq_statement.py: "
    "test_both_calls_store_the_same_receipts_and_guards",
    "binary-copy": "infra/eventlog/test_binary_copy.py: "
    "test_many_that_are_alike_and_others_after_them_are_stored_as_each_would_be_alone",
    "encoder-process": "infra/kafka/test_encoder_process.py: "
    "test_pages_are_made_as_they_would_be_here",
    "translated-templates": "api/pages/test_translated_templates.py: "
    "test_a_page_is_the_same_whenever_its_texts_are_translated",
}
# What a client may be answered, and the log by stream: bytes but for the position of the roll.
Found = tuple[list[list[str]], Counter[bytes]]


def test_every_switch_is_turned_off_by_a_test() -> None:
    assert sorted([*WRITING, *ELSEWHERE]) == sorted(SWITCHES)
    for switch, place in ELSEWHERE.items():
        file, name = place.split(": ")
        assert f"def {name}(" in (TESTS / file).read_text(encoding="utf-8"), switch


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_schedule_finds_the_same_log_decided_alone_and_in_groups(
    server: Settings, seed: int
) -> None:
    fresh = found(server, "group-commit", seed)
    assert found(server, "", seed) == fresh
    assert found(server, ",".join(WRITING), seed) == fresh


@pytest.mark.parametrize("switch", [name for name in WRITING if name != "group-commit"])
def test_each_switch_turned_off_finds_the_same_log(server: Settings, switch: str) -> None:
    assert found(server, switch, 4) == found(server, "", 4)


def found(server: Settings, without: str, seed: int) -> Found:
    """Carry out the schedules of a seed on a new ledger; return the answers and the log."""
    with (
        new_database(server) as settings,
        open_ledger(settings.model_copy(update={"without": without})) as ledger,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(pay_runs, "CHUNK", CHUNK)
        decorated = isinstance(ledger.executor, GroupCommitExecutor)
        assert decorated == ("group-commit" not in without)
        assert decorated or isinstance(ledger.executor, FreshExecutor)
        office = furnished(Office(ledger))
        schedules = [schedule(Random(seed * 100 + n), n) for n in range(CLIENTS)]
        with ThreadPoolExecutor(CLIENTS) as threads:
            half = CLIENTS // 2
            sent = [threads.submit(in_a_thread, ledger, each) for each in schedules[:half]]
            looped = asyncio.run(in_the_loop(ledger, schedules[half:]))
            answers = [each.result() for each in sent] + looped
        paid(office)
        return answers, Counter(stream(event) for event in office.events())


def furnished(office: Office) -> Office:
    staffed(office)
    a_fund(office, holding=10**6)
    a_scheme(office, rate=7)
    entitled(office, LINES)
    return office


def paid(office: Office) -> None:
    """Release a run in chunks, and settle it."""
    approved(office)
    release(office, by=SECOND_TREASURER)
    settle(office, RUN)


def schedule(chance: Random, client: int) -> list[CommandRequest]:
    """Return what one client sends: some of it is refused, some is sent twice."""
    requests = [a_request(chance, client, step) for step in range(STEPS)]
    return [one for each in requests for one in ([each] * chance.choice([1, 1, 1, 2]))]


def a_request(chance: Random, client: int, step: int) -> CommandRequest:
    key, person = f"key-{client}-{step}", f"person:c-{client}-{chance.randrange(6)}"
    orders, by = [an_order("person.register", person, on=EVE)], CLERK
    match chance.randrange(6):
        case 0:
            orders = [a_promise(chance, client) for _ in range(chance.randrange(2, 4))]
            by = TREASURER
        case 1:
            orders = [an_order("person.report-death", person, on=DAY, date=DAY)]
        case 2:
            terms: dict[str, Any] = {"scheme": SCHEME, "holder": person, "area": AREA, "tier": "a"}
            claim = f"entitlement:c-{client}-{step}"
            orders = [an_order("entitlement.bring-in", claim, on=DAY, from_=DAY, **terms)]
        case 3 | 4:
            orders, by = [a_promise(chance, client)], chance.choice([TREASURER, CLERK])
    return CommandRequest(
        [read_command(order) for order in orders], key, Sender(by), listed=len(orders) > 1
    )


def a_promise(chance: Random, client: int) -> dict[str, Any]:
    """Promise money of the common fund, now and then more than there ever was."""
    what: dict[str, Any] = {"earmark": "general", "to": f"contract:c-{client}"}
    amount = fen(chance.choice([1, 2, 3, 10**9]))
    return an_order("fund.commit", FUND, on=DAY, amount=amount, purpose="aid-poor", **what)


def in_a_thread(ledger: Ledger, requests: Sequence[CommandRequest]) -> list[str]:
    """Send some by themselves, some as lines that are carried out together."""
    answers: list[str] = []
    rest = list(requests)
    while rest:
        some = 1 if len(rest) % 3 else 4
        answers += map(answer, ledger.executor.execute(rest[:some]))
        rest = rest[some:]
    return answers


async def in_the_loop(
    ledger: Ledger, schedules: Sequence[Sequence[CommandRequest]]
) -> list[list[str]]:
    async def client(requests: Sequence[CommandRequest]) -> list[str]:
        return [answer(await ledger.executor.execute_async(one)) for one in requests]

    return list(await asyncio.gather(*map(client, schedules)))


def answer(outcome: Outcome) -> str:
    """Return what a client is answered, without what depends on the order of the clients."""
    if isinstance(outcome, Refused):
        return outcome.CODE
    assert isinstance(outcome, Receipts), outcome
    return "; ".join(
        f"{receipt['key']} {receipt['replayed']} {[event['topic'] for event in receipt['events']]}"
        for receipt in outcome
    )


def stream(event: Any) -> bytes:
    """Return an event without its place in a stream that several clients write to."""
    shared = event.originator_id == FUND
    place = 0 if shared else event.originator_version
    content = msgspec.structs.asdict(event) | {"originator_version": place}
    act = msgspec.structs.replace(event.act, key=event.act.key.partition("story-")[0])
    return msgspec.json.encode(content | {"act": act, "topic": event.TOPIC}, order="sorted")
