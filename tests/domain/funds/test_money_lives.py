"""Lives of money: every act moves it from pot to pot, and none holds less than nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain.grants.grant_events import Share
from tests.domain.life_machine import PLACES, Move, Pots, lived
from tests.domain.stories import a_fund, a_grant, an_act, with_fund

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger

MONEY = st.integers(1, 12)
FUNDS = st.sampled_from(("x", "y"))
EARMARKS = st.sampled_from(("general", "2008"))
PURPOSES = st.sampled_from(("aid-poor", "veterans"))
PAYERS = st.sampled_from(("grant:1", "grant:1", "grant:2"))
TREASURER = an_act()


def free(fund: str, earmark: str = "general") -> str:
    """Name the pot of what is free."""
    return f"available:{fund}:{earmark}"


class FundLives(Pots):
    """Two funds of two earmarks promise, give up, move and return what they hold."""

    OF = ("fund",)

    def __init__(self) -> None:
        """Begin with funds that serve every purpose; what they began with may be reversed."""
        super().__init__()
        for position, (fund, held) in {2: ("x", 20), 4: ("y", 8)}.items():
            move = Move(held, f"out:{fund}:general:opening", free(fund))
            self.undoable[position] = f"fund:{fund}", (move,)
        self.purposes = {fund: {"aid-poor", "veterans"} for fund in ("x", "y")}

    def begin(self) -> InMemoryLedger:
        """Open the funds."""
        return with_fund(a_fund(20), "fund:y", holding=8)

    @rule(fund=FUNDS, earmark=EARMARKS, amount=MONEY, brought=st.booleans())
    def come_in(self, fund: str, earmark: str, amount: int, *, brought: bool) -> None:
        """Let money come in."""
        verb, source = ("bring-in", "opening") if brought else ("receive", "fiscal")
        said: dict[str, Any] = (
            {"as_stated_in": "决算"} if brought else {"source": "fiscal", "document": "单"}
        )
        move = Move(amount, f"out:{fund}:{earmark}:{source}", free(fund, earmark))
        self.moving(f"fund.{verb}", f"fund:{fund}", TREASURER, (move,), undoable=True,
                    amount=amount, earmark=earmark, **said)  # fmt: skip

    @rule(fund=FUNDS, earmark=EARMARKS, amount=MONEY, to=PAYERS, purpose=PURPOSES)
    def commit(self, fund: str, earmark: str, amount: int, to: str, purpose: str) -> None:
        """Promise money to one of two payers."""
        move = Move(amount, free(fund, earmark), f"committed:{fund}:{earmark}:{to}")
        self.moving("fund.commit", f"fund:{fund}", TREASURER, (move,), undoable=True,
                    allowed=purpose in self.purposes[fund],
                    amount=amount, earmark=earmark, to=to, purpose=purpose)  # fmt: skip

    @rule(fund=FUNDS, earmark=EARMARKS, amount=MONEY, of=PAYERS, kept=st.booleans())
    def uncommit(self, fund: str, earmark: str, amount: int, of: str, *, kept: bool) -> None:
        """Give a promise up, or a part of one that is kept."""
        promised = [pot for pot in self.pots if pot[:9] == "committed" and self.pots[pot]]
        if kept and promised:
            pot = promised[amount % len(promised)]
            _, fund, earmark, of = pot.split(":", 3)
            amount = min(amount, self.pots[pot])
        move = Move(amount, f"committed:{fund}:{earmark}:{of}", free(fund, earmark))
        self.moving("fund.uncommit", f"fund:{fund}", TREASURER, (move,),
                    amount=amount, earmark=earmark, of=of)  # fmt: skip

    @rule(fund=FUNDS, old=EARMARKS, new=EARMARKS, amount=MONEY)
    def carry_over(self, fund: str, old: str, new: str, amount: int) -> None:
        """Move free money between earmarks."""
        move = Move(amount, free(fund, old), free(fund, new))
        self.moving("fund.carry-over", f"fund:{fund}", TREASURER, (move,), undoable=True,
                    from_earmark=old, to_earmark=new, amount=amount)  # fmt: skip

    @rule(fund=FUNDS, earmark=EARMARKS, amount=MONEY)
    def surrender(self, fund: str, earmark: str, amount: int) -> None:
        """Give free money back."""
        move = Move(amount, free(fund, earmark), f"out:{fund}:{earmark}:surrendered")
        self.moving("fund.surrender", f"fund:{fund}", TREASURER, (move,), undoable=True,
                    amount=amount, earmark=earmark, to="fiscal")  # fmt: skip

    @rule(fund=FUNDS, to=FUNDS, earmark=EARMARKS, amount=MONEY, purpose=PURPOSES)
    def transfer(self, fund: str, to: str, earmark: str, amount: int, purpose: str) -> None:
        """Pass free money to another fund that serves the purpose too."""
        moves = (
            Move(amount, free(fund, earmark), f"out:{fund}:{earmark}:fund:{to}"),
            Move(amount, f"out:{to}:general:fund:{fund}", free(to)),
        )
        allowed = fund != to and all(purpose in self.purposes[each] for each in (fund, to))
        self.moving("fund.transfer", f"fund:{fund}", TREASURER, moves, allowed=allowed,
                    amount=amount, earmark=earmark, to_fund=f"fund:{to}", to_earmark="general",
                    purpose=purpose)  # fmt: skip

    @rule(fund=FUNDS, purposes=st.sets(PURPOSES, min_size=1))
    def change_purpose(self, fund: str, purposes: set[str]) -> None:
        """Let a fund serve other purposes from now on."""
        what: dict[str, Any] = {"purposes": tuple(purposes), "consent": "市政府批准"}
        if self.moving("fund.change-purpose", f"fund:{fund}", TREASURER, (), **what):
            self.purposes[fund] = purposes

    @rule(fund=FUNDS, of=PLACES)
    def take_back(self, fund: str, of: int) -> None:
        """Reverse whatever stands there."""
        place = self.place(of)
        subject = self.undoable[place][0] if of % 3 and place in self.undoable else f"fund:{fund}"
        self.taking_back(subject, place)


class GrantLives(Pots):
    """One grant out of two funds: awarded, advanced, accounted for, given back, closed."""

    OF = ("grant",)

    def __init__(self) -> None:
        """Begin with what a clerk has applied for."""
        super().__init__()
        self.state = "applied"

    def begin(self) -> InMemoryLedger:
        """Let a clerk apply for 20 fen; one fund holds 20, the other 6."""
        return with_fund(a_grant(20, holding=20), "fund:y", holding=6)

    def pots_of(self, name: str) -> tuple[str, str]:
        """Name what is promised to the grant, and what it has in advance."""
        return f"committed:{name}:general:grant:1", f"advanced:{name}:general:grant:1"

    @rule(one=MONEY, other=st.integers(0, 12), by=st.sampled_from(("clerk-1", "approver-1")))
    def award(self, one: int, other: int, by: str) -> None:
        """Award it, out of one fund or both, perhaps by who applied for it."""
        wanted = {"x": one, "y": other} if other else {"x": one}
        shares = tuple(Share(f"fund:{fund}", "general", wanted[fund]) for fund in wanted)
        moves = tuple(Move(wanted[fund], free(fund), self.pots_of(fund)[0]) for fund in wanted)
        allowed = self.state == "applied" and by != "clerk-1" and one + other <= 20
        if self.moving("grant.award", "grant:1", an_act(by), moves, allowed=allowed, shares=shares):
            self.state = "awarded"

    @rule(fund=FUNDS, amount=MONEY)
    def pay(self, fund: str, amount: int) -> None:
        """Pay an instalment in advance."""
        committed, advanced = self.pots_of(fund)
        self.moving("grant.pay", "grant:1", TREASURER, (Move(amount, committed, advanced),),
                    allowed=self.state == "awarded", undoable=True,
                    fund=f"fund:{fund}", amount=amount, instalment=1)  # fmt: skip

    @rule(fund=FUNDS, amount=MONEY)
    def account(self, fund: str, amount: int) -> None:
        """Account for a part."""
        move = Move(amount, self.pots_of(fund)[1], f"spent:{fund}:general:elders-joy")
        self.moving("grant.account", "grant:1", an_act("clerk-2"), (move,), undoable=True,
                    allowed=self.state == "awarded",
                    fund=f"fund:{fund}", amount=amount)  # fmt: skip

    @rule(fund=FUNDS, amount=MONEY)
    def give_back(self, fund: str, amount: int) -> None:
        """Give a part back."""
        closed = self.state == "closed"
        held = f"spent:{fund}:general:elders-joy" if closed else self.pots_of(fund)[1]
        move = Move(amount, held, free(fund))
        self.moving("grant.give-back", "grant:1", an_act("clerk-2"), (move,),
                    allowed=self.state in {"awarded", "closed"},
                    fund=f"fund:{fund}", amount=amount)  # fmt: skip

    @rule(sure=st.integers(0, 5))
    def close(self, sure: int) -> None:
        """Close it, now and then; the rest of the promise is free again."""
        rest = [(fund, self.pots[self.pots_of(fund)[0]]) for fund in ("x", "y")]
        moves = tuple(Move(held, self.pots_of(fund)[0], free(fund)) for fund, held in rest if held)
        out = any(self.pots[self.pots_of(fund)[1]] for fund in ("x", "y"))
        allowed = self.state != "closed" and not out
        if sure == 3 and self.moving(
            "grant.close", "grant:1", an_act("clerk-2"), moves, allowed=allowed
        ):
            self.state = "closed"

    @rule(of=PLACES)
    def take_back(self, of: int) -> None:
        """Reverse whatever stands there."""
        self.taking_back("grant:1", self.place(of), allowed=self.state == "awarded")


TestFundLives = lived(FundLives, examples=200, steps=40)
TestGrantLives = lived(GrantLives)
