"""Writes docs/reading-roles.md: which role reads which address of the office, and how.

`make reading-roles` reads the addresses from the routes' own table, so that none is left out.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from textwrap import fill
from typing import get_args

from api.app import IN_OFFICE
from api.bank.routes import TREASURER
from api.feed.routes import READERS as FEED
from domain.office.roles import RoleName
from projections.disclosure.clearance import CLOSE, READERS

PLACE = Path(__file__).parent.parent / "docs" / "reading-roles.md"
ROLES: tuple[str, ...] = get_args(RoleName)
WHOLE, GUARDED, OWN, NOTHING = "●", "◐", "○", ""
# Addresses that are no resource: each with who reads it whole, in part, and the own alone.
BESIDE = {
    "/events": (FEED, frozenset(), frozenset()),
    "/events/{position}": (FEED, frozenset(), frozenset()),
    "/receipts/{key}": (CLOSE, READERS - CLOSE, frozenset(ROLES) - READERS),
    "/commands": (frozenset(ROLES), frozenset(), frozenset()),
    "/imports/jobs/{key}": (frozenset(), frozenset(), frozenset(ROLES)),
    "/imports/jobs/{key}/annotated": (frozenset(), frozenset(), frozenset(ROLES)),
    "/imports/{key}/template": (frozenset(ROLES), frozenset(), frozenset()),
    "/people": (CLOSE, frozenset(), frozenset()),
    "/people/{key}/file": (CLOSE, frozenset(), frozenset()),
    "/checks/runs/{key}": (CLOSE, frozenset(), frozenset()),
    "/exports": (frozenset(), frozenset(), CLOSE),
    "/exports/{key}": (frozenset(), frozenset(), CLOSE),
    "/exports/{key}/files/{name}": (frozenset(), frozenset(), CLOSE),
    "/samples/{key}/binder.zip": (CLOSE, frozenset(), frozenset()),
    "/periods/{key}/package": (CLOSE, frozenset(), frozenset()),
    "/periods/{key}/package.pdf": (CLOSE, frozenset(), frozenset()),
    "/pay-runs/{key}/bank-file": (TREASURER, frozenset(), frozenset()),
    "/pay-runs/{key}/bank-file.xml": (TREASURER, frozenset(), frozenset()),
}
TITLE = "# Who reads what in the office"
HEAD = (
    "Every address under `/v1`, and what each role reads there. Written by `make reading-roles`"
    " from the addresses themselves; a test fails when it is not what they say. Roles are those"
    " that the ledger grants at the moment of the request, and that the token carries; who holds"
    " several reads what the widest one reads."
)
MARKS = {
    WHOLE: "everything",
    GUARDED: "everything that is about nobody; of persons, households and lines the public form, "
    "sums, or nothing (section 1 of the [contract](contract.md))",
    OWN: "what the own commands were answered",
    "(nothing)": "403 `role-missing`, in the same words whether or not there is such a thing",
}


def marks() -> dict[str, tuple[str, ...]]:
    """Return for each address the mark of each role."""
    found = {
        address.path: marked(address.roles & CLOSE | (address.roles - READERS), address.roles)
        for address in IN_OFFICE
    }
    for path, (whole, guarded, own) in BESIDE.items():
        found[path] = marked(whole, whole | guarded, own)
    return found


def marked(
    whole: frozenset[str], some: frozenset[str], own: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return the mark of each role, in their order."""
    return tuple(
        WHOLE if role in whole else GUARDED if role in some else OWN if role in own else NOTHING
        for role in ROLES
    )


def page() -> str:
    """Write the page: what is read alike by all roles stands in one row."""
    alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, each in sorted(marks().items()):
        alike[each].append(path)
    parts = [TITLE, "", wrapped(HEAD), ""]
    parts += [wrapped(f"- {mark}: {says}", indent="  ") for mark, says in MARKS.items()]
    for number, (each, paths) in enumerate(alike.items(), start=1):
        parts += [
            "",
            f"## {number}",
            "",
            f"| {' | '.join(ROLES)} |",
            f"|{'---|' * len(ROLES)}",
            f"| {' | '.join(each)} |",
            "",
            wrapped(", ".join(f"`{path}`" for path in paths)),
        ]
    return "\n".join(parts) + "\n"


def wrapped(text: str, indent: str = "") -> str:
    """Break a text into lines of the docs' width."""
    return fill(text, 120, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
