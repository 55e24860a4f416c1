"""The rates of a scheme as its adoption states them: by area, tier and day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scripts.golden.kernel.commands import benefit
from scripts.golden.registers.areas import PLACES


@dataclass
class Rates:
    """Looks a rate up: the nearest area above the holder's counts, the latest `from` up to it."""

    what: dict[str, Any]
    tiers: tuple[str, ...] = ()
    rows: dict[tuple[str, str], list[tuple[str, int]]] = field(default_factory=dict)
    known: dict[tuple[int, str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the rows."""
        for row in self.what.get("rates", ()):
            amount = row["amount"]["value"] if isinstance(row["amount"], dict) else row["amount"]
            key = (row.get("area") or "", row["tier"])
            self.rows.setdefault(key, []).append((str(row["from"])[:7], amount))
        for dated in self.rows.values():
            dated.sort()
        self.tiers = tuple(dict.fromkeys(tier for _, tier in self.rows))

    def of(self, place: int, tier: str, month: int) -> int:
        """Return the rate in fen for a place (by number), a tier and a benefit month."""
        key = (place, tier, month)
        if key not in self.known:
            self.known[key] = self.look_up(place, tier, month)
        return self.known[key]

    def look_up(self, place: int, tier: str, month: int) -> int:
        """Search from the community up."""
        day = benefit(month)
        for area in (*PLACES[place].chain(month), ""):
            for start, amount in reversed(self.rows.get((area, tier), [])):
                if start <= day:
                    return amount
        raise LookupError(f"no rate of {tier} in {PLACES[place].id} for {day}")
