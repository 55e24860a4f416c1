"""Disclosure (公开): what each zone sees: the office all, the open zone what the public may."""

from typing import Literal, TypeAlias

Zone: TypeAlias = Literal["office", "open"]
# What the interface's documents call the zones.
OUTSIDE: dict[Zone, str] = {"office": "full", "open": "public"}
