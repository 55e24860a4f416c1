"""`mingzhang list`, `balances`, `journal`, `statement`, `events`: the answers of HTTP."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.cli.in_process_client import Local, catch_up
from api.cli.output import OK, REFUSED, USAGE, Json, complain, store
from domain import COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infra.ledger import Ledger

SECONDS_BETWEEN_LOOKS = 0.5
BAD_REQUEST, UNPROCESSABLE = 400, 422

AsOf = Annotated[str | None, typer.Option("--as-of", help="A day: facts up to it.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="A position or an instant.")]
From = Annotated[str | None, typer.Option("--from", help="First booked day.")]
To = Annotated[str | None, typer.Option("--to", help="Last booked day.")]
Where = Annotated[list[str] | None, typer.Option("--where", help="field=value; may be repeated.")]
Form = Annotated[Literal["json", "csv", "xlsx"] | None, typer.Option("--format")]


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("list")(list_rows)
    app.command()(balances)
    app.command()(journal)
    app.command()(statement)
    app.command()(events)
    app.command()(exceptions)


def parameters(**asked: str | Sequence[str] | None) -> dict[str, list[str]]:
    """Write options as the query of an address."""
    return {
        name.rstrip("_"): [value] if isinstance(value, str) else list(value)
        for name, value in asked.items()
        if value
    }


def filters(where: Sequence[str] | None) -> dict[str, list[str]]:
    """Read --where field=value."""
    found: dict[str, list[str]] = {}
    for one in where or ():
        name, equals, value = one.partition("=")
        if not equals:
            raise typer.BadParameter(f"{one}: write field=value", param_hint="--where")
        found.setdefault(name, []).append(value)
    return found


def form_of(chosen: str | None, *, as_json: bool, listed: bool) -> str:
    """Choose the form: JSON Lines for a list with --json, else CSV unless one is named."""
    if chosen:
        return "jsonl" if chosen == "json" and listed else chosen
    return ("jsonl" if listed else "json") if as_json or not listed else "csv"


def give(path: str, asked: Mapping[str, Sequence[str]], form: str) -> int:
    """Print what an address answers; a problem goes to stderr."""
    with store() as ledger:
        catch_up(ledger)
        return print_answer(ledger, f"{path}.{form}", asked)


def print_answer(ledger: Ledger, path: str, asked: Mapping[str, Sequence[str]]) -> int:
    """Print a body as it comes; what was begun before a refusal is nothing but the refusal."""
    out = sys.stdout.buffer
    status = Local(ledger).get(path, asked, out.write)
    if not path.endswith((".csv", ".xlsx", ".jsonl")):
        out.write(b"\n")
    out.flush()
    if status < BAD_REQUEST:
        return OK
    return USAGE if status == UNPROCESSABLE else REFUSED


def list_rows(
    collection: Annotated[str, typer.Argument(help="A collection: funds, grants, pay-runs ...")],
    key: Annotated[str | None, typer.Argument(help="One row's key.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    where: Where = None,
    form: Form = None,
    as_json: Json = False,
) -> int:
    """Print the rows of a collection, or one."""
    kinds = {name: kind.KIND for name, kind in COLLECTIONS.items()} | {"receipts": ""}
    if collection not in kinds:
        names = ", ".join(sorted(name for name in kinds if name))
        return complain(f"there is no collection {collection}: there is {names}", USAGE)
    asked = {**parameters(as_of=as_of, known_at=known_at), **filters(where)}
    word = key and key.removeprefix(f"{kinds[collection]}:")
    path = f"/v1/{collection}" + (f"/{word}" if word else "")
    return give(path, asked, form_of(form, as_json=as_json, listed=key is None))


def balances(
    account: Annotated[str | None, typer.Argument(help="An account; * stands for a part.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    group_by: Annotated[str | None, typer.Option("--group-by")] = None,
    where: Where = None,
    form: Form = None,
    as_json: Json = False,
) -> int:
    """Print balances by account, class, fund, programme, area or month."""
    asked = {
        **parameters(account=account, as_of=as_of, known_at=known_at, group_by=group_by),
        **filters(where),
    }
    return give("/v1/balances", asked, form_of(form, as_json=as_json, listed=True))


def journal(
    as_of: AsOf = None,
    known_at: KnownAt = None,
    from_: From = None,
    to: To = None,
    where: Where = None,
    form: Form = None,
    as_json: Json = False,
) -> int:
    """Print the postings."""
    asked = {
        **parameters(as_of=as_of, known_at=known_at, from_=from_, to=to),
        **filters(where),
    }
    return give("/v1/journal", asked, form_of(form, as_json=as_json, listed=True))


def exceptions(
    kind: Annotated[list[str] | None, typer.Option("--kind", help="May be repeated.")] = None,
    min_days: Annotated[str | None, typer.Option("--min-days")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Form = None,
    as_json: Json = False,
) -> int:
    """Print what an auditor should look at."""
    asked = parameters(kind=kind, min_days=min_days, as_of=as_of, known_at=known_at)
    return give("/v1/exceptions", asked, form_of(form, as_json=as_json, listed=True))


def statement(
    fund: Annotated[str, typer.Argument(help="A fund's key: lottery.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    from_: From = None,
    to: To = None,
    form: Form = None,
    as_json: Json = False,
) -> int:
    """Print a fund's statement: opening, in, out, closing, by class."""
    asked = parameters(as_of=as_of, known_at=known_at, from_=from_, to=to)
    chosen = form_of(form, as_json=as_json, listed=False)
    return give(f"/v1/funds/{fund.removeprefix('fund:')}/statement", asked, chosen)


def events(
    after: Annotated[int, typer.Option(min=0, help="Begin behind this position.")] = 0,
    topic: Annotated[str | None, typer.Option(help="A topic; * stands for any.")] = None,
    subject: Annotated[str | None, typer.Option(help="One subject.")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Go on as events come.")] = False,
    public: Annotated[bool, typer.Option("--public", help="As the public sees them.")] = False,
    as_json: Json = False,  # noqa: ARG001 - events are JSON Lines anyway
) -> int:
    """Print events as JSON Lines, to the head, or on and on."""
    path = "/open/v1/events" if public else "/v1/events"
    asked = parameters(topic=topic, subject=subject)
    with store() as ledger:
        while True:
            ledger_head = head(ledger)
            until = {"after": [str(after)], "until": [str(max(ledger_head, 1))]}
            if ledger_head > after:
                code = print_answer(ledger, f"{path}.jsonl", {**asked, **until})
                if code != OK:
                    return code
                after = ledger_head
            if not follow:
                return OK
            time.sleep(SECONDS_BETWEEN_LOOKS)


def head(ledger: Ledger) -> int:
    """Return the last position of the log."""
    return ledger.recorder.max_notification_id() or 0
