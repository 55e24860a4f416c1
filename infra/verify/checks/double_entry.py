"""Checks of the double entry: every line of every event, added up anew."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from domain.kernel.accounts import CLASSES
from infra.verify.check import Fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

OF_GOODS = frozenset({"out", "stock", "issued"})
OF_MONEY = frozenset(CLASSES) - {"stock", "issued"}


def class_and_fund(account: str) -> tuple[str, str]:
    """Return an account's class and its fund's key."""
    class_, fund, _ = account.split(":", 2)
    return class_, fund


class SumsZero(Fold):
    """Invariant 1."""

    NAME = "sums-zero"
    SENTENCE = "The postings of every event sum to zero per fund and unit."

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Add up the lines of one event."""
        self.found.examined += 1
        sums: dict[tuple[str, str], int] = {}
        for line in lines:
            key = class_and_fund(line.account)[1], line.unit
            sums[key] = sums.get(key, 0) + line.value
        for (fund, unit), left in sums.items():
            if left:
                self.found.breach([position], event.originator_id, f"fund {fund}: {left} {unit}")


class Identity(Fold):
    """Invariant 2; what holds after each event of a day holds for every day asked for."""

    NAME = "identity"
    SENTENCE = (
        "For every fund and unit, on every booked day and at every position, -out = received +"
        " available + committed + advanced + returned + owed + spent + lost (goods: -out = stock"
        " + issued)."
    )

    def __init__(self) -> None:
        """Start with empty funds."""
        super().__init__()
        # What lies outside and inside, by fund, unit and booked day.
        self.outside: defaultdict[tuple[str, str, date], int] = defaultdict(int)
        self.inside: defaultdict[tuple[str, str, date], int] = defaultdict(int)
        self.broken: dict[tuple[str, str, date], int] = {}

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Add the lines to their day, and hold the two sides of each fund against each other."""
        touched = set()
        for line in lines:
            class_, fund = class_and_fund(line.account)
            place = fund, line.unit, event.act.booked
            if class_ == "out":
                self.outside[place] -= line.value
            elif class_ in (OF_MONEY if line.unit == "fen" else OF_GOODS):
                self.inside[place] += line.value
            touched.add(place)
        for place in touched:
            self.found.examined += 1
            off = self.outside[place] - self.inside[place]
            if off != self.broken.get(place, 0):
                self.broken[place] = off
                fund, unit, day = place
                self.found.breach(
                    [position], f"fund:{fund}", f"{day}: {off} {unit} more outside than inside"
                )


class NeverNegative(Fold):
    """Invariant 3, for every account, under any concurrency that there was."""

    NAME = "never-negative"
    SENTENCE = (
        "No account but out is below zero at any position, all days counted. (negative_days: past"
        " days that a back-dated booking has made negative; they are no breach.)"
    )

    def __init__(self) -> None:
        """Start with empty accounts."""
        super().__init__()
        self.held: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.days: defaultdict[tuple[str, str], dict[date, int]] = defaultdict(dict)

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:
        """Enter the lines; then no account that they touch may be below zero."""
        booked = event.act.booked
        touched = []
        for line in lines:
            if line.account.startswith("out:"):
                continue
            place = line.account, line.unit
            self.held[place] += line.value
            days = self.days[place]
            days[booked] = days.get(booked, 0) + line.value
            touched.append(place)
        for place in touched:
            self.found.examined += 1
            if self.held[place] < 0:
                account, unit = place
                self.found.breach(
                    [position], event.originator_id, f"{account} is {self.held[place]} {unit}"
                )

    def end(self) -> None:
        """List the days that were negative, as they are known now."""
        for (account, unit), days in self.days.items():
            if len(days) > 1:
                self.list_negative(account, unit, days)

    def list_negative(self, account: str, unit: str, days: dict[date, int]) -> None:
        """List the days on which an account lay below zero: from, up to before the next entry."""
        held = 0
        since: date | None = None
        lowest = 0
        for day in sorted(days):
            held += days[day]
            if held < 0:
                since, lowest = since or day, min(lowest, held)
            elif since is not None:
                row = {"account": account, "from": since.isoformat(), "until": day.isoformat()}
                self.found.note("negative_days", row | {"value": lowest, "unit": unit})
                since, lowest = None, 0
