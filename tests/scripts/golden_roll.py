"""A second, plain reading of who is paid what, grown from commands alone, for the fold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NEVER = "9999-12"


@dataclass
class Entitlement:
    """What was said of one entitlement; months are YYYY-MM."""

    scheme: str
    holder: str
    area: str
    tier: str = ""
    start: str = NEVER
    stop: str = NEVER
    income: int = 0
    units: int = 1
    pauses: list[tuple[str, bool]] = field(default_factory=list)

    def runs(self, month: str) -> bool:
        """Tell whether it is paid for a month."""
        paused = [pause for since, pause in self.pauses if since <= month]
        return self.start <= month < self.stop and not (paused and paused[-1])


class Rolls:
    """Areas, rates, entitlements and households as the commands tell them."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.parents: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self.schemes: dict[str, dict[str, Any]] = {}
        self.entitlements: dict[str, Entitlement] = {}
        self.members: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        self.found: dict[tuple[str, str, str, str], int] = {}

    def take(self, command: str, subject: str, what: dict[str, Any], *, on: str) -> None:
        """Take in one command, if it concerns who is paid."""
        kind, _, verb = command.partition(".")
        if kind == "entitlement":
            self.entitlement(verb, subject, what)
        elif kind == "household":
            self.household(verb, subject, what, day=on)
        elif kind == "area":
            self.parents[subject].append((on[:7], what.get("parent", "")))
        elif command == "scheme.adopt":
            self.schemes[subject] = what
        elif command == "scheme.set-rate":
            said = self.schemes[subject]
            self.schemes[subject] = said | {"rates": [*said["rates"], what]}
            self.found.clear()

    def entitlement(self, verb: str, subject: str, what: dict[str, Any]) -> None:
        """Take in what happens to an entitlement."""
        if verb in {"apply", "bring-in"}:
            said = what["scheme"], what["holder"], what["area"]
            self.entitlements[subject] = Entitlement(*said, units=what.get("units", 1))
        one = self.entitlements[subject]
        if verb in {"grant", "bring-in"}:
            one.start = what["from"][:7]
        if verb in {"grant", "bring-in", "adjust"}:
            one.tier = what["tier"]
        if verb == "assess":
            one.income = what["income"]["value"]
        if verb in {"suspend", "resume"}:
            one.pauses.append((what["from"][:7], verb == "suspend"))
        if verb == "stop":
            one.stop = what["from"][:7]

    def household(self, verb: str, subject: str, what: dict[str, Any], *, day: str) -> None:
        """Take in who lives together: [first month, last month] of each member."""
        if verb == "form":
            self.members[subject] = {person: [day[:7], NEVER] for person in what["members"]}
        elif verb == "join":
            assert day.endswith("-01"), "who joins later in a month would count from the next"
            self.members[subject][what["person"]] = [day[:7], NEVER]
        elif verb == "leave":
            self.members[subject][what["person"]][1] = day[:7]
        elif verb == "move":
            # Who comes on another day than the first counts from the next month.
            since = f"{day[:5]}{int(day[5:7]) + 1:02}"
            self.members[what["from"]][what["person"]][1] = day[:7]
            self.members[subject][what["person"]] = [since, NEVER]

    def lines(self, scheme: str, month: str) -> Iterator[tuple[str, int, int]]:
        """Yield (holder, amount, persons) of a month's roll."""
        said = self.schemes[scheme]
        if said.get("follows"):
            for household, area, _, persons in self.own(said["follows"], month):
                assert persons
                for person in self.living(household, month):
                    yield person, self.rate(scheme, area, "standard", month=month), 1
            return
        for holder, area, one, persons in self.own(scheme, month):
            amount = self.rate(scheme, area, one.tier, month=month)
            if said["formula"] == "top-up":
                amount = amount * persons - one.income
            if said["formula"] == "per-unit":
                amount *= one.units
            yield holder, amount, persons

    def own(self, scheme: str, month: str) -> Iterator[tuple[str, str, Entitlement, int]]:
        """Yield (holder, area, entitlement, persons) of those in force."""
        once = self.schemes[scheme]["pays"] == "once"
        for one in self.entitlements.values():
            if one.scheme == scheme and one.runs(month) and not (once and one.start != month):
                household = one.holder.startswith("household:")
                persons = len(self.living(one.holder, month)) if household else 1
                if persons:
                    yield one.holder, one.area, one, persons

    def living(self, household: str, month: str) -> list[str]:
        """List the members of a month."""
        spans = self.members[household].items()
        return [person for person, (first, last) in spans if first <= month <= last]

    def rate(self, scheme: str, area: str, tier: str, *, month: str) -> int:
        """Find the rate of the nearest area above, the latest up to the month."""
        key = (scheme, area, tier, month)
        if key not in self.found:
            rows = [
                row
                for row in self.schemes[scheme]["rates"]
                if row["tier"] == tier and row["from"][:7] <= month
            ]
            dated = {row.get("area", ""): row["amount"]["value"] for row in sorted(rows, key=day)}
            self.found[key] = next(dated[a] for a in self.above(area, month) if a in dated)
        return self.found[key]

    def above(self, area: str, month: str) -> Iterator[str]:
        """Yield an area and those above it, the whole city last."""
        while area:
            yield area
            area = max(row for row in self.parents[area] if row[0] <= month)[1]
        yield ""


def day(row: dict[str, Any]) -> str:
    """Return the first day of a rate."""
    return str(row["from"])
