"""Lives of gifts: money waits beside its fund and is gathered; goods lie in store and leave it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.funds.goods_pieces import Pieces
from domain.kernel.money import Quantity
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.life_machine import NTH, PLACES, Move, Pots, lived
from tests.domain.registers.stories import counted
from tests.domain.stories import FEDERATION, an_act, with_fund

STORE: dict[str, Any] = {"fund": "fund:gifts", "earmark": "general"}
DONORS, SALES = "out:gifts:general:donors", "out:gifts:general:sales"
RECEIVED, FREE = "received:gifts:general", "available:gifts:general"
RAISER, SECOND_RAISER = an_act("fundraiser-1"), an_act("fundraiser-2")
TREASURER = an_act()
MONEY = st.integers(1, 12)
KINDS = st.sampled_from(("clothing", "quilt"))


class OfGifts(Pots):
    """One fund that lives of gifts."""

    def begin(self) -> InMemoryLedger:
        """Open the fund."""
        return with_fund(InMemoryLedger(), "fund:gifts", kind="charity", keeper=FEDERATION)


class DonationLives(OfGifts):
    """Two gifts: pledged, kept in instalments, receipted, gathered, given back, corrected."""

    OF = ("donation",)

    def __init__(self) -> None:
        """Begin without a gift."""
        super().__init__()
        self.states: dict[int, str] = {}
        # By gift: what was given, and what is left of it; and the pledges by their positions.
        self.given: Counter[int] = Counter()
        self.left: Counter[int] = Counter()
        self.pledges: dict[int, int] = {}
        # By gift: what was pledged; the positions of what came; whether it was corrected.
        self.promised: Counter[int] = Counter()
        self.arrivals: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self.corrected: set[int] = set()

    def state(self, nth: int) -> str:
        """Return the state of a gift."""
        return self.states.get(nth, "unknown")

    @rule(nth=NTH, amount=MONEY)
    def pledge(self, nth: int, amount: int) -> None:
        """Promise a gift."""
        allowed = self.state(nth) == "unknown"
        sent = self.moving("donation.pledge", f"donation:{nth}", RAISER, (), allowed=allowed,
                           undoable=True, amount=amount, **STORE)  # fmt: skip
        if sent:
            self.states[nth] = "pledged"
            self.pledges[sent.position] = nth
            self.promised[nth] = amount

    @rule(nth=NTH, amount=MONEY)
    def receive(self, nth: int, amount: int) -> None:
        """Receive it, be it pledged or not, at once or in instalments."""
        allowed = self.state(nth) in {"unknown", "pledged", "undone", "part-received"}
        move = Move(amount, DONORS, RECEIVED)
        sent = self.moving("donation.receive", f"donation:{nth}", RAISER, (move,), allowed=allowed,
                           undoable=True, amount=amount, name_shown=True, **STORE)  # fmt: skip
        if sent:
            self.given[nth] += amount
            self.left[nth] += amount
            self.arrivals[nth].append((sent.position, amount))
            whole = self.given[nth] >= self.promised[nth]
            self.states[nth] = "received" if whole else "part-received"

    @rule(nth=NTH)
    def receipt(self, nth: int) -> None:
        """Write the receipt."""
        allowed = self.state(nth) == "received"
        if self.moving("donation.receipt", f"donation:{nth}", RAISER, (), allowed=allowed,
                       number="SZ2007000001"):  # fmt: skip
            self.states[nth] = "receipted"

    @rule(nth=NTH, amount=MONEY)
    def refund(self, nth: int, amount: int) -> None:
        """Give a part back: first of what waits, then of what is free."""
        waiting = min(amount, self.pots[RECEIVED])
        moves = (Move(waiting, RECEIVED, DONORS), Move(amount - waiting, FREE, DONORS))
        if self.moving("donation.refund", f"donation:{nth}", SECOND_RAISER, moves,
                       allowed=amount <= self.left[nth], amount=amount):  # fmt: skip
            self.left[nth] -= amount
            if not self.left[nth]:
                self.states[nth] = "refunded"

    @rule(nth=NTH, amount=MONEY)
    def correct(self, nth: int, amount: int) -> None:
        """Say that it was another amount; what was too much goes as a refund would."""
        given, refunded = self.given[nth], self.given[nth] - self.left[nth]
        allowed = self.state(nth) in {"received", "receipted", "part-received"}
        allowed = allowed and not (refunded and amount <= refunded)
        more, less = max(amount - given, 0), max(given - amount, 0)
        waiting = min(less, self.pots[RECEIVED])
        moves = (Move(more, DONORS, RECEIVED), Move(waiting, RECEIVED, DONORS),
                 Move(less - waiting, FREE, DONORS))  # fmt: skip
        if self.moving("donation.correct", f"donation:{nth}", RAISER, moves, allowed=allowed,
                       amount=amount):  # fmt: skip
            self.left[nth] += amount - given
            self.given[nth] = amount
            self.corrected.add(nth)

    @rule()
    def gather(self) -> None:
        """Gather what waits."""
        held = self.pots[RECEIVED]
        self.moving("fund.gather", "fund:gifts", TREASURER, (Move(held, RECEIVED, FREE),),
                    allowed=held > 0, earmark="general", through=TREASURER.on)  # fmt: skip

    @rule(nth=NTH, of=PLACES)
    def take_back(self, nth: int, of: int) -> None:
        """Reverse whatever stands there: a pledge that was not kept, a gift that is all there."""
        of = self.place(of)
        if of in self.undoable and nth > 1:
            nth = int(self.undoable[of][0].partition(":")[2])
        pledge = of in self.pledges
        whole = self.left[nth] == self.given[nth] and nth not in self.corrected
        last = self.arrivals[nth][-1:]
        whole = whole and of in {position for position, _ in last}
        allowed = self.state(nth) == "pledged" if pledge else whole
        if self.taking_back(f"donation:{nth}", of, allowed=allowed):
            if pledge:
                del self.pledges[of]
                self.promised[nth] = 0
            else:
                _, amount = self.arrivals[nth].pop()
                self.given[nth] -= amount
                self.left[nth] -= amount
            self.states[nth] = "pledged" if nth in self.pledges.values() else "undone"
            if self.given[nth]:
                self.states[nth] = "part-received"

    @invariant()
    def what_was_given_is_counted(self) -> None:
        """Compare what the keeper has raised with what was given."""
        assert counted(self.books, "donated") == sum(self.given.values())


class GoodsLives(OfGifts):
    """A store of clothing and quilts: filled by gifts, emptied by issues and sales, valued."""

    OF = ("goods",)

    def __init__(self) -> None:
        """Begin with an empty store."""
        super().__init__()
        self.states: dict[int, str] = {}
        self.worth: dict[int, int] = {}
        self.gifts = 0

    def begin(self) -> InMemoryLedger:
        """Let the fund hold some money, which is no goods."""
        return with_fund(
            InMemoryLedger(), "fund:gifts", kind="charity", keeper=FEDERATION, holding=10
        )

    @rule(kind=KINDS, number=MONEY)
    def give(self, kind: str, number: int) -> None:
        """Give pieces of a kind."""
        self.gifts += 1
        move = Move(number, DONORS, f"stock:gifts:general:{kind}")
        self.moving("donation.receive", f"donation:gift-{self.gifts}", RAISER, (move,),
                    undoable=True, goods=pieces(kind, number), name_shown=False,
                    **STORE)  # fmt: skip

    @rule(nth=NTH, kind=KINDS, number=MONEY)
    def issue(self, nth: int, kind: str, number: int) -> None:
        """Give pieces out."""
        move = Move(number, f"stock:gifts:general:{kind}", "issued:gifts:general:aid")
        if self.moving("goods.issue", f"goods:{nth}", TREASURER, (move,), undoable=True,
                       allowed=nth not in self.states, goods=pieces(kind, number),
                       programme="aid", **STORE):  # fmt: skip
            self.states[nth] = "out"

    @rule(nth=NTH, kind=KINDS, number=MONEY, amount=MONEY)
    def sell(self, nth: int, kind: str, number: int, amount: int) -> None:
        """Sell pieces; the money is free."""
        moves = (Move(number, f"stock:gifts:general:{kind}", SALES), Move(amount, SALES, FREE))
        if self.moving("goods.sell", f"goods:{nth}", TREASURER, moves, undoable=True,
                       allowed=nth not in self.states, goods=pieces(kind, number),
                       amount=amount, **STORE):  # fmt: skip
            self.states[nth] = "out"

    @rule(nth=NTH, amount=MONEY)
    def value(self, nth: int, amount: int) -> None:
        """Say what something is worth; an act that was undone is worth nothing."""
        allowed = self.states.get(nth) != "undone"
        done = self.moving("goods.value", f"goods:{nth}", TREASURER, (), allowed=allowed,
                           amount=amount, method="市场价", source="估价单")  # fmt: skip
        if done and self.states.setdefault(nth, "valued") == "valued":
            self.worth[nth] = amount

    @rule(amount=MONEY)
    def promise(self, amount: int) -> None:
        """Promise what is free, so that a sale cannot be undone."""
        move = Move(amount, FREE, "committed:gifts:general:grant:1")
        self.moving("fund.commit", "fund:gifts", TREASURER, (move,), amount=amount,
                    earmark="general", to="grant:1", purpose="aid-poor")  # fmt: skip

    @rule(of=PLACES)
    def take_back(self, of: int) -> None:
        """Reverse whatever stands there: an issue, a sale or a gift."""
        of = self.place(of)
        subject = self.undoable.get(of, ("goods:1", ()))[0]
        if self.taking_back(subject, of) and subject.startswith("goods:"):
            self.states[int(subject.partition(":")[2])] = "undone"

    @invariant()
    def only_gifts_count_with_their_value(self) -> None:
        """Compare the sum of values with what was said last of each."""
        assert counted(self.books, "valued") == sum(self.worth.values())


def pieces(kind: str, number: int) -> tuple[Pieces, ...]:
    """Write so many pieces of a kind."""
    return (Pieces(kind, Quantity(number, f"item:{kind}")),)


TestDonationLives = lived(DonationLives)
TestGoodsLives = lived(GoodsLives, examples=200)
