"""Lives of what gives the ledger its order: roles, periods and areas."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.office.roles import Role
from domain.registers.areas import Area
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.life_machine import BY, DAYS, FIRST, LAST, Lives, lived
from tests.domain.stories import a_fund, an_act

ROLES = st.sampled_from(("clerk", "treasurer", "auditor"))
SCOPES = st.sampled_from((None, "east"))
BEFORE = FIRST - timedelta(1)


class RoleLives(Lives):
    """Two persons are given roles, everywhere or within a scope, and lose them again."""

    OF = ("role",)

    def __init__(self) -> None:
        """Begin with nobody in a role."""
        super().__init__()
        self.held: defaultdict[str, set[tuple[str, str | None]]] = defaultdict(set)
        self.known: set[str] = set()

    @rule(who=BY, of=BY, role=ROLES, scope=SCOPES)
    def grant(self, who: str, of: str, role: str, scope: str | None) -> None:
        """Grant a role, perhaps on somebody else's subject."""
        taken = who == of and (role, scope) not in self.held[who] and self.fits(who, role)
        act = an_act("operator:local")
        if self.tried("role.grant", f"role:{of}", act, taken=taken, who=who, role=role,
                      scope=scope):  # fmt: skip
            self.held[who].add((role, scope))
            self.known.add(who)

    def fits(self, who: str, role: str) -> bool:
        """Tell whether a role fits what somebody holds: an auditor writes nothing."""
        held = {each for each, _ in self.held[who]}
        return held <= {"auditor"} if role == "auditor" else "auditor" not in held

    @rule(who=BY, role=ROLES, scope=SCOPES)
    def withdraw(self, who: str, role: str, scope: str | None) -> None:
        """Take a role back: in a scope, or wherever it is held."""
        gone = {each for each in self.held[who] if each[0] == role and scope in {None, each[1]}}
        act = an_act("operator:local")
        self.tried("role.withdraw", f"role:{who}", act, taken=bool(gone), who=who, role=role,
                   scope=scope)  # fmt: skip
        self.held[who] -= gone

    @invariant()
    def who_holds_what_is_known(self) -> None:
        """Compare with the model."""
        for who, held in self.held.items():
            roles = self.books.load(Role, f"role:{who}").roles
            assert roles == {role for role, _ in held}


class PeriodLives(Lives):
    """One calendar: soft-closed by one, closed by another; what is closed takes no posting."""

    OF = ("period",)

    def __init__(self) -> None:
        """Begin with everything open."""
        super().__init__()
        self.soft = BEFORE
        self.soft_by = ""
        # The closings that stand, and who made them.
        self.closings: list[tuple[date, str]] = []
        # What was closed once and is opened again.
        self.reopened = BEFORE

    @property
    def closed(self) -> date:
        """Return the last closed day."""
        return self.closings[-1][0] if self.closings else BEFORE

    def begin(self) -> InMemoryLedger:
        """Open a fund."""
        return a_fund()

    def acted(self, verb: str, by: str, *, taken: bool, reason: str = "", **what: Any) -> bool:
        """Try an act on the period."""
        command, act = f"period.{verb}", an_act(by, LAST, reason=reason)
        return self.tried(command, "period:2007", act, taken=taken, **what) is not None

    @rule(through=DAYS, by=BY)
    def soft_close(self, through: date, by: str) -> None:
        """Close the books but for a second person with a reason."""
        taken = max(self.closed, self.soft) < through < LAST
        if self.acted("soft-close", by, taken=taken, through=through):
            self.soft, self.soft_by = through, by

    @rule(through=DAYS, by=BY)
    def close(self, through: date, by: str) -> None:
        """Close the books."""
        taken = self.closed < through <= min(self.soft, LAST - timedelta(1)) and by != self.soft_by
        if self.acted("close", by, taken=taken, through=through):
            self.closings.append((through, by))
            if through >= self.reopened:
                self.reopened = BEFORE

    @rule(through=st.none() | DAYS, by=BY, reason=st.sampled_from(("", "漏记")), last=st.booleans())
    def reopen(self, through: date | None, by: str, reason: str, *, last: bool) -> None:
        """Open what is only soft-closed, or let what is closed be soft-closed."""
        if last and self.closings:
            through = self.closed
        softly = self.soft > self.closed and self.reopened == BEFORE
        if softly:
            taken = through in {None, self.soft} and by != self.soft_by
        else:
            day, closer = self.closings[-1] if self.closings else (None, "")
            taken = day is not None and through == day and by != closer and bool(reason)
        if self.acted("reopen", by, taken=taken, reason=reason, through=through):
            if softly:
                self.soft, self.soft_by = self.closed, ""
            else:
                self.reopened = max(self.reopened, self.closings.pop()[0])
                self.soft_by = by

    @rule(booked=DAYS)
    def book(self, booked: date) -> None:
        """Book something."""
        act = an_act(on=LAST, booked=booked)
        what = {"amount": 1, "earmark": "general", "source": "fiscal", "document": "单"}
        self.tried("fund.receive", "fund:x", act, taken=booked > self.closed, **what)


LEVELS = ("city", "district", "sub-district", "community")
AREAS = tuple(f"area:{name}" for name in "abcd")
ALL_DAYS = [FIRST + timedelta(nth) for nth in range((LAST - FIRST).days + 1)]


class AreaLives(Lives):
    """Four areas, opened, moved and closed on any day; none ever lies below itself."""

    OF = ("area",)

    def begin(self) -> InMemoryLedger:
        """Begin without an area."""
        return InMemoryLedger()

    def __init__(self) -> None:
        """Begin without an area."""
        super().__init__()
        self.levels: dict[str, str] = {}
        self.days: dict[str, tuple[date, date]] = {}
        self.parents: defaultdict[str, dict[date, str]] = defaultdict(dict)

    def there(self, area: str, day: date) -> bool:
        """Tell whether an area is there on a day."""
        first, end = self.days.get(area, (date.max, date.max))
        return first <= day < end

    def above(self, area: str, day: date) -> str | None:
        """Return the area above on a day."""
        since = [each for each in self.parents[area] if each <= day]
        return self.parents[area][max(since)] if since else None

    def may_lie_below(self, parent: str | None, level: str, day: date) -> bool:
        """Tell whether a parent is there, of a higher level."""
        if parent is None:
            return True
        higher = LEVELS.index(self.levels.get(parent, "community")) < LEVELS.index(level)
        return self.there(parent, day) and higher

    @rule(area=st.sampled_from(AREAS), level=st.sampled_from(LEVELS),
          parent=st.none() | st.sampled_from(AREAS), on=DAYS)  # fmt: skip
    def open(self, area: str, level: str, parent: str | None, on: date) -> None:
        """Open an area."""
        taken = area not in self.levels and self.may_lie_below(parent, level, on)
        if self.tried("area.open", area, an_act("approver-1", on), taken=taken, title="区",
                      level=level, parent=parent):  # fmt: skip
            self.levels[area] = level
            self.days[area] = on, date.max
            if parent is not None:
                self.parents[area][on] = parent

    @rule(area=st.sampled_from(AREAS), parent=st.sampled_from(AREAS),
          level=st.none() | st.sampled_from(LEVELS), on=DAYS)  # fmt: skip
    def move(self, area: str, parent: str, level: str | None, on: date) -> None:
        """Move it, perhaps to another level."""
        wanted = level or self.levels.get(area, "city")
        taken = self.there(area, on) and self.may_lie_below(parent, wanted, on)
        taken = taken and not self.would_lie_below_itself(area, parent, on)
        if self.tried("area.move", area, an_act("approver-1", on), taken=taken, parent=parent,
                      level=level):  # fmt: skip
            self.levels[area] = wanted
            self.parents[area][on] = parent

    @rule(area=st.sampled_from(AREAS), on=DAYS)
    def close(self, area: str, on: date) -> None:
        """Close it."""
        taken = self.there(area, on)
        if self.tried("area.close", area, an_act("approver-1", on), taken=taken):
            self.days[area] = self.days[area][0], on

    def would_lie_below_itself(self, area: str, parent: str, on: date) -> bool:
        """Try the move on every day that it decides, and climb from the parent."""
        later = [day for day in self.parents[area] if day > on]
        days = (day for day in ALL_DAYS if on <= day < min(later, default=date.max))
        return any(area in self.climb(parent, day) for day in days)

    def climb(self, area: str | None, day: date) -> list[str]:
        """List an area and all above it on a day; one that comes twice ends the climb."""
        seen: list[str] = []
        while area is not None and area not in seen:
            seen.append(area)
            area = self.above(area, day)
        return seen if area is None else [*seen, area]

    @invariant()
    def nothing_lies_below_itself(self) -> None:
        """Climb from each area to the top, on each day."""
        for day in ALL_DAYS:
            for area in self.levels:
                assert self.books.load(Area, area).parent_on(day) == self.above(area, day)
                above = self.climb(area, day)
                assert len(above) == len(set(above)), (area, day)


TestRoleLives = lived(RoleLives)
TestPeriodLives = lived(PeriodLives)
TestAreaLives = lived(AreaLives)
