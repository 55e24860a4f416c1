"""Whatever is turned off, the same commands leave the same log, receipts and refusals.

Several clients send schedules of commands at once, of which no two clients touch the same subject
but their common fund; each waits for its answer before it sends the next one. What a client is
answered, and what stands in the log, must not depend on who carried it out; only the order in
which the clients' events stand may. Hypothesis makes the schedules; each is sent to ledgers that
stay open, one with all optimisations and one for each set of them that is turned off.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import fields
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

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
    from collections.abc import Iterator, Sequence

    from infra.commands.command import Outcome
    from infra.config.settings import Settings
    from infra.ledger import Ledger

TESTS = Path(__file__).parents[2]
LINES, CHUNK = 30, 10
SWITCHES = [field.name.replace("_", "-") for field in fields(Optimisations)]
# What decides and saves is turned off here, each other switch by the test that is named.
WRITING = ["group-commit", "aggregate-cache", "pay-run-cache", "pipelined-save"]
ELSEWHERE = {
    "prefetch": "projections/core/test_view.py: "
    "test_the_digest_depends_neither_on_the_pages_nor_on_optimisations",
    "parallel-copy": "projections/core/test_view.py: "
    "test_the_digest_depends_neither_on_the_pages_nor_on_optimisations",
    "paged-projection": "infra/projector/test_library_runner.py: "
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
# The ledgers that schedules are sent to, each by what is turned off.
LEDGERS = ["", *WRITING, ",".join(WRITING)]
# What a client may be answered, and the log by stream: bytes but for the position of the roll.
Found = tuple[list[list[str]], Counter[bytes]]


class Step(NamedTuple):
    """A command of a client, or several as all or nothing, sent once or again and again."""

    kind: str
    # Whom it is about, of a few; which day it reports; which amounts it promises.
    nth: int
    amounts: list[int]
    by: str
    times: int


class Client(NamedTuple):
    """A client: how it sends, how many lines together, and what."""

    manner: str
    together: int
    steps: list[Step]


KINDS = ["register", "death", "claim", "promise", "report"]
STEPS = st.builds(
    Step,
    kind=st.sampled_from(KINDS),
    nth=st.integers(0, 3),
    # Now and then more than there ever was.
    amounts=st.lists(st.sampled_from([1, 2, 3, 10**9]), min_size=1, max_size=3),
    by=st.sampled_from([TREASURER, TREASURER, CLERK]),
    times=st.sampled_from([1, 1, 1, 2]),
)
CLIENTS = st.builds(
    Client,
    manner=st.sampled_from(["alone", "lines", "loop"]),
    together=st.integers(2, 12),
    steps=st.lists(STEPS, min_size=1, max_size=14),
)
# Each example names its subjects by its own number.
_examples = count(1)


def test_every_switch_is_turned_off_by_a_test() -> None:
    assert sorted([*WRITING, *ELSEWHERE]) == sorted(SWITCHES)
    for switch, place in ELSEWHERE.items():
        file, name = place.split(": ")
        assert f"def {name}(" in (TESTS / file).read_text(encoding="utf-8"), switch


@pytest.fixture(scope="module")
def offices(server: Settings) -> Iterator[list[Office]]:
    """Open a ledger for each set of optimisations that is turned off, all furnished alike."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(pay_runs, "CHUNK", CHUNK)
        opened = []
        for without in LEDGERS:
            own = stack.enter_context(new_database(server))
            changed = own.model_copy(update={"without": without})
            ledger = stack.enter_context(open_ledger(changed))
            decorated = isinstance(ledger.executor, GroupCommitExecutor)
            assert decorated == ("group-commit" not in without)
            assert decorated or isinstance(ledger.executor, FreshExecutor)
            opened.append(furnished(Office(ledger)))
        yield opened


def furnished(office: Office) -> Office:
    staffed(office)
    a_fund(office, holding=10**8)
    a_scheme(office, rate=7)
    entitled(office, LINES)
    return office


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(schedule=st.lists(CLIENTS, min_size=2, max_size=6), runs=st.integers(0, 1))
def test_any_schedule_leaves_the_same_log_whatever_is_turned_off(
    offices: list[Office], schedule: list[Client], runs: int
) -> None:
    example = next(_examples)
    wanted, *others = (found(office, schedule, example, pays=bool(runs)) for office in offices)
    for without, other in zip(LEDGERS[1:], others, strict=True):
        assert other == wanted, f"without {without}"
    for one in {one.partition(" ")[0] for answers in wanted[0] for one in answers}:
        event("carried out" if one.startswith("key-") else one)


def found(office: Office, schedule: list[Client], example: int, *, pays: bool) -> Found:
    """Carry a schedule out, perhaps pay a run; return the answers, and what the log has more."""
    ledger, before = office.ledger, len(office.positions())
    requests = [sent(client, f"{example}-{nth}") for nth, client in enumerate(schedule)]
    threads = [n for n, client in enumerate(schedule) if client.manner != "loop"]
    loops = [n for n, client in enumerate(schedule) if client.manner == "loop"]
    with ThreadPoolExecutor(len(schedule)) as pool:
        running = {n: pool.submit(in_a_thread, ledger, schedule[n], requests[n]) for n in threads}
        looped = asyncio.run(in_the_loop(ledger, [requests[n] for n in loops]))
        answers = {n: each.result() for n, each in running.items()}
    answers |= dict(zip(loops, looped, strict=True))
    if pays:
        paid(office, f"pay-run:aid:{2007 + example // 12}-{example % 12 + 1:02d}")
    added = Counter(map(stream, islice(office.events(), before, None)))
    return [answers[n] for n in range(len(schedule))], added


def paid(office: Office, run: str) -> None:
    """Release a run in chunks, and settle it."""
    approved(office, run)
    release(office, run, by=SECOND_TREASURER)
    settle(office, run)


def sent(client: Client, name: str) -> list[CommandRequest]:
    """Return what a client sends: some of it is refused, some is sent twice."""
    requests = [a_request(step, name, n) for n, step in enumerate(client.steps)]
    return [
        request
        for request, step in zip(requests, client.steps, strict=True)
        for _ in range(step.times)
    ]


def a_request(step: Step, name: str, nth: int) -> CommandRequest:
    person, by = f"person:c-{name}-{step.nth}", CLERK
    match step.kind:
        case "register":
            orders = [an_order("person.register", person, on=EVE)]
        case "death":
            orders = [an_order("person.report-death", person, on=DAY, date=DAY)]
        case "claim":
            terms: dict[str, Any] = {"scheme": SCHEME, "holder": person, "area": AREA, "tier": "a"}
            claim = f"entitlement:c-{name}-{nth}"
            orders = [an_order("entitlement.bring-in", claim, on=DAY, from_=DAY, **terms)]
        case "report":
            orders = [a_report(f"tally:c-{name}-{nth}", name, step.nth // 2)]
        case _:
            orders, by = [a_promise(amount, name) for amount in step.amounts], step.by
    return CommandRequest(
        [read_command(order) for order in orders],
        f"key-{name}-{nth}",
        Sender(by),
        listed=len(orders) > 1,
    )


def a_promise(amount: int, name: str) -> dict[str, Any]:
    """Promise money of the common fund."""
    what: dict[str, Any] = {"earmark": "general", "to": f"contract:c-{name}"}
    return an_order("fund.commit", FUND, on=DAY, amount=fen(amount), purpose="aid-poor", **what)


def a_report(tally: str, name: str, nth: int) -> dict[str, Any]:
    """Report the work of a day that is the client's own: it may be told once."""
    example, client = map(int, name.split("-"))
    day = (date(2007, 1, 1) + timedelta(example * 12 + client * 2 + nth)).isoformat()
    return an_order("tally.report", tally, on=day, measure="training", qualifier="exact",
                    area=AREA, from_=day, to=day, count={"value": 9, "unit": "person"})  # fmt: skip


def in_a_thread(ledger: Ledger, client: Client, requests: Sequence[CommandRequest]) -> list[str]:
    """Send each by itself, or as lines that are carried out together."""
    together = client.together if client.manner == "lines" else 1
    rest, answers = iter(requests), list[str]()
    while some := list(islice(rest, together)):
        answers += map(answer, ledger.executor.execute(some))
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


def stream(made: Any) -> bytes:
    """Return an event without its place in a stream that several clients write to."""
    shared = made.originator_id == FUND
    place = 0 if shared else made.originator_version
    content = msgspec.structs.asdict(made) | {"originator_version": place}
    act = msgspec.structs.replace(made.act, key=made.act.key.partition("story-")[0])
    return msgspec.json.encode(content | {"act": act, "topic": made.TOPIC}, order="sorted")
