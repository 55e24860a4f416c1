"""The commands of docs/operations.md do what the page says."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "operations.md"
PROGRAM = ".venv/bin/mingzhang"


def run(script: str, folder: Path) -> str:
    """Run commands of the page with a ledger in a folder, and give what they print."""
    installed = str(Path(sys.executable).parent / "mingzhang")
    here = {**os.environ, "MINGZHANG_DATA": str(folder / ".mingzhang"), "DATABASE_URL": ""}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script.replace(PROGRAM, installed)],
        cwd=folder,
        env=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that PostgreSQL's user can reach, as pytest's own folders cannot be."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o711)
        yield Path(made)


def test_a_copied_folder_is_a_backup_that_verifies(folder: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").replace("/var/backups", str(folder))
    copying, looking = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    token = f"{PROGRAM} token --as clerk-1 --role clerk --ttl 8h"
    assert token in text

    run(f"{PROGRAM} db start; {token}; {copying}", folder)
    # What is done after the backup is not in it.
    run(f"{PROGRAM} token --as clerk-2 --role clerk --ttl 8h", folder)
    verified = run(looking, folder)
    copy = f"MINGZHANG_DATA={folder}/mingzhang-2007-12-31 {PROGRAM}"
    events = run(f"{copy} events --json", folder).splitlines()

    assert "FAIL" not in verified
    assert "dense-positions" in verified
    assert [json.loads(line)["data"]["what"]["who"] for line in events] == ["clerk-1"]
