"""What the documentation says is true."""

import re
import tomllib
from pathlib import Path

import pytest

from api.commands.schemas import SCHEMAS
from domain import COLLECTIONS
from domain.benefits.schemes import catalogue

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRACT = (ROOT / "docs/contract.md").read_text(encoding="utf-8")
# What a reader is invited to add.
TO_BE_ADDED = {"domain/benefits/schemes/catalogue/heating.toml"}
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_in_the_docs_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))

    missing = [link for link in links if not (page.parent / link).exists()]

    assert missing == []


def test_the_scheme_that_the_readme_adds_is_a_file_of_the_catalogue() -> None:
    written = README.split("`domain/benefits/schemes/catalogue/heating.toml`")[1].split(
        "and adopt it"
    )[0]
    text = "\n".join(line.removeprefix("    ") for line in written.splitlines())
    what = catalogue.SchemeFile.model_validate(tomllib.loads(text)).what()

    assert SCHEMAS["scheme.adopt"]["scheme"].body.model_validate(what)
    assert what["programme"] == "heating"
    assert what["rates"][0]["amount"] == {"value": 30000, "unit": "fen"}


def test_every_package_that_is_installed_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"[\[=<>;]", line)[0] for line in project["project"]["dependencies"]}

    explained = set(re.findall(r"[a-z][a-z0-9-]+", README.split("## What it stands on")[1]))

    assert wanted - explained == set()


def test_every_command_stands_in_the_contract() -> None:
    for name in SCHEMAS:
        kind, _, verb = name.partition(".")
        assert re.search(rf"\b{kind}\.", CONTRACT), name
        assert verb in CONTRACT, name


def test_every_collection_stands_in_the_contract() -> None:
    for name in COLLECTIONS:
        assert not name or name in CONTRACT, name


def named(page: Path, pattern: str) -> set[str]:
    """Return what a page names, in its code spans and its blocks of code, by a pattern."""
    text = page.read_text(encoding="utf-8")
    code = [
        *re.findall(r"`([^`]+)`", text),
        *re.findall(r"^(?: {4}|```sh\n)(.+)$", text, re.MULTILINE),
    ]
    return {found for part in code for found in re.findall(pattern, part)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_the_docs_name_is_there(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    targets = named(page, r"^(?:\w+=\S+ )*make ([a-z][a-z-]*)")

    assert [one for one in targets if not re.search(rf"^{one}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_the_docs_name_is_there(page: Path) -> None:
    tops = "api|infra|projections|domain|scripts|tests|docs|\\.ci"
    paths = named(page, rf"^(?:{tops})/[\w./-]+$") - TO_BE_ADDED
    modules = {name.replace(".", "/") for name in named(page, r"python -m (scripts(?:\.\w+)*)")}

    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert [
        m for m in modules if not any((ROOT / f"{m}{end}").exists() for end in ("", ".py"))
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_line_of_the_docs_ends_at_120_characters(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()

    # A row of a table is one line, whatever it holds.
    long = [n for n, line in enumerate(lines, 1) if len(line) > 120 and not line.startswith("|")]

    assert long == []


def test_every_decision_stands_in_the_index() -> None:
    folder = ROOT / "docs/decisions"
    records = {file.name for file in folder.glob("[0-9]*.md")}

    listed = re.findall(
        r"^\| \[(\d{4})\]\((\S+)\)", (folder / "README.md").read_text("utf-8"), re.MULTILINE
    )

    assert {name for _, name in listed} == records, "add a row to docs/decisions/README.md"
    assert [number for number, name in listed if not name.startswith(number)] == []


def test_the_licence_is_the_one_that_the_package_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / project["license-files"][0]).read_text(encoding="utf-8")
