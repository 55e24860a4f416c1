"""Schemes (补助项目): who gets how much, from when, by which authority, out of which purpose.

A scheme is adopted into the ledger from its file in `catalogue/`; from then on the ledger alone
counts, and a later edit of the file rewrites nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

import msgspec

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.disclosure import public
from domain.kernel.facts import Fact
from domain.kernel.ids import AreaId, MonthsAfterDeath, Purpose, SchemeId, TagKey, Text, Word
from domain.kernel.money import Fen, Measured
from domain.kernel.refusals import Malformed, WrongState
from domain.kernel.unit import Unit
from domain.registers.areas import require_area

Per: TypeAlias = Literal["person", "household", "bed", "case"]
Pays: TypeAlias = Literal["monthly", "once", "in-kind"]
Formula: TypeAlias = Literal["flat", "top-up", "per-unit"]
HOLDERS = {"person": "person", "household": "household", "bed": "facility"}


class Rate(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What a tier gives a month (or once) from a day on, in an area or the whole city."""

    area: AreaId | None = None
    tier: Word
    from_: date
    amount: Fen
    authority: Text


class Scheme(Aggregate):
    """A promise of the city to a kind of person, household or bed."""

    KIND = "scheme"
    COLLECTION = "schemes"
    ORDER, PUBLIC_ORDER = 20, 140

    def __init__(self, subject: str) -> None:
        """Start not adopted."""
        super().__init__(subject)
        self.programme = ""
        self.purpose = ""
        self.per = ""
        self.pays = ""
        self.formula = ""
        self.excludes: tuple[str, ...] = ()
        self.follows: str | None = None
        self.after_death_months = 0
        # The areas (empty: the whole city) and tiers that it has a rate for, whenever.
        self.rates: set[tuple[str, str]] = set()
        # Of each of these the days and amounts, in fen, as they were told.
        self.dated: dict[tuple[str, str], list[tuple[date, int]]] = {}

    @command(roles=("approver",), opens=True)
    def adopt(
        self,
        act: Act,
        unit: Unit,
        *,
        title: Text,
        programme: Word,
        purpose: Purpose,
        per: Per,
        pays: Pays,
        formula: Formula,
        excludes: tuple[SchemeId, ...] = (),
        follows: SchemeId | None = None,
        after_death_months: MonthsAfterDeath = 0,
        rates: tuple[Rate, ...] = (),
        sealed: TagKey | None = None,  # noqa: ARG002 - the key of the scheme's tags: the vault's
    ) -> None:
        """Adopt a scheme with its rates; `sealed` may bring the key that names its payments."""
        if follows is not None and unit[Scheme, follows].follows is not None:
            raise WrongState(self.id, "chain-of-schemes", scheme=follows)
        for rate in rates:
            if rate.area is not None:
                require_area(act, unit, rate.area)
        if len({(rate.area, rate.tier, rate.from_) for rate in rates}) < len(rates):
            raise Malformed(
                self.id, "there are two rates for one area, tier and day: leave one", "/what/rates"
            )
        self.record(
            SchemeAdopted,
            act,
            title=title,
            programme=programme,
            purpose=purpose,
            per=per,
            pays=pays,
            formula=formula,
            excludes=excludes,
            follows=follows,
            after_death_months=after_death_months,
            rates=rates,
        )

    @command(roles=("approver",))
    def set_rate(
        self,
        act: Act,
        unit: Unit,
        *,
        area: AreaId | None = None,
        tier: Word,
        from_: date,
        amount: Fen,
    ) -> None:
        """Set a rate from a day on; the act's authority is the rate's."""
        if area is not None:
            require_area(act, unit, area)
        self.record(
            SchemeRateSet,
            act,
            programme=self.programme,
            area=area,
            tier=tier,
            from_=from_,
            amount=amount,
        )

    def rated(self, area: str | None, tier: str, from_: date, amount: int) -> None:
        """Note a rate."""
        self.rates.add((area or "", tier))
        self.dated.setdefault((area or "", tier), []).append((from_, amount))

    def holder_kind(self) -> str:
        """Return the kind of subject that holds an entitlement; `WrongState` if none does."""
        if self.follows is not None:
            raise WrongState(self.id, "follows-another", scheme=self.follows)
        if self.per not in HOLDERS:
            raise WrongState(self.id, "case-by-case")
        return HOLDERS[self.per]


class SchemeAdopted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The scheme was adopted."""

    TOPIC = "scheme.adopted"
    PUBLIC = public(
        "title programme purpose per pays formula excludes follows after_death_months rates",
    )
    STATE = "adopted"

    title: str
    programme: str
    purpose: str
    per: str
    pays: str
    formula: str
    excludes: tuple[str, ...] = ()
    follows: str | None = None
    after_death_months: int = 0
    rates: tuple[Rate, ...] = ()

    def apply(self, scheme: Scheme) -> None:
        """Set what the scheme promises."""
        scheme.programme = self.programme
        scheme.purpose = self.purpose
        scheme.per = self.per
        scheme.pays = self.pays
        scheme.formula = self.formula
        scheme.excludes = self.excludes
        scheme.follows = self.follows
        scheme.after_death_months = self.after_death_months
        for rate in self.rates:
            scheme.rated(rate.area, rate.tier, rate.from_, rate.amount)

    def facts(self) -> tuple[Fact, ...]:
        """State the rates."""
        return tuple(
            rate_fact(self.programme, rate.area, rate.tier, rate.from_, rate.amount)
            for rate in self.rates
        )


class SchemeRateSet(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A rate of the scheme was set from a day on."""

    TOPIC = "scheme.rate-set"
    PUBLIC = public("programme area tier from amount")
    ROW = ()

    programme: str
    area: str | None = None
    tier: str
    from_: date
    amount: Annotated[int, Measured("fen")]

    def apply(self, scheme: Scheme) -> None:
        """Note that it has rates."""
        scheme.rated(self.area, self.tier, self.from_, self.amount)

    def facts(self) -> tuple[Fact, ...]:
        """State the rate."""
        return (rate_fact(self.programme, self.area, self.tier, self.from_, self.amount),)


def rate_fact(programme: str, area: str | None, tier: str, from_: date, amount: int) -> Fact:
    """State a rate for the figures: `detail` is its first day and its tier."""
    return Fact(
        measure="rate",
        value=amount,
        unit="fen",
        programme=programme,
        area=area or "",
        detail=f"{from_}:{tier}",
    )
