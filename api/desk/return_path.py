"""Where a reader goes on after signing in: pages of the desk, and nowhere else."""

from __future__ import annotations

import re
from urllib.parse import quote

HOME = "/desk"
# A path below /desk without empty or dotted segments and without escapes, perhaps with a query.
SEGMENT = r"/(?!\.{1,2}(?:/|\?|$))[\w.~:@!$&'()*+,;=-]+"
OWN = re.compile(rf"{HOME}(?:{SEGMENT})*(?:\?[!-\[\]-~]*)?", re.ASCII)
LONGEST = 2000


def own_path(wanted: str) -> str:
    """Return an address if it is a page of the desk; else the desk's first page."""
    return wanted if len(wanted) <= LONGEST and OWN.fullmatch(wanted) else HOME


def sign_in_path(wanted: str) -> str:
    """Return the address that lets somebody sign in and go on."""
    return f"{HOME}/sign-in?next={quote(wanted, safe='/')}"
