"""Whose the money of each event is, as a clerk of the office can find out over HTTP."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from httpx import Client


def all_rows(
    web: Client, path: str, headers: Mapping[str, str], **asked: str
) -> Iterator[dict[str, Any]]:
    """Give the rows of all pages of a list."""
    after = None
    for _ in count():
        page = {"limit": "1000", **asked} | ({} if after is None else {"after": after})
        answer = web.get(path, params=page, headers=headers)
        answer.raise_for_status()
        body = answer.json()
        yield from body["rows"]
        after = body["next"]
        if after is None:
            return


class Known(NamedTuple):
    """What the office knows of payments: whose each is, by which run, and what a run held back."""

    owners: dict[str, str]
    runs: dict[str, str]
    # Those that a run did not make itself.
    beside: frozenset[str]
    held_back: list[tuple[str, str, int]]


def known(web: Client, headers: Mapping[str, str]) -> Known:
    """Ask for the person, household or facility of every payment, case and recovery."""
    found: dict[str, str] = {}
    held: list[tuple[str, str, int]] = []
    for run in all_rows(web, "/v1/pay-runs", headers):
        key = run["id"].partition(":")[2]
        for line in all_rows(web, f"/v1/pay-runs/{key}/lines", headers):
            found.setdefault(line["payment"], line["holder"])
            if line["state"] == "held-back":
                held.append((run["id"], line["holder"], (line["amount"] or {}).get("value") or 0))
    payments = {row["id"]: row for row in all_rows(web, "/v1/payments", headers)}
    beside = {
        key: str(first)
        for key, row in payments.items()
        if (first := row.get("completes") or row.get("redirects"))
    }
    # What is paid to the right one instead of a wrong one is a line of no run.
    found |= {payment: found[first] for payment, first in beside.items() if payment not in found}
    for case in all_rows(web, "/v1/relief-cases", headers):
        found[case["id"]] = case["person"]
    for debt in all_rows(web, "/v1/recoveries", headers):
        found[debt["id"]] = found[debt["payments"][0]]
    runs = {key: row["run"] for key, row in payments.items()}
    # A run of arrears makes payments that complete earlier ones, too.
    alone = {key for key in beside if payments[key].get("kind") != "arrears"}
    return Known(found, runs, frozenset(alone), held)
