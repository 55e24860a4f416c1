"""The note of a page: where what was booked at first is not what the accounts say now, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from api.pages.page_words import word
from api.queries.resource import Query
from api.resources.turnover import differing, turnover_of
from projections import registers

# So many positions of reversals are named; the list behind the link has all.
MOST_NAMED = 5


def differences(query: Query, where: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the rows of a fund or a year whose gross is not their net, and where all rows are."""
    rows = differing(turnover_of(query, where))
    funds = registers.rows(query.connection, "funds", query.moment, where={}) if rows else ()
    titles = {str(fund["id"]): str(fund["title"]) for fund in funds}
    asked = {name: words[0] for name, words in where.items()}
    said = [
        {
            **row,
            "title": titles.get(row["fund"], row["fund"]),
            "part_title": word("part", row["part"], query.language),
            "name": word("source", row["source"], query.language)
            if row["source"]
            else word("programme", row["programme"], query.language),
            "reversals": row["reversals"][:MOST_NAMED],
        }
        for row in rows
    ]
    return {"rows": said, "address": f"/open/v1/turnover?{urlencode(asked)}"}
