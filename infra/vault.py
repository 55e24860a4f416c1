"""The vault: names, ID numbers, accounts and tag keys, each under a key of its own.

Content is sealed with AES-256-GCM under a random key per subject; that key is wrapped under the
master key, which lies outside the database. To erase a subject is to destroy its wrapped key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.config.errors import Unavailable
from infra.master_keys import MASTER, MasterKeys, fingerprint
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import psycopg

    from infra.master_keys import MasterKey
    from infra.person_marks import PersonMarks

# Which papers have which of some marks.
MARKED = "SELECT mark, entry FROM vault.marked(%s, %s)"
# Whose ID numbers these are, by their keyed hashes.
NUMBERED = "SELECT number, vault.numbered(number) FROM unnest(%s::text[]) n (number)"
# What the vault holds of many names, of those that it has.
OF_MANY = """SELECT n.name, v.wrapped_key, v.content
    FROM unnest(%s::text[]) n(name), vault.read(n.name) v
    WHERE v.wrapped_key IS NOT NULL AND v.content IS NOT NULL"""
# The fingerprints of the master key and of a scheme's key, and what the vault holds of the scheme,
# if it has a row.
KNOWN = """SELECT (SELECT fingerprint FROM ledger.keys WHERE name = %s),
    (SELECT fingerprint FROM ledger.keys WHERE name = %s), s.wrapped_key, s.content, s IS NOT NULL
    FROM vault.read(%s) s"""
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
    # Of the key by which a scheme names its payments: it is compared whenever that is read again.
    # Of a person's ID number its keyed hash: no two persons have one. Empty: the person has none.
    fingerprint: str | None = None
    # Of a person's papers, the keyed hashes by which they are found, between spaces.
    marks: str | None = None
    # The fingerprint of the master key under which it is sealed.
    master: str | None = None


class Vault:
    """Seals and opens; `master` is 32 bytes from outside the database.

    Where their folder is named, a master key that has taken this one's place is used at once.
    """

    def __init__(self, master: bytes, folder: Path | None = None) -> None:
        """Hold the master key, and the schemes' keyed hashers once their keys were read."""
        self._keys = MasterKeys(master, folder)
        self._hashers: dict[str, hashlib.blake2b] = {}

    def number_of(self, number: str) -> str:
        """Return the keyed hash by which two ID numbers are compared."""
        return number_hash(self._keys.now, number)

    @property
    def marks(self) -> PersonMarks:
        """Return what makes the marks by which persons are found."""
        return self._keys.now.marks

    @property
    def print_(self) -> str:
        """Return the fingerprint of the master key."""
        return self._keys.now.print_

    def numbered(
        self, connection: psycopg.Connection, numbers: Iterable[str]
    ) -> dict[str, str | None]:
        """Return the persons who have these ID numbers, by their keyed hashes."""
        return dict(connection.execute(NUMBERED, (list(numbers),)).fetchall())

    def seal(self, subject: str, content: dict[str, str]) -> Sealed:
        """Seal a subject's content under a new key, bound to the subject."""
        # One master key for all that is said: it may be another one at the next look.
        now = self._keys.now
        key = AESGCM.generate_key(KEY_BITS)
        aad = subject.encode()
        return Sealed(
            subject,
            _encrypt(now.aead, key, aad),
            _encrypt(AESGCM(key), msgspec.json.encode(content), aad),
            told_apart_by(now, content),
            marks_of(now, subject, content),
            now.print_,
        )

    def wrap(self, subject: str, key: bytes) -> bytes:
        """Seal a subject's own key under the master key."""
        return _encrypt(self._keys.now.aead, key, subject.encode())

    def unwrap(self, subject: str, wrapped_key: bytes) -> bytes:
        """Open a subject's own key; one that was wrapped while the master key was exchanged too."""
        aad = subject.encode()
        try:
            return _decrypt(self._keys.now.aead, wrapped_key, aad)
        except InvalidTag:
            for other in self._keys.others():
                with suppress(InvalidTag):
                    return _decrypt(AESGCM(other), wrapped_key, aad)
            raise

    def marks_of(self, subject: str, content: Mapping[str, str]) -> str | None:
        """Return the marks of what a person's papers say, between spaces; else nothing."""
        return marks_of(self._keys.now, subject, content)

    def marked(
        self, connection: psycopg.Connection, marks: Iterable[str], *, most: int
    ) -> list[tuple[str, str]]:
        """Return which papers have one of these marks, as (mark, entry): so many at most."""
        return connection.execute(MARKED, (list(marks), most)).fetchall()

    def open(self, subject: str, wrapped_key: bytes, content: bytes) -> dict[str, str]:
        """Open what was sealed for the subject."""
        key = self.unwrap(subject, wrapped_key)
        plain = _decrypt(AESGCM(key), content, subject.encode())
        return msgspec.json.decode(plain, type=dict[str, str])

    def read(self, connection: psycopg.Connection, subject: str) -> dict[str, str] | None:
        """Read a subject's content; None if it has none, or was erased."""
        row = connection.execute(
            "SELECT wrapped_key, content FROM vault.read(%s)", (subject,), binary=True
        ).fetchone()
        if row is None or None in row:
            return None
        return self.open(subject, row[0], row[1])

    def read_many(
        self, connection: psycopg.Connection, subjects: Iterable[str]
    ) -> dict[str, dict[str, str]]:
        """Read the content of many subjects; who has none, or was erased, is not there."""
        rows = connection.execute(OF_MANY, (list(subjects),), binary=True)
        return {subject: self.open(subject, key, content) for subject, key, content in rows}

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

    def require_tag_keys(self, connection: psycopg.Connection) -> None:
        """Read the key of every scheme; `Unavailable` where one is not the one it had."""
        for scheme in event_log.subjects_of_kind(connection, "scheme"):
            self._hasher(connection, scheme)

    def forget(self) -> None:
        """Let the schemes' keys go: another ledger's are read."""
        self._hashers.clear()

    def _hasher(self, connection: psycopg.Connection, scheme: str) -> hashlib.blake2b:
        """Return a hasher that has taken the scheme's key."""
        hasher = self._hashers.get(scheme)
        if hasher is None:
            key = self._tag_key(connection, scheme)
            hasher = self._hashers[scheme] = hashlib.blake2b(key=key, digest_size=TAG_BYTES)
        return hasher

    def _tag_key(self, connection: psycopg.Connection, scheme: str) -> bytes:
        """Return the key that the scheme's adoption brought, else one of the master key's.

        `Unavailable` where the key is not the one that the ledger knows: payments that were made
        would get other names, and could be made again.
        """
        # Taken before the ledger is asked: what it knows then is this one, or nothing is paid.
        now = self._keys.now
        row = connection.execute(KNOWN, (MASTER, scheme, scheme), binary=True).fetchone()
        master, known, wrapped_key, content, there = row or (None, None, None, None, None)
        given = ""
        with suppress(InvalidTag):
            if wrapped_key is not None and content is not None:
                given = self.open(scheme, wrapped_key, content).get("tag_key", "")
        found = fingerprint(bytes.fromhex(given)) if given else None
        if found != known or (there and not given):
            raise Unavailable(
                "the key of {scheme} in the vault is not the one by which its payments were named:"
                " restore its row of vault.sealed. Until then nothing of it is paid",
                scheme=scheme,
            )
        return bytes.fromhex(given) if given else known_tag_key(now, master, scheme)

    def tag_key_from_master(self, scheme: str) -> bytes:
        """Return the key that names a scheme's payments where its adoption brought none."""
        return tag_key_of(self._keys.now, scheme)


def known_tag_key(master: MasterKey, known: str | None, scheme: str) -> bytes:
    """Return the tag key from the master key that the ledger knows; `Unavailable` from another."""
    if master.print_ != known:
        raise Unavailable(
            "the master key of the data folder is not the one that the ledger knows, which names"
            " the payments of {scheme}: put the saved one back, or let its rotation end. Until then"
            " nothing of it is paid",
            scheme=scheme,
        )
    return tag_key_of(master, scheme)


def tag_key_of(master: MasterKey, scheme: str) -> bytes:
    """Return the key of a scheme's tags that follows from a master key."""
    return hmac.digest(master.tag_root, scheme.encode(), "sha256")


def number_hash(master: MasterKey, number: str) -> str:
    """Return the keyed hash by which two ID numbers are compared."""
    return hmac.digest(master.number_key, number.encode(), "sha256").hex()


def marks_of(master: MasterKey, subject: str, content: Mapping[str, str]) -> str | None:
    """Return the marks of what a person's papers say, between spaces; else nothing."""
    if not subject.startswith("person:"):
        return None
    return " ".join(master.marks.of(content).values())


def told_apart_by(master: MasterKey, content: Mapping[str, str]) -> str | None:
    """Return what the ledger keeps in clear of a content: a hash that tells it from others."""
    if tag_key := content.get("tag_key"):
        return fingerprint(bytes.fromhex(tag_key))
    number = content.get("id_number")
    return number_hash(master, number) if number else number


def _encrypt(key: AESGCM, content: bytes, aad: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + key.encrypt(nonce, content, aad)


def _decrypt(key: AESGCM, content: bytes, aad: bytes) -> bytes:
    if len(content) < NONCE_BYTES:
        raise InvalidTag
    return key.decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], aad)
