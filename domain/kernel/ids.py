"""The words of the contract: ids, keys, months and texts, each with the grammar it must keep."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

KEY = r"[a-z0-9][a-z0-9.:-]{0,95}"
PLAIN = r"[a-z0-9][a-z0-9.-]{0,95}"
# Kinds whose keys hold no colon: they are one word of an account, or of a payment's id.
PLAIN_KINDS = frozenset({"fund", "scheme"})


class Grammar:
    """Marks a text in a command with the pattern it must match as a whole, and its length."""

    def __init__(self, pattern: str, *, longest: int = 200) -> None:
        """Remember the pattern; the body models and the published schema use it."""
        self.pattern = f"^(?:{pattern})$"
        self.longest = longest


SubjectId: TypeAlias = Annotated[str, Grammar(rf"[a-z][a-z-]{{0,31}}:{KEY}")]
FundId: TypeAlias = Annotated[str, Grammar(rf"fund:{PLAIN}")]
OrganisationId: TypeAlias = Annotated[str, Grammar(rf"organisation:{KEY}")]
PersonId: TypeAlias = Annotated[str, Grammar(rf"person:{KEY}")]
DonorId: TypeAlias = Annotated[str, Grammar(rf"(?:person|organisation):{KEY}")]
HouseholdId: TypeAlias = Annotated[str, Grammar(rf"household:{KEY}")]
HolderId: TypeAlias = Annotated[str, Grammar(rf"(?:person|household|facility):{KEY}")]
FacilityId: TypeAlias = Annotated[str, Grammar(rf"facility:{KEY}")]
ProjectId: TypeAlias = Annotated[str, Grammar(rf"project:{KEY}")]
CampaignId: TypeAlias = Annotated[str, Grammar(rf"campaign:{KEY}")]
SchemeId: TypeAlias = Annotated[str, Grammar(rf"scheme:{PLAIN}")]
AreaId: TypeAlias = Annotated[str, Grammar(rf"area:{KEY}")]
PayerId: TypeAlias = Annotated[str, Grammar(rf"[a-z][a-z-]{{0,31}}:{KEY}")]
PaymentId: TypeAlias = Annotated[str, Grammar(rf"payment:{KEY}")]
PaidId: TypeAlias = Annotated[str, Grammar(rf"(?:payment|relief):{KEY}")]

Earmark: TypeAlias = Annotated[str, Grammar(PLAIN)]
Word: TypeAlias = Annotated[str, Grammar(KEY)]
Name: TypeAlias = Annotated[str, Grammar(r"[A-Za-z0-9][A-Za-z0-9.:@_-]{0,95}")]
MONTH = Grammar(r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])")
Month: TypeAlias = Annotated[str, MONTH]
# A year or a month.
PeriodName: TypeAlias = Annotated[str, Grammar(r"(?:19|20|21)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")]
Digest: TypeAlias = Annotated[str, Grammar(r"[0-9a-f]{64}")]
# What has no place in a text, inside a class of characters: control characters, line and paragraph
# separators, marks that turn the direction of what follows, and what XML cannot hold.
UNPRINTED = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff"
# What is printed and yet shows nothing: fillers, joiners, marks that only choose a form.
INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
# Free text that shows something, so that a page, a CSV and a log stay legible.
SHOWN = rf"[^{UNPRINTED}]*[^\s{UNPRINTED}{INVISIBLE}][^{UNPRINTED}]*"
Text: TypeAlias = Annotated[str, Grammar(SHOWN, longest=500)]

Purpose: TypeAlias = Literal[
    "aid-elderly",
    "aid-disabled",
    "aid-orphans",
    "aid-poor",
    "veterans",
    "community",
    "charity-other",
]


class Bounded:
    """Marks a whole number in a command with its least and its greatest value."""

    def __init__(self, least: int, most: int) -> None:
        """Remember the bounds; the body models and the published schema use them."""
        self.least = least
        self.most = most


# Where an event stands in the log.
Position: TypeAlias = Annotated[int, Bounded(1, 2**53)]
# How many beds a facility claims for, and for how long a pension runs on after a death.
Units: TypeAlias = Annotated[int, Bounded(1, 10_000)]
MonthsAfterDeath: TypeAlias = Annotated[int, Bounded(0, 24)]


class Sealing:
    """Marks what a command sends to the vault, and its names: it never enters an event."""

    def __init__(self, *names: str, pattern: str | None = None) -> None:
        """Remember the names; with a pattern each must be there, and match it as a whole."""
        self.names = names
        self.pattern = None if pattern is None else f"^(?:{pattern})$"


Papers: TypeAlias = Annotated[dict[str, str], Sealing("name", "id_number", "account")]
TagKey: TypeAlias = Annotated[dict[str, str], Sealing("tag_key")]
