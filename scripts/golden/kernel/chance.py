"""Chance from a seed: dice, weights and ids that come out the same on every machine."""

from __future__ import annotations

import hmac
from hashlib import blake2b, sha256
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from domain.payments.payment_events import FIRST
from infra.vault import TAG_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence


def dice(seed: int, topic: str) -> Random:
    """Return dice of a topic's own, so that one topic's throws do not shift another's."""
    return Random(f"golden-2007:{seed}:{topic}")


def shares(total: int, weights: Sequence[float], grain: int = 1) -> list[int]:
    """Split a total by weights into multiples of a grain, none empty; the last takes the rest."""
    spare = total - grain * len(weights)
    whole = sum(weights)
    reached = [int(spare * so_far / whole) // grain * grain for so_far in accumulate(weights)]
    reached[-1] = spare
    before = [0, *reached[:-1]]
    return [grain + upper - lower for lower, upper in zip(before, reached, strict=True)]


class Ids:
    """Pseudonyms of a seed: an id says nothing of its number, and two kinds share nothing."""

    def __init__(self, seed: int) -> None:
        """Remember the seed as a key."""
        self.key = sha256(f"golden-2007:{seed}:ids".encode()).digest()
        self.tag_keys: dict[str, bytes] = {}

    def token(self, kind: str, number: int) -> str:
        """Return the sixteen hex digits of one thing."""
        text = f"{kind}:{number}".encode()
        return blake2b(text, digest_size=8, key=self.key).hexdigest()

    def person(self, register: str, number: int) -> str:
        """Name a person of a register."""
        return f"person:{self.token(register, number)}"

    def household(self, number: int) -> str:
        """Name a household."""
        return f"household:{self.token('household', number)}"

    def entitlement(self, scheme: str, number: int) -> str:
        """Name an entitlement."""
        return f"entitlement:{scheme}-{self.token(f'entitlement:{scheme}', number)}"

    def payment(self, scheme: str, month: str, holder: str) -> str:
        """Name the payment of a holder for a benefit month as the vault does, by the tag key."""
        key = self.tag_keys.get(scheme)
        if key is None:
            key = self.tag_keys[scheme] = bytes.fromhex(self.tag_key(scheme))
        words = f"{holder}\x1f{month}\x1f{FIRST}".encode()
        tag = blake2b(words, key=key, digest_size=TAG_BYTES).hexdigest()
        return f"payment:{scheme}:{month}:{tag}"

    def tag_key(self, scheme: str) -> str:
        """Return the secret, 64 hex digits, that names the payments of a scheme."""
        return hmac.new(self.key, f"tag:{scheme}".encode(), sha256).hexdigest()
