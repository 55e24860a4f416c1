"""`mingzhang db`, `verify`, `digest` and `rebuild`: keeping the store and its views."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

import psycopg
import typer
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.cli.in_process_client import catch_up
from api.cli.output import OK, REFUSED, USAGE, Json, complain, say, store
from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.embedded.server import EmbeddedPostgres
from infra.ledger import prepare
from infra.postgres.database import open_database
from infra.postgres.identity import TOKEN
from infra.postgres.migrate import prepare_restore
from infra.processes.interpreter_tuning import tune_interpreter
from infra.projector import rebuild as rebuilding
from infra.verify import runner as checking

db = typer.Typer(no_args_is_help=True, help="The database: its address, its server, a shell.")


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.add_typer(db, name="db")
    app.command()(verify)
    app.command()(digest)
    app.command()(rebuild)


Role = Annotated[Literal["app", "owner"], typer.Option(help="As whom.")]
SECONDS_BETWEEN_LOOKS = 1.0
# What each answer of a check has; the rest is worth knowing and breaks no rule.
ANSWERED = {"check", "sentence", "holds", "examined", "breaches", "breached", "position", "since"}


@db.command()
def url(role: Role = "app", as_json: Json = False) -> None:
    """Print an address of the database."""
    settings = Settings()
    with open_database(settings) as database:
        prepare(database)
        found = database.app_url if role == "app" else database.owner_url
    say({"url": found} if as_json else found, as_json=as_json)


@db.command()
def start(as_json: Json = False) -> None:
    """Start the embedded server and leave it running until `db stop`."""
    settings = Settings()
    with open_database(settings) as database:
        prepare(database)
        if database.embedded:
            begin_holding()
        say({"url": database.app_url} if as_json else "started", as_json=as_json)


def begin_holding() -> None:
    """Start the process that keeps the server running; it keeps nothing of this one's open."""
    holding = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "db", "hold"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        # Whoever reads this command's output to its end would wait for that process.
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if holding.stdout is None or not holding.stdout.readline():
        raise Unavailable("the process that keeps the database running has ended at once")


@db.command("prepare")
def prepare_server(as_json: Json = False) -> None:
    """Make the database's roles on a server that has none, so that a dump can be restored."""
    settings = Settings()
    with open_database(settings) as database:
        empty = prepare_restore(database)
        found = "roles are made: restore the dump now" if empty else "roles are made"
    say({"prepared": True, "empty": empty} if as_json else found, as_json=as_json)


@db.command(hidden=True)
def hold() -> None:
    """Keep the embedded server running until it is stopped."""
    settings = Settings()
    with open_database(settings) as database:
        sys.stdout.write("held\n")
        sys.stdout.flush()
        while answers(database.owner_url):
            time.sleep(SECONDS_BETWEEN_LOOKS)


def answers(address: str) -> bool:
    """Tell whether a server answers there."""
    try:
        psycopg.connect(address, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


@db.command()
def stop(as_json: Json = False) -> None:
    """Stop the embedded server, whoever uses it."""
    settings = Settings()
    if settings.database_url:
        raise Unavailable("DATABASE_URL names a server that is not ours to stop")
    EmbeddedPostgres(settings).stop()
    say({"stopped": True} if as_json else "stopped", as_json=as_json)


@db.command()
def psql(role: Role = "app") -> int:
    """Open psql on the database."""
    settings = Settings()
    with open_database(settings) as database:
        prepare(database)
        address = database.app_url if role == "app" else database.owner_url
        program = shutil.which("psql")
        if program is None:
            raise Unavailable("psql is not installed: install the package postgresql-client")
        # The list of processes is everybody's to read: the password goes another way.
        parts = conninfo_to_dict(address)
        secret = {"PGPASSWORD": str(parts.pop("password"))} if "password" in parts else {}
        command = [program, make_conninfo(**{name: str(value) for name, value in parts.items()})]
        return subprocess.run(command, env={**os.environ, **secret}, check=False).returncode


def verify(
    check: Annotated[list[str] | None, typer.Option(help="One check; may be repeated.")] = None,
    as_json: Json = False,
) -> int:
    """Check every invariant over the whole store; print the sentence that each proves."""
    for name in check or ():
        if name in checking.NOT_BUILT:
            left = {"check": name, "sentence": "not built", "holds": None, "examined": 0}
            say({**left, "breaches": []} if as_json else f"{name}: not built", as_json=as_json)
            return USAGE
        if name not in checking.CHECKS:
            return complain(
                f"there is no check {name}: there is {', '.join(checking.CHECKS)}", USAGE
            )
    broken = False
    with store(whole=False) as ledger:
        catch_up(ledger)
        results = checking.verify(
            ledger.pool,
            check or None,
            decisions=ledger.decisions,
            vault=ledger.vault,
            token_key=ledger.secret(TOKEN),
        )
        for result in results:
            broken = broken or not result["holds"]
            say(result if as_json else "\n".join(in_words(result)), as_json=as_json)
    return REFUSED if broken else OK


def in_words(result: Mapping[str, Any]) -> Iterator[str]:
    """Write a check's answer in lines: what it proves, what broke it, what is worth knowing."""
    mark = "ok  " if result["holds"] else "FAIL"
    yield f"{mark} {result['check']:<20} {result['sentence']} ({result['examined']})"
    for breach in result["breaches"]:
        places = ", ".join(map(str, breach["positions"]))
        yield f"     {breach['subject']} [{places}]: {breach['detail']}"
    if result["breached"] > len(result["breaches"]):
        yield f"     {result['breached']} in all"
    for name in sorted(result.keys() - ANSWERED):
        for row in result[name]:
            yield f"     {name}: {', '.join(f'{key} {value}' for key, value in row.items())}"


Views = Annotated[list[str] | None, typer.Argument(metavar="[VIEW]...", help="Default: all.")]


def digest(views: Views = None, as_json: Json = False) -> int:
    """Print what each view holds at its position, as one hash."""
    return digests(views or (), anew=False, as_json=as_json)


def rebuild(views: Views = None, as_json: Json = False) -> int:
    """Grow views anew beside the old ones, switch, and print their digests."""
    return digests(views or (), anew=True, as_json=as_json)


def digests(views: Sequence[str], *, anew: bool, as_json: bool) -> int:
    """Bring the views to the head, perhaps anew, and print their digests."""
    try:
        rebuilding.chosen(views)
    except LookupError as unknown:
        return complain(str(unknown.args[0]), USAGE)
    with store() as ledger:
        catch_up(ledger)
        if anew:
            tune_interpreter()
            rebuilding.rebuild(ledger.pool, views)
        with ledger.connection() as connection:
            for found in rebuilding.digests(connection, views):
                line = f"{found.view:<10} {found.position:>9} {found.rows:>9} rows  {found.digest}"
                say(found._asdict() if as_json else line, as_json=as_json)
    return OK
