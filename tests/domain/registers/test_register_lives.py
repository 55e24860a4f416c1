"""Lives in the registers: what may follow what, and what the figures count of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import strategies as st

from tests.domain.life_machine import DAYS, Steps, Try, lived
from tests.domain.registers.stories import GUIYUAN, LUOHU, a_register
from tests.domain.stories import with_fund

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger

AREAS = st.sampled_from((LUOHU, GUIYUAN))


class OrganisationLives(Steps):
    """A body is on record, registered, or no more, and never changed after its end."""

    OF = ("organisation",)
    STEPS: ClassVar = {
        ("", "record"): "on record",
        ("", "register"): "registered",
        ("", "bring-in"): "registered",
        ("on record", "register"): "registered",
        ("on record", "change"): "on record",
        ("registered", "change"): "registered",
        ("on record", "file-report"): "on record",
        ("registered", "file-report"): "registered",
        ("on record", "deregister"): "over",
        ("registered", "deregister"): "over",
        ("on record", "revoke"): "over",
        ("registered", "revoke"): "over",
    }
    DATED = frozenset({"record", "register", "bring-in", "change"})
    STOCKS: ClassVar = {"organisations": {"registered"}, "organisations-on-record": {"on record"}}
    FLOWS: ClassVar = {
        "organisations-registered": "register",
        "organisations-recorded": "record",
        "organisations-deregistered": "deregister",
        "organisations-revoked": "revoke",
    }

    def __init__(self) -> None:
        """Begin without a report."""
        super().__init__()
        self.reported: defaultdict[str, set[int]] = defaultdict(set)

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say who the body is, what changes, or on which year it reports."""
        if verb in {"record", "register", "bring-in"}:
            said = {"title": "合唱团", "kind": "association", "activity": "elders-joy"}
            return said | {"area": chance.draw(AREAS)}
        if verb == "change":
            return {"area": chance.draw(AREAS)}
        return {"year": chance.draw(st.integers(2005, 2007))} if verb == "file-report" else {}

    def allows(self, act: Try) -> bool:
        """Take one report on a year."""
        return act.what.get("year") not in self.reported[act.subject]

    def noted(self, act: Try) -> None:
        """Note the year."""
        if "year" in act.what:
            self.reported[act.subject].add(act.what["year"])


class RegistrationLives(Steps):
    """A couple is registered once, inspected once by another person, annulled once."""

    OF = ("registration",)
    STEPS: ClassVar = {
        ("", "enter"): "entered",
        ("entered", "inspect"): "inspected",
        ("entered", "annul"): "annulled",
        ("inspected", "annul"): "annulled",
    }
    DATED = frozenset({"enter"})
    FLOWS: ClassVar = {
        "registrations": "enter",
        "registrations-annulled": "annul",
        "registrations-inspected": "inspect",
    }

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say what is registered, why it falls, or whether it complies."""
        if verb == "enter":
            kind = chance.draw(st.sampled_from(("marriage", "divorce")))
            return {"kind": kind, "office": "罗湖", "area": LUOHU}
        return {"reason": "胁迫"} if verb == "annul" else {"compliant": chance.draw(st.booleans())}

    def allows(self, act: Try) -> bool:
        """Let nobody inspect what he has entered."""
        return act.verb != "inspect" or act.by != self.known[act.subject].by


class EntryLives(Steps):
    """A line of a register is opened once, changed while it is there, and ended once."""

    OF = ("entry",)
    STEPS: ClassVar = {
        ("", "open"): "open",
        ("", "bring-in"): "open",
        ("open", "change"): "open",
        ("open", "end"): "ended",
    }
    DATED = frozenset({"open", "bring-in", "change"})
    STOCKS: ClassVar = {"entries": {"open"}}
    FLOWS: ClassVar = {"entries-opened": "open"}

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say what it is, or what it is linked to now."""
        links = {"links": tuple(chance.draw(st.sets(st.sampled_from(("a", "b", "c")))))}
        if verb in {"open", "bring-in"}:
            return {"register_": "community-station", "title": "站", "area": LUOHU, **links}
        return links if verb == "change" else {}


class HonourLives(Steps):
    """An honour is conferred once and withdrawn once, not before it was conferred."""

    OF = ("honour",)
    STEPS: ClassVar = {("", "confer"): "conferred", ("conferred", "withdraw"): "withdrawn"}
    DATED = frozenset({"confer"})
    STOCKS: ClassVar = {"honours": {"conferred"}}
    FLOWS: ClassVar = {"honours-conferred": "confer"}

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say which honour, of which level, and whose."""
        said = {"award": "harmonious-community", "level": "city"}
        return said | {"recipient": chance.draw(AREAS)} if verb == "confer" else {}


class FacilityLives(Steps):
    """A facility is planned or opens at once, is resized, closed once, and never opens again."""

    OF = ("facility",)
    STEPS: ClassVar = {
        ("", "plan"): "planned",
        ("", "open"): "open",
        ("", "bring-in"): "open",
        ("planned", "open"): "open",
        ("planned", "resize"): "planned",
        ("open", "resize"): "open",
        ("planned", "close"): "closed",
        ("open", "close"): "closed",
    }
    DATED = frozenset({"plan", "open", "bring-in", "resize"})
    STOCKS: ClassVar = {"facilities": {"open"}, "facilities-planned": {"planned"}}
    FLOWS: ClassVar = {"facilities-opened": "open"}

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say what it is, and how many beds it has."""
        beds = {"beds": chance.draw(st.integers(1, 9))}
        if verb in {"resize", "close"}:
            return beds if verb == "resize" else {}
        return {"kind": "elder-home", "body": "organisation:x", "area": LUOHU, **beds}


class ProjectLives(Steps):
    """A project is opened once."""

    OF = ("project",)
    STEPS: ClassVar = {("", "open"): "open"}

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:  # noqa: ARG002
        """Say what it is for."""
        return {"title": "老有所乐", "programme": "elders-joy", "purpose": "aid-elderly"}


class PublicationLives(Steps):
    """The figures of a month that is over are told once."""

    OF = ("publication",)
    STEPS: ClassVar = {("", "publish"): "published"}

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:  # noqa: ARG002
        """Say of which month: February is over in March, which is not over yet."""
        return {"period": chance.draw(st.sampled_from(("2007-02", "2007-03"))), "title": "公布"}

    def allows(self, act: Try) -> bool:
        """Take what is over."""
        return bool(act.what["period"] == "2007-02")


class CampaignLives(Steps):
    """A campaign starts ten days after it was filed, within its plan, and ends once."""

    OF = ("campaign",)
    STEPS: ClassVar = {
        ("", "file"): "filed",
        ("filed", "start"): "started",
        ("started", "end"): "ended",
    }
    DATED = frozenset({"start"})

    def __init__(self) -> None:
        """Open the fund that it raises for; begin without a plan."""
        super().__init__()
        self.plans: dict[str, tuple[date, date, date]] = {}

    def begin(self) -> InMemoryLedger:
        """Open the fund that it raises for."""
        return with_fund(a_register(), "fund:gifts", kind="charity")

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say from when to when it runs."""
        if verb != "file":
            return {}
        days = {"starts": chance.draw(DAYS), "ends": chance.draw(DAYS)}
        return {"title": "募捐", "permit": "募备1号", "fund": "fund:gifts", **days}

    def allows(self, act: Try) -> bool:
        """Take a plan that ends after it starts, and a start within it, ten days after its day."""
        if act.verb == "file":
            return bool(act.what["starts"] <= act.what["ends"])
        if act.verb == "end":
            return True
        filed, starts, ends = self.plans[act.subject]
        return (starts - filed).days >= 10 and starts <= act.on <= ends

    def noted(self, act: Try) -> None:
        """Note the plan, and when it was filed."""
        if act.verb == "file":
            self.plans[act.subject] = act.on, act.what["starts"], act.what["ends"]


TestOrganisationLives = lived(OrganisationLives)
TestRegistrationLives = lived(RegistrationLives)
TestEntryLives = lived(EntryLives)
TestHonourLives = lived(HonourLives)
TestFacilityLives = lived(FacilityLives)
TestPublicationLives = lived(PublicationLives)
TestProjectLives = lived(ProjectLives, examples=5)
TestCampaignLives = lived(CampaignLives)
