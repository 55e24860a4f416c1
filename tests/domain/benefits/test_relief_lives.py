"""Lives of relief: every act moves money from pot to pot, and none holds less than nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.domain.life_machine import BY, NTH, Move, Pots, lived
from tests.domain.registers.stories import PERSON, counted
from tests.domain.stories import a_fund, an_act

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger

MONEY = st.integers(1, 12)
REASONS = st.sampled_from((None, "已获其他救助"))
TREASURER = an_act()
FREE = "available:x:general"


class ReliefLives(Pots):
    """Cases of one person: applied for, decided or refused, paid; parts come back from the bank."""

    OF = ("relief",)

    def __init__(self) -> None:
        """Begin without a case."""
        super().__init__()
        # By case: its state, who applied, and how much was decided.
        self.cases: dict[int, tuple[str, str, int]] = {}
        # By case: what is out, what lies at the bank's returns, and who paid it again.
        self.out: Counter[int] = Counter()
        self.back: Counter[int] = Counter()
        self.again: dict[int, str] = {}
        self.dead = False

    def begin(self) -> InMemoryLedger:
        """Register the person; the fund holds 20 fen."""
        books = a_fund(20)
        books.send("person.register", PERSON, an_act("clerk-1"))
        return books

    @rule(nth=NTH, by=BY)
    def apply(self, nth: int, by: str) -> None:
        """Apply."""
        what: dict[str, Any] = {"fund": "fund:x", "earmark": "general", "person": PERSON}
        what |= {"programme": "hospice", "purpose": "aid-poor"}
        allowed = nth not in self.cases and not self.dead
        if self.moving("relief.apply", f"relief:{nth}", an_act(by), (), allowed=allowed, **what):
            self.cases[nth] = "applied", by, 0

    @rule(nth=NTH, by=BY, amount=MONEY)
    def decide(self, nth: int, by: str, amount: int) -> None:
        """Decide, perhaps as who applied."""
        state, applicant, _ = self.cases.get(nth, ("", "", 0))
        move = Move(amount, FREE, f"committed:x:general:relief:{nth}")
        allowed = state == "applied" and by != applicant
        if self.moving("relief.decide", f"relief:{nth}", an_act(by), (move,), allowed=allowed,
                       amount=amount):  # fmt: skip
            self.cases[nth] = "decided", applicant, amount

    @rule(nth=NTH)
    def pay(self, nth: int) -> None:
        """Pay."""
        state, applicant, amount = self.cases.get(nth, ("", "", 0))
        move = Move(amount, f"committed:x:general:relief:{nth}", "spent:x:general:hospice")
        if self.moving("relief.pay", f"relief:{nth}", TREASURER, (move,),
                       allowed=state == "decided"):  # fmt: skip
            self.cases[nth] = "paid", applicant, amount
            self.out[nth] = amount

    @rule(nth=NTH, by=BY, verb=st.sampled_from(("reject", "withdraw")), reason=REASONS)
    def end(self, nth: int, by: str, verb: str, reason: str | None) -> None:
        """Refuse it, perhaps as who applied, or take it back."""
        state, applicant, amount = self.cases.get(nth, ("", "", 0))
        allowed = bool(reason) and not (verb == "reject" and by == applicant)
        freed = Move(amount, f"committed:x:general:relief:{nth}", FREE)
        moves = (freed,) if state == "decided" else ()
        if self.moving(f"relief.{verb}", f"relief:{nth}", an_act(by), moves,
                       allowed=allowed and state in {"applied", "decided"},
                       reason=reason):  # fmt: skip
            self.cases[nth] = "over", applicant, 0

    @rule(nth=NTH, amount=st.none() | MONEY)
    def send_back(self, nth: int, amount: int | None) -> None:
        """Let the bank return it, or a part of it."""
        back = self.out[nth] if amount is None else amount
        move = Move(back, "spent:x:general:hospice", f"returned:x:general:relief:{nth}")
        if self.moving("relief.return", f"relief:{nth}", TREASURER, (move,),
                       allowed=0 < back <= self.out[nth], amount=amount, reason="销户",
                       bank_ref="退-1"):  # fmt: skip
            self.out[nth] -= back
            self.back[nth] += back

    @rule(nth=NTH, by=BY)
    def pay_again(self, nth: int, by: str) -> None:
        """Pay again what came back."""
        back = self.back[nth]
        move = Move(back, f"returned:x:general:relief:{nth}", "spent:x:general:hospice")
        if self.moving("relief.reissue", f"relief:{nth}", an_act(by), (move,),
                       allowed=back > 0 and not self.dead):  # fmt: skip
            self.out[nth] += self.back.pop(nth)
            self.again[nth] = by

    @rule(nth=NTH, by=BY)
    def give_up(self, nth: int, by: str) -> None:
        """Give up what came back, by another than who paid it again."""
        back = self.back[nth]
        move = Move(back, f"returned:x:general:relief:{nth}", FREE)
        if self.moving("relief.write-back", f"relief:{nth}", an_act(by), (move,),
                       allowed=back > 0 and self.again.get(nth) != by):  # fmt: skip
            del self.back[nth]

    @invariant()
    def who_keeps_a_part_counts_as_helped(self) -> None:
        """Count the cases of which something is out, or lies at the bank's returns."""
        helped = sum(bool(self.out[nth] + self.back[nth]) for nth in self.cases)
        assert counted(self.books, "relief-cases") == helped

    @rule(sure=st.integers(0, 9))
    def die(self, sure: int) -> None:
        """Learn, now and then, that the person has died."""
        if sure == 7:
            act = an_act("clerk-1")
            self.tried("person.report-death", PERSON, act, taken=not self.dead, date=act.on)
            self.dead = True


TestReliefLives = lived(ReliefLives, steps=30)
