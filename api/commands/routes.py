"""The routes for writing: commands in, receipts out."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from api.commands.catalogue import catalogue
from api.commands.request import (
    MOST_BYTES,
    MOST_LINE_BYTES,
    read_line,
    request_of,
    without_mark,
)
from api.http.auth import OfficeReading, Who, sender
from api.http.language import spoken
from api.http.problems import MediaType, NotFound, Problem, TooLarge, describe, of_the_store
from api.http.state import ledger_of, state_of
from api.queries.parameters import wrong
from infra.commands import receipts
from infra.commands.command import (
    CommandRequest,
    Outcome,
    Receipts,
    Sender,
    Undecided,
    receipts_or_raise,
)
from infra.commands.executor import Executor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# Lines that stand ready are carried out together, up to so many.
LINES_TOGETHER = 500
# A longer body is read in a thread, so that nobody else waits for it.
SHORT_BYTES = 16 * 1024
JSON_LINES = frozenset({"application/jsonl", "application/x-ndjson"})
CATALOGUE = catalogue()

router = APIRouter()


@router.post("/v1/commands", status_code=201, response_model=None)
async def send(request: Request, who: Who, *, dry_run: bool = False) -> Response:
    """Carry out one command, an array as all or nothing, or JSON Lines one by one."""
    check_parameters(request, "dry_run", "lang")
    if media_type(request) in JSON_LINES:
        return Duplex(lines_out(request, who, dry_run=dry_run), media_type="application/jsonl")
    body = await body_of(request)
    state = state_of(request.app)
    with state.command_seconds.time():
        read = partial(request_of, body, request.headers, who)
        sent = read() if len(body) <= SHORT_BYTES else await run_in_threadpool(read)
        outcome = await state.ledger.executor.execute_async(sent, dry_run=dry_run)
    made = receipts_or_raise(outcome)
    return answer(made if sent.listed else made[0], status_of(made, dry_run=dry_run))


class Straight(Route):
    """Commands without a query, as nearly all come, go to `send` round the framework's layers.

    Those take longer than all the rest that Python does for a command.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Leave all else to the framework."""
        if scope.get("method") != "POST" or scope.get("query_string"):
            return Match.NONE, {}
        return super().matches(scope)


async def send_straight(request: Request) -> Response:
    """Do the same as `send`."""
    return await send(request, sender(request))


STRAIGHT = Straight("/v1/commands", send_straight, methods=["POST"], include_in_schema=False)


class Duplex(StreamingResponse):
    """An answer that is sent while the request is still being read.

    The framework's own would read on from the request, to see whether the client hangs up.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it; whoever reads the request sees the client hang up."""
        await self.stream_response(send)


@router.get("/v1/commands", response_model=None)
def commands(request: Request, _: Who) -> Response:
    """List the commands: who may send them, their bodies' schemas, their topics."""
    check_parameters(request, "lang")
    return answer(CATALOGUE, 200)


@router.get("/v1/receipts/{key:path}", response_model=None)
def receipt(request: Request, key: str, reader: OfficeReading) -> Response:
    """Return what was answered to a command, by its key: to its sender, or by role."""
    check_parameters(request, "lang")
    with ledger_of(request).connection() as connection:
        stored = receipts.find(connection, [key]).get(key)
        made = stored.receipts(replayed=False) if stored else []
        if stored is None or not all(receipts.seen_by(connection, reader, made)):
            raise NotFound("no command was carried out under the key {key}", key=key[:64])
    return answer(made if stored.listed else made[0], 200)


def check_parameters(request: Request, *names: str) -> None:
    """Refuse a parameter that there is not, or that stands twice: such a dry_run must not write."""
    seen: set[str] = set()
    for name, _ in request.query_params.multi_items():
        if name not in names:
            raise wrong(
                f"/{name}", "there is no such parameter here; there are {names}", names=names
            )
        if name in seen:
            raise wrong(f"/{name}", "give this parameter once")
        seen.add(name)


def media_type(request: Request) -> str:
    """Return the body's form, if it is one of ours."""
    found = request.headers.get("content-type", "application/json").partition(";")[0].strip()
    if found.lower() not in {"application/json", *JSON_LINES}:
        raise MediaType("send application/json or application/jsonl, not {found}", found=found[:60])
    return found.lower()


async def body_of(request: Request) -> bytes:
    """Read a whole body, but no more than is allowed."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            raise TooLarge(
                "a JSON body has at most {most} bytes: send JSON Lines instead",
                most=str(MOST_BYTES),
            )
        parts.append(part)
    return b"".join(parts)


def status_of(made: list[dict[str, Any]], *, dry_run: bool) -> int:
    """Say whether something was created."""
    return 200 if dry_run or made[0]["replayed"] else 201


def answer(content: object, status: int) -> Response:
    """Answer in JSON."""
    return Response(msgspec.json.encode(content), status, media_type="application/json")


async def lines_in(request: Request) -> AsyncIterator[list[bytes]]:
    """Cut the body into lines as it arrives, and give those that stand ready together.

    Of a line that is too long only its beginning is kept: enough to see that it is too long. Of a
    client that hangs up the lines that came whole count. A byte order mark before the first is
    passed over.
    """
    rest, begun = b"", False
    with suppress(ClientDisconnect):
        async for part in request.stream():
            *whole, rest = (rest + part).split(b"\n")
            rest = rest[: MOST_LINE_BYTES + 1]
            if whole and not begun:
                whole[0], begun = without_mark(whole[0]), True
            for start in range(0, len(whole), LINES_TOGETHER):
                yield whole[start : start + LINES_TOGETHER]
        if rest.strip():
            yield [rest if begun else without_mark(rest)]


async def lines_out(request: Request, who: Sender, *, dry_run: bool) -> AsyncIterator[bytes]:
    """Answer each line with a receipt or a problem, in order."""
    executor = ledger_of(request).executor
    async for lines in lines_in(request):
        outcomes = await run_in_threadpool(execute_lines, executor, lines, who, dry_run=dry_run)
        yield b"".join(msgspec.json.encode(shown(request, o)) + b"\n" for o in outcomes)


def shown(request: Request, outcome: Outcome | Problem) -> Any:
    """Return a line's receipt, or its problem details."""
    if isinstance(outcome, Receipts):
        return outcome[0]
    # The answer has begun: that the store is away can only be said line by line.
    problem = of_the_store(outcome.cause) if isinstance(outcome, Undecided) else outcome
    return describe(problem, instance=request.url.path, language=spoken(request))


def execute_lines(
    executor: Executor, lines: list[bytes], who: Sender | None, *, dry_run: bool
) -> list[Outcome | Problem]:
    """Carry out lines, each on its own; blank ones count for nothing."""
    read = [read_line(line, who) for line in lines if line.strip()]
    requests = [r for r in read if isinstance(r, CommandRequest)]
    done = iter(executor.execute(requests, dry_run=dry_run))
    return [next(done) if isinstance(r, CommandRequest) else r for r in read]
