"""The vault: names, ID numbers, accounts and tag keys, each under a key of its own.

Content is sealed with AES-256-GCM under a random key per subject; that key is wrapped under the
master key, which lies outside the database. To erase a subject is to destroy its wrapped key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

NONCE_BYTES = 12
KEY_BITS = 256
# 80 bits: short enough for an id, and 2^40 payments of one month before two are likely to meet.
TAG_BYTES = 10
# A key that a scheme brings for its tags, in hex.
TAG_KEY = re.compile(r"([0-9a-f]{2}){16,64}")


class Sealed(NamedTuple):
    """Something for the vault; without content, the subject's key is destroyed."""

    subject: str
    wrapped_key: bytes | None
    content: bytes | None


class Vault:
    """Seals and opens; `master` is 32 bytes from outside the database."""

    def __init__(self, master: bytes) -> None:
        """Hold the master key, and the schemes' keyed hashers once their keys were read."""
        self._master = AESGCM(master)
        self._tag_root = hmac.digest(master, b"mingzhang payment tags", "sha256")
        self._hashers: dict[str, hashlib.blake2b] = {}

    def seal(self, subject: str, content: dict[str, str]) -> Sealed:
        """Seal a subject's content under a new key, bound to the subject."""
        key = AESGCM.generate_key(KEY_BITS)
        aad = subject.encode()
        return Sealed(
            subject,
            _encrypt(self._master, key, aad),
            _encrypt(AESGCM(key), msgspec.json.encode(content), aad),
        )

    def open(self, subject: str, wrapped_key: bytes, content: bytes) -> dict[str, str]:
        """Open what was sealed for the subject."""
        aad = subject.encode()
        key = _decrypt(self._master, wrapped_key, aad)
        return msgspec.json.decode(_decrypt(AESGCM(key), content, aad), type=dict[str, str])

    def read(self, connection: psycopg.Connection, subject: str) -> dict[str, str] | None:
        """Read a subject's content; None if it has none, or was erased."""
        row = connection.execute(
            "SELECT wrapped_key, content FROM vault.read(%s)", (subject,), binary=True
        ).fetchone()
        if row is None or row[0] is None:
            return None
        return self.open(subject, row[0], row[1])

    def tag(self, connection: psycopg.Connection, scheme: str, parts: tuple[str, ...]) -> str:
        """Name a payment by a keyed hash, so that a stranger cannot link two months of one person.

        A scheme's key comes from the vault if its adoption brought one, else from the master key.
        """
        return self.tags(connection, scheme, parts[:1], parts[1:])[0]

    def tags(
        self,
        connection: psycopg.Connection,
        scheme: str,
        holders: Iterable[str],
        parts: tuple[str, ...],
    ) -> list[str]:
        """Name the payments of many holders, whose other parts are the same."""
        keyed = self._hasher(connection, scheme)
        rest = "".join(f"\x1f{part}" for part in parts)
        named = []
        for holder in holders:
            hasher = keyed.copy()
            hasher.update(f"{holder}{rest}".encode())
            named.append(hasher.hexdigest())
        return named

    def _hasher(self, connection: psycopg.Connection, scheme: str) -> hashlib.blake2b:
        """Return a hasher that has taken the scheme's key."""
        hasher = self._hashers.get(scheme)
        if hasher is None:
            sealed = self.read(connection, scheme) or {}
            given = sealed.get("tag_key")
            key = (
                bytes.fromhex(given)
                if given
                else hmac.digest(self._tag_root, scheme.encode(), "sha256")
            )
            hasher = self._hashers[scheme] = hashlib.blake2b(key=key, digest_size=TAG_BYTES)
        return hasher


def _encrypt(key: AESGCM, content: bytes, aad: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + key.encrypt(nonce, content, aad)


def _decrypt(key: AESGCM, content: bytes, aad: bytes) -> bytes:
    return key.decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], aad)
