"""`python -m scripts.drills.interface`: schemathesis asks every address of OpenAPI, both zones.

It draws requests from the document (its coverage, fuzzing and stateful phases), well-formed and
not, for an auditor and for a treasurer, and proves that none is answered by 5xx nor otherwise than
the document says. It exits with 1 if one is. Schemathesis is a program of its own environment:

    python3 -m venv .cache/fuzz && .cache/fuzz/bin/pip install schemathesis==4.32.5
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.config.settings import Settings
from infra.ledger import open_ledger
from infra.projector.projector import follow
from scripts.drills.connections import token_of
from scripts.scenarios.http_server import http_server
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled, release, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.ledger import Ledger

PROGRAM = Path(".cache/fuzz/bin/st")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
# A position that the log has not reached is waited for, and answered 503 as the contract says.
HOOKS = """import schemathesis

@schemathesis.hook
def map_query(context, query):
    if query and str(query.get("min_position", "")).isdecimal():
        query["min_position"] = min(int(query["min_position"]), 9)
    return query
"""


@contextmanager
def told(folder: Path) -> Iterator[Ledger]:
    """Tell a small story in a new ledger, and grow its views while the block runs."""
    stopping = threading.Event()
    with open_ledger(Settings(data_folder=folder, database_url=None)) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=10**6)
        a_scheme(office, rate=100)
        entitled(office, 12)
        approved(office)
        release(office)
        settle(office)
        thread = threading.Thread(target=follow, args=(ledger.database.app_url, stopping))
        thread.start()
        try:
            yield ledger
        finally:
            stopping.set()
            thread.join()


def ask(url: str, token: str, folder: Path, *options: str) -> int:
    """Let schemathesis ask; return its exit code."""
    (folder / "hooks.py").write_text(HOOKS)
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(folder)}
    command = [str(PROGRAM.absolute()), "run", f"{url}/openapi.json", "--no-color"]
    command += ["--header", f"Authorization: Bearer {token}", "--checks", ",".join(CHECKS)]
    command += ["--continue-on-failure", "--warnings", "off", "--request-timeout", "40", *options]
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def main(
    phases: Annotated[str, typer.Option(help="As schemathesis names them.")] = (
        "coverage,fuzzing,stateful"
    ),
    examples: Annotated[int, typer.Option(help="Drawn for each address.")] = 8,
) -> None:
    """Ask as an auditor who may read all, and as a treasurer who may write."""
    if not PROGRAM.exists():
        sys.exit(f"there is no {PROGRAM}: see the beginning of {__file__}")
    drawn = ("--phases", phases, "--max-examples", str(examples))
    codes = []
    with tempfile.TemporaryDirectory(prefix="mingzhang-drill-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with told(folder / "data") as ledger, http_server(ledger) as url:
            codes.append(ask(url, token_of(ledger, "auditor"), folder, *drawn))
            # Links lead from the commands to other addresses, and back to none.
            alone = [phase for phase in phases.split(",") if phase != "stateful"]
            writing = ("--include-path", "/v1/commands", "--phases", ",".join(alone), *drawn[2:])
            codes.append(ask(url, token_of(ledger, "treasurer"), folder, *writing))
    sys.exit(max(codes))


if __name__ == "__main__":
    typer.run(main)
