"""The catalogue of schemes: one TOML file each, read and checked, ready for `scheme.adopt`.

A new scheme is a new file here; nothing else in the code names it.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.benefits.schemes import Formula, Pays, Per
from domain.kernel.ids import KEY, PLAIN, Purpose
from domain.kernel.money import MOST

CLOSED = ConfigDict(extra="forbid", frozen=True, strict=True)
Words = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Key = Annotated[str, StringConstraints(pattern=f"^{KEY}$")]
SchemeKey = Annotated[str, StringConstraints(pattern=f"^scheme:{PLAIN}$")]


class Titles(BaseModel):
    """What a scheme is called."""

    model_config = CLOSED

    zh: Words
    en: Words


class DatedRate(BaseModel):
    """What a tier gives from a day on, in fen, and the document that says so."""

    model_config = CLOSED

    area: Key | None = None
    tier: Key
    from_: Annotated[date, Field(alias="from")]
    amount: Annotated[int, Field(gt=0, le=MOST)]
    authority: Words

    def said(self) -> dict[str, Any]:
        """Return the row as the command says it."""
        area = {} if self.area is None else {"area": self.area}
        return area | {
            "tier": self.tier,
            "from": self.from_.isoformat(),
            "amount": {"value": self.amount, "unit": "fen"},
            "authority": self.authority,
        }


class SchemeFile(BaseModel):
    """One file of the catalogue."""

    model_config = CLOSED

    title: Titles
    programme: Key
    purpose: Purpose
    per: Per
    pays: Pays
    formula: Formula
    excludes: list[SchemeKey] = []
    follows: SchemeKey | None = None
    after_death_months: Annotated[int, Field(ge=0, le=24)]
    rates: list[DatedRate] = []

    def what(self) -> dict[str, Any]:
        """Return what `scheme.adopt` says, in the JSON of the contract."""
        follows = {} if self.follows is None else {"follows": self.follows}
        return follows | {
            "title": self.title.zh,
            "programme": self.programme,
            "purpose": self.purpose,
            "per": self.per,
            "pays": self.pays,
            "formula": self.formula,
            "excludes": list(self.excludes),
            "after_death_months": self.after_death_months,
            "rates": [rate.said() for rate in self.rates],
        }


def names() -> tuple[str, ...]:
    """List the schemes, by the names of their files."""
    found = (each.name for each in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def load(name: str) -> SchemeFile:
    """Read and check one file."""
    text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return SchemeFile.model_validate(tomllib.loads(text))


def read(name: str) -> dict[str, Any]:
    """Return the `what` of `scheme.adopt` for a scheme of the catalogue."""
    return load(name).what()


def titles(name: str) -> dict[str, str]:
    """Return the scheme's title in Chinese and English."""
    return load(name).title.model_dump()
