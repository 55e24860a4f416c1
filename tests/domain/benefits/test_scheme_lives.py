"""Lives of schemes, on which entitlements rest."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.domain.benefits.stories import rate
from tests.domain.life_machine import FIRST, NTH, Lives, lived
from tests.domain.registers.stories import counted
from tests.domain.stories import an_act


class SchemeLives(Lives):
    """Three schemes, adopted once, each with its rates; one that follows is followed by none."""

    OF = ("scheme",)

    def __init__(self) -> None:
        """Begin without a scheme."""
        super().__init__()
        self.follows: dict[str, str | None] = {}
        self.rates = 0

    @rule(nth=NTH, follows=st.none() | NTH, amounts=st.lists(st.integers(1, 99), max_size=2))
    def adopt(self, nth: int, follows: int | None, amounts: list[int]) -> None:
        """Adopt a scheme; two rates of one tier and day are refused."""
        scheme = f"scheme:{nth}"
        followed = None if follows is None else f"scheme:{follows}"
        known = followed is None or self.follows.get(followed, "nobody") is None
        taken = scheme not in self.follows and known and len(amounts) < 2
        what = {"title": "补助", "programme": "x", "purpose": "aid-poor", "per": "person",
                "pays": "monthly", "formula": "flat", "follows": followed}  # fmt: skip
        rates = tuple(rate("a", amount) for amount in amounts)
        if self.tried("scheme.adopt", scheme, an_act("approver-1"), taken=taken, rates=rates,
                      **what):  # fmt: skip
            self.follows[scheme] = followed
            self.rates += sum(amounts)

    @rule(nth=NTH, amount=st.integers(1, 99))
    def set_rate(self, nth: int, amount: int) -> None:
        """Set a rate."""
        taken = f"scheme:{nth}" in self.follows
        if self.tried("scheme.set-rate", f"scheme:{nth}", an_act("approver-1"), taken=taken,
                      tier="a", from_=FIRST, amount=amount):  # fmt: skip
            self.rates += amount

    @invariant()
    def every_rate_is_stated(self) -> None:
        """Add the stated rates up."""
        assert counted(self.books, "rate") == self.rates


TestSchemeLives = lived(SchemeLives)
