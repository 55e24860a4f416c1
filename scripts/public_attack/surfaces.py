"""What else of the open zone might tell of persons: forms, feed, stages, search, figures' events.

The equations of the attack are sums of money by account, month, district and run. Here everything
else that answers is shown to be made of those sums, or of what is about nobody: whatever is not is
a finding, in words.
"""

from __future__ import annotations

import csv
import io
import json
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from scripts.public_attack.asking import PERSONAL, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.public_attack.asking import Attacker

FORMS = ("csv", "xlsx", "jsonl")
# Questions that are asked in every form.
TABLES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("balances", {"stage": "spent"}),
    ("balances", {"group_by": "stage"}),
    ("balances", {"group_by": "area", "programme": "dibao"}),
    ("balances", {"group_by": "month", "programme": "dibao"}),
    ("pay-runs", {}),
    ("figures", {"period": "2007"}),
    ("turnover", {"year": "2007"}),
)
# Stages on which persons' money alone lies, and kinds of payers that are persons'.
THEIRS = ("lost", "owed", "returned")
PAYERS = frozenset({"entitlement", "household", "pay-run", "person", *PERSONAL})
BARE = {"type": "commitment.v1", "subject": "commitment", "partitionkey": "commitment"}
AT_ONCE = 5_000
MANY = 20


def findings(attacker: Attacker) -> Iterator[str]:
    """Give what is told that is no sum of the attack's."""
    yield from of_forms(attacker)
    yield from of_the_feed(attacker)
    yield from of_stages(attacker)
    yield from of_figures_events(attacker)
    yield from of_search_and_places(attacker)


def of_forms(attacker: Attacker) -> Iterator[str]:
    """Compare the rows of every form of an answer with its JSON, and headers with each other."""
    for path, asked in TABLES:
        query = {**asked, "known_at": attacker.head}
        page = attacker.open(path, **query, limit=1000)
        for form in FORMS:
            first, again = (attacker.raw(f"{path}.{form}", **query) for _ in range(2))
            if first.content != again.content or first.headers["etag"] != again.headers["etag"]:
                yield f"{path} {asked} in {form} is another at the second time"
            if first.headers["mingzhang-position"] != str(attacker.head):
                yield f"{path} {asked} in {form} is of another position"
            if not says_the_same(form, first.content, page):
                yield f"{path} {asked} in {form} has other numbers"


def says_the_same(form: str, content: bytes, page: dict[str, Any]) -> bool:
    """Tell whether a form says what the rows of a JSON page say; a workbook has totals, too."""
    if form == "jsonl":
        rows: list[Any] = [json.loads(line) for line in content.splitlines()]
        return bool(rows == page["rows"])
    if form == "csv":
        table = [*csv.reader(io.StringIO(content.decode("utf-8-sig")))][1:]
        told = (each for row in table for cell in row for each in whole_number(cell))
        return sorted(told) == sorted(numbers(page["rows"]))
    known = {*words_of(page["rows"]), *words_of(page.get("totals"))}
    book = load_workbook(io.BytesIO(content), read_only=True)
    sheet = [*book["rows"].iter_rows(values_only=True)][1:]
    cells = {cell for row in sheet for cell in row if isinstance(cell, int | float)}
    # Money is in yuan there.
    return all(str(cell) in known or str(round(cell * 100)) in known for cell in cells)


def words_of(said: Any) -> Iterator[str]:
    """Give all words and numbers of an answer, however deep."""
    if isinstance(said, dict):
        said = said.values()
    elif not isinstance(said, list):
        yield str(said)
        return
    for each in said:
        yield from words_of(each)


def numbers(said: Any) -> Iterator[int]:
    """Give the numbers of rows, as a flat table has them: not those inside of lists."""
    if isinstance(said, list):
        for each in said:
            yield from numbers_of_row(each)


def numbers_of_row(row: dict[str, Any]) -> Iterator[int]:
    """Give the numbers of a row's fields, and of its quantities."""
    for said in row.values():
        value = said.get("value") if isinstance(said, dict) and "unit" in said else said
        yield from whole_number(value)


def whole_number(said: object) -> Iterator[int]:
    """Give what is a whole number, or a text of digits."""
    text = str(said)
    if text.removeprefix("-").isdigit():
        yield int(text)


def of_the_feed(attacker: Attacker) -> Iterator[str]:
    """Look at every public line: those of persons are one like the other, others name none."""
    after, keys = 0, set()
    for _ in count():
        page = attacker.open("events", after=after, limit=AT_ONCE)
        for line in page["rows"]:
            if line["type"] == BARE["type"]:
                keys.add((*sorted(line), *sorted(line["data"])))
                if {name: line[name] for name in BARE} != BARE:
                    yield f"line {line['sequence']} is no bare commitment"
            elif kind(line["subject"]) in PAYERS - {"pay-run"}:
                yield f"line {line['sequence']} is told of {line['subject']}"
            else:
                yield from of_line(attacker, line)
        after = page["next"]
        if not page["rows"] or after >= attacker.head:
            break
    if len(keys) > 1:
        yield f"bare commitments have {len(keys)} shapes"


def of_line(attacker: Attacker, line: dict[str, Any]) -> Iterator[str]:
    """Find postings of persons' money in a public line."""
    for posting in line["data"].get("postings") or ():
        account = posting["account"]
        stage, _, _, *detail = account.split(":", 3)
        if account in attacker.accounts or stage in THEIRS or kind("".join(detail)) in PAYERS:
            yield f"line {line['sequence']} posts on {account}"


def of_stages(attacker: Attacker) -> Iterator[str]:
    """Hold what is told of funds against the office's sums: they differ by what waits, alone.

    Persons' money that is not published is available in public; all else is as the office has it.
    """
    asked: dict[str, Any] = {"known_at": attacker.head, "unit": "fen", "limit": 1000}
    rows = attacker.open("balances", **asked)["rows"]
    told = {row["account"]: row["value"] for row in rows}
    office = {
        row["account"]: row["value"] for row in attacker.ask_office("balances", **asked)["rows"]
    }
    waiting: dict[str, int] = {}
    for account, value in office.items():
        stage, fund, earmark, *detail = account.split(":", 3)
        if stage in THEIRS or account in attacker.accounts or kind("".join(detail)) in PAYERS:
            free = f"available:{fund}:{earmark}"
            waiting[free] = waiting.get(free, 0) + value - told.get(account, 0)
            if account in told and account not in attacker.accounts:
                yield f"{account} is told"
        elif stage != "available" and told.get(account, 0) != value:
            yield f"{account} is told as {told.get(account)}, the office has {value}"
    for account, value in told.items():
        wanted = office.get(account, 0) + waiting.get(account, 0)
        if account.startswith("available:") and value != wanted:
            yield f"{account} is told as {value}, what is not published makes it {wanted}"


def of_figures_events(attacker: Attacker) -> Iterator[str]:
    """Look behind the figures: what contributes to money of persons has no subject and no day."""
    for figure in attacker.open("figures", period="2007", limit=1000)["rows"]:
        if figure["unit"] != "fen" or not figure["terms"]:
            continue
        page = attacker.open(f"figures/{figure['id']}/events", period="2007", limit=1000)
        for row in page["rows"]:
            if row.get("subject") and kind(row["subject"]) in PAYERS:
                yield f"{figure['id']} tells of {row['subject']}"
        summed = sum(row["contributes"]["value"] for row in page["rows"])
        wanted = figure["terms"][0]["value"]
        is_whole = page["next"] is None and len(figure["terms"]) == 1
        if is_whole and wanted is not None and summed != wanted:
            yield f"{figure['id']} has {wanted}, its events {summed}"


def of_search_and_places(attacker: Attacker) -> Iterator[str]:
    """Look for some persons by their ids, and for money in some places below a district."""
    chance = Random(7)
    owners = sorted({line.owner for line in attacker.lines if line.owner})
    for owner in chance.sample(owners, min(MANY, len(owners))):
        key = owner.partition(":")[2]
        found, nothing = (attacker.raw("search", q=word) for word in (key, "nobody-at-all"))
        if found.text.replace(key, "") != nothing.text.replace("nobody-at-all", ""):
            yield f"search finds {owner}"
    below = [row["id"] for row in attacker.open("areas", level="community", limit=1000)["rows"]]
    for area in chance.sample(below, min(MANY, len(below))):
        if attacker.spent(area=area):
            yield f"{area} has money of persons"
