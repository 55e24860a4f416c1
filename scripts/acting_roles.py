"""Writes docs/acting-roles.md: which role sends which command, and opens which page of the desk.

`make acting-roles` reads both from the catalogue and from the pages' own table; a test tries every
cell at a running desk.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from api.commands.catalogue import catalogue
from api.desk.routes import PAGES
from domain.office.roles import RoleName
from scripts.reading_roles import wrapped

PLACE = Path(__file__).parent.parent / "docs" / "acting-roles.md"
ROLES: tuple[str, ...] = get_args(RoleName)
SENDS, CONFIRMS, OPENS, NOTHING = "●", "◇", "●", ""
TITLE = "# Who does what in the office"
HEAD = (
    "Which role sends which command, by its form at the desk or under `/v1/commands`, and which"
    " role opens which page. Written by `make acting-roles` from the catalogue and the pages;"
    " a test tries every cell at a running desk. Who may send a command may still be refused it for"
    " what was done before: `not by` names the earlier acts whose person does not do this one."
)
MARKS = (
    f"- {SENDS}: may send it, or open it",
    f"- {CONFIRMS}: confirms it as the second person, where it is proposed",
    "- (nothing): 403 `role-missing`",
)


def commands() -> dict[str, tuple[str, ...]]:
    """Return for each command the mark of each role."""
    return {entry["command"]: marked(entry) for entry in catalogue()}


def marked(entry: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the mark of each role for one command."""
    return tuple(
        (SENDS if role in entry["roles"] else "") + (CONFIRMS if role in entry["second"] else "")
        for role in ROLES
    )


def pages() -> dict[str, tuple[str, ...]]:
    """Return for each page of the desk the mark of each role."""
    return {
        page.path: tuple(OPENS if role in page.roles else NOTHING for role in ROLES)
        for page in sorted(PAGES, key=lambda page: page.path)
    }


def page() -> str:
    """Write the page."""
    lines = [TITLE, "", wrapped(HEAD), "", *MARKS, "", "## Commands", ""]
    lines += head("command", "not by")
    not_by = {entry["command"]: entry["not_by"] for entry in catalogue()}
    for name, marks in commands().items():
        earlier = ", ".join(f"`{each}`" for each in not_by[name])
        lines.append(f"| `{name}` | {' | '.join(marks)} | {earlier} |")
    lines += ["", "## Pages of the desk", "", *head("page")]
    lines += [f"| `{path}` | {' | '.join(marks)} |" for path, marks in pages().items()]
    return "\n".join(lines) + "\n"


def head(first: str, *last: str) -> list[str]:
    """Write the head of a table of roles."""
    names = (first, *ROLES, *last)
    return [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
