"""`python -m scripts.drills.public_attack`: what public answers tell of few; exit 1 if anything.

It loads the golden year into a ledger of its own, or takes the one that MINGZHANG_DATA names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import httpx
import typer

from api.http import tokens
from infra.config.settings import Settings
from infra.ledger import open_ledger
from infra.projector.projector import Projector
from scripts.public_attack import counts
from scripts.public_attack.asking import Attacker
from scripts.public_attack.money import attack
from scripts.public_attack.surfaces import findings
from scripts.scenarios.http_server import http_server

if TYPE_CHECKING:
    from infra.ledger import Ledger

TREASURERS = """SELECT row ->> 'who' FROM views.register_heads
    WHERE subject LIKE 'role:%' AND row ->> 'role' = 'treasurer' ORDER BY 1 LIMIT 1"""


def main(scale: Annotated[float, typer.Option(help="The size of the golden year.")] = 1.0) -> None:
    """Attack the open zone of a golden year."""
    if "MINGZHANG_DATA" in os.environ:
        with open_ledger(Settings()) as ledger:
            raise typer.Exit(attacked(ledger))
    folder = Path(tempfile.mkdtemp(prefix="mingzhang-attack-"))
    try:
        load(folder / "data", scale)
        settings = Settings(data_folder=folder / "data", database_url=None)
        with open_ledger(settings) as ledger:
            raise typer.Exit(attacked(ledger))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def load(folder: Path, scale: float) -> None:
    """Load the golden year into a data folder, as a person would."""
    words = ["load", "golden-2007", "--scale", str(scale), "--json"]
    env = {**os.environ, "MINGZHANG_DATA": str(folder)}
    subprocess.run([sys.executable, "-m", "api.cli", *words], env=env, check=True)


def attacked(ledger: Ledger) -> int:
    """Attack a ledger, and say what came of it; 1 if fewer than five persons were told of."""
    begun = time.monotonic()
    with ledger.connection() as connection:
        head = Projector(connection).catch_up()
        ((who,),) = connection.execute(TREASURERS).fetchall()
    token, _ = tokens.issue(
        ledger.secret("token-key"), by=who, roles=("treasurer",), ttl=timedelta(hours=9)
    )
    with http_server(ledger) as url, httpx.Client(base_url=url, timeout=600) as web:
        attacker = Attacker(web, {"Authorization": f"Bearer {token}"}, head)
        found = attack(attacker, attacker.steps())
        counted = [counts.attack(attacker, year) for year in ("2006", "2007")]
        others = [*findings(attacker)]
    seconds = time.monotonic() - begun
    print(f"{head} events, {attacker.asked} public questions in {seconds:.0f} s")
    print(found.told())
    for each in counted:
        print(each.told())
    print(f"{len(others)} other findings {others}")
    return int(found.determined > 0 or any(each.few for each in counted) or bool(others))


if __name__ == "__main__":
    typer.run(main)
