"""The house keeps its rules: names, lengths, and who may name what (CONTRIBUTING.md, "Style").

What a rule does not hold for stands in architecture_exceptions.toml, by name and with the reason.
An exception that is needed no more fails too, so that there are ever fewer.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain import EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent
LAYERS = ("api", "infra", "projections", "domain")
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 30
BANNED = re.compile(r"manager|service|helper|utils?|common|handler|processor|data|info|item|dto")
PROPERTY_EVENT = re.compile(r"(Created|Updated|Deleted|Changed|Set)$")
SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE [\w.]+ SET|DELETE FROM|LISTEN|NOTIFY|COPY [\w.]+)\b"
)
OWNERS_OF_THE_LOG = (
    "projections/core/event_log.py",
    "infra/eventlog/",
    "infra/verify/",
    "infra/postgres/",
)
EXCEPTIONS: dict[str, dict[str, str]] = tomllib.loads(
    (ROOT / "tests/architecture_exceptions.toml").read_text(encoding="utf-8")
)


@cache
def files(*tops: str) -> tuple[Path, ...]:
    """Return the Python files of some top-level folders."""
    return tuple(sorted(file for top in tops for file in (ROOT / top).rglob("*.py")))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def holds(broken: Iterable[str], kind: str, advice: str) -> None:
    """Check that a rule is broken by the exceptions of one kind, and by nothing else."""
    found, known = set(broken), EXCEPTIONS[kind].keys()
    assert sorted(found - known) == [], advice
    assert sorted(known - found) == [], "these are exceptions no more: delete their lines"


def texts(file: Path) -> Iterator[str]:
    """Give the strings of a file that are not its docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def imported(file: Path) -> Iterator[str]:
    """Give the names of the modules that a file imports, wherever in the file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


# Names


def plain(name: str) -> str:
    """Return a name in the form of the glossary: small, with spaces, in the singular."""
    words = re.split(r"[\s_-]+", name.lower().strip())
    return " ".join(re.sub(r"ies$", "y", re.sub(r"sses$", "ss", w)).rstrip("s") for w in words)


def column(page: str, number: int) -> set[str]:
    """Return the words of one column of a glossary's tables."""
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
    cells = [row[number] for row in rows if row[0].strip() != "English"]
    return {plain(word) for cell in cells for word in re.split(r"[,()`]", cell) if word.strip()}


TERMS = column("glossary.md", 0) | column("glossary-code.md", 0)
NOT_CALLED = column("glossary-code.md", 3)


def module_names() -> set[str]:
    """Return the names of all modules and folders inside the layers."""
    found = set()
    for file in files(*LAYERS):
        parts = file.relative_to(ROOT).with_suffix("").parts[1:]
        found |= {part for part in parts if not part.startswith("__")}
    return found


def test_the_glossary_does_not_contradict_itself() -> None:
    assert sorted(TERMS & NOT_CALLED) == []


def test_every_module_bears_a_name_of_the_glossary() -> None:
    # An aggregate's events may have a file of their own, named after it.
    unknown = [
        name
        for name in module_names()
        - EXCEPTIONS["module names that the glossary says are not used"].keys()
        if plain(name) not in TERMS and plain(name.removesuffix("_events")) not in TERMS
    ]

    assert sorted(unknown) == [], "use the term that is there, or add a row to glossary-code.md"


def test_no_module_bears_a_name_that_the_glossary_says_is_not_used() -> None:
    named = [name for name in module_names() if plain(name) in NOT_CALLED]

    holds(named, "module names that the glossary says are not used", "the glossary has the term")


def class_names() -> dict[str, list[str]]:
    found = defaultdict(list)
    for file in files(*LAYERS):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(place(file))
    return found


def test_a_class_name_stands_once_in_the_product() -> None:
    twice = [name for name, places in class_names().items() if len(places) > 1]

    holds(twice, "class names of two things", "two things have one name")


def words_of(name: str) -> list[str]:
    """Return the words of a name in snake_case or CamelCase."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")


def test_no_name_holds_a_word_that_says_nothing() -> None:
    names = module_names() | class_names().keys()

    empty = [name for name in names if any(BANNED.fullmatch(word) for word in words_of(name))]

    # A term of the glossary may hold one: a data folder is called so.
    found = [name for name in empty if plain("_".join(words_of(name))) not in TERMS]
    holds(found, "names with an empty word", "say what it is")


def test_no_event_is_named_after_a_property() -> None:
    named = [event.__name__ for event in EVENTS.values() if PROPERTY_EVENT.search(event.__name__)]

    holds(named, "events named after a property", "name the act, not the change of a field")


# Lengths


def test_a_file_has_at_most_300_lines() -> None:
    long = [
        place(file)
        for file in files(*LAYERS, "scripts", "tests")
        if len(file.read_text(encoding="utf-8").splitlines()) > MOST_LINES_OF_A_FILE
    ]

    holds(long, "files of more than 300 lines", "split it where it holds two things")


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function; of a command without its signature, which is its contract."""
    commands = [one for one in function.decorator_list if ast.unparse(one).startswith("command")]
    first = function.body[0].lineno if commands else function.lineno
    return (function.end_lineno or first) - first + 1


def test_a_function_has_at_most_30_lines() -> None:
    long = [
        f"{place(file)}:{node.name}"
        for file in files(*LAYERS, "scripts")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and length(node) > MOST_LINES_OF_A_FUNCTION
    ]

    holds(long, "functions of more than 30 lines", "name its parts")


# Who may name what


def test_no_sql_stands_in_the_api() -> None:
    spoken = [place(f) for f in files("api") if any(SQL.search(text) for text in texts(f))]

    holds(spoken, "SQL in the api", "SQL belongs to a view, to the log or to infra/")


def test_the_table_of_the_log_is_named_by_its_owners_only() -> None:
    named = [
        place(file)
        for file in files(*LAYERS)
        if any("ledger.events" in text for text in texts(file))
        and not place(file).startswith(OWNERS_OF_THE_LOG)
    ]

    holds(
        named,
        "files that name ledger.events",
        "ask projections/core/event_log.py, or append through the log",
    )


def test_scripts_do_not_import_tests() -> None:
    takers = [
        place(file)
        for file in files("scripts")
        if any(name.split(".")[0] == "tests" for name in imported(file))
    ]

    holds(
        takers,
        "scripts that import tests",
        "the wheel holds scripts and no tests: share it in scripts/",
    )


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        (SQL, "SELECT head FROM x"),
        (SQL, "UPDATE views.positions SET position = 1"),
        (PROPERTY_EVENT, "RateSet"),
    ],
)
def test_a_rule_finds_what_breaks_it(rule: re.Pattern[str], example: str) -> None:
    assert rule.search(example)
