"""Lives of aggregates: acts in any order, on any day, by anybody, held against a model.

A model is a table of steps, a set of slots, or pots of money. It knows nothing of the aggregate's
code: every act is taken or refused as the model says, and a refusal leaves nothing behind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.kernel.refusals import Refused
from tests.domain.registers.stories import a_register, counted
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from unittest import TestCase

    from domain.kernel.aggregate import Act
    from tests.domain.in_memory_unit import InMemoryLedger, Sent

FIRST, LAST = date(2007, 3, 1), date(2007, 3, 24)
DAYS = st.dates(FIRST, LAST)
BY = st.sampled_from(("officer-1", "officer-2"))
NTH = st.integers(1, 3)
# Positions that a short life may reach.
PLACES = st.integers(1, 40)


class Lives(RuleBasedStateMachine):
    """A ledger in which anybody may try anything; `OF` names the kinds whose lives they hold."""

    OF: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        """Open the books."""
        super().__init__()
        self.books = self.begin()

    def begin(self) -> InMemoryLedger:
        """Return the books that a life begins with."""
        return a_register()

    def attempted(self, command: str, subject: str, act: Act, /, **what: Any) -> Sent | Refused:
        """Try an act; a refusal leaves everything as it was."""
        before = len(self.books.stored)
        try:
            return self.books.send(command, subject, act, **what)
        except Refused as why:
            refused = why
        assert len(self.books.stored) == before
        return refused

    def tried(
        self, command: str, subject: str, act: Act, /, *, taken: bool, **what: Any
    ) -> Sent | None:
        """Try an act that the model takes or refuses."""
        outcome = self.attempted(command, subject, act, **what)
        if isinstance(outcome, Refused):
            assert not taken, f"the model takes {command} on {subject}: {outcome}"
            return None
        assert taken, f"the model refuses {command} on {subject}"
        return outcome


class Known(NamedTuple):
    """What the model knows of a subject: its state, its last dated act, and who opened it."""

    state: str = ""
    since: date = date.min
    by: str = ""


class Try(NamedTuple):
    """An act that is about to be tried."""

    subject: str
    verb: str
    on: date
    by: str
    what: dict[str, Any]


class Steps(Lives):
    """Two subjects whose acts lead from state to state; whatever is not in the table is refused."""

    # From a state ("" before the first act), by a verb, to a state.
    STEPS: ClassVar[dict[tuple[str, str], str]]
    # After these nothing is dated earlier.
    DATED: ClassVar[frozenset[str]] = frozenset()
    # Which measure counts the subjects in which states, and which one the acts of which verb.
    STOCKS: ClassVar[dict[str, set[str]]] = {}
    FLOWS: ClassVar[dict[str, str]] = {}

    def __init__(self) -> None:
        """Begin with nobody known."""
        super().__init__()
        self.known: defaultdict[str, Known] = defaultdict(Known)
        self.done: Counter[str] = Counter()

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Return what an act says."""
        raise NotImplementedError

    def allows(self, act: Try) -> bool:  # noqa: ARG002 - most lives add nothing to the table
        """Tell whether the model takes an act for which the table has a step."""
        return True

    def noted(self, act: Try) -> None:
        """Note what the model must know of an act that was taken."""

    @rule(nth=NTH, on=DAYS, by=BY, chance=st.data())
    def act(self, nth: int, on: date, by: str, chance: st.DataObject) -> None:
        """Let anybody try anything."""
        verb = chance.draw(st.sampled_from(sorted({verb for _, verb in self.STEPS})))
        act = Try(f"{self.OF[0]}:{nth}", verb, on, by, self.says(verb, chance))
        known = self.known[act.subject]
        after = self.STEPS.get((known.state, verb))
        taken = after is not None and on >= known.since and self.allows(act)
        name = f"{self.OF[0]}.{verb}"
        if self.tried(name, act.subject, an_act(by, on), taken=taken, **act.what):
            since = on if verb in self.DATED else known.since
            self.known[act.subject] = Known(after or "", since, known.by or by)
            self.done[verb] += 1
            self.noted(act)

    @invariant()
    def what_is_counted_is_what_is_there(self) -> None:
        """Compare the measures of the figures with the model."""
        for measure, states in self.STOCKS.items():
            there = sum(known.state in states for known in self.known.values())
            assert counted(self.books, measure) == there, measure
        for measure, verb in self.FLOWS.items():
            assert counted(self.books, measure) == self.done[verb], measure


class Slots(Lives):
    """Reports of periods: one stands at a time in each slot, and a reversal makes room again."""

    MEASURE: ClassVar[str]

    def __init__(self) -> None:
        """Begin with empty slots."""
        super().__init__()
        # By slot: the position and the value of what stands there.
        self.standing: dict[int, tuple[int, int]] = {}

    def subject(self, slot: int) -> str:
        """Name the subject that has the slot."""
        raise NotImplementedError

    def report(self, slot: int, value: int) -> tuple[str, Act, dict[str, Any]]:
        """Return the command, the act and the words of a report."""
        raise NotImplementedError

    @rule(slot=NTH, value=st.integers(1, 99))
    def tell(self, slot: int, value: int) -> None:
        """Report something."""
        command, act, what = self.report(slot, value)
        taken = slot not in self.standing
        sent = self.tried(command, self.subject(slot), act, taken=taken, **what)
        if sent:
            self.standing[slot] = sent.position, value

    @rule(slot=NTH, of=PLACES)
    def take_back(self, slot: int, of: int) -> None:
        """Reverse whatever stands there."""
        positions = sorted(position for position, _ in self.standing.values())
        of = positions[of % len(positions)] if positions and of % 4 else of
        subject = self.subject(slot)
        found = [each for each, (position, _) in self.standing.items() if position == of]
        taken = [self.subject(each) for each in found] == [subject]
        if self.tried("event.reverse", subject, an_act("approver-1", LAST), of=of, taken=taken):
            del self.standing[found[0]]

    @invariant()
    def what_stands_is_counted(self) -> None:
        """Compare the measure of the figures with what stands."""
        stands = sum(value for _, value in self.standing.values())
        assert counted(self.books, self.MEASURE) == stands


class Move(NamedTuple):
    """So much goes from one account to another."""

    amount: int
    source: str
    target: str


class Pots(Lives):
    """Money and goods lie in pots; an act that moves them is taken if its pots hold enough.

    The world outside (`out:`) gives and takes whatever is wanted.
    """

    def __init__(self) -> None:
        """Take over what the books begin with."""
        super().__init__()
        self.pots = Counter(self.books.balances)
        # What may be reversed: by position, the subject and its moves.
        self.undoable: dict[int, tuple[str, tuple[Move, ...]]] = {}

    def moved(self, *moves: Move) -> Counter[str] | None:
        """Return what the pots hold after some moves; None if one of them holds too little."""
        after = Counter(self.pots)
        for move in moves:
            after[move.source] -= move.amount
            if after[move.source] < 0 and not move.source.startswith("out:"):
                return None
            after[move.target] += move.amount
        return after

    def moving(
        self,
        command: str,
        subject: str,
        act: Act,
        moves: tuple[Move, ...],
        *,
        allowed: bool = True,
        undoable: bool = False,
        **what: Any,
    ) -> Sent | None:
        """Try an act that makes the moves; note it if a reversal may take it back."""
        after = self.moved(*moves) if allowed else None
        sent = self.tried(command, subject, act, taken=after is not None, **what)
        if sent and after is not None:
            self.pots = after
            if undoable:
                self.undoable[sent.positions[0]] = subject, moves
        return sent

    def place(self, of: int) -> int:
        """Turn a number into a position: mostly one that may be reversed."""
        known = sorted(self.undoable)
        return known[of % len(known)] if known and of % 4 else of

    def taking_back(self, subject: str, of: int, *, allowed: bool = True) -> bool:
        """Try to reverse what stands at a position; tell whether it was."""
        whose, moves = self.undoable.get(of, ("", ()))
        back = tuple(Move(move.amount, move.target, move.source) for move in reversed(moves))
        act = an_act("approver-1")
        taken = allowed and whose == subject
        done = self.moving("event.reverse", subject, act, back, allowed=taken, of=of)
        if done:
            del self.undoable[of]
        return done is not None

    @invariant()
    def accounts_are_the_pots(self) -> None:
        """Compare every account with the model."""
        held = self.books.balances
        assert {name: held[name] for name in held if held[name]} == {
            name: self.pots[name] for name in self.pots if self.pots[name]
        }


def lived(machine: type[Lives], examples: int = 100, steps: int = 25) -> type[TestCase]:
    """Make the test case of a machine."""
    case = machine.TestCase
    case.settings = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    return case
