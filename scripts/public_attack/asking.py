"""What an attacker asks: the open zone everything, and the office what the answers are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from scripts.public_attack.owners import Known, all_rows, known

if TYPE_CHECKING:
    from collections.abc import Mapping

# Kinds of subjects whose money is money to persons.
PERSONAL = frozenset({"payment", "relief", "recovery"})
# Of a question that names no position.
NOW = 2**62
# The number of a run that a posting is a part of, by its topic.
SHARES = {"payment.made": "paid", "payment.returned": "returned", "payment.reissued": "reissued"}


class Line(NamedTuple):
    """A posting on an account of what was spent, and whose it is; nobody's if a body's.

    `share` is the number of a run that it is a part of: the run, and the number's name. What a run
    held back is on no account.
    """

    position: int
    account: str
    district: str
    booked: str
    value: int
    owner: str | None
    share: tuple[str, str] | None = None

    @property
    def month(self) -> str:
        """Return the booked month."""
        return self.booked[:7]


@dataclass
class Attacker:
    """Asks over HTTP, with an officer's token where the truth is wanted."""

    web: httpx.Client
    office: Mapping[str, str]
    head: int
    asked: int = 0
    # The areas of each day, and the lines, once they were asked for.
    _parents: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    _lines: list[Line] = field(default_factory=list)

    def open(self, path: str, **query: Any) -> dict[str, Any]:
        """Return what the open zone answers."""
        answer = self.raw(path, **query)
        # A district that there was not yet.
        if answer.status_code == httpx.codes.NOT_FOUND and "area" in query:
            return {"rows": []}
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def raw(self, path: str, **query: Any) -> httpx.Response:
        """Return an answer of the open zone as it comes."""
        self.asked += 1
        return self.web.get(f"/open/v1/{path}", params=query)

    def ask_office(self, path: str, **query: Any) -> dict[str, Any]:
        """Return what the office answers."""
        answer = self.web.get(f"/v1/{path}", params=query, headers=self.office)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    @property
    def lines(self) -> list[Line]:
        """Return the postings on accounts on which money to persons lies, asked for once."""
        if not self._lines:
            self._lines += self.ask_lines()
        return self._lines

    def ask_lines(self) -> list[Line]:
        """Ask the office for the journal, and whose each posting is."""
        of = known(self.web, self.office)
        rows = [
            row
            for row in all_rows(self.web, "/v1/journal", self.office, account="spent:*")
            if row["unit"] == "fen"
        ]
        mine = {row["account"] for row in rows if kind(row["subject"]) in PERSONAL}
        lines = [
            Line(
                row["position"],
                row["account"],
                self.district(row["area"], row["booked"]),
                row["booked"],
                row["value"],
                of.owners[row["subject"]] if kind(row["subject"]) in PERSONAL else None,
                share_of(row, of),
            )
            for row in rows
            if row["account"] in mine
        ]
        held = (Line(0, "", "", "", fen, owner, (run, "held_back"))
                for run, owner, fen in of.held_back)  # fmt: skip
        return [*lines, *held]

    @cached_property
    def accounts(self) -> list[str]:
        """Return the accounts on which money to persons lies."""
        return sorted({line.account for line in self.lines if line.account})

    @cached_property
    def districts(self) -> list[str]:
        """Return the districts that there have been."""
        rows = all_rows(self.web, "/open/v1/areas", {}, level="district")
        return sorted(row["id"] for row in rows)

    def district(self, area: str | None, day: str) -> str:
        """Return the district in which an area lay on a day; empty if in none."""
        if day not in self._parents:
            rows = all_rows(self.web, "/v1/areas", self.office, as_of=day)
            self._parents[day] = {row["id"]: row for row in rows}
        there = self._parents[day]
        while area and area in there and there[area]["level"] != "district":
            area = there[area].get("parent")
        return area if area and area in there else ""

    def spent(self, **query: Any) -> dict[str, int]:
        """Return what is told as spent, by account, of those of persons."""
        rows = self.open("balances", stage="spent", unit="fen", limit=1000, **query)["rows"]
        return {row["account"]: row["value"] for row in rows if row["account"] in self.accounts}

    def steps(self) -> list[int]:
        """Return the positions from which on an answer tells more, and NOW.

        The answers say themselves which step they used; between two of them some are looked at.
        """
        found, at = [self.head], self.head
        while step := self.open("balances", stage="spent", known_at=at).get("persons_known_at"):
            at = step["position"]
            found.append(at + 1)
        found.reverse()
        for first, beyond in pairwise(found):
            for position in {beyond - 1, (first + beyond) // 2} - {first}:
                if first < position and self.told_at(position) != self.told_at(first):
                    raise UntoldStepError(f"{position} tells another than {first}")
        told = {step: self.told_at(step) for step in found}
        more = [step for before, step in pairwise(found) if told[step] != told[before]]
        return [*more, NOW]

    def told_at(self, position: int) -> dict[str, int]:
        """Return what is told at a position that is named."""
        return self.spent(**known_at(position))


def known_at(step: int) -> dict[str, int]:
    """Return how a position is named in a question; NOW is not."""
    return {} if step == NOW else {"known_at": step}


class UntoldStepError(AssertionError):
    """An answer is another one where none says that it is."""


def share_of(row: Mapping[str, Any], of: Known) -> tuple[str, str] | None:
    """Return the number of a run that a posting is a part of, if of any."""
    run, name = of.runs.get(row["subject"]), SHARES.get(row["topic"])
    if run is None or name is None or (name == "paid" and row["subject"] in of.beside):
        return None
    return run, name


def kind(subject: str) -> str:
    """Return what kind of thing an id names."""
    return subject.partition(":")[0]
