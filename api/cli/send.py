"""`mingzhang send`, `token` and `load`: commands in."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from api.cli.output import OK, REFUSED, UNAVAILABLE, Json, language, say, store
from api.commands.parsing import read_command
from api.commands.request import MOST_LINE_BYTES, read_line, without_mark
from api.http import tokens
from api.http.problems import Problem, describe, of_the_store
from domain.kernel.refusals import AlreadyExists
from domain.office.roles import BOOTSTRAP, RoleName, conflicting, role_of
from infra.commands.command import CommandRequest, Receipts, Sender, Undecided
from infra.config.clock import today
from infra.parts import command_of
from infra.processes.interpreter_tuning import collect_seldom, tune_interpreter
from infra.processes.supervisor import running, stop_with_parent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from infra.commands.command import Outcome
    from infra.ledger import Ledger

LINES_TOGETHER = 500
ROLES = get_args(RoleName)
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command()(token)
    app.command()(send)
    app.command()(load)


def token(
    name: Annotated[str, typer.Option("--as", help="Who the token is for.")],
    role: Annotated[list[str], typer.Option("--role", help="A role; may be repeated.")],
    ttl: Annotated[str, typer.Option(help="How long it lasts: 90m, 12h, 30d.")] = "30d",
    as_json: Json = False,
) -> None:
    """Grant somebody roles (as events) and issue a bearer token that carries them."""
    lasting = duration(ttl)
    if name == BOOTSTRAP:
        raise typer.BadParameter(
            f"{name} acts on this machine alone: choose another name", param_hint="--as"
        )
    for one in role:
        if one not in ROLES:
            raise typer.BadParameter(f"{one}: {', '.join(ROLES)}", param_hint="--role")
        if others := conflicting(one, role):
            raise typer.BadParameter(f"{one} excludes {', '.join(others)}", param_hint="--role")
    with store() as ledger:
        for one in role:
            grant(ledger, name, one)
        text, claim = tokens.issue(
            ledger.secret(tokens.TOKEN_KEY), by=name, roles=tuple(role), ttl=lasting
        )
    made = {
        "token": text,
        "by": claim.by,
        "roles": list(claim.roles),
        "expires_at": claim.expires_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }
    say(made if as_json else text, as_json=as_json)


def duration(text: str) -> timedelta:
    """Read 90m, 12h, 30d."""
    number, unit = text[:-1], text[-1:]
    if unit not in UNITS or not number.isdecimal() or not 0 < int(number) <= 10**6:
        raise typer.BadParameter(f"{text}: write 90m, 12h or 30d", param_hint="--ttl")
    return timedelta(seconds=int(number) * UNITS[unit])


def grant(ledger: Ledger, name: str, role: str) -> None:
    """Grant a role, unless it is held."""
    order = {
        "command": "role.grant",
        "subject": role_of(name),
        "act": {"on": today().isoformat(), "authority": "mingzhang token"},
        "what": {"who": name, "role": role},
    }
    key = f"token:{os.urandom(12).hex()}"
    try:
        ledger.execute(CommandRequest([read_command(order)], key, Sender(BOOTSTRAP)))
    except AlreadyExists:
        return


def send(
    file: Annotated[str, typer.Argument(help="JSON Lines, one command a line; - for stdin.")],
    token: Annotated[
        str | None, typer.Option("--token", envvar="MINGZHANG_TOKEN", help="A bearer token.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Decide, write nothing.")] = False,
    stop_at_first: Annotated[
        bool, typer.Option("--stop-at-first", help="Stop at the first refusal.")
    ] = False,
    trust_by: Annotated[
        bool, typer.Option("--trust-by", help="Each line says who sends it (`by`).")
    ] = False,
    as_json: Json = False,
) -> int:
    """Send commands, each on its own; print a receipt or a problem for each, in order."""
    if trust_by == bool(token):
        raise typer.BadParameter("give --token (or MINGZHANG_TOKEN), or --trust-by, not both")
    code = OK
    collect_seldom()
    with opened(file) as lines, store() as ledger:
        who = None if trust_by else sender(ledger, token or "")
        together = 1 if stop_at_first or dry_run else LINES_TOGETHER
        for outcomes in carried_out(ledger, lines, who, together, dry_run=dry_run):
            for outcome in outcomes:
                show(outcome, as_json=as_json)
            code = max(code, *map(code_of, outcomes))
            if code == UNAVAILABLE or (code and stop_at_first):
                break
    return code


def code_of(outcome: Outcome | Problem) -> int:
    """Return the exit code of one line's outcome."""
    if isinstance(outcome, Receipts):
        return OK
    return UNAVAILABLE if isinstance(outcome, Undecided) else REFUSED


def opened(file: str) -> BinaryIO:
    """Open the file that was named, or standard input."""
    if file == "-":
        return sys.stdin.buffer
    path = Path(file)
    if not path.is_file():
        raise typer.BadParameter(f"there is no file {file}", param_hint="FILE")
    return path.open("rb")


def sender(ledger: Ledger, token: str) -> Sender:
    """Read who sends from a token."""
    claim = tokens.read(ledger.secret(tokens.TOKEN_KEY), token)
    return Sender(claim.by, frozenset(claim.roles))


def carried_out(
    ledger: Ledger, file: BinaryIO, who: Sender | None, together: int, *, dry_run: bool
) -> Iterator[list[Outcome | Problem]]:
    """Carry out the lines of a file, some together, each with its own outcome."""
    read = partial(file.readline, MOST_LINE_BYTES + 2)
    lines = (line for line in chain([without_mark(read())], iter(read, b"")) if line.strip())
    while some := list(islice(lines, together)):
        requests = [read_line(line.strip(), who) for line in some]
        good = [request for request in requests if isinstance(request, CommandRequest)]
        done = iter(ledger.executor.execute(good, dry_run=dry_run))
        yield [next(done) if isinstance(read, CommandRequest) else read for read in requests]


def show(outcome: Outcome | Problem, *, as_json: bool) -> None:
    """Print a receipt or a problem."""
    if isinstance(outcome, Receipts):
        content: Any = outcome[0]
        text = f"{content['key']}: {content['subject']} version {content['version']}"
    else:
        problem = of_the_store(outcome.cause) if isinstance(outcome, Undecided) else outcome
        content = describe(problem, instance="send", language=language())
        text = f"{problem.CODE}: {content['detail']}"
    say(content if as_json else text, as_json=as_json)


def load(
    what: Annotated[str, typer.Argument(help="golden-2007 or plan-2012")],
    seed: Annotated[int, typer.Option(min=0)] = 2007,
    scale: Annotated[float, typer.Option(min=0.01, max=10.0)] = 1.0,
    commands: Annotated[
        Path | None, typer.Option(help="Also write what is sent, as JSON Lines.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Empty a demonstration's ledger first.")
    ] = False,
    projector: Annotated[
        bool, typer.Option(hidden=True, help="Grow the views too: not beside `serve`.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Load a synthetic year by the executor of everybody's commands."""
    from scripts.golden.kernel.emptying import empty  # noqa: PLC0415 - only this command's
    from scripts.golden.loading import LOADS, load_into  # noqa: PLC0415 - only this command's

    if what not in LOADS:
        raise typer.BadParameter(f"{what}: there is {', '.join(LOADS)}", param_hint="WHAT")
    stop_with_parent(partial(os.kill, os.getpid(), signal.SIGTERM))
    tune_interpreter()
    with store() as ledger:
        if fresh:
            empty(ledger)
        with running(command_of("projector")) if projector else nullcontext():
            loaded = load_into(ledger, what, seed=seed, scale=scale, file=commands)
        say(loaded, as_json=as_json)
