"""The command line says what cannot be meant, and exits 2, before it opens anything."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from api.cli import run
from api.cli.output import USAGE
from infra.verify.runner import NOT_BUILT


@pytest.mark.parametrize("name", sorted(NOT_BUILT))
def test_a_check_that_is_not_built_says_so(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--check", name]) == USAGE
    assert capsys.readouterr().out == f"{name}: not built\n"
    assert run(["verify", "--check", name, "--json"]) == USAGE
    said = json.loads(capsys.readouterr().out)
    assert (said["check"], said["sentence"], said["holds"]) == (name, "not built", None)


@pytest.mark.parametrize(
    "arguments",
    [
        ["token", "--as", "x", "--role", "king"],
        ["token", "--as", "operator:local", "--role", "operator"],
        ["token", "--as", "x", "--role", "clerk", "--role", "auditor"],
        ["token", "--as", "x", "--role", "clerk", "--ttl", "1"],
        ["list", "nothing"],
        ["verify", "--check", "nothing"],
        ["nothing"],
    ],
)
def test_a_wrong_word_is_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err


def test_a_command_loads_no_more_than_it_uses() -> None:
    """A load or a `send` needs neither pages nor Kafka's client: 29 MB, and a part 8 MB."""
    listing = "import sys, api.cli, scripts.golden.loading, infra.parts; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", listing], check=True, capture_output=True, text=True
    ).stdout.split()
    web = {"api.app", "api.desk", "api.pages", "fastapi", "uvicorn", "jinja2", "xlsxwriter"}
    heavy = web | {"httpcore", "kafka", "prometheus_client", "weasyprint"}
    assert heavy.isdisjoint(loaded)
    assert "api.cli" in loaded
