"""Every command of docs/subscribing.md does what the page says, one after another as it stands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.conftest import catch_up

if TYPE_CHECKING:
    from scripts.drills.streams import Stream

PAGE = Path(__file__).parents[3] / "docs" / "subscribing.md"


@pytest.fixture
def said(stream: Stream, tmp_path: Path) -> list[str]:
    """Run the page's commands in order, each block of them, and give what each block says."""
    program = Path(sys.executable).parent / "mingzhang"
    text = PAGE.read_text(encoding="utf-8").replace(".venv/bin/mingzhang", str(program))
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    script = "\necho %%\n".join(blocks).replace("http://127.0.0.1:8000", stream.url)
    catch_up(stream.ledger)
    auditor = stream.reader()["Authorization"].removeprefix("Bearer ")
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={**stream.environment(), "AUDITOR": auditor},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split("%%\n")


def test_the_commands_of_the_page_do_what_it_says(
    said: list[str], stream: Stream, tmp_path: Path
) -> None:
    _token, first, new, page, live, gap, verified, late = said
    lines = (tmp_path / "events.jsonl").read_bytes().splitlines(keepends=True)
    assert lines == [line + b"\n" for line in stream.told("open")][: len(lines)]
    assert len(lines) == stream.head()
    assert json.loads(first) == json.loads(lines[0])
    assert new == ""
    assert all(kind.startswith("fund.") for kind in json.loads(page)["types"])
    assert re.findall(r"^id: (\d+)$", live, re.MULTILINE) == ["1", "2", "3"]
    assert json.loads(gap) is True
    assert {line.split()[0] for line in verified.splitlines()} == {
        sha256(b"".join(lines)).hexdigest()
    }
    # The views know all but the role that the first command has granted.
    assert [int(json.loads(line)["sequence"]) for line in late.splitlines()] == [stream.head()]
    assert len((tmp_path / "balances.jsonl").read_text(encoding="utf-8").splitlines()) > 1
