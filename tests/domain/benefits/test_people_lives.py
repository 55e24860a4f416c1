"""Lives of persons, social workers and veterans: what may follow what, and what is counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import strategies as st

from tests.domain.life_machine import DAYS, Steps, Try, lived
from tests.domain.registers.stories import PERSON, a_register

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger


class VeteranLives(Steps):
    """A veteran is received once, provided for once, and trained as often as he likes."""

    OF = ("veteran",)
    STEPS: ClassVar = {
        ("", "receive"): "received",
        ("received", "place"): "placed",
        ("received", "choose-self-employment"): "self-employed",
        **{(state, "train"): state for state in ("received", "placed", "self-employed")},
    }
    DATED = frozenset({"receive"})
    FLOWS: ClassVar = {
        "veterans-received": "receive",
        "veterans-placed": "place",
        "veterans-self-employed": "choose-self-employment",
        "veterans-trained": "train",
    }

    def begin(self) -> InMemoryLedger:
        """Register whom the city receives."""
        return a_register(PERSON)

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say who is received, and of which cohort."""
        cohort = chance.draw(st.integers(2006, 2007))
        said = {"person": PERSON, "category": "soldier", "cohort": cohort}
        return said if verb == "receive" else {}


class WorkerLives(Steps):
    """A worker is registered or appointed first, then graded and appointed anew."""

    OF = ("worker",)
    STEPS: ClassVar = {
        ("", "register"): "known",
        ("", "appoint"): "known",
        ("known", "appoint"): "known",
        ("known", "grade"): "known",
    }
    DATED = frozenset({"register", "appoint"})
    FLOWS: ClassVar = {
        "workers-registered": "register",
        "workers-appointed": "appoint",
        "workers-graded": "grade",
    }

    def begin(self) -> InMemoryLedger:
        """Register who works."""
        return a_register(PERSON, "person:2")

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say who works, for whom, or how well."""
        if verb == "grade":
            return {"grade": "assistant"}
        who = {"person": chance.draw(st.sampled_from((PERSON, "person:2")))}
        if verb == "register":
            return who
        return who | {"body": "organisation:x", "established": chance.draw(st.booleans())}

    def __init__(self) -> None:
        """Begin with nobody's name known."""
        super().__init__()
        self.whose: dict[str, str] = {}

    def allows(self, act: Try) -> bool:
        """Let a worker stay the same person."""
        who = act.what.get("person")
        return who in {None, self.whose.get(act.subject, who)}

    def noted(self, act: Try) -> None:
        """Note who it is."""
        if "person" in act.what:
            self.whose[act.subject] = act.what["person"]


class PersonLives(Steps):
    """A person is registered and erased once, and dies once, unless that was a mistake."""

    OF = ("person",)
    STEPS: ClassVar = {
        ("", "register"): "living",
        ("living", "report-death"): "dead",
        ("living", "erase"): "erased",
        ("dead", "erase"): "dead and erased",
        ("erased", "report-death"): "dead and erased",
        ("dead", "withdraw-death"): "living",
        ("dead and erased", "withdraw-death"): "erased",
        **{(state, "change"): state for state in ("living", "dead")},
    }

    def __init__(self) -> None:
        """Begin with nobody dead."""
        super().__init__()
        self.reported: dict[str, date] = {}

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say when somebody died, or which papers are others."""
        if verb == "change":
            parts = st.lists(st.sampled_from(("name", "account")), unique=True)
            return {"sealed": dict.fromkeys(chance.draw(parts), "")}
        return {"date": chance.draw(DAYS)} if verb == "report-death" else {}

    def allows(self, act: Try) -> bool:
        """Let nobody's death be known before its day, nor be withdrawn before its report."""
        if act.verb == "change":
            return bool(act.what["sealed"])
        if act.verb == "withdraw-death":
            return act.on >= self.reported[act.subject]
        return bool(act.what.get("date", date.min) <= act.on)

    def noted(self, act: Try) -> None:
        """Keep the day of the report."""
        if act.verb == "report-death":
            self.reported[act.subject] = act.on


TestVeteranLives = lived(VeteranLives)
TestWorkerLives = lived(WorkerLives)
TestPersonLives = lived(PersonLives)
