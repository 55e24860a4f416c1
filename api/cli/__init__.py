"""The command line, `mingzhang`: the same store and executor as HTTP."""

from __future__ import annotations

import sys
from typing import Any

import psycopg
import typer
from pydantic import ValidationError

from api.cli import demo, export, figures, imports, keys, maintain, query, send, serve
from api.cli.output import OK, REFUSED, UNAVAILABLE, USAGE, complain, language
from api.http.problems import Problem, detail_of
from api.http.translation import told
from domain.kernel.refusals import Refused
from infra.config.errors import Unavailable
from infra.postgres.troubles import DAMAGED, trouble_of

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Mingzhang (明账, open books): a ledger of a city's social services.",
)
# The library's own base of all mistakes in usage, which it does not name in public.
BadUsage: Any = next(k for k in typer.BadParameter.__mro__ if k.__name__ == "ClickException")

for part in (serve, demo, send, imports, query, figures, maintain, export, keys):
    part.add_to(app)


def main() -> None:
    """Run one command; exit 0 done, 1 refused or a check failed, 2 usage, 3 unavailable."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        code = app(arguments, standalone_mode=False)
    except BadUsage as mistake:
        mistake.show()
        return USAGE
    except typer.Exit as done:
        return int(done.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except tuple(TROUBLES) as trouble:
        return explained(trouble)
    return code if isinstance(code, int) else OK


TROUBLES: dict[type[Exception], int] = {
    Refused: REFUSED,
    Problem: REFUSED,
    Unavailable: UNAVAILABLE,
    psycopg.OperationalError: UNAVAILABLE,
    **dict.fromkeys(DAMAGED, UNAVAILABLE),
    ValidationError: USAGE,
    BrokenPipeError: OK,
}
INTERRUPTED = 130


def explained(trouble: Exception) -> int:
    """Say what went wrong, and return its exit code."""
    code = next(c for kind, c in TROUBLES.items() if isinstance(trouble, kind))
    if code == OK:
        return OK
    match trouble:
        case Refused() | Problem():
            return complain(f"{trouble.CODE}: {detail_of(trouble, language())}", code)
        case Unavailable():
            return complain(told(trouble.sentence, language()), code)
        case psycopg.Error() if (named := trouble_of(trouble)) is not None:
            return complain(f"{told(named, language())} ({trouble})", code)
    return complain(str(trouble), code)
